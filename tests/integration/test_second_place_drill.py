"""The drill: a till is killed with kill -9, and goes on from its second place alone.

Nothing of the dead till's own folder is used: what was acknowledged must lie at the
place. Its folder is only compared with afterwards.
"""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.system_clock import RandomIds, SystemClock
from pos_app.domain.basket import BasketLine
from pos_app.persistence.checks.all_checks import shop_checks
from pos_app.persistence.checks.room import CheckRoom
from pos_app.persistence.key_ring import open_key_ring
from pos_app.persistence.ledger.ledger import SqlLedger
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.health import Severity
from pos_app.services.doctor import run_checks
from tests.builders_place import (
    facts,
    make_place_shop,
    open_till,
    play,
    restore,
    sell,
)
from tests.builders_till import SIGN_ON, Answer, Command, RunningTill, one_sale
from tests.effort import examples

#: True of a shop that only a test has ever seen.
QUIET = {"backup_none", "ballast_missing", "disk_filling", "print_jobs_stuck"}


def a_day(first: int) -> Iterator[Command]:
    """Yield sales, parked baskets and a paid-in; it never ends."""
    yield SIGN_ON
    number = first
    while True:
        number += 1
        yield from one_sale(number)
        yield {"do": "scan", "code": f"S{number % 7 + 1}"}
        yield {"do": "park"}


class Heard:
    """What a till acknowledged before it was killed."""

    def __init__(self) -> None:
        self.numbers: list[str] = []
        self.done = 0

    def hear(self, answers: list[Answer]) -> None:
        """Take what it said."""
        for answer in answers:
            self.done = answer.get("did", self.done)
            if answer.get("document") == "sale":
                self.numbers.append(str(answer["number"]))


def start(folder: ShopFolder, place: Path, commands: Iterator[Command]) -> RunningTill:
    program = ["tests.place_till", str(folder.root), str(place)]
    return RunningTill(folder, commands, program)


def numbers_in(folder: ShopFolder) -> list[str]:
    ring = open_key_ring(folder.root)
    ledger = SqlLedger(folder.ledger, ring.ledger_key, RandomIds())
    try:
        return sorted(sale.number for sale in ledger.recent_sales(1_000_000))
    finally:
        ledger.close()


def prove(folder: ShopFolder, *, has_started: bool = True) -> None:
    """Ask the doctor everything.

    Of a spare that was restored and not started yet, nothing of its own lies at the
    place; the doctor says that, and nothing else.
    """
    room = CheckRoom(folder, open_key_ring(folder.root), SystemClock())
    found = run_checks(shop_checks(room))
    room.close()
    bad = {Severity.WARNING, Severity.BROKEN}
    said = [x.key for x in found if x.severity in bad and x.key not in QUIET]
    assert said == ([] if has_started else ["second_place_empty"])


def drill(root: Path, kills: int, seed: int) -> int:
    """Kill a till again and again; after each kill the place alone has it all."""
    draw = random.Random(seed)
    folder, code = make_place_shop(root / "shop")
    place = root / "stick"
    place.mkdir()
    acknowledged: list[str] = []
    for number in range(kills):
        till, heard = start(folder, place, a_day(100 * number)), Heard()
        for _ in range(draw.randint(1, 40)):
            heard.hear([till.next_answer()])
        time.sleep(draw.uniform(0, 0.05))
        heard.hear(till.kill())
        acknowledged += heard.numbers
        spare = root / "spare"
        restored, _till = restore(place.with_name(copied(place)), code, spare)
        there, here = numbers_in(restored), numbers_in(copy_of(folder, root / "dead"))
        assert set(acknowledged) <= set(there), "an acknowledged sale is missing"
        assert set(there) <= set(here), "the place has what the till never had"
        assert len(here) - len(there) <= 1, "only the sale in flight may be missing"
        if number == kills - 1:
            prove(restored, has_started=False)
        for used in (spare, root / "dead", root / "stick-copy"):
            shutil.rmtree(used)
    return len(acknowledged)


def copied(place: Path) -> str:
    """Copy the stick: the drill's restores must not take it from the till."""
    name = f"{place.name}-copy"
    shutil.copytree(place, place.with_name(name))
    return name


def copy_of(folder: ShopFolder, root: Path) -> ShopFolder:
    """Copy a dead till's folder as the kill left it."""
    shutil.copytree(folder.root, root)
    return ShopFolder(root)


def test_every_acknowledged_sale_is_at_the_place_after_kills(
    tmp_path: Path,
) -> None:
    kills = examples(3, 6)
    assert drill(tmp_path, kills=kills, seed=20261122) >= kills - 1


@pytest.mark.all
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("seed", [1, 2])
def test_every_acknowledged_sale_is_at_the_place_after_a_hundred_kills(
    tmp_path: Path, seed: int
) -> None:
    assert drill(tmp_path, kills=100, seed=seed) >= 100


def test_basket_parked_sales_shift_and_queue_are_as_they_were(tmp_path: Path) -> None:
    folder, code = make_place_shop(tmp_path / "shop")
    place = tmp_path / "stick"
    place.mkdir()
    shift: Command = {"do": "shift_open", "float": "300.00"}
    paid: Command = {"do": "paid_in", "amount": "20.00", "reason": "change"}
    script = [
        SIGN_ON,
        shift,
        *one_sale(1),
        paid,
        {"do": "scan", "code": "S2"},
        {"do": "park"},
        {"do": "scan", "code": "S4", "quantity": "3"},
        {"do": "scan", "code": "S5"},
        {"do": "tender", "key": "cash", "amount": "2.00"},
    ]
    till, heard = start(folder, place, iter(script)), Heard()
    while heard.done < len(script):
        heard.hear([till.next_answer()])
    till.kill()
    restored, begun = restore(place, code, tmp_path / "spare")
    before, after = facts(copy_of(folder, tmp_path / "dead")), facts(restored)
    told = [row for row in after.pop("journal") if row not in before["journal"]]
    assert [row[3] for row in told] == ["LedgerRestored"]
    del before["journal"]
    assert after == before
    assert after["print_job"], "a slip waits in the queue"
    with open_till(restored) as again:
        current = again.ledger.open_sale()
        assert current is not None
        lines: tuple[BasketLine, ...] = current.basket.lines
        assert [str(line.quantity) for line in lines] == ["3", "1"]
        assert [tender.amount_minor for tender in current.tenders] == [200]
        assert again.ledger.parked.count() == 1
        assert len(again.ledger.shifts.open_shifts()) == 1
        (sold,) = play(
            again, SIGN_ON, {"do": "tender", "key": "cash"}, {"do": "finish"}
        )
        assert sold["number"].endswith("-000001")
        assert sold["number"] not in heard.numbers
        assert begun.epoch > 1
    prove(restored)


def test_a_power_cut_at_the_place_leaves_a_commit_of_the_till(tmp_path: Path) -> None:
    draw = random.Random(7)
    folder, code = make_place_shop(tmp_path / "shop")
    place = tmp_path / "stick"
    place.mkdir()
    script = [SIGN_ON, *(each for number in range(12) for each in one_sale(number))]
    till, heard = start(folder, place, iter(script)), Heard()
    while heard.done < len(script):
        heard.hear([till.next_answer()])
    till.kill()
    for turn in range(8):
        torn, spare = tmp_path / f"torn-{turn}", tmp_path / f"spare-{turn}"
        shutil.copytree(place, torn)
        (log,) = torn.glob("guitai-*/files-*/ledger.log")
        whole = log.stat().st_size
        with log.open("r+b") as file:
            file.truncate(draw.randint(whole // 3, whole))
            file.seek(0, 2)
            file.write(draw.randbytes(draw.randint(0, 9_000)))
        restored, _begun = restore(torn, code, spare)
        there = numbers_in(restored)
        assert there == sorted(heard.numbers)[: len(there)], "a hole before the end"
        prove(restored, has_started=False)


def test_the_till_that_went_on_sells_in_a_series_of_its_own(tmp_path: Path) -> None:
    folder, code = make_place_shop(tmp_path / "shop")
    place = tmp_path / "stick"
    place.mkdir()
    with open_till(folder) as till:
        till.second_place.choose(place, till.counter.desk.stamp())
        before = sell(till, 3)
    first, one = restore(place.with_name(copied(place)), code, tmp_path / "one")
    second, other = restore(place, code, tmp_path / "two")
    assert one.epoch != other.epoch
    with open_till(first) as till:
        of_one = sell(till, 2)
    with open_till(second) as till:
        of_other = sell(till, 2)
    everything = [*before, *of_one, *of_other]
    assert len(set(everything)) == len(everything)
