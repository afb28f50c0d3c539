"""How a language names goods, amounts and what comes off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, tzinfo
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from pos_app.documents.amounts import slip_price
from pos_app.documents.promotion_phrases import Phrases
from pos_app.documents.promotion_phrases_en import EN
from pos_app.documents.promotion_phrases_zh_cn import ZH_CN
from pos_app.documents.promotion_phrases_zh_tw import ZH_TW
from pos_app.documents.promotion_pieces import Piece, Pieces, fill_clause
from pos_app.domain.promotion.deal import Off
from pos_app.domain.promotion.selector import GoodsSet, Selector

_LANGUAGES = {"zh-CN": ZH_CN, "zh-TW": ZH_TW, "en": EN}
#: A sentence names so many goods, and says how many there are in all.
_NAMED = 2


class GoodsKind(StrEnum):
    """What an id in a promotion belongs to."""

    UNIT = "unit"
    ITEM = "item"
    CATEGORY = "category"
    TIER = "tier"  # of members
    STORE = "store"  # this one alone has a name here


#: Names by kind and id, in the language of the speech; "" for what is gone.
NameOf: TypeAlias = Callable[[GoodsKind, str], str]


def phrases_of(language: str) -> Phrases:
    """Return the phrases of a language tag; English for one that is not known."""
    return _LANGUAGES.get(language, EN)


@dataclass(frozen=True, slots=True)
class Speech:
    """Somebody who tells promotions.

    Attributes:
        language: tag. currency: ISO 4217 code of the shop.
        name_of: names goods. zone: of the shop, for days and hours.
        named: so many goods are named, the others counted.
    """

    language: str
    currency: str
    name_of: NameOf
    zone: tzinfo = UTC
    named: int = _NAMED

    @property
    def phrases(self) -> Phrases:
        """The language's clauses."""
        return phrases_of(self.language)

    def clause(self, key: str, **blanks: Pieces) -> Pieces:
        """Fill a clause of the language."""
        return fill_clause(self.phrases.clauses[key], **blanks)

    def plain(self, key: str, **words: str) -> str:
        """Write a clause without blanks."""
        return self.phrases.clauses[key].format(**words)

    def money(self, minor: int) -> str:
        """Write an amount without empty decimals: "¥100", "¥19.90"."""
        text = slip_price(minor, self.currency)
        head, point, decimals = text.partition(".")
        return head if point and not decimals.strip("0") else text

    def count(self, number: Decimal | int) -> str:
        """Write a number of pieces."""
        return self.phrases.count(Decimal(number))

    def off(self, off: Off) -> str:
        """Write what comes off, or what is paid instead."""
        if off.percentage is not None:
            return self.phrases.percentage(off.percentage)
        minor = off.amount_minor if off.amount_minor is not None else off.price_minor
        return self.money(minor or 0)

    def goods(self, selector: Selector) -> str:
        """Name the goods of a selector."""
        if selector.include.is_empty:
            return self.plain("goods.none")
        named = self._set(selector.include)
        if selector.exclude.is_empty:
            return named
        return self.plain(
            "goods.except", goods=named, others=self._set(selector.exclude)
        )

    def _set(self, goods: GoodsSet) -> str:
        if goods.everything:
            return self.plain("goods.all")
        names = self.names(goods)
        words = self.plain("goods.join").join(names[: self.named])
        if len(names) <= self.named:
            return words
        more = str(len(names) - self.named)
        count = str(len(names))
        return self.plain("goods.more", goods=words, count=count, more=more)

    def names(self, goods: GoodsSet) -> tuple[str, ...]:
        """Name all that a set lists: categories, brands, tags, items, units."""
        found = [self._name(GoodsKind.CATEGORY, x) for x in goods.category_ids]
        found += [*goods.brands, *goods.tags]
        found += [self._name(GoodsKind.ITEM, x) for x in goods.item_ids]
        found += [self._name(GoodsKind.UNIT, x) for x in goods.unit_ids]
        return tuple(found)

    def _name(self, kind: GoodsKind, goods_id: str) -> str:
        return self.name_of(kind, goods_id) or self.plain("goods.gone")


def off_kind(off: Off) -> str:
    """Return how an `Off` lowers: the end of a clause's key."""
    if off.percentage is not None:
        return "percentage"
    return "amount" if off.amount_minor is not None else "price"


def blank(words: str, name: str) -> Pieces:
    """Return one blank."""
    return (Piece(words, name),)
