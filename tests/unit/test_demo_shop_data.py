"""The demo shop's files are whole, coherent and believable."""

from __future__ import annotations

import csv
import itertools
import json
from collections import Counter
from typing import Any

import pytest

from pos_app.domain.barcode_rule import BarcodeRule, MeasureKind, check_rule
from pos_app.domain.permission import Permission
from pos_app.domain.tax import TaxRounding
from pos_app.domain.tender import TenderKind
from pos_app.resources import resource_path
from pos_app.values.gs1.check_digit import check_digit
from pos_app.values.money import parse_minor
from pos_app.values.rounding import RoundingMode

FOLDER = resource_path("demo_shop")
HUES = {"food", "drinks", "coffee", "household", "wear", "services"}
Items = list[dict[str, str]]
Shop = dict[str, Any]


@pytest.fixture(scope="module")
def items() -> Items:
    with (FOLDER / "items.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def shop() -> Shop:
    text = (FOLDER / "shop.json").read_text(encoding="utf-8")
    loaded: Shop = json.loads(text)
    return loaded


def barcodes(items: Items) -> list[str]:
    found = [code for item in items for code in item["barcode"].split(";")]
    return [c for c in [*found, *(item["box_barcode"] for item in items)] if c]


def test_there_are_about_three_hundred_items_with_a_name_in_three_languages(
    items: Items,
) -> None:
    assert 280 <= len(items) <= 330
    for item in items:
        names = [item[key] for key in ("name", "name_zh_tw", "name_en")]
        assert all(names), item["sku"]
        assert (
            item["name_en"].isascii()
            or "'" in item["name_en"]
            or "×" in item["name_en"]
        )
    whole = Counter((item["name"], item["variant"]) for item in items)
    assert whole.most_common(1)[0][1] == 1


def test_every_number_of_an_item_is_unique(items: Items) -> None:
    for numbers in (
        [item["sku"] for item in items],
        [item["plu"] for item in items if item["plu"]],
        [code.rjust(14, "0") for code in barcodes(items)],
    ):
        assert Counter(numbers).most_common(1)[0][1] == 1


def test_every_barcode_is_a_valid_gtin_of_the_prefix_for_examples(items: Items) -> None:
    codes = barcodes(items)
    assert len(codes) > 200
    for code in codes:
        assert len(code) in (13, 14)
        assert code[-13:-10] == "952", code
        assert check_digit(code[:-1]) == code[-1], code


def test_no_sku_or_plu_reads_as_a_barcode(items: Items) -> None:
    assert all(len(item["sku"]) == 6 and item["sku"].isdecimal() for item in items)
    assert all(len(item["plu"]) in (0, 5) for item in items)


def test_every_item_refers_to_what_exists(items: Items, shop: Shop) -> None:
    skus = {item["sku"] for item in items}
    categories = {category["name"] for category in shop["categories"]}
    taxes = {category["key"] for category in shop["tax_categories"]}
    for item in items:
        assert item["category"] in categories
        assert item["tax_category"] in taxes
        assert item["parent_sku"] in skus | {""}
        assert item["sell_by"] in ("count", "weight")
        assert (item["sell_by"] == "weight") == (item["unit"] == "KGM")
        assert bool(item["plu"]) == (item["sell_by"] == "weight")
    assert {item["tax_category"] for item in items} == taxes


def test_variants_share_their_parents_name_and_follow_it_in_the_file(
    items: Items,
) -> None:
    seen: dict[str, dict[str, str]] = {}
    for item in items:
        seen[item["sku"]] = item
        if item["parent_sku"]:
            parent = seen[item["parent_sku"]]
            assert parent["name"] == item["name"]
            assert parent["variant"]
            assert item["variant"]
            assert not parent["parent_sku"]


def test_prices_are_above_cost_but_for_a_leader_or_two(items: Items) -> None:
    below = []
    for item in items:
        price = parse_minor(item["price"], "CNY")
        cost = parse_minor(item["cost"], "CNY")
        assert 0 < cost < 100_000
        assert 0 < price < 100_000
        assert int(item["velocity"]) > 0
        if price <= cost:
            below.append(item["name"])
    assert 1 <= len(below) <= 3


def test_a_box_holds_pieces_and_never_costs_more_than_they_do(items: Items) -> None:
    own_price = piece_price = 0
    for item in items:
        assert bool(item["box_barcode"]) == bool(item["box_pieces"])
        if item["box_price"]:
            own_price += 1
            pieces = int(item["box_pieces"])
            whole = pieces * parse_minor(item["price"], "CNY")
            assert whole * 8 <= parse_minor(item["box_price"], "CNY") * 10 < whole * 10
        elif item["box_pieces"]:
            piece_price += 1
    assert own_price >= 10
    assert piece_price >= 10


def test_the_shop_uses_words_that_the_till_knows(shop: Shop) -> None:
    rules = shop["shop"]
    TaxRounding(rules["tax_rounding"])
    RoundingMode(rules["cash_rounding"]["mode"])
    assert rules["cash_notes_minor"] == sorted(rules["cash_notes_minor"])
    for tender in shop["tenders"]:
        TenderKind(tender["kind"])
        assert tender["gives_change"] == (tender["kind"] == "cash")
    assert [t["position"] for t in shop["tenders"]] == list(range(len(shop["tenders"])))
    caps = [role["round_off_cap_minor"] for role in shop["roles"]]
    assert caps == [100, 1000, 10000]
    for role in shop["roles"]:
        assert {Permission(p) for p in role["permissions"]} >= {Permission.SELL}
    assert {Permission(p) for p in shop["roles"][-1]["permissions"]} == set(Permission)


def test_every_name_of_the_shop_has_three_languages(shop: Shop) -> None:
    named = [shop["shop"], *shop["tax_categories"], *shop["tenders"], *shop["reasons"]]
    named += [*shop["roles"], *shop["staff"], *shop["categories"]]
    for thing in named:
        assert thing["name"]
        assert set(thing["names"]) == {"zh-TW", "en"}, thing["name"]
        assert all(thing["names"].values())


def test_tax_rates_follow_each_other_without_a_gap(shop: Shop) -> None:
    now = {}
    for category in shop["tax_categories"]:
        rates = category["rates"]
        for before, after in itertools.pairwise(rates):
            assert before["until"] == after["from"]
        assert rates[-1]["until"] is None
        assert all(rate["source"] for rate in rates)
        now[category["key"]] = rates[-1]["percentage"]
    assert now == {"standard": "13", "reduced": "9", "service": "6", "exempt": "0"}


def test_staff_are_named_by_role_and_have_numbers_pins_and_badges_of_their_own(
    shop: Shop,
) -> None:
    roles = {role["key"] for role in shop["roles"]}
    for key in ("number", "pin", "badge"):
        values = [person[key] for person in shop["staff"]]
        assert len(set(values)) == len(values) == 5
    for person in shop["staff"]:
        assert person["role"] in roles
        assert person["pin"].isdecimal()
        assert 4 <= len(person["pin"]) <= 6
        assert person["badge"].startswith("GTB")
        assert len(person["badge"]) >= 16


def test_categories_form_two_levels_with_a_known_hue(shop: Shop) -> None:
    keys = {category["key"]: category for category in shop["categories"]}
    names = [category["name"] for category in shop["categories"]]
    assert len(set(names)) == len(names)
    assert [c["position"] for c in shop["categories"]] == list(range(len(names)))
    for category in shop["categories"]:
        assert category["hue"] in HUES
        assert category["parent"] is None or keys[category["parent"]]["parent"] is None


def test_quick_keys_fill_the_favourites_and_a_page_for_every_tab(
    items: Items, shop: Shop
) -> None:
    skus = {item["sku"] for item in items}
    tabs = {c["key"] for c in shop["categories"] if c["parent"] is None}
    assert set(shop["quick_keys"]) == tabs | {""}
    assert len(shop["quick_keys"][""]) == 25
    for page, keys in shop["quick_keys"].items():
        used = [key["sku"] for key in keys]
        assert len(set(used)) == len(used), page
        assert set(used) <= skus, page
        for key in keys:
            assert ("label" in key) == ("labels" in key)


def test_every_icon_is_in_the_icon_folder(items: Items) -> None:
    folder = resource_path("icons")
    if not folder.is_dir():
        pytest.skip("resources/icons is not in this checkout")
    for name in {item["icon"] for item in items} - {""}:
        assert (folder / f"{name}.svg").is_file(), name


def test_the_barcode_rules_can_work(shop: Shop) -> None:
    for rule in shop["barcode_rules"]:
        kind = MeasureKind(rule["kind"])
        check_rule(
            BarcodeRule(
                rule["key"], rule["name"], rule["pattern"], kind, rule["decimals"]
            )
        )
