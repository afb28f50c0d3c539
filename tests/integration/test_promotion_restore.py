"""A shop goes on from an older copy: what its promotions were, and what they are then.

What was changed since the copy was made is gone with it. No number of a version means
two things, no stored price changes, and what nobody knows any more is said.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from hardware.system_clock import SystemClock
from pos_app.bootstrap import Till
from pos_app.domain.report_period import ReportPeriod
from pos_app.domain.sale import Sale
from pos_app.persistence.checks.promotion_check import promotions
from pos_app.persistence.checks.room import CheckRoom
from pos_app.ports.health import Severity
from pos_app.services.promotion_list import PromotionState, restored_lately
from pos_app.values.percentage import Percentage
from tests.builders_promotions import everything, nth, percent, tier
from tests.builders_returns import paid_back, take_back
from tests.counter_shop import TEA, sell
from tests.restored_shop import HALF, PAIR, SHELF, RestoredShop, draft, started, store

ONCE_GIVEN = replace(PAIR, deal=tier(everything(), (1, percent("30"))))


@pytest.fixture
def shop(tmp_path: Path) -> RestoredShop:
    return RestoredShop(tmp_path)


def paid(sale: Sale) -> int:
    return sale.priced.total_minor


def version_used(sale: Sale) -> int:
    (used,) = sale.priced.promoted.applications
    return used.version


def is_worth_a_look(till: Till) -> bool:
    """Tell whether the list says that a promotion stands as in the copy."""
    one, now = till.counter.promotions.get("half"), till.counter.desk.clock.now()
    assert one is not None
    catalog = till.counter.desk.catalog
    later = now.plus_seconds(8 * 24 * 3600)
    assert restored_lately(catalog, one, later) is None
    return restored_lately(catalog, one, now) is not None


def findings(till: Till) -> dict[str, list[str]]:
    """Return what the doctor finds wrong about promotions, with their names."""
    room = CheckRoom(till.folder, till.ring, SystemClock())
    try:
        found = [x for x in promotions(room) if x.severity is not Severity.FINE]
    finally:
        room.close()
    return {x.key: str(x.params["first"]).split(", ") for x in found}


# -------------------------------------------------------- versions and their numbers


def test_what_was_started_after_the_backup_is_gone(shop: RestoredShop) -> None:
    with shop.till() as till:
        backup = shop.backup(till)
        started(till, HALF)
        assert paid(sell(till.counter, TEA, TEA)) == SHELF + SHELF // 2
    shop.restore(backup)
    with shop.till() as till:
        assert till.counter.promotions.list() == ()
        assert paid(sell(till.counter, TEA, TEA)) == 2 * SHELF
        assert till.ledger.promotion_uses.in_all() == {}


def test_what_was_stopped_after_the_backup_holds_again(shop: RestoredShop) -> None:
    with shop.till() as till:
        started(till, HALF)
        backup = shop.backup(till)
        assert not is_worth_a_look(till)
        store(till, till.counter.promotions.stop("half"))
        assert paid(sell(till.counter, TEA, TEA)) == 2 * SHELF
    shop.restore(backup)
    with shop.till() as till:
        (listed,) = till.counter.promotions.list()
        assert listed.state is PromotionState.ACTIVE
        assert is_worth_a_look(till)
        assert paid(sell(till.counter, TEA, TEA)) == SHELF + SHELF // 2
        store(till, till.counter.promotions.stop("half"))
        assert paid(sell(till.counter, TEA, TEA)) == 2 * SHELF
        assert not is_worth_a_look(till)
        store(till, till.counter.promotions.start("half", 1))
        assert not is_worth_a_look(till)


def test_no_number_of_a_version_is_given_twice(shop: RestoredShop) -> None:
    with shop.till() as till:
        started(till, HALF)
        backup = shop.backup(till)
        other = replace(HALF, deal=nth(everything(), 3, percent("50")))
        lost = [started(till, other), started(till, HALF)]
        assert lost == [2, 3]
    epochs = []
    for _time in range(2):  # the first one is lost again
        epochs.append(shop.restore(backup))
        with shop.till() as till:
            again = replace(HALF, deal=nth(everything(), 2, percent("20")))
            assert version_used(sell(till.counter, TEA, TEA)) == 1
            made = [started(till, again), started(till, HALF)]
            assert made == [epochs[-1], epochs[-1] + 1]
            assert version_used(sell(till.counter, TEA, TEA)) == made[1]
            versions = till.counter.promotions.versions("half")
            assert [x.version.version for x in versions] == [*reversed(made), 1]
            assert findings(till) == {}
    assert epochs[0] != epochs[1]


def test_a_new_promotion_of_a_restored_shop_has_no_old_number_either(
    shop: RestoredShop,
) -> None:
    with shop.till() as till:
        backup = shop.backup(till)
        assert started(till, HALF) == 1
    epoch = shop.restore(backup)
    with shop.till() as till:  # such as from a file that names its id
        assert started(till, HALF) == epoch


def test_a_draft_of_the_backup_is_not_started_under_a_number_that_was_given(
    shop: RestoredShop,
) -> None:
    with shop.till() as till:
        started(till, HALF)
        waiting = replace(HALF, deal=nth(everything(), 3, percent("50")))
        assert draft(till, waiting) == 2
        backup = shop.backup(till)
        other = replace(HALF, deal=nth(everything(), 2, percent("100")))
        assert started(till, other) == 2
    epoch = shop.restore(backup)
    with shop.till() as till:
        newest = till.counter.promotions.versions("half")[0].version
        assert newest.version == epoch
        assert newest.promotion == replace(waiting, version=epoch)
        assert till.counter.promotions.next_version("half") == epoch
        store(till, till.counter.promotions.start("half", epoch))
        assert version_used(sell(till.counter, *[TEA] * 3)) == epoch


# ------------------------------------------- a ledger that is newer than its catalogue


def test_goods_come_back_at_the_stored_price_where_the_version_is_lost(
    shop: RestoredShop,
) -> None:
    old = shop.catalogue()
    with shop.till() as till:
        started(till, PAIR)
        sale = sell(till.counter, TEA, TEA)
        assert paid(sale) == SHELF
    shop.put_catalogue(old)
    with shop.till() as till:
        assert findings(till) == {"promotion_version_lost": ["pair"]}
        take_back(till.counter, sale)
        assert paid_back(till.counter) == {"cash": SHELF // 2}
        take_back(till.counter, sale)
        assert paid_back(till.counter) == {"cash": SHELF // 2}


def test_parts_sum_to_what_was_paid_though_the_version_is_lost_in_between(
    shop: RestoredShop,
) -> None:
    old = shop.catalogue()
    with shop.till() as till:
        started(till, PAIR)
        sale = sell(till.counter, TEA, TEA, TEA)
        assert paid(sale) == 3 * SHELF // 2
        take_back(till.counter, sale, quantity=Decimal(2))
        first = paid_back(till.counter)["cash"]
        assert first == paid(sale) - SHELF * 9 // 10  # the one that stays, alone
    shop.put_catalogue(old)
    with shop.till() as till:
        take_back(till.counter, sale)
        assert first + paid_back(till.counter)["cash"] == paid(sale)


@pytest.mark.parametrize("is_started", [True, False], ids=["started", "a draft"])
def test_goods_never_come_back_by_the_rules_of_another_version_of_the_number(
    shop: RestoredShop, *, is_started: bool
) -> None:
    old = shop.catalogue()
    with shop.till() as till:
        started(till, PAIR)
        sale = sell(till.counter, TEA, TEA)
        assert paid(sale) == SHELF
    shop.put_catalogue(old)
    with shop.till() as till:
        assert (started if is_started else draft)(till, ONCE_GIVEN) == 1
        assert findings(till) == {"promotion_version_lost": ["pair"]}
        take_back(till.counter, sale)
        (line,) = till.counter.returns.look(sale.sale_id).lines
        assert line.here is not None
        (kept,) = line.here.kept_back
        assert not kept.is_known
        assert paid_back(till.counter) == {"cash": SHELF // 2}
        take_back(till.counter, sale)
        assert paid_back(till.counter) == {"cash": SHELF // 2}


def test_a_report_calls_what_is_lost_as_it_was_sold(shop: RestoredShop) -> None:
    names = (("en", "Two at half the price"),)
    shared = replace(
        PAIR, names=names, supplier_share=Percentage.parse("25"), name="第二件半价"
    )
    with shop.till() as till:
        first = till.counter.desk.business_day()
    old = shop.catalogue()
    with shop.till() as till:
        started(till, shared)
        sell(till.counter, TEA, TEA)
    shop.put_catalogue(old)
    with shop.till() as till:
        today = till.counter.desk.business_day()
        reports = till.counter.reports
        asked = reports.prepare(ReportPeriod(first, today), "en")
        (told,) = reports.make(asked).promotions
        assert told.name == "Two at half the price"
        assert (told.saving_minor, told.supplier_minor) == (SHELF, SHELF // 4)
