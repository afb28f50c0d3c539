"""`guitai replay --what-if` and the dry run over a till's own sales: exact figures."""

import json
import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pos_app.bootstrap import Till
from pos_app.cli import main
from pos_app.domain.promotion.deal import NthDeal
from pos_app.domain.promotion.promotion import (
    LimitPeriod,
    Limits,
    Promotion,
    Trigger,
    TriggerKind,
)
from pos_app.services.dry_run import dry_run, last_week
from pos_app.services.dry_run_trial import DryRunRequest
from pos_app.values.percentage import Percentage
from tests.builders_promotions import (
    cut,
    everything,
    nth,
    percent,
    promotion,
    spend,
    unit_deal,
)
from tests.builders_returns import return_shop
from tests.counter_shop import COLA, MANAGER, TEA, opened, pay_cash, sell
from tests.promotion_in_shop import hold
from tests.replay_run import PAY, SIGN_ON, scan

SETUP: dict[str, Any] = {
    "shop": {"currency": "CNY", "language": "zh-CN"},
    "tax_categories": [
        {"key": "standard", "rates": [{"code": "VAT", "percentage": "13"}]}
    ],
    "items": [
        {"sku": "TEA", "name": "茶", "price": "11.30", "cost": "6.00"},
        {"sku": "BUN", "name": "面包", "price": "4.52"},
    ],
}
HALF = {
    "name": "第二件半价",
    "deal": {
        "kind": "nth",
        "goods": {"include": {"skus": ["TEA"]}},
        "every": 2,
        "cheapest": 1,
        "off": {"percentage": "50%"},
    },
}
DAY = [SIGN_ON, scan("TEA", "2"), scan("BUN"), *PAY, scan("BUN"), *PAY]


def what_if(
    folder: Path, capsys: Any, lines: list[Any], said: object, *more: str
) -> tuple[int, str]:
    (folder / "p.json").write_text(json.dumps(said), encoding="utf-8")
    (folder / "setup.json").write_text(json.dumps(SETUP), encoding="utf-8")
    text = "\n".join(json.dumps(x) for x in lines)
    (folder / "day.jsonl").write_text(text, encoding="utf-8")
    arguments = ["replay", "--setup", str(folder / "setup.json"), *more]
    arguments += ["--what-if", str(folder / "p.json"), str(folder / "day.jsonl")]
    code = main(arguments)
    return code, capsys.readouterr().out


def test_what_a_promotion_would_have_done_to_a_replayed_day(
    tmp_path: Path, capsys: Any
) -> None:
    code, out = what_if(tmp_path, capsys, DAY, HALF, "--json")
    found = json.loads(out)
    assert code == 0
    assert (found["baskets"], found["touched"], found["times"]) == (2, 1, 1)
    # 2 × 11.30 + 2 × 4.52 = 31.64; half of 11.30 comes off.
    assert (found["before_minor"], found["after_minor"]) == (3164, 2599)
    assert (found["given_minor"], found["per_basket_minor"]) == (565, 565)
    # Without tax: 20.00 and 15.00 for goods that cost 12.00; nobody knows the bun's.
    assert (found["margin_before_minor"], found["margin_after_minor"]) == (800, 300)
    assert found["lines_without_cost"] == 2
    assert [x["saving_minor"] for x in found["items"]] == [565]


def test_finished_sales_are_taken_as_they_were_sold(
    tmp_path: Path, capsys: Any
) -> None:
    (tmp_path / "setup.json").write_text(json.dumps(SETUP), encoding="utf-8")
    text = "\n".join(json.dumps(x) for x in DAY)
    (tmp_path / "a.jsonl").write_text(text, encoding="utf-8")
    main(["replay", "--setup", str(tmp_path / "setup.json"), str(tmp_path / "a.jsonl")])
    sales = [json.loads(x) for x in capsys.readouterr().out.splitlines()]
    code, out = what_if(tmp_path, capsys, sales, HALF, "--json")
    assert code == 0
    # Ids of goods are another throw-away shop's, so no SKU names them here.
    assert json.loads(out)["baskets"] == 2
    everywhere = {
        **HALF,
        "deal": {**HALF["deal"], "goods": {"include": {"everything": True}}},
    }
    code, out = what_if(tmp_path, capsys, sales, everywhere, "--json")
    found = json.loads(out)
    assert (found["touched"], found["given_minor"]) == (1, 565)


def test_a_person_reads_the_same_in_words(tmp_path: Path, capsys: Any) -> None:
    code, out = what_if(tmp_path, capsys, DAY, HALF)
    assert code == 0
    assert "5.65" in out
    assert "25.99" in out


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ([], "what_if_unreadable"),
        ([HALF, HALF], "promotion_file_twice"),
        ({"name": "x", "deal": {"kind": "auction"}}, "promotion_unknown_kind"),
        ({**HALF, "deal": {**HALF["deal"], "every": "x"}}, "promotion_file_value"),
    ],
)
def test_what_is_no_promotion_is_said(
    tmp_path: Path, capsys: Any, said: object, word: str
) -> None:
    code, out = what_if(tmp_path, capsys, DAY, said, "--json")
    assert code == 2
    assert word in out


def test_refused_lines_of_the_baskets_are_counted_and_end_with_1(
    tmp_path: Path, capsys: Any
) -> None:
    broken = {"document": "sale", "lines": "x"}
    lines = [SIGN_ON, scan("TEA", "2"), {"do": "?"}, *PAY, broken]
    code, out = what_if(tmp_path, capsys, lines, HALF, "--json")
    found = json.loads(out)
    assert (code, found["refused"], found["given_minor"]) == (1, 2, 565)
    code, out = what_if(tmp_path, capsys, lines, HALF)
    assert code == 1
    assert re.search(r"Refused lines, left out +2$", out, re.MULTILINE)


def test_the_line_of_the_promotions_file_is_named(tmp_path: Path, capsys: Any) -> None:
    wrong = {**HALF, "name": "错", "deal": {**HALF["deal"], "every": "x"}}
    (tmp_path / "p.json").write_text(f"[\n\n{json.dumps(wrong)}]", encoding="utf-8")
    arguments = ["replay", "--what-if", str(tmp_path / "p.json"), "--json"]
    (tmp_path / "day.jsonl").write_text("", encoding="utf-8")
    assert main([*arguments, str(tmp_path / "day.jsonl")]) == 2
    said = capsys.readouterr()
    assert said.err.startswith("line 3: 错\n")
    assert json.loads(said.out)["params"]["line"] == "3"


# --------------------------------------------------------------- a till's own sales

HALF_PRICE = promotion(nth(everything(), 2, percent("50")), "tried")


def tried(till: Till, one: Promotion, days: int = 7) -> Any:
    desk = till.counter.desk
    request = last_week(desk, one, days)
    return dry_run(desk, request, lambda _n, _all: None, lambda: False)


@pytest.fixture
def till(tmp_path: Path) -> Any:
    with opened(return_shop(tmp_path, "1 half_up"), number=MANAGER) as found:
        yield found


def sell_two(till: Till) -> Any:
    till.counter.sale.scan(TEA, Decimal(2))
    return pay_cash(till.counter)


def test_own_sales_without_and_with_it_and_a_mirrored_one_never_was(till: Till) -> None:
    first, second = sell_two(till), sell_two(till)
    sell(till.counter, COLA)
    result = tried(till, HALF_PRICE)
    half = first.priced.total_minor // 4
    assert (result.baskets, result.touched) == (3, 2)
    assert result.given_minor == 2 * half
    assert result.most_saved_number == first.number
    till.counter.reversal.reverse(second.sale_id, "rung_up_wrongly").result()
    assert tried(till, HALF_PRICE).given_minor == half


def test_prices_by_hand_and_other_promotions_of_then_hold_in_both(till: Till) -> None:
    """The same sale without the promotion costs exactly what it cost."""
    hold(till, promotion(spend((2000, cut(300))), "满20减3"))
    sale = sell_two(till)
    result = tried(till, HALF_PRICE)
    assert result.before_minor == sale.priced.total_minor
    half = (sale.priced.total_minor + 300) // 4
    # The threshold is held against the amount before deals: 3.00 still come off.
    assert result.after_minor == sale.priced.total_minor - half
    assert (result.stacked, result.touched) == (0, 1)


def test_a_version_that_runs_is_compared_with_the_one_that_is_tried(till: Till) -> None:
    hold(till, promotion(unit_deal(everything(), percent("10")), "tried"))
    sale = sell_two(till)
    more = promotion(unit_deal(everything(), percent("20")), "tried", version=2)
    result = tried(till, more)
    assert result.before_minor == sale.priced.total_minor
    assert result.given_minor * 9 == sale.priced.total_minor


def test_limits_hold_over_the_whole_trial(till: Till) -> None:
    for _ in range(3):
        sell_two(till)
    limits = Limits(in_period=2, period=LimitPeriod.DAY)
    once = promotion(nth(everything(), 2, percent("50")), "tried", limits=limits)
    assert tried(till, once).times == 2
    in_all = promotion(nth(everything(), 2), "tried", limits=Limits(in_all=1))
    assert tried(till, in_all).times == 1


def test_a_coupon_is_tried_as_if_everybody_had_it(till: Till) -> None:
    sell_two(till)
    coupon = promotion(
        spend((1000, cut(200))), "tried", trigger=Trigger(TriggerKind.COUPON)
    )
    assert tried(till, coupon).given_minor == 200


def test_lines_below_cost_and_stacked_too_high_are_named(till: Till) -> None:
    sale = sell_two(till)
    with till.editor() as editor:
        editor.put_cost(sale.lines[0].unit_id, 1000, sale.started_at)
    away = promotion(unit_deal(everything(), percent("60")), "tried")
    result = tried(till, away)
    assert (result.stacked, result.below) == (1, 1)
    (line,) = result.below_cost
    assert (line.number, line.name) == (sale.number, sale.lines[0].name)
    assert line.cost_minor == 2000
    assert result.stacks[0].total_minor * 10 == result.stacks[0].list_minor * 4
    assert result.margin_after_minor == line.net_minor - 2000


def test_whoever_leaves_is_not_waited_for(till: Till) -> None:
    sell_two(till)
    desk = till.counter.desk
    request = last_week(desk, HALF_PRICE)
    assert dry_run(desk, request, lambda _n, _all: None, lambda: True) is None


def test_days_before_the_week_are_left_alone(till: Till) -> None:
    sell_two(till)
    desk, today = till.counter.desk, till.counter.desk.business_day()
    late = today - timedelta(days=1)
    request = DryRunRequest(HALF_PRICE, late - timedelta(days=6), late, desk.shop)
    result = dry_run(desk, request, lambda _n, _all: None, lambda: False)
    assert result is not None
    assert result.baskets == 0


def test_the_suppliers_part_is_counted_apart(till: Till) -> None:
    sell_two(till)
    shared = promotion(
        nth(everything(), 2, percent("50")),
        "tried",
        supplier_share=Percentage(400_000),
    )
    result = tried(till, shared)
    assert isinstance(shared.deal, NthDeal)
    assert result.supplier_minor * 5 == result.saving_minor * 2


def test_whoever_stood_in_a_replayed_basket_counts(tmp_path: Path, capsys: Any) -> None:
    gold = {"do": "member", "id": "m-1", "tier": "gold", "birth_month": 5}
    lines = [
        *(SIGN_ON, scan("TEA"), gold, *PAY),
        *(scan("TEA"), {**gold, "id": "m-2", "tier": "silver"}, *PAY),
        *(scan("TEA"), *PAY),
    ]
    for audience, touched in (("member", 2), ({"kind": "tier", "values": ["gold"]}, 1)):
        for_some = {
            "name": "等级价",
            "audience": audience,
            "deal": {"kind": "unit", "goods": "everything"}
            | {"off": {"percentage": "10%"}},
        }
        code, out = what_if(tmp_path, capsys, lines, for_some, "--json")
        found = json.loads(out)
        assert (code, found["baskets"], found["touched"]) == (0, 3, touched)
        assert found["given_minor"] == touched * 113
