"""`guitai replay` plays the shop's day: by hand, parked, returned, exchanged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.replay_run import Document, Run, replay_in, scan

ITEMS = [
    {"sku": "TEE-M", "name": "T", "variant": "M", "price": "129.00"},
    {"sku": "TEE-L", "name": "T", "variant": "L", "price": "149.00"},
    {"sku": "TEA", "name": "Tea", "price": "5.00"},
    {"sku": "SOUP", "name": "Soup", "price": "9.00", "returnable": False},
    {"sku": "BAG", "name": "Bag", "price": "0.50", "discount_cap": "0"},
]
ITEMS[1]["parent_sku"] = "TEE-M"
ROLES = [
    {
        "key": "cashier",
        "name": "cashier",
        "permissions": ["sell", "park", "discount", "return", "line_void"],
        "discount_cap": "10",
        "refund_cap_minor": 20_000,
    },
    {
        "key": "manager",
        "name": "manager",
        "permissions": [
            *("sell", "park", "discount", "return", "line_void", "sale_void"),
            *("price_override", "return_no_receipt", "refund_other_tender"),
            *("sale_reverse", "return_late"),
        ],
        "discount_cap": "100",
        "is_supervisor": True,
    },
]
STAFF = [
    {"number": "1001", "name": "A", "role": "cashier", "pin": "1234"},
    {"number": "3001", "name": "B", "role": "manager", "pin": "9638"},
]
SETUP: Document = {"items": ITEMS, "roles": ROLES, "staff": STAFF}
MANAGER = {"do": "approve", "number": "3001", "pin": "9638"}
CASH: tuple[Document, Document] = (
    {"do": "tender", "key": "cash"},
    {"do": "finish", "print": False},
)
BACK: tuple[Document, Document] = (
    {"do": "refund"},
    {"do": "finish", "print": False},
)


@pytest.fixture
def run(tmp_path: Path, capsys: Any) -> Run:
    return replay_in(tmp_path, capsys)


def play(run: Run, *commands: Document) -> list[Document]:
    sign_on = {"do": "sign_on", "number": "1001", "pin": "1234"}
    return run(SETUP, sign_on, *commands)[1]


def refusals(documents: list[Document]) -> list[str]:
    return [x["refused"] for x in documents if "refused" in x]


def test_a_deep_discount_needs_somebody_else_once(run: Run) -> None:
    deep = {"do": "discount", "percent": "20", "reason": "regular"}
    said = play(run, scan("TEA"), deep, MANAGER, deep, *CASH, scan("TEA"), deep)
    assert refusals(said) == ["not_permitted", "not_permitted"]
    sale = said[1]
    assert sale["priced"]["total_minor"] == 400
    step = sale["lines"][0]["priced"]["steps"][0]
    assert (step["kind"], step["amount_minor"]) == ("line_discount", 100)
    assert step["by"] != step["approved_by"] != ""


def test_whoever_stood_by_has_left_after_one_line(run: Run) -> None:
    deep = {"do": "discount", "percent": "20", "reason": "regular"}
    said = play(run, scan("TEA"), MANAGER, scan("TEA"), deep)
    assert refusals(said) == ["not_permitted"]


def test_goods_that_are_never_discounted_are_not(run: Run) -> None:
    any_discount = {"do": "discount", "percent": "1", "reason": "regular"}
    assert refusals(play(run, scan("BAG"), MANAGER, any_discount)) == [
        "item_discount_cap"
    ]


def test_a_parked_sale_is_taken_up_once(run: Run) -> None:
    again = {"do": "resume"}
    said = play(run, scan("TEA"), {"do": "park", "name": "hat"}, again, *CASH, again)
    assert [x.get("document") for x in said] == ["parked", "sale", None]
    assert refusals(said) == ["parked_gone"]
    assert said[0]["total_minor"] == said[1]["priced"]["total_minor"] == 500


def test_a_return_gives_back_what_was_paid(run: Run) -> None:
    small = {"do": "discount", "percent": "10", "reason": "regular"}
    back = {"do": "return", "quantity": "1", "reason": "damaged", "damaged": True}
    said = play(run, scan("TEA", "3"), small, *CASH, back, *BACK)
    assert refusals(said) == []
    assert [x["amount_minor"] for x in said[1]["refunds"]] == [450]
    assert said[1]["returns"][0]["is_sellable"] is False
    assert said[1]["returns"][0]["origin"]["sale_number"] == said[0]["number"]


def test_nothing_comes_back_twice(run: Run) -> None:
    back = {"do": "return", "receipt": "1", "reason": "changed_mind"}
    said = play(run, scan("TEA"), *CASH, back, *BACK, back)
    assert refusals(said) == ["all_returned"]


def test_an_exchange_is_one_ticket_and_keeps_the_price_paid(run: Run) -> None:
    back = {"do": "return", "reason": "changed_mind"}
    finish = {"do": "finish", "print": False}
    said = play(run, scan("TEE-M"), *CASH, back, scan("TEE-L"), finish)
    assert refusals(said) == []
    swap = said[1]
    assert swap["priced"]["total_minor"] == 12_900
    assert swap["tenders"] == swap["refunds"] == []


def test_goods_without_a_receipt_need_an_approval(run: Run) -> None:
    back = {"do": "return_item", "code": "TEA", "reason": "changed_mind"}
    said = play(run, back, MANAGER, back, MANAGER, {"do": "refund", "key": "cash"})
    assert refusals(said)[0] == "not_permitted"


def test_fresh_food_does_not_come_back(run: Run) -> None:
    back = {"do": "return", "reason": "changed_mind"}
    assert refusals(play(run, scan("SOUP"), *CASH, back)) == ["not_returnable"]


def test_a_finished_sale_is_mirrored_whole(run: Run) -> None:
    mirror = {"do": "reverse", "reason": "sold_wrongly"}
    said = play(run, scan("TEA", "2"), *CASH, MANAGER, mirror, MANAGER, mirror)
    assert said[1]["reverses"] == said[0]["sale_id"]
    assert [x["amount_minor"] for x in said[1]["refunds"]] == [1000]
    assert len(refusals(said)) == 1
