"""Promotions in the open sale: one moment, one answer, also after a power cut."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.codec import sale_from_journal, sale_to_journal
from pos_app.domain.offer_intents import (
    ChoosePromotion,
    DeclinePromotion,
    RestorePromotion,
    SetShopper,
)
from pos_app.domain.open_sale import RemoveLine
from pos_app.domain.promotion.occasion import Shopper
from pos_app.domain.promotion.promotion import (
    Hours,
    Limits,
    Promotion,
    Schedule,
    Trigger,
    TriggerKind,
)
from pos_app.domain.reduction import StepKind
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.promotions import PromotionRun
from pos_app.services import offer_explanation, open_sale
from pos_app.services.replay import ReplayClock
from pos_app.values.times import Period, Timestamp
from tests.builders_promotions import (
    cut,
    everything,
    members_only,
    nth,
    percent,
    promotion,
    spend,
    unit_deal,
)
from tests.counter_shop import (
    COLA,
    MANAGER,
    NOON,
    TEA,
    fresh_shop,
    opened,
    pay_cash,
    prove,
    query,
    sign_on,
)
from tests.promotion_in_shop import hold

HALF = promotion(nth(everything(), 2, percent("50")), "half")
LATER = Timestamp(NOON.unix_ms + 60_000)


@pytest.fixture
def folder(tmp_path: Path) -> ShopFolder:
    return fresh_shop(tmp_path)


@pytest.fixture
def till(folder: ShopFolder, clock: ReplayClock) -> Iterator[Till]:
    with opened(folder, clock) as found:
        yield found
        prove(found)


def total(till: Till) -> int:
    priced = till.counter.sale.priced
    assert priced is not None
    return priced.total_minor


def scan(till: Till, code: str, count: int = 1) -> int:
    till.counter.sale.scan(code, Decimal(count))
    return total(till)


def stop(till: Till, one: Promotion, at: Timestamp) -> None:
    """End a promotion's run now, as the back office does."""
    since = Timestamp.parse("2020-01-01T00:00:00Z")
    run_id = f"run-{one.promotion_id}-{one.version}"
    run = PromotionRun(
        run_id, one.promotion_id, one.version, Period(since, at), "", "", since
    )

    def edit(editor):  # type: ignore[no-untyped-def]
        editor.put_promotion_run(run)
        return ()

    with till.editor() as editor:
        editor.change(edit)


# --- one moment ------------------------------------------------------------------


def test_every_scan_is_priced_with_the_promotions_that_hold(till: Till) -> None:
    full = scan(till, TEA)
    pay_cash(till.counter)
    hold(till, HALF)
    assert scan(till, TEA) == full
    assert scan(till, TEA) == full + full // 2


def test_a_promotion_that_ends_meanwhile_holds_on_for_the_open_basket(
    till: Till, clock: ReplayClock
) -> None:
    hold(till, HALF)
    full = scan(till, TEA)
    clock.set(LATER)
    stop(till, HALF, LATER)
    assert scan(till, TEA) == full + full // 2
    assert pay_cash(till.counter).priced.promoted.saving_minor == full // 2
    assert scan(till, TEA, 2) == 2 * full


def test_an_emptied_basket_takes_the_promotions_of_now(
    till: Till, clock: ReplayClock
) -> None:
    hold(till, HALF)
    full = scan(till, TEA, 2) * 2 // 3
    empty(till)
    clock.set(LATER)
    stop(till, HALF, LATER)
    assert scan(till, TEA, 2) == 2 * full


def test_an_emptied_basket_takes_a_promotion_whose_hour_has_come(
    till: Till, clock: ReplayClock
) -> None:
    hold(till, HALF)
    full = scan(till, TEA)
    local = LATER.at(till.counter.sale.offers.occasion.zone)
    minute = local.hour * 60 + local.minute
    hour = Schedule(hours=(Hours(minute, minute + 60),))
    hold(till, replace(HALF, version=2, schedule=hour))
    clock.set(LATER)
    assert scan(till, TEA) == 2 * full  # what lies there keeps its moment
    empty(till)
    assert scan(till, TEA, 2) == full + full // 2


def empty(till: Till) -> None:
    sale = till.counter.sale.current
    assert sale is not None
    for line in sale.basket.lines:
        till.counter.sale.accept(RemoveLine(line.line_id))


def test_a_parked_sale_goes_on_with_the_promotions_of_now(
    till: Till, clock: ReplayClock
) -> None:
    hold(till, HALF)
    full = scan(till, TEA, 2) * 2 // 3
    parked = till.counter.park.park().result()
    till.counter.park.settled()
    assert parked.total_minor == full * 3 // 2
    clock.set(LATER)
    stop(till, HALF, LATER)
    parked_offers = till.counter.park.slips.offers(parked)
    assert [x.promotion_id for x in parked_offers.book.promotions] == ["half"]
    done = till.counter.park.resume(parked.sale.basket.basket_id).result()
    till.counter.park.settled()
    assert total(till) == 2 * full
    assert done.difference_minor == full // 2


def test_a_till_that_lost_its_power_has_the_same_price_again(
    folder: ShopFolder, clock: ReplayClock
) -> None:
    with opened(folder, clock) as till:
        hold(till, HALF, promotion(spend((100, cut(30))), "order"))
        before = scan(till, TEA, 3)
        till.ledger.flush()
    clock.set(LATER)
    with opened(folder, clock) as till:
        stop(till, HALF, LATER)
        assert total(till) == before
        assert pay_cash(till.counter).priced.total_minor == before
        prove(till)


# --- who, and what was chosen or taken away ----------------------------------------


def test_a_member_who_is_recognised_late_has_the_members_deal(till: Till) -> None:
    hold(till, members_only(unit_deal(everything(), percent("10"))))
    full = scan(till, TEA)
    till.counter.sale.accept(SetShopper(Shopper("member-7")))
    assert total(till) == full - round(full / 10)
    sale = pay_cash(till.counter)
    assert sale.member_id == "member-7"
    assert query(till, "SELECT member_id FROM promotion_use") == [("member-7",)]


def test_a_member_who_used_it_up_pays_in_full_and_another_does_not(till: Till) -> None:
    tenth = unit_deal(everything(), percent("10"))
    hold(till, members_only(tenth, limits=Limits(per_member=1)))

    def paid_by(member_id: str) -> int:
        scan(till, TEA)
        till.counter.sale.accept(SetShopper(Shopper(member_id)))
        return pay_cash(till.counter).priced.promoted.saving_minor

    saving = paid_by("member-7")
    assert saving > 0
    assert [paid_by("member-7"), paid_by("member-8")] == [0, saving]


def test_what_a_person_chooses_or_takes_away_holds_for_this_basket(till: Till) -> None:
    tenth = promotion(
        unit_deal(everything(), percent("10")),
        "tenth",
        trigger=Trigger(TriggerKind.MANUAL),
    )
    hold(till, HALF, tenth)
    full = scan(till, TEA, 2) * 2 // 3
    accept: Callable[..., None] = till.counter.sale.accept
    accept(DeclinePromotion("half", "staff-1"))
    assert total(till) == 2 * full
    accept(ChoosePromotion("tenth", "staff-1"))
    assert total(till) == 2 * (full - round(full / 10))
    accept(RestorePromotion("half"))
    assert total(till) == full * 3 // 2
    pay_cash(till.counter)
    assert scan(till, TEA, 2) == full * 3 // 2


def test_a_promotion_that_is_used_up_is_for_the_basket_that_had_it(till: Till) -> None:
    hold(till, replace(HALF, limits=Limits(in_all=1)))
    full = scan(till, TEA, 2) * 2 // 3
    pay_cash(till.counter)
    assert scan(till, TEA, 2) == 2 * full


# --- what is stored ------------------------------------------------------------------


def test_the_document_says_every_use_and_comes_back_the_same(till: Till) -> None:
    named = replace(HALF, version=2, names=(("en", "Second at half price"),))
    hold(till, named, promotion(spend((100, cut(30))), "order"))
    scan(till, TEA, 3)
    scan(till, COLA)
    sale = pay_cash(till.counter)
    used = [(x.promotion_id, x.version) for x in sale.priced.promoted.applications]
    assert set(used) == {("half", 2), ("order", 1)}
    assert till.ledger.sale(sale.sale_id) == sale
    notes = [line.note for line in sale.lines]
    journal = sale_to_journal(sale)
    assert sale_from_journal(journal, sale.cashier_name, notes) == sale
    rows = query(
        till,
        "SELECT DISTINCT kind, promotion_id FROM sale_step ORDER BY kind",
    )
    assert rows == [
        (StepKind.ITEM_DEAL.value, "half"),
        (StepKind.ORDER_DEAL.value, "order"),
    ]


def test_the_black_box_shows_the_price_of_then(till: Till, clock: ReplayClock) -> None:
    hold(till, HALF)
    scan(till, TEA, 2)
    sale = pay_cash(till.counter)
    clock.set(LATER)
    stop(till, HALF, LATER)
    sign_on(till.counter, MANAGER)
    replay = till.counter.black_box.replay(sale.sale_id)
    last = replay.frame(len(replay.steps) - 1)
    assert last.priced == sale.priced


# --- the search, and the screen ------------------------------------------------------


@pytest.fixture
def short_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a frame be too short for any search."""
    monkeypatch.setattr(open_sale, "FRAME_SEARCH", 0)


OVERLAPPING = (
    promotion(nth(everything(), 2, percent("50")), "half"),
    promotion(nth(everything(), 3, percent("100")), "third"),
)


def rough_sale(till: Till) -> int:
    """Scan a basket that a frame is too short for; return what it is shown at."""
    hold(till, *OVERLAPPING)
    shown = 0
    for count in (1, 3, 2):
        scan(till, TEA, count)
        shown = scan(till, COLA, count)
    assert till.counter.sale.keeper.is_rough
    return shown


@pytest.mark.usefixtures("short_frame")
def test_money_waits_for_the_end_of_the_search(till: Till) -> None:
    shown = rough_sale(till)
    sale = pay_cash(till.counter)
    assert sale.priced.promoted.is_optimal
    assert sale.priced.total_minor <= shown


@pytest.mark.usefixtures("short_frame")
def test_a_search_beside_the_screen_is_taken_if_nothing_changed(till: Till) -> None:
    rough_sale(till)
    keeper = till.counter.sale.keeper
    first = keeper.search_on()
    assert first is not None
    late = first()
    scan(till, TEA)
    assert not keeper.take_searched(late)
    search = keeper.search_on()
    assert search is not None
    assert keeper.take_searched(search())
    assert not keeper.is_rough
    assert keeper.search_on() is None
    priced = till.counter.sale.priced
    assert priced is not None
    assert priced.promoted.is_optimal


def test_what_is_nearly_reached_is_told_only_where_a_frame_is_long_enough(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(till, HALF)
    scan(till, TEA)
    assert till.counter.offer_explanation.nearest()
    monkeypatch.setattr(offer_explanation, "FRAME_SEARCH", 0)
    assert not till.counter.offer_explanation.nearest()


def test_a_basket_that_a_frame_is_long_enough_for_is_searched_to_the_end(
    till: Till,
) -> None:
    hold(till, *OVERLAPPING)
    scan(till, TEA, 5)
    assert not till.counter.sale.keeper.is_rough
    assert till.counter.sale.keeper.search_on() is None
