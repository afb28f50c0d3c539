"""A manager changes the shop: stored with its note, journalled once, refused whole."""

import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.cli.catalog_session import journal_waiting
from pos_app.cli.till_upkeep import TillUpkeep
from pos_app.domain.permission import Permission
from pos_app.domain.policy import (
    FOUR_EYES_CHOICES,
    ShiftOpening,
    ShiftScope,
    ShopPolicy,
)
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.shop_change import four_eyes_change, rule_change, words_change
from tests.counter_shop import (
    MANAGER,
    SETUP,
    fresh_shop,
    make_counter_shop,
    opened,
    prove,
    query,
    refusal,
    sell,
)

OTHER_RULES = {
    "return_days": None,
    "no_receipt_days": 14,
    "refunds_to_original": False,
    "exchange_keeps_price": False,
    "shift_scope": "cashier",
    "shift_opening": "ask",
    "difference_limit_minor": 2500,
    "float_minor": 30_000,
}


@pytest.fixture
def shop(tmp_path: Path) -> ShopFolder:
    return fresh_shop(tmp_path)


@pytest.fixture
def till(shop: ShopFolder) -> Iterator[Till]:
    with opened(shop, number=MANAGER) as opened_till:
        yield opened_till
        prove(opened_till)


@pytest.fixture
def upkeep(till: Till) -> TillUpkeep:
    return TillUpkeep(till, None)


def policy_of(till: Till) -> ShopPolicy:
    return till.counter.desk.shop.policy


def journalled(till: Till) -> list[dict]:
    till.ledger.flush()
    rows = query(
        till,
        "SELECT plain(canonical) FROM journal "
        "WHERE kind = 'SettingsChanged' ORDER BY epoch, seq",
    )
    return [json.loads(row[0]) for row in rows]


def test_every_rule_of_the_shop_can_be_changed() -> None:
    assert {x.name for x in fields(ShopPolicy)} == {*OTHER_RULES, "four_eyes"}


@pytest.mark.parametrize(("key", "value"), OTHER_RULES.items())
def test_a_changed_rule_is_in_force_and_journalled_once(till, upkeep, key, value):
    before = getattr(policy_of(till), key)
    upkeep.rule_change(key, value)()
    assert getattr(policy_of(till), key) == value
    (entry,) = journalled(till)
    body = entry["body"]
    assert body["policy"] == {"before": {key: before}, "after": {key: value}}
    assert body["by"] == entry["actor"] == till.counter.desk.session.cashier.staff_id
    journal_waiting(till, till.counter.desk.stamp())
    assert len(journalled(till)) == 1


def test_the_same_value_again_is_no_change(till, upkeep):
    upkeep.rule_change("return_days", 7)()
    assert journalled(till) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("return_days", -1),
        ("return_days", 3651),
        ("return_days", True),
        ("return_days", "seven"),
        ("no_receipt_days", None),
        ("refunds_to_original", 1),
        ("shift_scope", "shop"),
        ("shift_scope", ShiftOpening.ASK),
        ("shift_opening", None),
        ("difference_limit_minor", -1),
        ("float_minor", 10**11 + 1),
        ("four_eyes", ()),
        ("colour", "red"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(till, key, value):
    refused = refusal(rule_change, till.counter.desk, key, value)
    assert (refused.key, refused.params["setting"]) == ("setting_refused", key)
    assert policy_of(till) == ShopPolicy()


def test_quick_changes_do_not_lose_each_other(till, upkeep):
    changes = (
        upkeep.four_eyes_change(Permission.REPRINT, needs_two=True),
        upkeep.four_eyes_change(Permission.DISCOUNT, needs_two=True),
        upkeep.shop_change({"slip_footer": "再来"}),
    )
    for change in changes:
        change()
    assert policy_of(till).four_eyes == (Permission.REPRINT, Permission.DISCOUNT)
    refused = refusal(upkeep.four_eyes_change, Permission.REPRINT, needs_two=False)
    assert refused.key == "not_permitted"  # two are needed to let it go
    assert policy_of(till).four_eyes == (Permission.REPRINT, Permission.DISCOUNT)
    assert till.counter.desk.shop.slip_footer == "再来"
    assert len(journalled(till)) == 3


def test_selling_never_needs_two(till):
    refused = refusal(
        four_eyes_change, till.counter.desk, Permission.SELL, needs_two=True
    )
    assert refused.key == "setting_refused"
    assert Permission.SELL not in FOUR_EYES_CHOICES


def test_a_shop_of_one_person_never_needs_two(tmp_path):
    setup = {**SETUP, "staff": [x for x in SETUP["staff"] if x["number"] == MANAGER]}
    alone = make_counter_shop(tmp_path / "alone", setup)
    with opened(alone, number=MANAGER) as till:
        desk, action = till.counter.desk, Permission.SETTINGS
        refused = refusal(four_eyes_change, desk, action, needs_two=True)
        assert refused.key == "four_eyes_alone"


def test_whose_a_shift_is_does_not_change_while_one_is_open(till, upkeep):
    change = upkeep.rule_change("shift_scope", "cashier")
    sell(till.counter)
    said_at_once = refusal(rule_change, till.counter.desk, "shift_scope", "cashier")
    assert said_at_once.key == "shift_still_open"
    assert refusal(change).key == "shift_still_open"  # asked for before the sale
    assert policy_of(till).shift_scope is ShiftScope.TILL
    assert journalled(till) == []
    upkeep.rule_change("shift_scope", "till")()  # as it is


@pytest.mark.parametrize("is_journalled", [False, True])
def test_a_kill_in_between_leaves_one_entry(shop, is_journalled):
    """Killed behind the catalogue, or behind the journal too."""
    with opened(shop, number=MANAGER) as killed:
        desk = killed.counter.desk
        manager = desk.session.cashier.staff_id
        change = rule_change(desk, "return_days", 30)
        with killed.editor() as editor:
            note = editor.edit_shop(change.apply)
        assert note is not None
        if is_journalled:
            journal_waiting(killed, desk.stamp())
            with killed.editor() as editor:
                editor.notes.put(note)
    with opened(shop, number=None) as again:
        assert policy_of(again).return_days == 30
        for _start in range(2):
            journal_waiting(again, again.counter.desk.stamp())
        (entry,) = journalled(again)
        assert entry["body"]["by"] == manager
        assert entry["body"]["policy"]["after"] == {"return_days": 30}
        prove(again)


def test_notes_of_others_do_not_make_one_journalled_twice(till):
    """An import's older note is journalled behind a change that is not taken away."""
    desk = till.counter.desk
    older, newer = (rule_change(desk, "return_days", days) for days in (10, 20))
    with till.editor() as editor:
        editor.edit_shop(older.apply)
        note = editor.edit_shop(newer.apply)
        journal_waiting(till, desk.stamp())
        editor.notes.put(note)
    journal_waiting(till, desk.stamp())
    assert len(journalled(till)) == 2


@pytest.mark.parametrize(
    "words",
    [{"name": " "}, {"name": "x" * 61}, {"slip_footer": "x" * 401}, {"till": "09"}],
)
def test_words_that_do_not_fit_are_refused(till, words):
    assert refusal(words_change, till.counter.desk, words).key == "setting_refused"


def test_words_are_journalled_before_and_after(till, upkeep):
    upkeep.shop_change({"phone": "0571-1"})()
    (entry,) = journalled(till)
    assert entry["body"]["shop"]["after"] == {"phone": "0571-1"}
    assert "policy" not in entry["body"]
