"""The settings of a till: checked, durable, journalled."""

import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.services.settings import SettingsService, TillSettings
from tests.counter_shop import MANAGER, fresh_shop, opened, prove, query, refusal


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path), number=MANAGER) as opened_till:
        yield opened_till
        prove(opened_till)


OTHER_VALUES = {
    "language": "en",
    "slip_language": "zh-TW",
    "theme": "dark",
    "size_percent": 125,
    "screen_um_per_px": 253,
    "contrast": "high",
    "reduce_motion": True,
    "left_handed": True,
    "quick_notes": "10000,5000",
    "pad": "123",
    "merge_same_items": False,
    "one_tap_cash": False,
    "block_expired": False,
    "auto_lock_minutes": 0,
    "print_slips": False,
    "print_parked_slips": True,
    "customer_screen": "HDMI-1",
    "customer_language": "en",
    "customer_idle_s": 60,
    "sounds": "low",
}


def test_every_setting_has_another_value_here() -> None:
    assert {x.name for x in fields(TillSettings)} == set(OTHER_VALUES)


def test_changes_are_durable_and_journalled(till: Till) -> None:
    stamp = till.counter.desk.stamp()
    changed = till.settings.change(stamp, **OTHER_VALUES)
    assert changed == TillSettings(**OTHER_VALUES)
    assert SettingsService(till.ledger).current == changed
    row = query(till, "SELECT kind, actor, plain(canonical) FROM journal")[0]
    assert row[:2] == ("SettingsChanged", stamp.actor)
    body = json.loads(row[2])["body"]
    assert body["after"] == OTHER_VALUES
    assert body["before"]["theme"] == "light"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("theme", "pink"),
        ("language", "tlh"),
        ("size_percent", 105),
        ("contrast", "low"),
        ("left_handed", "yes"),
        ("quick_notes", "100,"),
        ("quick_notes", "-100"),
        ("quick_notes", "0"),
        ("size_percent", "100"),
        ("merge_same_items", 1),
        ("merge_same_items", "yes"),
        ("auto_lock_minutes", -1),
        ("auto_lock_minutes", 241),
        ("auto_lock_minutes", True),
        ("customer_screen", ""),
        ("customer_language", "tlh"),
        ("customer_idle_s", 4),
        ("sounds", "loud"),
    ],
)
def test_what_does_not_fit_changes_nothing(till: Till, key: str, value) -> None:
    stamp = till.counter.desk.stamp()
    changes = {"one_tap_cash": False, key: value}
    error = refusal(till.settings.change, stamp, **changes)
    assert error.key == "setting_refused"
    assert error.params["setting"] == key
    assert till.settings.current == TillSettings()
    assert SettingsService(till.ledger).current == TillSettings()


def test_settings_of_another_release_fall_back_one_by_one(till: Till) -> None:
    stored = {"theme": "solarized", "auto_lock_minutes": 5, "paper_mm": 58, "pad": 4}
    text = json.dumps(stored)
    till.ledger.submit(lambda unit: unit.set_setting("till_settings", text)).result()
    assert SettingsService(till.ledger).current == TillSettings(auto_lock_minutes=5)
