"""Until when something is good, as its customer understands it."""

from datetime import date
from zoneinfo import ZoneInfo

from pos_app.documents.amounts import counted, moved
from pos_app.documents.last_moment import last_day, until_text
from pos_app.documents.layout import Text
from pos_app.domain.loyalty.ticket_facts import GivenCoupon
from pos_app.i18n import plural, use_language
from pos_app.services.coupon_papers import CouponForm, paper_layout
from pos_app.values.times import Timestamp
from tests.builders_slip import shop
from ui.presenters.member_said import until_words

ZONE = ZoneInfo("Asia/Shanghai")
MIDNIGHT = Timestamp.parse("2026-12-24T00:00:00+08:00")
HALF_PAST = Timestamp.parse("2026-12-23T14:30:00+08:00")


def test_what_ends_with_a_day_is_good_until_that_day() -> None:
    assert until_text(MIDNIGHT, ZONE) == "2026-12-23"
    assert last_day(MIDNIGHT, ZONE) == date(2026, 12, 23)


def test_what_ends_within_a_day_says_when() -> None:
    """72 hours after trying on: the day alone would promise the evening too."""
    assert until_text(HALF_PAST, ZONE) == "2026-12-23 14:30"


def test_a_card_on_the_screen_says_the_year_only_where_it_is_another_one() -> None:
    assert until_words(MIDNIGHT, ZONE, date(2026, 11, 22)) == "12-23"
    assert until_words(HALF_PAST, ZONE, date(2026, 11, 22)) == "12-23 14:30"
    assert until_words(MIDNIGHT, ZONE, date(2027, 1, 2)) == "2026-12-23"


def test_a_coupon_on_paper_says_its_last_day_and_no_midnight() -> None:
    form = CouponForm(shop(), "en")
    for end, said in ((MIDNIGHT, "2026-12-23"), (HALF_PAST, "2026-12-23 14:30")):
        layout = paper_layout(GivenCoupon("c", "Tea", "CAAAABBBB", end), form)
        lines = [x.text for x in layout.blocks if isinstance(x, Text)]
        assert f"Good until {said}" in lines
    layout = paper_layout(GivenCoupon("c", "Tea", "CAAAABBBB"), form)
    assert not any("Good until" in x.text for x in layout.blocks if isinstance(x, Text))


def test_points_and_counts_are_written_in_one_way() -> None:
    assert [counted(x) for x in (1284, 0, -300)] == ["1,284", "0", "−300"]
    assert [moved(x) for x in (1284, 0, -1300)] == ["+1,284", "0", "−1,300"]
    use_language("en")
    assert plural("{count} point", "{count} points", 3260) == "3,260 points"
