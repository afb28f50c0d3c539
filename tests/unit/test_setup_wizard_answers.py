"""What the first-run wizard makes of its answers: presets, checks, a whole shop."""

from __future__ import annotations

import json

import pytest

from pos_app.bootstrap import demo_setup
from pos_app.domain.permission import Permission
from pos_app.domain.tax_number import check_tax_number
from pos_app.errors import UserError
from pos_app.i18n import LANGUAGES
from pos_app.services.country_preset import (
    COUNTRIES,
    common_preset,
    country_preset,
    in_language,
)
from pos_app.services.setup_check import check_setup
from pos_app.services.setup_draft import (
    DraftPerson,
    SetupDraft,
    SetupStep,
    read_draft,
    write_draft,
)
from pos_app.services.setup_draft_check import draft_problems
from pos_app.services.setup_from_draft import setup_of

PINS = {"1001": "7391"}


def answered(country: str, **changes: object) -> SetupDraft:
    draft = SetupDraft().with_country(country)
    owner = DraftPerson(number="1001", name="Owner", role="manager")
    plain = {
        "language": draft.preset.language,
        "shop_name": "Corner",
        "people": (owner,),
        "time_zone": draft.time_zone or "Europe/Vienna",
        "tax_rate": "7.5",
    }
    return draft.model_copy(update=plain | changes)


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("goods", ["demo", "empty"])
def test_every_tax_scheme_of_a_country_makes_a_sound_shop(country, goods):
    sample = demo_setup() if goods == "demo" else None
    for scheme in country_preset(country).tax_schemes:
        draft = answered(country, tax_scheme=scheme.key)
        assert draft_problems(draft, SetupStep.SHOP, {}) == {}
        setup = setup_of(draft, PINS, sample)
        check_setup(setup)
        assert len(setup.items) == (len(demo_setup().items) if sample else 0)


@pytest.mark.parametrize("currency", sorted(country_preset("OTHER").currencies))
def test_sample_goods_have_prices_in_every_currency(currency):
    setup = setup_of(answered("OTHER", currency=currency), PINS, demo_setup())
    check_setup(setup)
    assert setup.shop.currency == currency
    assert all(float(item.price) > 0 for item in setup.items)


def test_a_shop_in_taiwan_speaks_its_own_language_and_whole_dollars():
    setup = setup_of(answered("TW"), PINS, demo_setup())
    assert setup.shop.language == "zh-TW"
    assert setup.tenders[0].name == "現金"
    assert setup.items[0].name == "現磨美式 中杯 熱"
    assert setup.items[0].price == "54"
    assert setup.quick_keys[""][0].label == "現磨美式"


def test_the_owner_may_do_everything_there_is():
    manager = next(x for x in common_preset().roles if x.key == "manager")
    assert set(manager.permissions) == {permission.value for permission in Permission}


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_text_of_a_preset_is_there_in_all_languages(country):
    preset = country_preset(country)
    texts = [preset.names, preset.details, preset.footer]
    for scheme in preset.tax_schemes:
        texts += [
            scheme.names,
            scheme.details,
            *(x.names for x in scheme.tax_categories),
        ]
    texts += [x.names for x in (*preset.tenders, *common_preset().roles)]
    texts += [x.names for x in common_preset().reasons]
    for text in texts:
        for language in LANGUAGES:
            assert in_language(text, language) == text[language]


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        # Published: 华为, 台積電 and the example of the Ministry of Finance.
        pytest.param("914403001922038216", "cn", id="credit code"),
        pytest.param("9144 0300 1922 0382 16", "cn", id="with spaces"),
        pytest.param("22099131", "tw", id="unified number"),
        pytest.param("10458575", "tw", id="seventh digit is a seven"),
        pytest.param("", "tw", id="none"),
        pytest.param("anything 12", "", id="no rule known"),
    ],
)
def test_a_sound_tax_number_is_taken(number, kind):
    check_tax_number(number, kind)


@pytest.mark.parametrize(
    ("number", "kind", "key"),
    [
        ("91440300192203821", "cn", "tax_number_length"),
        ("914403001922038217", "cn", "tax_number_check"),
        ("91440300192203821I", "cn", "tax_number_signs"),
        ("22099132", "tw", "tax_number_check"),
        ("2209913A", "tw", "tax_number_signs"),
        ("220991311", "tw", "tax_number_length"),
    ],
)
def test_a_wrong_tax_number_is_named(number, kind, key):
    with pytest.raises(UserError) as caught:
        check_tax_number(number, kind)
    assert caught.value.key == key


def test_each_wrong_answer_is_told_at_its_own_field():
    draft = answered(
        "OTHER",
        shop_name=" ",
        tax_rate="120",
        day_starts_at="24",
        till="０1",
        time_zone="Mars/Phobos",
        address="x" * 61,
    )
    found = draft_problems(draft, SetupStep.SHOP, {})
    assert {field: error.key for field, error in found.items()} == {
        "shop_name": "setup_name_missing",
        "address": "setup_text_long",
        "tax_rate": "setup_rate_refused",
        "day_starts_at": "setup_number_range",
        "till": "setup_till_refused",
        "time_zone": "setup_zone_unknown",
    }


def test_people_need_a_name_a_number_of_their_own_and_a_pin_typed_twice():
    people = (
        DraftPerson(number="1001", name="A", role="manager"),
        DraftPerson(number="1001", name=""),
        DraftPerson(number="12x", name="C"),
    )
    pins = {"person-0": ("7391", "7391"), "person-1": ("7391", "7392")}
    found = draft_problems(answered("CN", people=people), SetupStep.PEOPLE, pins)
    assert {field: error.key for field, error in found.items()} == {
        "person-1-name": "setup_person_missing",
        "person-1-number": "setup_staff_twice",
        "person-1-pin": "setup_pin_differs",
        "person-2-number": "setup_staff_number",
        "person-2-pin": "pin_shape",
    }


def test_a_draft_is_read_as_it_was_written_and_holds_no_pin():
    draft = answered("TW", step=SetupStep.GOODS, passed=(SetupStep.LANGUAGE,))
    content = write_draft(draft)
    assert read_draft(content) == draft
    assert b"pin" not in content.lower()


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"format": 2}', b'{"step": "nowhere"}', b"\xff\xfe"],
)
def test_a_draft_that_cannot_be_read_is_none(content):
    assert read_draft(content) is None


def test_what_a_later_release_wrote_into_a_draft_does_no_harm():
    plain = json.loads(write_draft(answered("CN"))) | {"moon_phase": 3}
    assert read_draft(json.dumps(plain).encode()) == answered("CN")
