"""The members' programme through the real screens: rules, tiers, what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.builders_campaigns import coupon_template
from tests.journeys.screen_till import ScreenTill
from ui.presenters.programme import ProgrammePart

MANAGER = "1005"


@pytest.fixture
def office(till: ScreenTill) -> ScreenTill:
    till.sign_on(MANAGER)
    till.press("tab_office")
    till.press("go-programme")
    return till


def part(till: ScreenTill) -> ProgrammePart:
    found = till.flow.features.back_office.part
    assert isinstance(found, ProgrammePart)
    return found


def fill(till: ScreenTill, **values: str) -> None:
    for key, value in values.items():
        part(till).on_edited(key, value)


def saved(till: ScreenTill) -> None:
    part(till).on_save()
    till.wait(lambda: not part(till).is_working)


def look(till: ScreenTill, name: str) -> None:
    """Keep a picture where somebody wants to see it."""
    folder = os.environ.get("PROGRAMME_PICTURES")
    if folder:
        till.settle()
        till.flow.window.grab().save(str(Path(folder) / f"{name}.png"))


def rules(till: ScreenTill):
    return till.work.counter.programme.current()


def field(till: ScreenTill, key: str):
    return next(one for one in part(till).state.fields if one.key == key)


def test_points_are_switched_on_with_a_sale_worked_out_beside_them(office) -> None:
    part(office).on_row("earn")
    fill(office, earn_on="")
    fill(office, earn_on="1", earn_points="10", earn_per="100", earn_steps="")
    assert "19" in field(office, "example").detail
    look(office, "programme_earn")
    before = rules(office).version
    saved(office)
    assert rules(office).version == before + 1
    assert (rules(office).earn.points, rules(office).earn.per_minor) == (10, 10_000)
    part(office).on_row("burn")
    look(office, "programme_burn")
    fill(office, burn_on="1", burn_as="tender")
    saved(office)
    assert rules(office).burn.burn_as == "tender"
    assert rules(office).earn.points == 10


def test_each_section_is_stored_as_it_was_read(office) -> None:
    for row in part(office).state.rows:
        part(office).on_row(row.key)
        form = part(office)._draft
        assert part(office).book._typed(form) == rules(office)


def test_a_number_that_means_nothing_is_said_at_its_field(office) -> None:
    part(office).on_row("proof")
    before = rules(office)
    for key, text in (
        ("medium_burn", "x"),
        ("fresh_minutes", "0"),
        ("coupon_limit", ""),
    ):
        part(office).on_row("life")
        part(office).throw_away()
        part(office).on_row("proof")
        fill(office, **{key: text})
        saved(office)
        assert field(office, key).problem
        part(office).throw_away()
    fill(office, copyable_burn="9000", medium_burn="10")
    saved(office)
    assert field(office, "medium_burn").problem
    part(office).throw_away()
    assert rules(office) == before


def test_a_tier_is_added_renamed_and_taken_off(office) -> None:
    part(office).on_view("tiers")
    names = [row.title for row in part(office).state.rows]
    part(office).on_add()
    fill(office, name="钻石卡", asks="50000", times="300")
    look(office, "programme_tier")
    saved(office)
    assert [tier.name for tier in rules(office).tiers][-1] == "钻石卡"
    assert len(part(office).state.rows) == len(names) + 1
    part(office).on_add()
    fill(office, name="钻石卡", asks="60000")
    saved(office)
    assert field(office, "name").problem
    part(office).throw_away()
    part(office).on_row(rules(office).tiers[-1].key)
    part(office).on_act("drop")
    office.wait(lambda: not part(office).is_working)
    assert len(rules(office).tiers) == len(names)


def test_coupons_on_entry_are_chosen_from_those_that_are_given_out(office) -> None:
    template = coupon_template(office.work.counter)
    switch = f"coupon:{template.template_id}"
    part(office).on_view("tiers")
    part(office).on_add()
    assert field(office, switch).label == template.name
    fill(office, name="钻石卡", asks="50000", **{switch: "1"})
    assert field(office, switch).value == "1"
    saved(office)
    gives = rules(office).tiers[-1].benefits
    assert gives.entry_coupons == (template.template_id,)
    fill(office, **{switch: ""})
    saved(office)
    assert rules(office).tiers[-1].benefits.entry_coupons == ()


def test_a_category_and_a_single_item_earn_more_for_some_days(office) -> None:
    desk = office.work.counter.desk
    category = next(iter(desk.catalog.categories()))
    unit = next(iter(desk.catalog.search("可乐", desk.clock.now(), 1)))
    part(office).on_row("earn")
    fill(office, earn_on="1", earn_points="3", earn_per="1", earn_steps="")
    saved(office)
    part(office).on_view("multipliers")
    part(office).on_add()
    saved(office)
    assert field(office, "goods").problem
    fill(office, goods=f"category:{category.category_id}", times="300")
    assert str(199 * 9) in field(office, "example").detail.replace(",", "")
    look(office, "programme_multiplier")
    saved(office)
    part(office).on_add()
    fill(office, search="可乐")
    item = f"item:{unit.item_id}"
    assert item in [one.key for one in field(office, "goods").options]
    fill(office, goods=item, times="0", first="2030-02-30")
    saved(office)
    assert field(office, "first").problem
    fill(office, first="2030-02-01", last="2030-02-28")
    saved(office)
    rows = part(office).state.rows
    assert rows[0].mark.endswith("300%")
    assert "2030-02-01" in rows[1].detail
    assert "2030-02-28" in rows[1].detail
    kept = rules(office).earn.multipliers
    assert [(one.kind, one.key) for one in kept] == [
        ("category", category.category_id),
        ("item", unit.item_id),
    ]
    part(office).on_act("drop")
    office.wait(lambda: not part(office).is_working)
    assert rules(office).earn.multipliers == kept[:1]
