"""The members' programme through the real screens: rules, tiers, what is refused."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.journal import EntryKind
from tests.builders_campaigns import coupon_template
from tests.journeys.screen_office import fill, in_office, part_of, saved
from tests.journeys.screen_till import ScreenTill
from ui.presenters.rule_words import rule_changes


@pytest.fixture
def office(till: ScreenTill) -> ScreenTill:
    return in_office(till, "programme")


def rules(till: ScreenTill):
    return till.work.counter.programme.current()


def field(till: ScreenTill, key: str):
    return next(one for one in part_of(till).state.fields if one.key == key)


def test_points_are_switched_on_with_a_sale_worked_out_beside_them(office) -> None:
    part_of(office).on_row("earn")
    fill(office, earn_on="")
    fill(office, earn_on="1", earn_points="10", earn_per="100", earn_steps="")
    assert "19" in field(office, "example").detail
    before = rules(office).version
    saved(office)
    assert rules(office).version == before + 1
    assert (rules(office).earn.points, rules(office).earn.per_minor) == (10, 10_000)
    part_of(office).on_row("burn")
    fill(office, burn_on="1", burn_as="tender")
    saved(office)
    assert rules(office).burn.burn_as == "tender"
    assert rules(office).earn.points == 10


def test_each_section_is_stored_as_it_was_read(office) -> None:
    for row in part_of(office).state.rows:
        part_of(office).on_row(row.key)
        form = part_of(office)._draft
        assert part_of(office).book._typed(form) == rules(office)


def test_a_number_that_means_nothing_is_said_at_its_field(office) -> None:
    part_of(office).on_row("proof")
    before = rules(office)
    for key, text in (
        ("medium_burn", "x"),
        ("fresh_minutes", "0"),
        ("coupon_limit", ""),
    ):
        part_of(office).on_row("life")
        part_of(office).throw_away()
        part_of(office).on_row("proof")
        fill(office, **{key: text})
        saved(office)
        assert field(office, key).problem
        part_of(office).throw_away()
    fill(office, copyable_burn="9000", medium_burn="10")
    saved(office)
    assert field(office, "medium_burn").problem
    part_of(office).throw_away()
    assert rules(office) == before


def test_a_tier_is_added_renamed_and_taken_off(office) -> None:
    part_of(office).on_view("tiers")
    names = [row.title for row in part_of(office).state.rows]
    part_of(office).on_add()
    fill(office, name="钻石卡", asks="50000", times="300")
    saved(office)
    assert [tier.name for tier in rules(office).tiers][-1] == "钻石卡"
    assert len(part_of(office).state.rows) == len(names) + 1
    part_of(office).on_add()
    fill(office, name="钻石卡", asks="60000")
    saved(office)
    assert field(office, "name").problem
    part_of(office).throw_away()
    part_of(office).on_row(rules(office).tiers[-1].key)
    part_of(office).on_act("drop")
    office.wait(lambda: not part_of(office).is_working)
    assert len(rules(office).tiers) == len(names)


def test_coupons_on_entry_are_chosen_from_those_that_are_given_out(office) -> None:
    template = coupon_template(office.work.counter)
    switch = f"coupon:{template.template_id}"
    part_of(office).on_view("tiers")
    part_of(office).on_add()
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
    part_of(office).on_row("earn")
    fill(office, earn_on="1", earn_points="3", earn_per="1", earn_steps="")
    saved(office)
    part_of(office).on_view("multipliers")
    part_of(office).on_add()
    saved(office)
    assert field(office, "goods").problem
    fill(office, goods=f"category:{category.category_id}", times="300")
    assert str(199 * 9) in field(office, "example").detail.replace(",", "")
    saved(office)
    part_of(office).on_add()
    fill(office, search="可乐")
    item = f"item:{unit.item_id}"
    assert item in [one.key for one in field(office, "goods").options]
    fill(office, goods=item, times="0", first="2030-02-30")
    saved(office)
    assert field(office, "first").problem
    fill(office, first="2030-02-01", last="2030-02-28")
    saved(office)
    rows = part_of(office).state.rows
    assert rows[0].mark.endswith("300%")
    assert "2030-02-01" in rows[1].detail
    assert "2030-02-28" in rows[1].detail
    kept = rules(office).earn.multipliers
    assert [(one.kind, one.key) for one in kept] == [
        ("category", category.category_id),
        ("item", unit.item_id),
    ]
    part_of(office).on_act("drop")
    office.wait(lambda: not part_of(office).is_working)
    assert rules(office).earn.multipliers == kept[:1]


def test_an_item_is_chosen_with_all_its_variants_or_a_variant_alone(office) -> None:
    listing = office.work.counter.desk.catalog.listing
    now = office.work.counter.desk.clock.now()
    found = office.work.counter.desk.catalog.search("710002", now, 1)
    variant = next(iter(found))
    assert variant.parent_id
    part_of(office).on_row("earn")
    fill(office, earn_on="1", earn_points="1", earn_per="1")
    saved(office)
    part_of(office).on_view("multipliers")
    part_of(office).on_add()
    fill(office, search=variant.name)
    words = {x.key: x.words for x in field(office, "goods").options}
    whole, alone = f"item:{variant.parent_id}", f"item:{variant.item_id}"
    assert words[whole].endswith("所有款式") or "all variants" in words[whole]
    assert words[alone].endswith(variant.variant)
    fill(office, search="", goods=whole)
    saved(office)
    assert rules(office).earn.multipliers[-1].key == variant.parent_id
    assert part_of(office).state.title == words[whole]
    assert variant.item_id in listing.heads_of_variants([variant.parent_id])


def test_a_tier_s_price_level_is_chosen_from_those_with_prices(office) -> None:
    part_of(office).on_view("tiers")
    part_of(office).on_add()
    offered = field(office, "price_level").options
    assert offered[0].key == ""
    assert "member" not in [x.key for x in offered]
    assert field(office, "price_level").value == ""
    part_of(office).levels = ("gold", "member")
    assert [x.key for x in field(office, "price_level").options] == ["", "gold"]
    fill(office, name="钻石卡", asks="50000", price_level="gold")
    saved(office)
    assert rules(office).tiers[-1].benefits.price_level == "gold"
    part_of(office).levels = ()  # its prices are over: it is still said what is chosen
    assert "gold" in field(office, "price_level").options[1].words
    fill(office, price_level="")
    saved(office)
    assert rules(office).tiers[-1].benefits.price_level == ""


def test_limits_of_the_report_are_typed_in_words_with_their_unit(office) -> None:
    reports = office.work.counter.reports.loyalty
    office.press("segment-programmeViews-limits")
    office.touch_row("officeRows", part_of(office).state.rows[1].title)
    assert field(office, "card_share_permille").value == "10"
    box = office.find("edit-card_uses_a_day")
    box.setFocus()
    box.selectAll()
    office.type("0")
    fill(office, card_share_permille="12.5")
    office.key(Qt.Key.Key_Return)
    office.wait(lambda: not part_of(office).is_dirty)
    found = reports.limits().suspicions
    assert (found.card_uses_a_day, found.card_share_permille) == (0, 125)
    assert field(office, "card_share_permille").value == "12.5"
    told = office.journal(EntryKind.SETTINGS_CHANGED)[-1]["loyalty_report_limits"]
    assert told["after"] == {"card_uses_a_day": 0, "card_share_permille": 125}
    shown = dict(rule_changes({"loyalty_report_limits": told}, "CNY"))
    assert "10 → 12.5" in shown.values()


def test_a_limit_that_means_nothing_is_said_at_its_field(office) -> None:
    reports = office.work.counter.reports.loyalty
    before = reports.limits()
    part_of(office).on_view("limits")
    for group, key, text in (
        ("states", "lost", "30"),
        ("points", "adjusted_points", "-1"),
        ("people", "payers", "1"),
        ("card", "card_share_permille", "101"),
    ):
        part_of(office).on_row(group)
        fill(office, **{key: text})
        saved(office)
        assert field(office, key).problem, key
        part_of(office).throw_away()
    assert reports.limits() == before
