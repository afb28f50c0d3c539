"""kill -9 on the real program while it sells: what it said is done stays done."""

import random
import time
from contextlib import closing
from pathlib import Path

import pytest

from hardware.system_clock import RandomIds, SystemClock
from pos_app.persistence.checks.all_checks import shop_checks
from pos_app.persistence.checks.room import CheckRoom
from pos_app.persistence.checks.startup import startup_check
from pos_app.persistence.engine import LEDGER_READER, connect
from pos_app.persistence.key_ring import KeyRing
from pos_app.persistence.ledger.ledger import SqlLedger
from pos_app.persistence.shop_folder import ShopFolder, TillLock
from pos_app.ports.health import Severity
from pos_app.services.doctor import run_checks
from tests.builders_place import wait_for
from tests.builders_till import SIGN_ON, Answer, RunningTill, endless_sales, make_shop
from tests.effort import examples

#: True of a shop that only a test has ever seen.
QUIET = {"print_jobs_stuck", "backup_none", "ballast_missing", "disk_filling"}


#: A basket that came back with its money takes no more goods and no more money.
TAKEN_UP = {"money_already_taken", "nothing_due"}


def finished(answers: list[Answer]) -> list[str]:
    refused = {answer.get("refused") for answer in answers} - {None}
    assert refused <= TAKEN_UP, answers
    return [str(answer["number"]) for answer in answers if "number" in answer]


def broken(findings) -> list[str]:
    return [
        each.key
        for each in findings
        if each.severity in {Severity.WARNING, Severity.BROKEN}
        and each.key not in QUIET
    ]


def intents(folder: ShopFolder, ring: KeyRing) -> int:
    """Count what the disk holds of the open basket, while the till runs."""
    with closing(connect(folder.ledger, ring.ledger_key, LEDGER_READER)) as connection:
        ((count,),) = connection.execute("SELECT count(*) FROM intent")
        return int(count)


class Audit:
    """What was acknowledged so far, against what the ledger holds."""

    def __init__(self, root: Path) -> None:
        self.folder, self.ring = make_shop(root)
        self.acknowledged: list[str] = []
        self.unasked = 0
        self.baskets = 0

    def after_kill(self) -> None:
        """Take the folder as the next till would, and compare."""
        with TillLock(self.folder) as lock:
            assert not lock.was_clean
            room = CheckRoom(self.folder, self.ring, SystemClock())
            assert broken(startup_check(room, clean=lock.was_clean)) == []
            ledger = SqlLedger(self.folder.ledger, self.ring.ledger_key, RandomIds())
            numbers = sorted(sale.number for sale in ledger.recent_sales(1_000_000))
            self.baskets += ledger.open_sale() is not None
            ledger.close()
            extra = sorted(set(numbers) - set(self.acknowledged))
            assert numbers == sorted([*self.acknowledged, *extra])
            assert len(extra) <= 1, "only the sale in flight may be there unsaid"
            self.unasked += len(extra)
            self.acknowledged += extra

    def whole(self) -> None:
        """Ask the doctor."""
        room = CheckRoom(self.folder, self.ring, SystemClock())
        assert broken(run_checks(shop_checks(room))) == []
        room.close()


def hammer(root: Path, kills: int, seed: int) -> Audit:
    draw = random.Random(seed)
    audit = Audit(root)
    for number in range(kills):
        till = RunningTill(audit.folder, endless_sales(number))
        answers = []
        if number % 5 == 4:  # while it starts
            time.sleep(draw.uniform(0, 1.2))
        else:
            answers = [till.next_answer() for _ in range(1 + number % 3)]
            while number % 2 == 0 and not finished(answers):  # however slow it is
                answers.append(till.next_answer())
            time.sleep(draw.uniform(0, 0.15))
        audit.acknowledged += finished([*answers, *till.kill()])
        # A till killed before it took its lock leaves the mark of the one before.
        if audit.folder.lock_file.exists() and audit.folder.lock_file.read_bytes():
            audit.after_kill()
    audit.whole()
    return audit


def test_no_acknowledged_sale_is_missing_after_kills(tmp_path: Path) -> None:
    kills = examples(7, 15)
    audit = hammer(tmp_path / "shop", kills=kills, seed=20261121)
    assert len(audit.acknowledged) >= kills // 3


@pytest.mark.all
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_acknowledged_sale_is_missing_after_a_hundred_kills(
    tmp_path: Path, seed: int
) -> None:
    audit = hammer(tmp_path / "shop", kills=100, seed=seed)
    assert audit.unasked + audit.baskets > 0, "no kill fell into a sale: hammer harder"


def test_the_open_basket_comes_back_after_a_kill(tmp_path: Path) -> None:
    folder, ring = make_shop(tmp_path / "shop")
    scans = [{"do": "scan", "code": f"S{n}", "quantity": str(n)} for n in (3, 1, 5)]
    cash = {"do": "tender", "key": "cash", "amount": "2.00"}
    script = [SIGN_ON, *scans, cash, {"do": "finish"}]
    till = RunningTill(folder, iter(script))
    assert till.next_answer()["refused"] == "not_settled"  # every line is accepted
    wait_for(lambda: intents(folder, ring) == 4)  # three scans, the cash
    till.kill()
    with TillLock(folder) as lock:
        assert not lock.was_clean
        ledger = SqlLedger(folder.ledger, ring.ledger_key, RandomIds())
        current = ledger.open_sale()
        ledger.close()
    assert current is not None
    assert [str(line.quantity) for line in current.basket.lines] == ["3", "1", "5"]
    assert [tender.amount_minor for tender in current.tenders] == [200]


def test_a_sale_goes_on_where_the_kill_cut_it(tmp_path: Path) -> None:
    folder, ring = make_shop(tmp_path / "shop")
    begun = [SIGN_ON, {"do": "scan", "code": "S2"}, {"do": "finish"}]
    till = RunningTill(folder, iter(begun))
    assert till.next_answer()["refused"] == "not_settled"
    wait_for(lambda: intents(folder, ring) == 1)
    till.kill()
    cash = {"do": "tender", "key": "cash"}
    rest = [SIGN_ON, {"do": "scan", "code": "S3"}, cash, {"do": "finish"}]
    again = RunningTill(folder, iter(rest))
    sale = again.next_answer()
    again.kill()
    assert [line["sku"] for line in sale["lines"]] == ["S2", "S3"]
    assert sale["priced"]["total_minor"] == 225 + 335


def test_a_second_copy_on_the_same_folder_is_refused_and_harms_nothing(
    tmp_path: Path,
) -> None:
    folder, _ = make_shop(tmp_path / "shop")
    first = RunningTill(folder, endless_sales())
    first.next_answer()
    second = RunningTill(ShopFolder(folder.root), iter([SIGN_ON]))
    assert second.wait() == 2
    assert second.kill() == []
    assert first.next_answer()["document"] == "sale"
    first.kill()
