"""Odd rules and odd goods in a real shop: the sale goes on, and its books hold."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pos_app.bootstrap import Till
from pos_app.cli import main
from pos_app.domain.promotion.deal import Deal, Qualifies
from pos_app.domain.sale import Sale
from pos_app.ports.promotions import PromotionRun, PromotionVersion
from pos_app.services.promotions import PromotionState
from pos_app.values.times import Period, Timestamp
from tests.builders_promotions import (
    at,
    bundle,
    cut,
    everything,
    gift,
    nfor,
    nth,
    percent,
    promotion,
    slot,
    spend,
    tier,
    unit_deal,
)
from tests.counter_shop import (
    APPLES,
    COLA,
    GIFT,
    MANAGER,
    SETUP,
    TEA,
    finish,
    fresh_shop,
    make_counter_shop,
    opened,
    pay_cash,
    prove,
)
from tests.promotion_in_shop import hold
from tests.promotion_replay import replay

SINCE = Timestamp.parse("2020-01-01T00:00:00Z")


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path), number=MANAGER) as found:
        yield found
        prove(found)


def sell(till: Till, *goods: tuple[str, str]) -> Sale:
    """Sell (code, quantity) for cash; what was sold replays by hand."""
    for code, quantity in goods:
        till.counter.sale.scan(code, Decimal(quantity))
    priced = till.counter.sale.priced
    assert priced is not None
    nothing_due = not priced.total_minor  # given away: nothing is there to be taken
    sale = finish(till.counter) if nothing_due else pay_cash(till.counter)
    priced = sale.priced
    units = replay(priced)
    for line in priced.lines:
        assert 0 <= line.total_minor <= line.list_minor
        assert sum(units[line.line_id]) == line.total_minor
    return sale


#: What no editor and no file lets pass; a hub's own program might.
UNSOUND: dict[str, Deal] = {
    "150 % off": unit_deal(everything(), percent("150")),
    "100 % off": unit_deal(everything(), percent("100")),
    "more off than it costs": unit_deal(everything(), cut(10**12)),
    "a price of zero": unit_deal(everything(), at(0)),
    "a price below zero": unit_deal(everything(), at(-100)),
    "an amount below zero": unit_deal(everything(), cut(-100)),
    "more free than there are": nth(everything(), 2, percent("100"), 5),
    "none for a price": nfor(everything(), 0, 100),
    "a set of nothing": bundle(off=cut(100)),
    "a set for nothing": bundle(slot(everything(), 2), off=at(0)),
    "a gift that pays for itself": gift(
        everything(), everything(), threshold_minor=100
    ),
    "breaks that fall": tier(everything(), (3, percent("10")), (1, percent("90"))),
    "100 off from 50 on": spend((50, cut(10_000))),
    "repeated by nothing": spend((0, cut(100)), repeats=True),
    "on the net of nothing": spend((1, percent("100")), qualifies=Qualifies.NET),
}


@pytest.mark.parametrize("name", sorted(UNSOUND))
def test_a_rule_that_makes_no_sense_stops_no_sale(till: Till, name: str) -> None:
    hold(till, promotion(UNSOUND[name], "odd"))
    sale = sell(till, (TEA, "2"), (COLA, "1"), (APPLES, "0.333"))
    assert till.counter.desk.ledger.sale(sale.sale_id) == sale


def test_a_kind_of_a_newer_hub_is_listed_and_the_others_hold(till: Till) -> None:
    hold(till, promotion(nth(everything(), 2, percent("50")), "half"))
    text = json.dumps({"name": "拍卖", "deal": {"kind": "auction", "bids": 3}})
    version = PromotionVersion("new", 1, "auction", "拍卖", text, None, SINCE, "")
    run = PromotionRun("run-new", "new", 1, Period(SINCE), "", "", SINCE)

    def edit(editor: Any) -> tuple[()]:
        editor.put_promotion_version(version)
        editor.put_promotion_run(run)
        return ()

    with till.editor() as editor:
        editor.change(edit)
    states = {x.name: x.state for x in till.counter.promotions.list()}
    assert states["拍卖"] is PromotionState.UNKNOWN
    used = sell(till, (TEA, "2")).priced.promoted.applications
    assert [x.promotion_id for x in used] == ["half"]


@pytest.mark.parametrize(
    ("deal", "paid"),
    [
        (unit_deal(everything(), percent("10")), 359),  # 3.99 less 0.40
        (unit_deal(everything(), at(1000)), 334),  # 0.334 kg at 10.00
        (unit_deal(everything(), cut(100)), 366),  # 0.334 kg at 1.00 off
        (tier(everything(), ("0.334", percent("50"))), 199),
        (tier(everything(), ("0.335", percent("50"))), 399),
        (nth(everything(), 2, percent("50")), 399),  # counted goods only
    ],
)
def test_weighed_goods_cost_what_their_grams_say(
    till: Till, deal: Deal, paid: int
) -> None:
    hold(till, promotion(deal, "weighed"))
    assert sell(till, (APPLES, "0.334")).priced.total_minor == paid


def test_goods_for_nothing_are_sold_beside_a_promotion(till: Till) -> None:
    hold(till, promotion(unit_deal(everything(), cut(500)), "cut"))
    (given, tea) = sell(till, (GIFT, "2"), (TEA, "1")).priced.lines
    assert (given.total_minor, tea.total_minor) == (0, 780)


@pytest.mark.parametrize(
    ("currency", "price", "key"),
    [("JPY", "9", ""), ("JPY", "9.5", "amount_too_precise"), ("KWD", "0.005", "")],
)
def test_a_file_says_amounts_as_the_currency_has_them(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    currency: str,
    price: str,
    key: str,
) -> None:
    setup = copy.deepcopy(SETUP)
    setup["shop"] = {**setup["shop"], "currency": currency}
    del setup["shop"]["cash_rounding"]
    setup["items"] = [{"sku": "S1", "name": "お茶", "price": "120", "barcode": TEA}]
    shop = make_counter_shop(tmp_path / "shop", setup)
    file = tmp_path / "promotions.json"
    deal = {"kind": "unit", "goods": "everything", "off": {"amount": price}}
    file.write_text(json.dumps({"name": "特価", "deal": deal}), "utf-8")
    words = ["import", "promotions", str(file), "--shop", str(shop.root), "--json"]
    code = main(words)
    said = json.loads(capsys.readouterr().out)
    assert code == (1 if key else 0)
    assert [x["key"] for x in said["problems"]] == ([key] if key else [])
    if key:
        return
    with opened(shop, number=MANAGER) as till:
        made = till.counter.promotions.list()[0]
        assert made.promotion is not None
        hold(till, replace(made.promotion, promotion_id="running"))
        (line,) = sell(till, (TEA, "1")).priced.lines
        assert line.list_minor - line.total_minor == int(price.replace(".", ""))
        prove(till)
