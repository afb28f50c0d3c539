"""A till at which people and rules are changed, by services and without a screen."""

from __future__ import annotations

import atexit
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from pos_app.bootstrap import Till
from pos_app.cli.till_upkeep import TillUpkeep
from pos_app.domain.permission import Permission, Staff
from pos_app.persistence.ledger import journal_rows
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.services.replay import ReplayClock
from tests.counter_shop import MANAGER, NOON, SETUP, make_counter_shop, opened

#: Holds PEOPLE and SETTINGS, but may not do everything that the manager may.
DEPUTY, DEPUTY_PIN = "2005", "5937"


@cache
def _prepared() -> Path:
    folder = tempfile.mkdtemp(prefix="guitai-people-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    setup = json.loads(json.dumps(SETUP))
    roles = {role["key"]: role for role in setup["roles"]}
    roles["manager"]["permissions"] = [x.value for x in Permission]
    deputy = {**roles["supervisor"], "key": "deputy", "name": "deputy"}
    deputy["permissions"] = ["sell", "people", "settings", "discount", "line_void"]
    setup["roles"].append(deputy)
    setup["staff"].append(
        {"number": DEPUTY, "name": "deputy", "role": "deputy", "pin": DEPUTY_PIN}
    )
    return make_counter_shop(Path(folder) / "shop", setup).root


class PeopleShop:
    """The open till, and what is asked of it."""

    def __init__(self, till: Till, clock: ReplayClock) -> None:
        self.till, self.clock, self.counter = till, clock, till.counter
        self.desk = till.counter.desk
        self.upkeep = TillUpkeep(till, None)  # type: ignore[arg-type]

    def store(self, change: CatalogChange) -> bool:
        """Make a change as a screen does; whether anything was different."""
        self.clock.set(self.clock.now().plus_seconds(1))
        done = self.upkeep.catalog_change(change)()
        self.counter.people.renew_session()
        self.counter.sale.refresh_rules()
        return done

    def person(self, number: str) -> Staff:
        """Return somebody by number, former staff too."""
        return next(x for x in self.desk.catalog.everybody() if x.number == number)

    def bodies(self, kind: str) -> list[dict[str, Any]]:
        """Return the journal's bodies of a kind."""
        self.till.ledger.flush()
        with self.till.ledger.read_engine.begin() as connection:
            entries = list(journal_rows.entries(connection))
        return [json.loads(x.canonical)["body"] for x in entries if x.kind == kind]

    def whole_journal(self) -> str:
        """Return everything the journal says."""
        self.till.ledger.flush()
        with self.till.ledger.read_engine.begin() as connection:
            entries = list(journal_rows.entries(connection))
        return "\n".join(x.canonical.decode() for x in entries)


@contextmanager
def people_shop(parent: Path, number: str | None = MANAGER) -> Iterator[PeopleShop]:
    """Open a shop of one's own with somebody signed on."""
    root = parent / "shop"
    shutil.copytree(_prepared(), root)
    clock = ReplayClock(NOON)
    with opened(ShopFolder(root), clock=clock, number=number) as till:
        yield PeopleShop(till, clock)
