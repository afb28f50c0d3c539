"""Every kind of entry reads as a sentence, in every language, whatever it lacks."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import Any

import pytest

from pos_app.domain.journal import EntryKind, JournalEntry
from pos_app.i18n import LANGUAGES, use_language
from pos_app.services.black_box import ToldEntry
from pos_app.values.times import Timestamp
from ui.presenters.black_box_words import sentence


@pytest.fixture(autouse=True)
def _words_as_they_were():
    yield
    use_language("en")


def told(kind: EntryKind, body: dict[str, Any]) -> ToldEntry:
    day = date(2026, 11, 21)
    at = Timestamp.parse("2026-11-21T14:32:00+08:00")
    entry = JournalEntry(1, 1, "e1", kind, 1, "", day, at, b"{}", b"", b"")
    return ToldEntry(entry, MappingProxyType(body), None, None, "", "", None, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_without_facts_reads_as_dashes(language):
    use_language(language)
    for kind in EntryKind:
        said = sentence(told(kind, {}))
        assert said, kind
        assert "{" not in said, kind


def test_a_coupons_name_and_how_many_were_made_are_said():
    use_language("en")
    made = sentence(told(EntryKind.COUPON_BATCH_MADE, {"name": "Tea", "count": 12}))
    assert made == "Coupons made: 12 × Tea"
    assert sentence(told(EntryKind.COUPON_SHOWN, {"name": "Tea"})).endswith("Tea")
    assert "7" in sentence(told(EntryKind.COUPONS_EXPIRED, {"count": 7}))
