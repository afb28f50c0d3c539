"""Each blank of each sentence is opened, read back and filled otherwise."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from pos_app.documents.promotion_speech import Speech
from pos_app.documents.promotion_words import promotion_pieces
from pos_app.domain.promotion.deal import Off
from pos_app.domain.promotion.promotion import Hours, Trigger, TriggerKind
from pos_app.i18n import LANGUAGES, use_language
from pos_app.values.percentage import Percentage
from ui.presenters.promotion_blanks import (
    BlankKind,
    can_grow,
    can_shrink,
    grown,
    kind_of_blank,
    shrunk,
    value_of,
)
from ui.presenters.promotion_card_words import VALUE, trigger_words
from ui.presenters.promotion_cards import CardPaper, card_of
from ui.presenters.promotion_edits import Reading, edited, texts_of
from ui.presenters.promotion_off import read_off
from ui.presenters.promotion_templates import TEMPLATES, Template

ZONE = ZoneInfo("Asia/Taipei")
ROLES = (("manager", "Manager"), ("cashier", "Cashier"))
TERMS = (
    "when",
    "audience",
    "limits",
    "name",
    "priority",
    "funding",
    "together",
    "trigger",
)


@pytest.fixture(params=LANGUAGES, autouse=True)
def language(request: pytest.FixtureRequest):
    use_language(request.param)
    yield request.param
    use_language("en")


@pytest.mark.parametrize("currency", ["CNY", "TWD"])
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.key)
def test_what_a_card_shows_is_what_it_reads(
    template: Template, currency: str, language: str
):
    how = Reading(currency, ZONE, date(2026, 11, 22))
    draft = template.begin("p", currency)
    speech = Speech(language, currency, lambda _kind, key: key, ZONE)
    blanks = [x.blank for x in promotion_pieces(draft, speech, is_whole=True)]
    of_the_deal = [x for x in blanks if x and kind_of_blank(x) is not BlankKind.TERM]
    assert of_the_deal
    for key in (*of_the_deal, *TERMS):
        if kind_of_blank(key) is not BlankKind.GOODS:
            assert edited(key, draft, texts_of(key, draft, how), how) == draft, key


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.key)
def test_each_field_of_a_card_has_a_key_of_its_own(template: Template):
    how = Reading("CNY", ZONE, date(2026, 11, 22))
    draft = template.begin("p", "CNY")
    for key in (*TERMS, "returns"):
        paper = CardPaper(draft, "CNY", texts_of(key, draft, how), roles=ROLES)
        fields = [field.key for field in card_of(key, paper).fields]
        assert len(set(fields)) == len(fields), key


def test_who_may_choose_it_is_marked_and_forgotten_with_the_choice():
    how = Reading("CNY", ZONE, date(2026, 11, 22))
    draft = TEMPLATES[0].begin("p", "CNY")
    asked = {VALUE: "manual", "role:manager": "True", "role:cashier": "False"}
    chosen = edited("trigger", draft, asked, how)
    assert chosen.trigger == Trigger(TriggerKind.MANUAL, ("manager",))
    assert edited("trigger", chosen, texts_of("trigger", chosen, how), how) == chosen
    assert "Manager" in trigger_words(chosen.trigger, ROLES)
    assert "Cashier" not in trigger_words(chosen.trigger, ROLES)
    asked[VALUE] = "auto"
    assert edited("trigger", chosen, asked, how).trigger == Trigger()


def test_a_promotion_may_hold_twice_a_day():
    how = Reading("CNY", ZONE, date(2026, 11, 22))
    draft = TEMPLATES[0].begin("p", "CNY")
    texts = {**texts_of("when", draft, how), "hours": "two"}
    texts |= {"from": "11:00", "to": "13:00", "from2": "17:30", "to2": "19:00"}
    lunch, evening = Hours(660, 780), Hours(1050, 1140)
    twice = edited("when", draft, texts, how)
    assert twice.schedule.hours == (lunch, evening)
    again = texts_of("when", twice, how)
    assert edited("when", twice, again, how) == twice
    once = edited("when", twice, {**again, "hours": "span"}, how)
    assert once.schedule.hours == (lunch,)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.key)
def test_steps_and_parts_are_added_and_taken_away(template: Template):
    draft = template.begin("p", "CNY")
    if not can_grow(draft.deal):
        return
    more = grown(draft)
    assert more != draft
    assert can_shrink(more.deal)
    assert shrunk(more) == draft
    for _step in range(9):
        draft = grown(draft) if can_grow(draft.deal) else draft
    assert not can_grow(draft.deal)


def test_a_percentage_is_read_as_the_language_says_it(language: str):
    typed = {"7": 300_000, "8.5": 150_000, "85": 150_000}
    if language == "en":
        typed = {"7": 70_000, "8.5": 85_000, "85": 850_000}
    for text, millionths in typed.items():
        expected = Off(percentage=Percentage(millionths))
        assert read_off("percentage", text, "CNY", language) == expected


def test_what_stands_in_a_blank_can_be_asked_for():
    spend = next(one for one in TEMPLATES if one.key == "spend").begin("p", "TWD")
    assert value_of(spend.deal, "threshold:0") == 100
    assert value_of(spend.deal, "off:0") == Off(amount_minor=20)
