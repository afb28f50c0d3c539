"""A set-up file is right as a whole, or its first wrong place is named."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from pos_app.services.setup_check import check_setup
from pos_app.services.setup_file import SetupFile, read_setup
from tests.counter_shop import SETUP, opened, refusal, sell
from tests.counter_shop import make_counter_shop as make_shop

DEMO = Path(__file__).parents[2] / "resources" / "demo_shop"


def changed(path: str, value: Any) -> dict[str, Any]:
    """Return the shop of the other tests with one place changed."""
    setup = copy.deepcopy(SETUP)
    *steps, last = path.split(".")
    place: Any = setup
    for step in steps:
        place = place[int(step) if isinstance(place, list) else step]
    place[int(last) if isinstance(place, list) else last] = value
    return setup


def problem(setup: dict[str, Any], folder: Path) -> tuple[str, str]:
    file = folder / "setup.json"
    file.write_text(json.dumps(setup), encoding="utf-8")

    def read_and_check() -> None:
        check_setup(read_setup(file))

    error = refusal(read_and_check)
    assert error.key == "setup_unreadable"
    return str(error.params["place"]), str(error.params["why"])


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("shop.currency", "yuan", "shop.currency"),
        ("shop.language", "tlh", "shop.language"),
        ("shop.time_zone", "Asia/Atlantis", "shop.time_zone"),
        ("shop.time_zone", "../../etc/passwd", "shop.time_zone"),
        ("shop.day_starts_at_hour", 24, "shop.day_starts_at_hour"),
        ("shop.till", "", "shop.till"),
        ("shop.till", "02-A", "shop.till"),
        ("shop.cash_rounding", {"step_minor": 0}, "shop.cash_rounding.step_minor"),
        ("shop.cash_rounding", {"mode": "up-ish"}, "shop.cash_rounding.mode"),
        ("shop.cash_notes_minor", [100, 0], "shop.cash_notes_minor"),
        ("shop.policy", {"four_eyes": ["sell"]}, "shop.policy.four_eyes"),
        ("tax_categories.1.key", "standard", "tax_categories"),
        ("tax_categories.0.rates.0.percentage", "dear", "tax_categories.standard.VAT"),
        ("tax_categories.0.rates.0.percentage", "-1", "tax_categories.standard.VAT"),
        ("tax_categories.0.rates.0.from", "soon", "tax_categories.standard.VAT"),
        ("tenders.1.key", "cash", "tenders"),
        ("tenders.1.kind", "gold", "tenders.1.kind"),
        ("roles.1.permissions", ["fly"], "roles.cashier"),
        ("roles.1.key", "trainee", "roles"),
        ("staff.0.role", "king", "staff.1001.role"),
        ("staff.0.pin", "12", "staff.1001.pin"),
        ("staff.0.pin", "１２３４", "staff.1001.pin"),
        ("staff.1.number", "1001", "staff"),
        ("staff.1.badge", SETUP["staff"][0]["badge"], "staff"),
        ("barcode_rules.0.pattern", "21WWWWW", "barcode_rules.w"),
        ("barcode_rules.1.key", "w", "barcode_rules"),
        ("items.1.sku", "S1", "items"),
        ("items.0.price", "cheap", "items.S1.price"),
        ("items.0.price", "-1", "items.S1.price"),
        ("items.0.price", "1.234", "items.S1.price"),
        ("items.0.price", None, "items.0.price"),
        ("items.0.tax_category", "luxury", "items.S1.tax_category"),
        ("items.0.category", "nowhere", "items.S1.category"),
        ("items.0.parent_sku", "S77", "items.S1.parent_sku"),
        ("items.0.pieces", "0", "items.S1.pieces"),
        ("items.0.sell_by", "metre", "items.0.sell_by"),
        ("items.1.box_pieces", "", "items.S2.box_pieces"),
        ("items.1.box_pieces", "dozen", "items.S2.box_pieces"),
        ("items.1.box_price", "free", "items.S2.box_price"),
        ("items.0.cost", "?", "items.S1.cost"),
    ],
)
def test_the_wrong_place_is_named(tmp_path: Path, path: str, value, place: str) -> None:
    found, why = problem(changed(path, value), tmp_path)
    assert found == place
    assert why


@pytest.mark.parametrize(
    ("part", "value", "place"),
    [
        (
            "categories",
            [{"key": "a", "name": "A", "parent": "b"}],
            "categories.a.parent",
        ),
        ("categories", [{"key": "a", "name": "A"}] * 2, "categories"),
        ("quick_keys", {"": [{"sku": "S99"}]}, "quick_keys."),
        ("quick_keys", {"page": []}, "quick_keys"),
    ],
)
def test_shelves_and_tiles_refer_to_what_is_there(
    tmp_path: Path, part: str, value, place: str
) -> None:
    assert problem({**SETUP, part: value}, tmp_path)[0] == place


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"shop"', "\x00"])
def test_what_is_no_set_up_file_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "setup.json"
    file.write_text(text, encoding="utf-8")
    assert refusal(read_setup, file).key == "setup_unreadable"


def test_a_missing_file_and_foreign_bytes_are_refused(tmp_path: Path) -> None:
    missing = refusal(read_setup, tmp_path / "nothing.json")
    assert (missing.key, missing.params) == ("setup_missing", {"file": "nothing.json"})
    assert refusal(read_setup, tmp_path).key == "setup_closed"
    file = tmp_path / "setup.json"
    file.write_bytes(b"\xff\xfe\x00garbage")
    assert refusal(read_setup, file).key == "setup_unreadable"
    file.write_text("{}", encoding="utf-8")
    missing = refusal(read_setup, file, tmp_path / "goods.csv")
    assert (missing.key, missing.params) == ("setup_missing", {"file": "goods.csv"})


def test_a_refused_set_up_stores_nothing(tmp_path: Path) -> None:
    error = refusal(make_shop, tmp_path / "shop", changed("items.0.price", "cheap"))
    assert error.key == "setup_unreadable"


def test_the_demo_shop_is_right() -> None:
    check_setup(read_setup(DEMO / "shop.json", DEMO / "items.csv"))


def test_amounts_written_as_numbers_keep_their_digits(tmp_path: Path) -> None:
    file = tmp_path / "setup.json"
    text = (
        '\ufeff{"items": [{"sku": 7, "name": "x", "price": 1234567890.10, "pieces": 1}],'
        ' "tax_categories": [{"key": "standard", "rates":'
        ' [{"code": "A", "percentage": 8.875}]}]}'
    )
    file.write_text(text, encoding="utf-8")
    setup = read_setup(file)
    assert (setup.items[0].sku, setup.items[0].price) == ("7", "1234567890.10")
    assert setup.tax_categories[0].rates[0].percentage == "8.875"


def test_a_set_up_of_items_alone_makes_a_shop_that_sells(tmp_path: Path) -> None:
    plain = {"items": [{"sku": "A", "name": "Tea", "price": "3.00"}]}
    folder = make_shop(tmp_path / "shop", plain)
    with opened(folder) as till:
        sale = sell(till.counter, "A")
    assert (sale.priced.total_minor, sale.priced.tax_minor) == (300, 0)


def test_items_find_their_category_by_key_and_by_name(tmp_path: Path) -> None:
    categories = [{"key": "tea", "name": "茶"}, {"key": "x", "name": "其他"}]
    setup = changed("items.0.category", "tea")
    setup["items"][1]["category"] = "茶"
    folder = make_shop(tmp_path / "shop", {**setup, "categories": categories})
    with opened(folder) as till:
        tea = till.counter.desk.catalog.categories()[0].category_id
        found = [till.counter.sale.look_up(sku) for sku in ("S1", "S2")]
        assert [x.unit.category_id for x in found if x] == [tea, tea]


def test_the_schema_of_the_file_is_published() -> None:
    assert SetupFile.model_json_schema()["title"] == "SetupFile"
