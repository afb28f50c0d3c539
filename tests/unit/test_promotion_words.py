"""Every promotion is one correct sentence in each language of the till."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from string import Formatter
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from pos_app.documents.promotion_pieces import text_of
from pos_app.documents.promotion_speech import GoodsKind, Speech, phrases_of
from pos_app.documents.promotion_words import (
    deal_sentence,
    promotion_pieces,
    promotion_sentence,
    terms_sentence,
)
from pos_app.domain.promotion.deal import (
    Break,
    BundleDeal,
    Deal,
    GiftDeal,
    NForDeal,
    NthDeal,
    Off,
    Qualifies,
    Slot,
    SpendDeal,
    SpendTier,
    TierCount,
    TierDeal,
    UnitDeal,
)
from pos_app.domain.promotion.promotion import (
    Audience,
    AudienceKind,
    Hours,
    LimitPeriod,
    Limits,
    Promotion,
    Schedule,
    Trigger,
    TriggerKind,
)
from pos_app.domain.promotion.selector import ALL_GOODS, GoodsSet, Selector
from pos_app.i18n import LANGUAGES
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period, Timestamp

ZONE = ZoneInfo("Asia/Shanghai")
NAMES = {"bread": "Brot", "coffee": "Kaffee", "cup": "Tasse", "tea": "Tee"}
ALL = Selector(ALL_GOODS)


def goods(*keys: str) -> Selector:
    return Selector(GoodsSet(category_ids=keys))


def off(rate: str) -> Off:
    return Off(percentage=Percentage.parse(rate))


def amount(minor: int) -> Off:
    return Off(amount_minor=minor)


def price(minor: int) -> Off:
    return Off(price_minor=minor)


BREAD, COFFEE, CUP = goods("bread"), goods("coffee"), goods("cup")
PAIR = (Slot(COFFEE), Slot(BREAD))
#: A deal, and its sentence in zh-CN, zh-TW and en.
SAID: tuple[tuple[Deal, str, str, str], ...] = (
    (UnitDeal(BREAD, off("30")), "Brot 7 折", "Brot 7 折", "Brot: 30% off"),
    (
        UnitDeal(ALL, off("15")),
        "全部商品 8.5 折",
        "全部商品 85 折",
        "Everything: 15% off",
    ),
    (
        UnitDeal(BREAD, off("95")),
        "Brot 0.5 折",
        "Brot 0.5 折",
        "Brot: 95% off",
    ),
    (
        UnitDeal(BREAD, amount(500)),
        "Brot 每件减 ¥5",
        "Brot 每件折 ¥5",
        "Brot: ¥5 off each",
    ),
    (
        UnitDeal(BREAD, price(990)),
        "Brot 特价 ¥9.90",
        "Brot 特價 ¥9.90",
        "Brot at ¥9.90 each",
    ),
    (
        TierDeal(BREAD, (Break(Decimal(2), off("10")), Break(Decimal(3), off("20")))),
        "Brot 满 2 件 9 折，满 3 件 8 折",
        "Brot 滿 2 件 9 折，滿 3 件 8 折",
        "Brot: from 2 on 10% off, from 3 on 20% off",
    ),
    (
        TierDeal(BREAD, (Break(Decimal(3), price(800)),), TierCount.LINE),
        "Brot 同款满 3 件每件 ¥8",
        "Brot 同款滿 3 件每件 ¥8",
        "Brot, of one kind: from 3 on ¥8 each",
    ),
    (
        TierDeal(BREAD, (Break(Decimal("1.5"), amount(100)),)),
        "Brot 满 1.5 件每件减 ¥1",
        "Brot 滿 1.5 件每件折 ¥1",
        "Brot: from 1.5 on ¥1 off each",
    ),
    (
        NthDeal(BREAD, 2, 1, off("50")),
        "Brot 第二件半价",
        "Brot 第二件半價",
        "Brot: every second one half price",
    ),
    (
        NthDeal(BREAD, 2, 1, off("30")),
        "Brot 第二件 7 折",
        "Brot 第二件 7 折",
        "Brot: every second one 30% off",
    ),
    (
        NthDeal(BREAD, 2, 1, off("100")),
        "Brot 买一送一",
        "Brot 買一送一",
        "Brot: buy one, get one free",
    ),
    (
        NthDeal(BREAD, 2, 1, amount(300)),
        "Brot 第二件减 ¥3",
        "Brot 第二件折 ¥3",
        "Brot: every second one ¥3 off",
    ),
    (
        NthDeal(BREAD, 2, 1, price(100)),
        "Brot 第二件 ¥1",
        "Brot 第二件 ¥1",
        "Brot: every second one at ¥1",
    ),
    (
        NthDeal(BREAD, 3, 1, off("100")),
        "Brot 买三免一",
        "Brot 每買三件免費一件",
        "Brot: one of every three free",
    ),
    (
        NthDeal(BREAD, 3, 1, off("50")),
        "Brot 每 3 件，最便宜的 1 件 半价",
        "Brot 每 3 件，最低價的 1 件 半價",
        "Brot: the cheapest of every 3 half price",
    ),
    (
        NthDeal(BREAD, 5, 2, amount(100)),
        "Brot 每 5 件，最便宜的 2 件各减 ¥1",
        "Brot 每 5 件，最低價的 2 件各折 ¥1",
        "Brot: the 2 cheapest of every 5 ¥1 off each",
    ),
    (
        NthDeal(BREAD, 5, 2, price(100)),
        "Brot 每 5 件，最便宜的 2 件只要 ¥1",
        "Brot 每 5 件，最低價的 2 件只要 ¥1",
        "Brot: the 2 cheapest of every 5 at ¥1 each",
    ),
    (
        NForDeal(BREAD, 3, 1000),
        "Brot 任选 3 件 ¥10",
        "Brot 任選 3 件 ¥10",
        "Any 3 of Brot for ¥10",
    ),
    (
        NForDeal(BREAD, 3, 0),
        "Brot 任选 3 件 免费",
        "Brot 任選 3 件 免費",
        "Any 3 of Brot for nothing",
    ),
    (
        BundleDeal(PAIR, price(1990)),
        "Kaffee + Brot 一共 ¥19.90",
        "Kaffee + Brot 組合價 ¥19.90",
        "Kaffee + Brot together for ¥19.90",
    ),
    (
        BundleDeal((Slot(COFFEE, 2), Slot(BREAD)), off("20")),
        "Kaffee 2 件 + Brot 一起买 8 折",
        "Kaffee 2 件 + Brot 合購 8 折",
        "2 × Kaffee + Brot together 20% off",
    ),
    (
        BundleDeal(PAIR, amount(300)),
        "Kaffee + Brot 一起买减 ¥3",
        "Kaffee + Brot 合購折 ¥3",
        "Kaffee + Brot together ¥3 off",
    ),
    (
        BundleDeal((Slot(COFFEE), Slot(BREAD, 1, off("50")))),
        "买 Kaffee，Brot 半价",
        "買 Kaffee，Brot 半價",
        "Buy Kaffee, get Brot half price",
    ),
    (
        BundleDeal((Slot(COFFEE, 1, amount(100)), Slot(BREAD, 1, price(200)))),
        "Kaffee 每件减 ¥1 + Brot 每件 ¥2",
        "Kaffee 每件折 ¥1 + Brot 每件 ¥2",
        "Kaffee ¥1 off each + Brot at ¥2 each",
    ),
    (
        GiftDeal(COFFEE, CUP, count=2),
        "买 Kaffee 2 件，送 Tasse 1 件",
        "買 Kaffee 2 件，送 Tasse 1 件",
        "Buy 2 × Kaffee, get 1 × Tasse free",
    ),
    (
        GiftDeal(COFFEE, CUP, price_minor=990),
        "买 Kaffee 1 件，加 ¥9.90 换购 Tasse 1 件",
        "買 Kaffee 1 件，加價 ¥9.90 換購 Tasse 1 件",
        "Buy 1 × Kaffee, get 1 × Tasse for ¥9.90 each",
    ),
    (
        GiftDeal(ALL, CUP, 0, 10000),
        "全部商品 满 ¥100，送 Tasse 1 件",
        "全部商品 滿 ¥100，送 Tasse 1 件",
        "Spend ¥100 on everything, get 1 × Tasse free",
    ),
    (
        GiftDeal(ALL, CUP, 0, 10000, 2, 990),
        "全部商品 满 ¥100，加 ¥9.90 换购 Tasse 2 件",
        "全部商品 滿 ¥100，加價 ¥9.90 換購 Tasse 2 件",
        "Spend ¥100 on everything, get 2 × Tasse for ¥9.90 each",
    ),
    (
        SpendDeal((SpendTier(10000, amount(2000)), SpendTier(20000, off("20")))),
        "满 ¥100 减 ¥20，满 ¥200 打 8 折",
        "滿 ¥100 折 ¥20，滿 ¥200 打 8 折",
        "Spend ¥100, ¥20 off, spend ¥200, 20% off",
    ),
    (
        SpendDeal(
            (SpendTier(5000, amount(500)),), BREAD, repeats=True, most_minor=5000
        ),
        "Brot 每满 ¥50 减 ¥5，最多减 ¥50",
        "Brot 每滿 ¥50 折 ¥5，最多折 ¥50",
        "Brot: for every ¥50 spent ¥5 off, ¥50 off at most",
    ),
    (
        SpendDeal((SpendTier(5000, off("12.5")),), qualifies=Qualifies.NET),
        "满 ¥50 打 8.75 折（按折后金额算）",
        "滿 ¥50 打 8.75 折（以折扣後金額計算）",
        "Spend ¥50, 12.5% off (counted after other deals)",
    ),
)


def speech(language: str, currency: str = "CNY") -> Speech:
    return Speech(language, currency, lambda _kind, key: NAMES.get(key, ""), ZONE)


@pytest.mark.parametrize("case", SAID, ids=[said[3] for said in SAID])
def test_a_deal_is_a_sentence_in_three_languages(case: tuple[Deal, str, str, str]):
    deal, *expected = case
    assert [deal_sentence(deal, speech(tag)) for tag in LANGUAGES] == expected


def test_no_kind_of_deal_is_left_out():
    assert {type(case[0]) for case in SAID} == set(get_args(Deal))


def test_all_languages_know_the_same_clauses_with_the_same_blanks():
    def blanks(language: str) -> dict[str, set[str]]:
        clauses = phrases_of(language).clauses
        return {
            key: {name for _w, name, _s, _c in Formatter().parse(text) if name}
            for key, text in clauses.items()
        }

    chinese, taiwan, english = (blanks(tag) for tag in LANGUAGES)
    assert chinese == taiwan
    for key in chinese:
        assert english[key] - {"count", "more"} == chinese[key] - {"count"}, key


def promotion(**terms: object) -> Promotion:
    base = Promotion("p", 1, "x", UnitDeal(BREAD, off("30")))
    return replace(base, **terms)  # type: ignore[arg-type]


def at(day: int, hour: int = 0) -> Timestamp:
    return Timestamp.of(datetime(2026, 11, day, hour, tzinfo=ZONE))


TERMS: tuple[tuple[dict[str, object], str, str, str], ...] = (
    (
        {"schedule": Schedule(hours=(Hours(19 * 60, 24 * 60),))},
        "19:00 后 Brot 7 折",
        "19:00 後 Brot 7 折",
        "Brot: 30% off, after 19:00",
    ),
    (
        {"schedule": Schedule(weekdays=(6, 7), hours=(Hours(0, 600),))},
        "周六、周日 10:00 前 Brot 7 折",
        "週六、週日 10:00 前 Brot 7 折",
        "Brot: 30% off, Sat, Sun before 10:00",
    ),
    (
        {"schedule": Schedule(weekdays=(1, 2, 3, 5), hours=(Hours(1320, 120),))},
        "周一至周三、周五 22:00 至次日 02:00 Brot 7 折",
        "週一至週三、週五 22:00 至隔日 02:00 Brot 7 折",
        "Brot: 30% off, Mon to Wed, Fri 22:00 until 02:00 the next day",
    ),
    (
        {"schedule": Schedule(hours=(Hours(660, 840), Hours(1020, 1140)))},
        "11:00–14:00、17:00–19:00 Brot 7 折",
        "11:00–14:00、17:00–19:00 Brot 7 折",
        "Brot: 30% off, 11:00–14:00, 17:00–19:00",
    ),
    (
        {"schedule": Schedule(Period(at(21), at(30, 18)))},
        "11 月 21 日 至 11 月 30 日 18:00 Brot 7 折",
        "11/21 至 11/30 18:00 Brot 7 折",
        "Brot: 30% off, from 21 Nov until 30 Nov 18:00",
    ),
    (
        {"audience": Audience(AudienceKind.TIER, ("金卡", "银卡"))},
        "金卡、银卡 会员 Brot 7 折",
        "金卡、银卡 會員 Brot 7 折",
        "Brot: 30% off, for 金卡, 银卡 members",
    ),
    (
        {
            "limits": Limits(2, 1, LimitPeriod.DAY, 50, LimitPeriod.WEEK, 900),
            "trigger": Trigger(TriggerKind.COUPON),
            "exclusive": True,
        },
        (
            "Brot 7 折，凭券，每单限 2 次，每位会员每天限 1 次，每周限 50 次，"
            "总共限 900 次，不与其他优惠同享"
        ),
        (
            "Brot 7 折，憑優惠券，每筆限 2 次，每位會員每日限 1 次，每週限 50 次，"
            "總共限 900 次，不與其他優惠併用"
        ),
        (
            "Brot: 30% off, with a coupon, at most 2 × per basket, at most 1 × per "
            "member and day, at most 50 × a week, at most 900 × in all, not with any "
            "other deal"
        ),
    ),
)


@pytest.mark.parametrize("case", TERMS, ids=[case[3][:60] for case in TERMS])
def test_when_for_whom_and_how_often_stand_in_the_sentence(case):
    terms, *expected = case
    made = promotion(**terms)
    assert [promotion_sentence(made, speech(tag)) for tag in LANGUAGES] == expected
    for tag in LANGUAGES:
        for part in terms_sentence(made, speech(tag)).split(" · "):
            assert part in promotion_sentence(made, speech(tag))


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("kind", AudienceKind)
def test_every_audience_trigger_and_period_has_words(tag: str, kind: AudienceKind):
    audience = Audience(kind, ("VIP",))
    said = promotion_sentence(promotion(audience=audience), speech(tag))
    is_named = kind in {AudienceKind.TIER, AudienceKind.TAG}
    assert ("VIP" in said) is is_named
    for period in LimitPeriod:
        limits = Limits(per_member=7, member_period=period, in_period=8, period=period)
        for trigger in TriggerKind:
            made = promotion(limits=limits, trigger=Trigger(trigger))
            told = promotion_sentence(made, speech(tag))
            assert "7" in told
            assert "8" in told
            assert "{" not in told


def test_the_whole_sentence_has_a_blank_for_each_thing_that_can_be_changed():
    pieces = promotion_pieces(promotion(), speech("zh-CN"), is_whole=True)
    assert [x.blank for x in pieces if x.blank] == [
        "when",
        "audience",
        "goods",
        "off",
        "limits",
    ]
    assert text_of(pieces) == "任何时候 所有顾客 Brot 7 折，不限次数"
    spend = replace(promotion(), deal=SpendDeal((SpendTier(10000, amount(2000)),)))
    blanks = [x.blank for x in promotion_pieces(spend, speech("en"), is_whole=True)]
    assert [x for x in blanks if x][:3] == ["goods", "threshold:0", "off:0"]


def test_goods_that_are_many_excluded_or_gone_are_said_so():
    many = Selector(GoodsSet(category_ids=("bread", "tea"), brands=("B", "C")))
    but = Selector(GoodsSet(category_ids=("bread",)), GoodsSet(item_ids=("tea",)))
    gone, none = Selector(GoodsSet(item_ids=("?",))), Selector(GoodsSet())
    cases = ((many, "Brot、Tee等 4 种"), (but, "Brot（Tee除外）"))
    cases += ((gone, "已下架的商品"), (none, "选择商品"))
    told = speech("zh-CN")
    assert [told.goods(one) for one, _words in cases] == [said for _one, said in cases]


def test_names_are_asked_by_what_they_belong_to():
    asked: list[tuple[GoodsKind, str]] = []

    def name_of(kind: GoodsKind, key: str) -> str:
        asked.append((kind, key))
        return key

    every = GoodsSet(unit_ids=("u",), item_ids=("i",), category_ids=("c",))
    Speech("en", "CNY", name_of).goods(Selector(every))
    assert asked == [
        (GoodsKind.CATEGORY, "c"),
        (GoodsKind.ITEM, "i"),
        (GoodsKind.UNIT, "u"),
    ]


def test_a_currency_without_decimals_has_none():
    deal = NForDeal(BREAD, 3, 100)
    assert deal_sentence(deal, speech("zh-TW", "TWD")) == "Brot 任選 3 件 NT$100"
