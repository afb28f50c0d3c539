"""Where a promotion holds, which tier is meant, and amounts that need no threshold."""

from __future__ import annotations

import pytest

from pos_app.documents.promotion_speech import GoodsKind, Speech
from pos_app.documents.promotion_terms import audience_words, where_words
from pos_app.documents.promotion_words import deal_sentence, promotion_sentence
from pos_app.domain.promotion.deal import (
    Off,
    SpendDeal,
    SpendTier,
    flat_threshold,
    is_flat,
)
from pos_app.domain.promotion.promotion import Audience, AudienceKind, Promotion
from pos_app.values.percentage import Percentage

NAMES = {(GoodsKind.STORE, "own"): "湖滨店", (GoodsKind.TIER, "black"): "黑卡"}
TEN = Off(amount_minor=1000)


def speech(language: str) -> Speech:
    return Speech(language, "CNY", lambda kind, key: NAMES.get((kind, key), ""))


@pytest.mark.parametrize(
    ("language", "stores", "channels", "words"),
    [
        ("zh-CN", (), (), ""),
        ("zh-CN", ("own",), (), "仅限湖滨店"),
        ("zh-CN", ("own", "a", "b"), ("online",), "仅限线上、湖滨店、另 2 家门店"),
        ("zh-TW", ("a",), (), "僅限另 1 家門市"),
        ("en", ("a",), (), "only in one other shop"),
        ("en", ("own", "a", "b"), ("shop",), "only in the shop, 湖滨店, 2 other shops"),
        ("en", (), ("kiosk",), "only in kiosk"),
    ],
)
def test_where_it_holds_is_said_by_names_or_by_number(
    language: str, stores: tuple[str, ...], channels: tuple[str, ...], words: str
) -> None:
    assert where_words(speech(language), stores, channels) == words
    deal = SpendDeal((SpendTier(10_000, TEN),))
    one = Promotion("p", 1, "x", deal, stores=stores, channels=channels)
    assert promotion_sentence(one, speech(language)).endswith(words)


def test_a_tier_is_called_by_its_name_and_one_that_is_gone_by_its_key() -> None:
    audience = Audience(AudienceKind.TIER, ("black", "old"))
    assert audience_words(speech("zh-CN"), audience) == "黑卡、old 会员"
    nobody = Audience(AudienceKind.TIER)
    assert audience_words(speech("zh-CN"), nobody) == "选择会员"
    assert audience_words(speech("en"), nobody) == "for members to be chosen"


@pytest.mark.parametrize(
    ("off", "words"),
    [(TEN, "立减 ¥10"), (Off(percentage=Percentage(120_000)), "整单打 8.8 折")],
)
def test_a_step_that_nothing_has_to_be_reached_for_names_no_amount(
    off: Off, words: str
) -> None:
    flat = SpendTier(flat_threshold(off), off)
    assert is_flat(flat)
    assert deal_sentence(SpendDeal((flat,)), speech("zh-CN")) == words
    above = SpendTier(flat.threshold_minor + 1, off)
    assert words not in deal_sentence(SpendDeal((above,)), speech("zh-CN"))
    every = SpendDeal((SpendTier(1001, TEN),), repeats=True)
    assert deal_sentence(every, speech("zh-CN")) == "每满 ¥10.01 减 ¥10"
