"""Promotions as files: what people write is read, what is written is read back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.cli import main
from pos_app.domain.promotion.deal import GiftDeal, Off, SpendDeal, UnitDeal
from pos_app.domain.promotion.promotion import (
    Audience,
    AudienceKind,
    Hours,
    LimitPeriod,
    Limits,
    Promotion,
    ReturnBasis,
    Schedule,
    Trigger,
    TriggerKind,
)
from pos_app.domain.promotion.selector import GoodsSet, Selector
from pos_app.domain.promotion_plain import promotion_to_text
from pos_app.errors import UserError
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.promotions import PromotionVersion
from pos_app.services.promotion_file import read_promotions, write_promotions
from pos_app.services.promotion_terms import FileTerms
from pos_app.services.promotions import PromotionState
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period, Timestamp
from tests.counter_shop import (
    MANAGER,
    TEA,
    fresh_shop,
    journal_kinds,
    opened,
    query,
    unit_of,
)
from tests.unit.test_promotion_checks import SOUND, whole


class _Names:
    """The goods of a small shop."""

    def item_id(self, sku: str) -> str:
        return {"S4": "salt"}.get(sku, "")

    def unit_id(self, barcode: str) -> str:
        return {"690": "tea"}.get(barcode, "")

    def category_id(self, name: str) -> str:
        return {"面包": "bread"}.get(name, "")


TERMS = FileTerms(_Names(), "CNY", ZoneInfo("Asia/Shanghai"))


def read(*said: object) -> list[Promotion]:
    found, problems = read_promotions(json.dumps(said), TERMS)
    assert problems == []
    return [x.promotion for x in found if x.promotion is not None]


def test_the_words_of_people_are_read() -> None:
    (evening, spend) = read(
        {
            "name": "晚市面包",
            "deal": {
                "kind": "unit",
                "goods": {"categories": ["面包"], "skus": ["S4"], "barcodes": ["690"]},
                "off": {"percentage": "30%"},
            },
            "audience": "member",
            "schedule": {
                "period": {"start": "2026-12-24", "end": "2026-12-26T12:30"},
                "hours": ["19:00-22:00"],
            },
        },
        {
            "name": "满 100 减 20",
            "deal": {
                "kind": "spend",
                "goods": "everything",
                "tiers": [{"threshold": "100", "off": {"amount": "20.00"}}],
                "most": "40",
            },
        },
    )
    goods = Selector(
        GoodsSet(item_ids=("salt",), unit_ids=("tea",), category_ids=("bread",))
    )
    assert evening.deal == UnitDeal(goods, Off(percentage=Percentage(300_000)))
    assert evening.audience == Audience(AudienceKind.MEMBER)
    starts = Timestamp.parse("2026-12-24T00:00:00+08:00")
    ends = Timestamp.parse("2026-12-26T12:30:00+08:00")
    assert evening.schedule == Schedule(Period(starts, ends), (), (Hours(1140, 1320),))
    assert isinstance(spend.deal, SpendDeal)
    tier = spend.deal.tiers[0]
    found = (tier.threshold_minor, tier.off.amount_minor, spend.deal.most_minor)
    assert found == (10_000, 2_000, 4_000)


@pytest.mark.parametrize(
    ("price", "minor"), [(20, 2000), ("20", 2000), (1.5, 150), ("0.05", 5)]
)
def test_an_amount_is_of_the_currency_whether_number_or_text(
    price: object, minor: int
) -> None:
    deal = {"kind": "unit", "goods": "everything", "off": {"price": price}}
    (found,) = read({"name": "特价", "deal": deal})
    assert isinstance(found.deal, UnitDeal)
    assert found.deal.off == Off(price_minor=minor)


GOODS: dict[str, Any] = {"skus": ["S4"]}


@pytest.mark.parametrize(
    ("deal", "key", "params"),
    [
        ({"goods": {"skus": ["S9"]}}, "promotion_file_goods", {"code": "S9"}),
        ({"off": {"percentage": "ten"}}, "percentage_unreadable", {"text": "ten"}),
        ({"off": {"price": "1,5x"}}, "amount_unreadable", None),
        ({"off": {"price_minor": [1]}}, "promotion_file_value", None),
        ({"of": {}}, "promotion_file_field", {"field": "of"}),
        ({"off": {"percentage": "100%"}}, "promotion_percentage", {"blank": "off"}),
        ({"off": {}}, "promotion_off_unclear", {"blank": "off"}),
        ({"goods": {"skus": 4}}, "promotion_file_value", {"field": "skus"}),
        ({"goods": {"tags": None}}, "promotion_file_value", {"field": "tags"}),
        ({"goods": {"tags": ["\ud800"]}}, "promotion_file_value", None),
        ({"kind": ""}, "promotion_file_value", {"field": "deal.kind"}),
        ({"kind": 7}, "promotion_file_value", {"field": "deal.kind"}),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_the_rest_is_read(
    deal: dict[str, Any], key: str, params: dict[str, str] | None
) -> None:
    good = {
        "name": "好",
        "deal": {"kind": "unit", "goods": GOODS, "off": {"price": "9"}},
    }
    bad = {"name": "坏", "deal": {**good["deal"], **deal}}  # type: ignore[dict-item]
    text = "[\n" + json.dumps(good) + ",\n\n" + json.dumps(bad) + "]"
    found, (problem,) = read_promotions(text, TERMS)
    assert [x.name for x in found] == ["好"]
    assert (problem.line, problem.name, problem.error.key) == (4, "坏", key)
    if params is not None:
        assert problem.error.params == params


@pytest.mark.parametrize("name", ["a\nb", "\x1b@", "half \ud83d"])
def test_a_name_that_no_slip_can_hold_is_refused(name: str) -> None:
    deal = {"kind": "unit", "goods": GOODS, "off": {"price": "9"}}
    said = {"name": name, "deal": deal}
    found, (problem,) = read_promotions(json.dumps([said]), TERMS)
    assert found == []
    assert problem.error.key == "promotion_file_value"
    assert problem.name.encode()


def test_everything_but_some_goods_is_said_in_a_file() -> None:
    goods = {"include": "everything", "exclude": {"skus": ["S4"]}}
    deal = {"kind": "unit", "goods": goods, "off": {"percentage": "10%"}}
    (found,) = read({"name": "九折", "deal": deal})
    all_but = Selector(GoodsSet(everything=True), GoodsSet(item_ids=("salt",)))
    assert found.deal == UnitDeal(all_but, Off(percentage=Percentage(100_000)))


def test_a_quantity_beyond_all_numbers_is_refused() -> None:
    step = {"quantity": "1e999999", "off": {"percentage": "10%"}}
    deal = {"kind": "tier", "goods": GOODS, "breaks": [step]}
    said = [{"name": "多件", "deal": deal}]
    _found, (problem,) = read_promotions(json.dumps(said), TERMS)
    assert problem.error.key == "promotion_too_large"


def test_a_gift_from_an_amount_on_needs_no_count_of_goods() -> None:
    bread = {"categories": ["面包"]}
    deal = {"kind": "gift", "goods": bread, "threshold": "100", "gift": GOODS}
    (found,) = read({"name": "满 100 送盐", "deal": deal})
    assert isinstance(found.deal, GiftDeal)
    assert (found.deal.count, found.deal.threshold_minor) == (0, 10_000)


def test_one_word_alone_is_a_list_of_goods() -> None:
    deal = {"kind": "unit", "goods": {"skus": "S4"}, "off": {"price": "9"}}
    (found,) = read({"name": "特价", "deal": deal})
    assert isinstance(found.deal, UnitDeal)
    assert found.deal.goods.include.item_ids == ("salt",)


@pytest.mark.parametrize("of", [{"name": "好"}, {"name": "x", "promotion_id": "p"}])
def test_the_same_promotion_twice_in_a_file_is_refused(of: dict[str, str]) -> None:
    deal = {"kind": "unit", "goods": GOODS, "off": {"price": "9"}}
    text = json.dumps([{**of, "deal": deal}, {**of, "deal": deal}])
    (_first,), (problem,) = read_promotions(text, TERMS)
    assert problem.error.key == "promotion_file_twice"


@pytest.mark.parametrize("text", ["", "{", "[1", "3", '[{"name": "x"} 4]'])
def test_what_is_no_json_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(UserError) as refused:
        read_promotions(text, TERMS)
    assert refused.value.key == "promotion_file_unreadable"


LIMITS = st.builds(
    Limits,
    per_basket=st.none() | st.integers(1, 9),
    in_period=st.none() | st.integers(1, 9),
    period=st.sampled_from(LimitPeriod),
)
PROMOTIONS = st.builds(
    replace,
    st.sampled_from(SOUND).map(whole),
    names=st.sampled_from([(), (("en", "Deal"), ("zh-TW", "優惠"))]),
    limits=LIMITS,
    exclusive=st.booleans(),
    accepts_discounted=st.booleans(),
    priority=st.integers(-3, 3),
    stack_group=st.sampled_from(["", "a"]),
    channels=st.sampled_from([(), ("shop",)]),
    supplier_share=st.integers(0, 1_000_000).map(Percentage),
    return_basis=st.sampled_from(ReturnBasis),
    schedule=st.sampled_from(
        [Schedule(), Schedule(Period(Timestamp(5)), (1, 7), (Hours(1320, 120),))]
    ),
    trigger=st.sampled_from([Trigger(), Trigger(TriggerKind.MANUAL, ("manager",))]),
)


@given(st.lists(PROMOTIONS, max_size=3))
def test_what_is_written_is_read_back_whole(made: Sequence[Promotion]) -> None:
    made = [replace(x, promotion_id=f"p{at}") for at, x in enumerate(made)]
    text = write_promotions([_version(x) for x in made])
    found, problems = read_promotions(text, TERMS)
    assert problems == []
    assert [x.promotion for x in found] == made


def _version(promotion: Promotion) -> PromotionVersion:
    return PromotionVersion(
        promotion.promotion_id, 1, "", promotion.name, promotion_to_text(promotion),
        promotion, Timestamp(0), "",
    )  # fmt: skip


# ------------------------------------------------------------------- the command


@pytest.fixture
def shop(tmp_path: Path) -> ShopFolder:
    return fresh_shop(tmp_path)


def ask(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any]:
    code = main([*map(str, words), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_file_becomes_drafts_that_the_journal_knows(
    shop: ShopFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    half: dict[str, Any] = {
        "name": "第二件半价",
        "deal": {
            "kind": "nth",
            "goods": {"barcodes": [TEA]},
            "every": 2,
            "cheapest": 1,
            "off": {"percentage": "50%"},
        },
    }
    auction = {"name": "拍卖", "deal": {"kind": "auction", "bids": 3}}
    wrong = {"name": "空", "deal": {"kind": "unit", "goods": {}, "off": {"price": "1"}}}
    file = tmp_path / "promotions.json"
    file.write_text(json.dumps([half, auction, wrong]), "utf-8")
    words = ("import", "promotions", file, "--shop", shop.root)
    code, said = ask(capsys, *words, "--dry-run")
    assert code == 1
    assert [x["result"] for x in said["promotions"]] == ["added", "unknown"]
    assert [x["key"] for x in said["problems"]] == ["promotion_no_goods"]
    with opened(shop, number=MANAGER) as till:
        assert till.counter.promotions.list() == ()
    ask(capsys, *words)
    with opened(shop, number=MANAGER) as till:
        listed = till.counter.promotions.list()
        assert [(x.name, x.state) for x in listed] == [
            ("第二件半价", PromotionState.DRAFT),
            ("拍卖", PromotionState.UNKNOWN),
        ]
        assert listed[0].promotion is not None
        unit = unit_of(till.counter, TEA)
        assert listed[0].promotion.deal.goods.include.unit_ids == (unit.unit_id,)
        assert journal_kinds(till).count("PromotionChanged") == 2
        assert query(till, "SELECT count(*) FROM promotion_use") == [(0,)]
    _code, said = ask(capsys, *words)
    assert [x["result"] for x in said["promotions"]] == ["unchanged", "unchanged"]


def test_an_export_comes_back_unchanged_and_a_change_is_a_new_draft(
    shop: ShopFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(shop, number=MANAGER) as till, till.editor() as editor:
        version = _version(whole())
        editor.put_promotion_version(version)
        strange = replace(version, promotion_id="p9", name="?", promotion=None)
        text = json.dumps({"name": "?", "deal": {"kind": "auction"}})
        editor.put_promotion_version(replace(strange, kind="auction", text=text))
    file = tmp_path / "out.json"
    _code, said = ask(capsys, "export", "promotions", file, "--shop", shop.root)
    assert said["promotions"] == 2
    words = ("import", "promotions", file, "--shop", shop.root)
    code, said = ask(capsys, *words)
    assert code == 0
    assert [x["result"] for x in said["promotions"]] == ["unchanged", "unchanged"]
    rows = json.loads(file.read_text("utf-8"))
    rows[0]["name"] = "更好"
    file.write_text(json.dumps(rows), "utf-8")
    _code, said = ask(capsys, *words)
    first = said["promotions"][0]
    assert (first["result"], first["version"]) == ("changed", 1)
