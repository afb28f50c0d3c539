"""`guitai replay` knows members by what a customer says, types or shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pos_app.services.replay import Replay, ReplayClock
from tests.builders_counter_members import LIN, card_of, set_pin
from tests.counter_shop import CASHIER, NOON, PINS, fresh_shop, opened

SIGN_ON = {"do": "sign_on", "number": CASHIER, "pin": PINS[CASHIER]}
SALE = [{"do": "scan", "code": "S1"}, {"do": "tender", "key": "cash"}, {"do": "finish"}]


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Any]:
    clock = ReplayClock(NOON)
    with opened(fresh_shop(tmp_path), clock) as till:
        replay = Replay(till.counter, clock)

        def run(*lines: dict[str, object]) -> list[dict[str, Any]]:
            return list(replay.run(json.dumps(line) for line in (SIGN_ON, *lines)))

        run.counter = till.counter  # type: ignore[attr-defined]
        yield run


def test_who_is_enrolled_is_found_and_recognised_by_replayed_lines(play) -> None:
    enrolled = {"do": "enrol", "phone": LIN, "name": "林可怡", "birthday": "11-05"}
    (first,) = play(enrolled, *SALE)
    member_id = first["member_id"]
    assert member_id
    counter = play.counter
    set_pin(counter, member_id, "2468")
    for said, means, strength in (
        ({"phone": "6217"}, "last_four", "weak"),
        ({"phone": LIN}, "phone_said", "weak"),
        ({"phone": LIN, "typed": True}, "phone_typed", "medium"),
        ({"code": card_of(counter, member_id)}, "static_code", "weak"),
        ({"phone": "6217", "pin": "2468"}, "last_four", "strong"),
    ):
        (sale,) = play({"do": "member", **said}, *SALE)
        found = (sale["member_id"], sale["member_means"], sale["member_strength"])
        assert found == (member_id, means, strength)
    (sale,) = play({"do": "member", "phone": LIN}, {"do": "member"}, *SALE)
    assert sale["member_id"] == ""


def test_a_made_up_member_is_for_promotions_only(play) -> None:
    made_up = {"do": "member", "id": "m1", "tier": "gold"}
    (sale,) = play(made_up, *SALE)
    assert (sale["member_id"], sale["member_means"]) == ("m1", "")


def test_what_names_nobody_or_several_is_refused(play) -> None:
    play(
        {"do": "enrol", "phone": LIN, "name": "林可怡"},
        {"do": "enrol", "phone": "13911116217", "name": "王伟"},
        {"do": "member"},
    )
    for said, key in (
        ({"phone": "6217"}, "member_many"),
        ({"phone": "13700000000"}, "member_unknown"),
        ({"pin": "2468"}, "member_none"),
        ({"code": "M00000000000000"}, "member_card_mistyped"),
    ):
        (refused,) = play({"do": "member", **said})
        assert refused["refused"] == key
