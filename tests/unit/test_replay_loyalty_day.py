"""A whole loyalty day is replayed from lines: points, coupons, wallet, gift card, night."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pos_app.domain.loyalty.programme import ValueRule
from pos_app.domain.stored_value.tender_rule import TenderRule
from pos_app.services.coupon_drafts import CouponDraft, CouponKind
from pos_app.services.replay import Replay, ReplayClock
from tests.builders_members import LIN
from tests.builders_points import RULES, bring
from tests.builders_returns import SHIRT_M
from tests.counter_shop import MANAGER, NOON, PINS, prove
from tests.coupon_shop import coupon_till, make
from tests.value_till import able

Play = Callable[..., list[dict[str, Any]]]
SIGN_ON = {"do": "sign_on", "number": MANAGER, "pin": PINS[MANAGER]}
VALUE = ValueRule(is_on=True, has_gift_cards=True, tender=TenderRule(free_minor=500_00))
SHIRT, FINISH = {"do": "scan", "code": SHIRT_M}, {"do": "finish"}
CASH, KNOWN = {"do": "tender", "key": "cash"}, {"do": "member", "phone": LIN}
CARD = "GIFT-2026-0001"


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    clock = ReplayClock(NOON)
    with coupon_till(tmp_path, clock) as till:
        bring(till, replace(RULES, value=VALUE))
        make(till, CouponDraft("减 1 元", CouponKind.AMOUNT, amount_minor=100))
        replay = Replay(till.counter, clock)

        def run(*lines: dict[str, object]) -> list[dict[str, Any]]:
            return list(replay.run(json.dumps(line) for line in lines))

        run(SIGN_ON)
        able(till.counter)
        assert run({"do": "enrol", "phone": LIN, "name": "林可怡"}) == []
        yield run
        prove(till)


def paid(sale: dict[str, Any]) -> int:
    """Return what was taken for a sale."""
    return sum(x["amount_minor"] for x in sale["tenders"]) - sale["change_minor"]


def test_points_are_earned_given_and_taken_back(play: Play) -> None:
    (first,) = play(SHIRT, CASH, FINISH)
    proof = {"do": "member", "phone": LIN, "typed": True}
    (sale,) = play(
        SHIRT,
        proof,
        {"do": "points", "give": 100},
        {"do": "points", "give": 0},
        {"do": "points"},
        CASH,
        FINISH,
    )
    assert paid(first) - paid(sale) == 100
    (refused,) = play({"do": "points", "give": 100})
    assert refused["refused"] == "basket_empty"


def test_a_wallet_is_filled_pays_and_is_paid_back(play: Play) -> None:
    filled, sale, back = play(
        {"do": "top_up", "phone": LIN, "amount": "300", "handed": "400"},
        SHIRT,
        KNOWN,
        {"do": "tender", "key": "stored_value"},
        FINISH,
        {"do": "pay_back", "phone": LIN, "amount": "50"},
    )
    assert (filled["document"], filled["change_minor"]) == ("stored_value", 100_00)
    assert [x["key"] for x in sale["tenders"]] == ["stored_value"]
    left = 300_00 - paid(sale)
    assert (back["kind"], back["balance_minor"]) == ("refund", left - 50_00)


def test_a_gift_card_is_sold_and_pays_by_its_code(play: Play) -> None:
    pay = {"do": "tender", "key": "gift_card", "reference": CARD}
    sold, sale, unknown = play(
        {"do": "gift_card", "code": CARD, "amount": "50"},
        SHIRT,
        pay,
        CASH,
        FINISH,
        {**pay, "reference": "GIFT-9999-9999"},
    )
    assert sold["kind"] == "gift_card"
    assert sale["tenders"][0]["amount_minor"] == 50_00
    assert unknown["refused"] == "stored_value_code_unknown"


def test_a_coupon_given_by_hand_is_shown_by_its_code_or_found_as_the_best(
    play: Play,
) -> None:
    (paper,) = play({"do": "give_coupon", "name": "减 1 元"})
    (shown,) = play(SHIRT, {"do": "coupon", "code": paper["code"]}, CASH, FINISH)
    (own,) = play({"do": "give_coupon", "name": "减 1 元", "phone": LIN})
    assert own["code"] == ""
    (best,) = play(SHIRT, KNOWN, {"do": "coupon", "best": True}, CASH, FINISH)
    assert paid(shown) == paid(best)
    (again,) = play(SHIRT, {"do": "coupon", "id": own["coupon_id"]})
    assert again["refused"].startswith("coupon_")
    play({"do": "sale_void", "reason": "customer_left"})


def test_the_night_is_done_once(play: Play) -> None:
    assert play({"do": "night"}, {"do": "night"}) == []
