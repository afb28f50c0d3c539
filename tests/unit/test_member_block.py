"""The slip's member block: coupons stand there whether they have a code or not."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from pos_app.documents.layout import Columns, QrCode, Text
from pos_app.documents.member_block import MemberSlip, member_blocks
from pos_app.domain.loyalty.ticket_facts import (
    WALLET,
    GivenCoupon,
    TicketFacts,
    ValueLeft,
)
from pos_app.i18n import Words
from pos_app.values.times import Timestamp

ZONE = ZoneInfo("Asia/Shanghai")
ENDS = Timestamp.parse("2026-12-22T00:00:00+08:00")


def told(facts: TicketFacts) -> list[str]:
    """Return the rows of the block as text; a QR code by its content."""
    found = []
    for block in member_blocks(MemberSlip(facts, zone=ZONE), Words("en")):
        if isinstance(block, Text):
            found.append(block.text.strip())
        elif isinstance(block, Columns):
            found.append(" ".join(block.cells))
        elif isinstance(block, QrCode):
            found.append(f"QR {block.data}")
    return found


def test_a_coupon_on_the_members_own_list_is_named_with_its_last_day() -> None:
    own = GivenCoupon("c-1", "八折券", until=ENDS)
    assert told(TicketFacts("m-1", coupons=(own,))) == [
        "Coupon for you: 八折券",
        "until 2026-12-21",
    ]


def test_a_coupon_for_whoever_holds_it_has_its_code_as_well() -> None:
    given = GivenCoupon("c-1", "八折券", "CAAAABBBB", ENDS)
    rows = told(TicketFacts(coupons=(given,)))
    assert rows[:3] == ["Coupon for you: 八折券", "until 2026-12-21", "QR CAAAABBBB"]
    assert rows[3].replace("-", "") == "CAAAABBBB"


def test_a_coupon_that_never_ends_says_no_day() -> None:
    own = GivenCoupon("c-1", "八折券")
    assert told(TicketFacts("m-1", coupons=(own,))) == ["Coupon for you: 八折券"]


def test_what_is_left_of_wallet_and_card_stands_there_without_any_member() -> None:
    left = (ValueLeft(WALLET, -100, 4_900), ValueLeft("7F2K", -500, 0))
    rows = told(TicketFacts(values=left))
    assert rows == ["Stored value left ¥49.00", "Gift card ···· 7F2K, left ¥0.00"]


def test_points_have_their_thousands_and_a_minus_as_wide_as_a_digit() -> None:
    facts = TicketFacts(
        "m-1",
        earned=1_284,
        burned=2_000,
        active=13_260,
        pending=1_284,
        expiring=1_500,
        expires_on=ENDS,
    )
    assert told(facts) == [
        "Points earned +1,284",
        "Points spent −2,000",
        "Points now 13,260",
        "Points that still wait 1,284",
        "1,500 points can be used until 2026-12-21.",
    ]


def test_a_coupon_that_ends_within_a_day_says_the_hour() -> None:
    ends = Timestamp.parse("2026-12-22T14:30:00+08:00")
    rows = told(TicketFacts("m-1", coupons=(GivenCoupon("c-1", "八折券", until=ends),)))
    assert rows == ["Coupon for you: 八折券", "until 2026-12-22 14:30"]


def test_a_share_of_a_coupon_says_what_it_takes_off_not_only_the_old_promise() -> None:
    share = GivenCoupon("c-1", "满 200 减 30", until=ENDS, value_minor=1_500)
    rows = told(TicketFacts("m-1", coupons=(share,)))
    assert rows == [
        "Coupon for you: 满 200 减 30",
        "worth ¥15.00 · until 2026-12-21",
    ]
