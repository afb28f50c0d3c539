"""`guitai replay`: the door for every test that is not ours."""

import json
from pathlib import Path

import pytest

from pos_app.cli import main
from tests.replay_run import PAY, SIGN_ON, Document, Run, check_proof, replay_in, scan

DEMO_DAY = Path(__file__).parents[2] / "resources" / "demo_shop" / "day.jsonl"


@pytest.fixture
def replay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return replay_in(tmp_path, capsys)


# ------------------------------------------------------------------ throw-away shops


def test_an_american_shop_adds_two_taxes(replay: Run) -> None:
    setup = {
        "shop": {"currency": "USD", "prices_include_tax": False, "language": "en"},
        "tax_categories": [
            {
                "key": "standard",
                "rates": [
                    {"code": "NY", "percentage": "4"},
                    {"code": "NYC", "percentage": "4.875"},
                ],
            },
            {"key": "food", "rates": []},
        ],
        "items": [
            {"sku": "MUG", "name": "Mug", "price": "9.99"},
            {"sku": "MILK", "name": "Milk", "price": "3.49", "tax_category": "food"},
        ],
    }
    code, [sale] = replay(setup, SIGN_ON, scan("MUG", "3"), scan("MILK"), *PAY)
    assert code == 0
    check_proof(sale)
    assert sale["priced"]["net_minor"] == 2997 + 349
    taxes = {x["code"]: x["tax_minor"] for x in sale["priced"]["taxes"]}
    assert taxes == {"NY": 120, "NYC": 146}  # 1.1988 and 1.46104
    assert sale["priced"]["total_minor"] == 3346 + 266


def test_a_taiwanese_shop_has_no_cents(replay: Run) -> None:
    rates = [{"code": "5%", "percentage": "5"}]
    setup = {
        "shop": {"currency": "TWD", "language": "zh-TW", "time_zone": "Asia/Taipei"},
        "tax_categories": [{"key": "standard", "rates": rates}],
        "items": [{"sku": "TEA", "name": "珍珠奶茶", "price": "65"}],
    }
    give: Document = {"do": "tender", "key": "cash", "amount": "200"}
    code, [sale] = replay(setup, SIGN_ON, scan("TEA", "3"), give, PAY[1])
    assert code == 0
    check_proof(sale)
    assert (sale["priced"]["total_minor"], sale["change_minor"]) == (195, 5)
    assert sale["priced"]["tax_minor"] == 9  # 195 x 5 / 105 = 9.29


@pytest.mark.parametrize(
    ("price", "paid"),
    [
        ("0.01", 0),
        ("0.02", 0),
        ("0.03", 5),
        ("9.97", 995),
        ("9.98", 1000),
        ("10", 1000),
    ],
)
def test_an_australian_shop_rounds_cash_to_five_cents(
    replay: Run, price: str, paid: int
) -> None:
    setup = {
        "shop": {"currency": "AUD", "cash_rounding": {"step_minor": 5}},
        "items": [{"sku": "A", "name": "Pie", "price": price}],
    }
    pay = PAY if paid else PAY[1:]
    code, [sale] = replay(setup, SIGN_ON, scan("A"), *pay)
    assert code == 0
    check_proof(sale)
    assert sale["priced"]["total_minor"] + sale["rounding_minor"] == paid


# ------------------------------------------------------------------------- refusals


TINY = {
    "items": [{"sku": "A", "name": "Tea", "price": "3.00", "barcode": "6901234567892"}]
}


def test_refusals_are_lines_and_the_day_goes_on(replay: Run) -> None:
    code, documents = replay(
        TINY,
        scan("A"),
        SIGN_ON,
        {"do": "finish"},
        scan("A", "0"),
        scan("A", "many"),
        {"do": "clock", "at": "0001-01-01T00:00:00+14:00"},
        {"do": "clock", "at": "9999-12-31T23:59:59-12:00"},
        {"do": "clock", "at": "tomorrow"},
        {"do": "undo"},
        {"do": "weight", "value": "1"},
        {"do": "select", "line": 1},
        {"do": "give_back"},
        {"do": "correct_tender", "to": "card"},
        {"do": "reprint"},
        {"do": "sale_void", "reason": "bored"},
        scan("A"),
        {"do": "tender", "key": "card", "reference": "4111111111111111"},
        {"do": "tender", "key": "cash", "amount": "1e99"},
        *PAY,
    )
    assert code == 1
    *refusals, sale = documents
    assert [(x["line"], x["refused"]) for x in refusals] == [
        (1, "not_signed_on"),
        (3, "basket_empty"),
        (4, "quantity_absurd"),
        (5, "quantity_unreadable"),
        (6, "time_unreadable"),
        (7, "time_unreadable"),
        (8, "time_unreadable"),
        (9, "nothing_to_undo"),
        (10, "nothing_to_weigh"),
        (11, "basket_empty"),
        (12, "nothing_taken"),
        (13, "sale_not_found"),
        (14, "sale_not_found"),
        (15, "basket_empty"),
        (17, "reference_is_card_number"),
        (18, "amount_unreadable"),
    ]
    assert sale["priced"]["total_minor"] == 300


@pytest.mark.parametrize(
    "garbage",
    [
        "{",
        "null",
        "42",
        '{"do": "scan", "code": "\\ud83d"}',
        '{"do": "scan", "code": ["A"]}',
        "[" * 2000,
        '{"do":' * 500,
        "\udcff\udcfe\udc80",  # bytes that are no UTF-8
        "x" * 100_000,
    ],
)
def test_garbage_spoils_its_own_line_only(replay: Run, garbage: str) -> None:
    code, documents = replay(TINY, SIGN_ON, garbage, scan("A"), *PAY)
    assert code == 1
    assert [x.get("refused") for x in documents] == ["line_unreadable", None]
    assert documents[1]["priced"]["total_minor"] == 300


def test_comments_blanks_and_numbers_are_understood(replay: Run) -> None:
    lines = [
        "# a day",
        "",
        "   ",
        '{"do": "scan", "code": 6901234567892, "quantity": 2}',
    ]
    code, [sale] = replay(TINY, SIGN_ON, *lines, *PAY)
    assert (code, sale["priced"]["total_minor"]) == (0, 600)


def test_a_pin_never_stands_in_a_refusal(replay: Run) -> None:
    wrong = {"do": "sign_on", "number": "1001", "pin": "867530"}
    odd = {**wrong, "colour": "red"}
    _, documents = replay(TINY, wrong, odd)
    assert [x["refused"] for x in documents] == ["pin_wrong", "line_unreadable"]
    assert "867530" not in json.dumps(documents)


def test_the_drawer_the_clock_and_red_lines_have_commands(replay: Run) -> None:
    code, documents = replay(
        TINY,
        SIGN_ON,
        scan("4006381333931"),
        PAY[0],
        {"do": "resolve", "code": "nothing"},
        {"do": "resolve", "code": "A"},
        {"do": "open_drawer", "reason": "change_money"},
        {"do": "clock", "at": "2026-01-02T00:00:00+08:00"},
        *PAY,
        {"do": "clock", "at": "2026-01-01T00:00:00+08:00"},
        scan("A"),
        *PAY,
        {"do": "confirm_clock"},
        scan("A"),
        *PAY,
    )
    assert code == 1
    refused = [x["refused"] for x in documents if "refused" in x]
    assert refused == ["unknown_lines", "line_unknown"]
    suspects = [x["clock_suspect"] for x in documents if "refused" not in x]
    assert suspects == [False, True, False]


def test_a_missing_file_is_said_in_words(tmp_path: Path) -> None:
    assert main(["replay", str(tmp_path / "nothing.jsonl")]) == 2
    wrong = tmp_path / "setup.json"
    wrong.write_text('{"items": [{"sku": "A"}]}', encoding="utf-8")
    assert main(["replay", "--setup", str(wrong), str(DEMO_DAY)]) == 2
