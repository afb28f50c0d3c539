"""Promotions that a person chooses for a basket, or takes away: who may, what is told."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.journal import EntryKind
from pos_app.domain.promotion.promotion import Trigger, TriggerKind
from pos_app.errors import UserError
from pos_app.persistence.ledger import journal_rows
from pos_app.services.session import ApprovalNeeded
from tests.builders_promotions import (
    by_hand,
    everything,
    nth,
    percent,
    promotion,
    unit_deal,
)
from tests.builders_returns import approved, return_shop
from tests.counter_shop import CASHIER, MANAGER, TEA, opened, pay_cash, prove, sign_on
from tests.promotion_in_shop import hold

SECOND_HALF = promotion(nth(everything(), 2, percent("50")), "第二件半价")
NEIGHBOUR = by_hand(unit_deal(everything(), percent("20")), "老邻居 8 折")
ROLES = Trigger(TriggerKind.MANUAL, ("manager",))
FOR_MANAGERS = promotion(unit_deal(everything(), percent("50")), "半价", trigger=ROLES)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(return_shop(tmp_path, "1 half_up"), number=MANAGER) as found:
        hold(found, SECOND_HALF, NEIGHBOUR, FOR_MANAGERS)
        found.counter.sale.scan(TEA, Decimal(2))
        yield found
        prove(found)


def told(till: Till, kind: EntryKind) -> list[dict[str, Any]]:
    till.ledger.flush()
    with till.ledger.read_engine.begin() as connection:
        entries = list(journal_rows.entries(connection))
    return [json.loads(x.canonical)["body"] for x in entries if x.kind is kind]


def total(till: Till) -> int:
    priced = till.counter.sale.priced
    assert priced is not None
    return priced.total_minor


def test_a_chosen_promotion_lowers_the_basket_and_is_journalled(till: Till) -> None:
    whole, choice = total(till), till.counter.offer_choice
    listed = {x.promotion.name: x for x in choice.choosable()}
    assert set(listed) == {"老邻居 8 折", "半价"}
    choice.choose(FOR_MANAGERS.promotion_id)
    assert whole - total(till) == listed["半价"].saving_minor > 0
    assert {x.promotion.name for x in choice.choosable() if x.is_chosen} == {"半价"}
    (body,) = told(till, EntryKind.PROMOTION_CHOSEN)
    assert (body["name"], body["amount_minor"]) == ("半价", total(till) - whole)
    choice.restore(FOR_MANAGERS.promotion_id)
    assert total(till) == whole
    assert told(till, EntryKind.PROMOTION_CHOSEN)[1]["is_taken_back"]


def test_what_is_for_another_role_is_listed_but_refused(till: Till) -> None:
    sign_on(till.counter, CASHIER)
    choice = till.counter.offer_choice
    assert {x.promotion.name for x in choice.choosable() if not x.is_own} == {"半价"}
    with pytest.raises(UserError) as refused:
        choice.choose(FOR_MANAGERS.promotion_id)
    assert refused.value.key == "promotion_not_your_role"
    choice.choose(NEIGHBOUR.promotion_id)
    assert told(till, EntryKind.PROMOTION_CHOSEN)[0]["name"] == "老邻居 8 折"


def test_a_promotion_is_taken_away_with_consent_and_comes_back(till: Till) -> None:
    sign_on(till.counter, CASHIER)
    lowered, choice = total(till), till.counter.offer_choice
    key = SECOND_HALF.promotion_id
    with pytest.raises(ApprovalNeeded):
        choice.decline(key, "not_wanted")
    assert total(till) == lowered
    approved(till.counter, choice.decline, key, "not_wanted")
    assert total(till) > lowered
    (body,) = told(till, EntryKind.PROMOTION_DECLINED)
    assert body["reason"] == "not_wanted"
    assert body["amount_minor"] == total(till) - lowered
    choice.restore(key)
    assert total(till) == lowered
    approved(till.counter, choice.decline, key, "not_meant")
    sale = pay_cash(till.counter)
    assert sale.priced.promoted.applications == ()


def test_nothing_is_taken_away_without_a_reason(till: Till) -> None:
    lowered, choice = total(till), till.counter.offer_choice
    with pytest.raises(UserError) as refused:
        choice.decline(SECOND_HALF.promotion_id, "because")
    assert refused.value.key == "reason_unknown"
    with pytest.raises(UserError) as gone:
        choice.decline("nobody", "not_wanted")
    assert gone.value.key == "promotion_gone"
    with pytest.raises(UserError) as nothing:
        choice.restore(SECOND_HALF.promotion_id)
    assert nothing.value.key == "nothing_to_take_back"
    assert total(till) == lowered
    assert told(till, EntryKind.PROMOTION_DECLINED) == []
