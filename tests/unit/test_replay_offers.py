"""Members, coupons and promotions in the language of `guitai replay`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.promotion.promotion import Trigger, TriggerKind
from pos_app.services.replay import Replay, ReplayClock
from tests.builders_promotions import (
    by_coupon,
    cut,
    everything,
    members_only,
    percent,
    promotion,
    spend,
    unit_deal,
)
from tests.builders_till import as_lines
from tests.counter_shop import MANAGER, NOON, TEA, fresh_shop, opened, prove
from tests.promotion_in_shop import hold

SCAN = {"do": "scan", "code": TEA}
END = ({"do": "tender", "key": "cash"}, {"do": "finish"})


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path), number=MANAGER) as found:
        hold(
            found,
            members_only(unit_deal(everything(), percent("10")), "members"),
            by_coupon(spend((1, cut(50))), "ticket"),
            promotion(
                unit_deal(everything(), cut(100)),
                "friends",
                trigger=Trigger(TriggerKind.MANUAL),
            ),
        )
        yield found
        prove(found)


def replayed(till: Till, *said: dict[str, Any]) -> list[dict[str, Any]]:
    lines = as_lines(iter((SCAN, *said)))
    return list(Replay(till.counter, ReplayClock(NOON)).run(lines))


def saved(till: Till, *said: dict[str, Any]) -> int:
    """Sell one tea and say these things; return what promotions let go."""
    (sale,) = replayed(till, *said, *END)
    uses = sale["priced"]["promoted"]["applications"]
    return sum(use["saving_minor"] for use in uses)


def test_what_is_said_to_promotions_is_replayed(till: Till) -> None:
    coupon = {"do": "coupon", "id": "c-1", "promotion": "ticket"}
    friends = {"do": "promotion", "name": "friends"}
    member = {"do": "member", "id": "m-1"}
    assert saved(till) == 0
    assert saved(till, coupon) == 50
    assert saved(till, coupon, {**coupon, "take_back": True}) == 0
    assert saved(till, friends) == 100
    assert saved(till, friends, {**friends, "what": "restore"}) == 0
    of_members = saved(till, member)
    assert of_members > 0
    assert saved(till, member, {"do": "member"}) == 0


def test_what_may_not_be_said_is_refused(till: Till) -> None:
    unknown = {"do": "promotion", "name": "no such thing"}
    declined = {
        "do": "promotion",
        "name": "members",
        "what": "decline",
        "reason": "not_wanted",
    }
    answers = replayed(till, unknown, declined)
    assert [x["refused"] for x in answers] == ["promotion_gone", "not_permitted"]
