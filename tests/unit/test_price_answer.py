"""What somebody who asks for a price hears: what it is, and what it could be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.promotion.explanation import RefusalCause
from pos_app.domain.promotion.promotion import (
    Audience,
    AudienceKind,
    Promotion,
)
from pos_app.ports.promotions import PromotionRun
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.price_answer import PriceAnswer, PriceAnswerService
from pos_app.values.times import Period
from tests.builders_promotions import (
    by_coupon,
    by_hand,
    everything,
    members_only,
    nth,
    percent,
    promotion,
    unit_deal,
)
from tests.builders_returns import return_shop
from tests.counter_shop import MANAGER, NOON, TEA, opened
from tests.promotion_in_shop import LONG_AGO, hold


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    """Open a shop whose tea costs 12.80."""
    with opened(return_shop(tmp_path), number=MANAGER) as found:
        yield found


def answer(till: Till) -> PriceAnswer:
    sale = till.counter.sale
    found = sale.look_up(TEA)
    assert found is not None
    return PriceAnswerService(till.counter.desk, sale).of(found, TEA)


def off(rate: str, name: str, **terms: object) -> Promotion:
    return replace(promotion(unit_deal(everything(), percent(rate)), name), **terms)


def told(found: PriceAnswer) -> list[str]:
    return [x.promotion.name for x in found.deals]


def test_one_that_takes_less_than_the_one_used_is_not_told(till: Till) -> None:
    hold(till, off("10", "9 折"), off("20", "8 折"))
    found = answer(till)
    assert (found.list_minor, found.now_minor) == (1280, 1024)
    assert told(found) == ["8 折"]


def test_those_used_come_first_and_those_that_do_not_hold_last(till: Till) -> None:
    pair = promotion(nth(everything(), 2, percent("50")), "a pair")
    coupon = by_coupon(unit_deal(everything(), percent("50")), "a coupon")
    hold(till, coupon, pair, off("5", "used"))
    found = answer(till)
    assert told(found) == ["used", "a pair", "a coupon"]
    assert [x.is_used for x in found.deals] == [True, False, False]
    causes = [x.cause for x in found.deals]
    assert causes == [None, None, RefusalCause.NOT_CHOSEN]


def test_what_somebody_at_the_till_has_to_choose_is_promised_to_nobody(
    till: Till,
) -> None:
    hold(till, by_hand(unit_deal(everything(), percent("50"))))
    hold(till, by_hand(nth(everything(), 2), "chosen for two"))
    assert answer(till) == PriceAnswer(1280, 1280)


def test_members_are_told_a_price_only_where_they_pay_less(till: Till) -> None:
    hold(till, off("20", "8 折"))
    assert answer(till).member_minor is None
    hold(till, members_only(unit_deal(everything(), percent("25")), "members"))
    found = answer(till)
    assert (found.now_minor, found.member_minor) == (1024, 960)
    (_used, theirs) = found.deals
    assert theirs.then_minor == 960


@pytest.mark.parametrize("kind", [x for x in AudienceKind if x.value != "everyone"])
def test_staff_and_groups_are_told_nobody_the_others_are(
    till: Till, kind: AudienceKind
) -> None:
    values = ("x",) if kind in {AudienceKind.TIER, AudienceKind.TAG} else ()
    hold(till, off("50", kind.value, audience=Audience(kind, values)))
    is_quiet = kind in {AudienceKind.STAFF, AudienceKind.TAG}
    found = answer(till)
    assert told(found) == ([] if is_quiet else [kind.value])
    assert [x.then_minor for x in found.deals] == ([] if is_quiet else [640])


def test_a_deal_ends_with_its_run_or_its_schedule_whichever_is_first(
    till: Till,
) -> None:
    one = off("20", "8 折")
    hold(till, one)
    assert answer(till).deals[0].promotion.schedule.period == Period()
    end = NOON.plus_seconds(3600)

    def edit(editor: ShopEditor) -> tuple[()]:
        run = PromotionRun(
            f"run-{one.promotion_id}-1",
            one.promotion_id,
            1,
            Period(LONG_AGO, end),
            "",
            "",
            LONG_AGO,
        )
        editor.put_promotion_run(run)
        return ()

    with till.editor() as editor:
        editor.change(edit)
    assert answer(till).deals[0].promotion.schedule.period == Period(None, end)
