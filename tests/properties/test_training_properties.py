"""Whatever is done in training, the shop gains two entries and nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos_app.bootstrap import Options, Till
from pos_app.domain.permission import Permission
from pos_app.domain.training.card import CardKey
from pos_app.errors import GuitaiError
from pos_app.persistence.catalog.opening import open_catalog_reader
from pos_app.services.shop_change import rule_change, words_change
from tests.builders_training import (
    JOURNAL_TABLES,
    Everything,
    Training,
    enter,
    kinds_after,
    sign_on,
    training_shop,
)


def _scan(here: Training) -> None:
    here.counter.sale.scan("9521005001379")
    here.counter.sale.scan("6977880012350")


def _lower(here: Training) -> None:
    basket = here.counter.sale.basket
    assert basket is not None
    here.counter.sale.set_quantity(basket.lines[0].line_id, Decimal(3))
    here.counter.sale.remove_line(basket.lines[-1].line_id)


def _pay(here: Training) -> None:
    here.counter.checkout.take("cash", None)
    here.counter.checkout.finish(print_slip=True).result()
    here.counter.checkout.finished()


def _park(here: Training) -> None:
    here.counter.park.park(print_slip=True).result()
    here.counter.park.settled()


def _settings(here: Training) -> None:
    stamp = here.counter.desk.stamp()
    here.till.settings.change(stamp, theme="dark", pad="123", print_slips=False)


def _shop(here: Training) -> None:
    desk = here.counter.desk
    here.upkeep.shop_change({"name": "Another shop"})()
    assert words_change(desk, {"name": "x"})
    assert rule_change(desk, "return_days", 1)


def _card(key: CardKey) -> Callable[[Training], None]:
    def play(here: Training) -> None:
        here.begin(key)
        for good in here.stage.given().goods:
            here.counter.sale.scan(good.code)

    return play


def _wrong_pin(here: Training) -> None:
    service = here.counter.sign_on
    service.with_pin(here.till.trainee.staff_id, "9999")


def _lock(here: Training) -> None:
    here.counter.sign_on.sign_off("lock")
    here.counter.sign_on.with_pin(here.till.trainee.staff_id, here.stage.pin)


def _paper(here: Training) -> None:
    slip = here.counter.slip
    sale = here.counter.desk.ledger.last_sale()
    assert sale is not None
    png = here.upkeep.draw(slip.layout(sale, slip.form(sale.language)))
    here.stage.print_on_paper(png)


def _care(here: Training) -> None:
    here.upkeep.daily_care(here.counter.desk.stamp())
    here.upkeep.warm(lambda: True)
    here.upkeep.renew_devices()
    here.upkeep.check()


ACTIONS: dict[str, Callable[[Training], object]] = {
    "scan": _scan,
    "lower": _lower,
    "pay": _pay,
    "park": _park,
    "reprint": lambda here: here.counter.slip.reprint().result(),
    "drawer": lambda here: here.counter.drawer.open("change_money").result(),
    "open shift": lambda here: here.counter.shift.open().result(),
    "x report": lambda here: here.counter.shift.x_report().result(),
    "settings": _settings,
    "shop": _shop,
    "back up": lambda here: here.upkeep.back_up(here.counter.desk.stamp()),
    "test page": lambda here: here.upkeep.test_print(here.till.device_book.receipt)(),
    "wrong PIN": _wrong_pin,
    "lock": _lock,
    "paper": _paper,
    "care": _care,
    **{f"card {key}": _card(key) for key in CardKey},
}


@given(st.lists(st.sampled_from(sorted(ACTIONS)), max_size=14))
@settings(max_examples=18, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_training_leaves_the_shop_byte_for_byte_but_for_two_entries(
    wanted: list[str],
) -> None:
    with tempfile.TemporaryDirectory() as parent:
        folder = training_shop(Path(parent))
        with Till(folder, Options(with_printer=False)) as real:
            sign_on(real)
            before = Everything.of(real)
            here = enter(real)
            for name in wanted:
                # What a person may not do, or not now, is refused; the shop is the same.
                with suppress(GuitaiError, AssertionError):
                    ACTIONS[name](here)
            here.till.ledger.flush()
            here.leave()
            after = Everything.of(real)
            assert after.differs_from(before) <= JOURNAL_TABLES
            added = kinds_after(real, before.journal)
            assert added == ["TrainingEntered", "TrainingLeft"]
            assert not folder.training.exists()


def test_the_shops_own_catalogue_is_open_for_reading_only(tmp_path: Path) -> None:
    folder = training_shop(tmp_path)
    with Till(folder, Options(with_printer=False)) as real:
        sign_on(real)
        here = enter(real)
        query = "PRAGMA query_only"
        with here.till.catalog_engine.connect() as connection:
            assert connection.exec_driver_sql(query).scalar() == 1
        assert here.till.folder.catalog == real.folder.catalog
        assert here.till.folder.ledger != real.folder.ledger
        assert here.till.ring.ledger_key != real.ring.ledger_key
        with suppress(GuitaiError), here.till.editor():
            raise AssertionError("an editor of the shop's catalogue was given away")
        here.leave()
        engine = open_catalog_reader(real.folder.catalog, real.ring.catalog_key)
        engine.dispose()


def test_training_lends_nothing_of_the_back_office(tmp_path: Path) -> None:
    with Till(training_shop(tmp_path), Options(with_printer=False)) as real:
        sign_on(real, "1005", "9638")
        here = enter(real)
        people = here.counter.desk.catalog.staff()
        lent = {p for person in people for p in person.role.permissions}
        kept = {
            Permission.ITEMS,
            Permission.PRICES,
            Permission.PEOPLE,
            Permission.STOCK,
            Permission.TRAINING,
            Permission.BLACK_BOX,
        }
        assert not lent & kept
        assert len(people) == 2  # whoever practises, and the practice supervisor
        here.leave()
