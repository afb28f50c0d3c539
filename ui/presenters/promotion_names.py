"""Tells promotions in the cashier's language, with the catalogue's names."""

from __future__ import annotations

from dataclasses import replace

from pos_app.documents.promotion_speech import GoodsKind, Speech
from pos_app.documents.promotion_words import deal_sentence
from pos_app.domain.permission import Permission
from pos_app.domain.promotion.promotion import Promotion
from pos_app.i18n import LANGUAGES, current_language
from pos_app.ports.catalog import Catalog
from ui.presenters.unit_name import unit_name
from ui.presenters.workplace import Workplace

#: Longer names fit on no slip.
_NAME_LIMIT = 60


class GoodsNames:
    """Names goods by id, and remembers them for as long as one page is painted."""

    def __init__(self, catalog: Catalog, work: Workplace, language: str = "") -> None:
        self._catalog, self._work = catalog, work
        self._language = language or current_language()
        self._known: dict[tuple[GoodsKind, str], str] = {}

    def __call__(self, kind: GoodsKind, goods_id: str) -> str:
        """Return the name of goods; "" for what is gone."""
        key = (kind, goods_id)
        if key not in self._known:
            self._known[key] = self._look(kind, goods_id)
        return self._known[key]

    def _look(self, kind: GoodsKind, goods_id: str) -> str:
        language, desk = self._language, self._work.counter.desk
        if kind in {GoodsKind.TIER, GoodsKind.STORE}:
            return self._of_shop(kind, goods_id)
        if kind is GoodsKind.CATEGORY:
            found = (x for x in self._catalog.categories() if x.category_id == goods_id)
            return next((x.name_in(language) for x in found), "")
        if kind is GoodsKind.UNIT:
            unit = self._catalog.unit(goods_id, desk.clock.now())
            return unit_name(unit, language) if unit else ""
        item = self._catalog.listing.item(goods_id)
        if item is None:
            return ""
        name = dict(item.names).get(language, item.name)
        return f"{name} {item.variant}".strip()

    def _of_shop(self, kind: GoodsKind, key: str) -> str:
        """Name a tier of members, or this shop; others have no name here."""
        desk, language = self._work.counter.desk, self._language
        if kind is GoodsKind.STORE:
            return desk.shop.name_in(language) if key == desk.shop.shop_id else ""
        tiers = desk.ledger.points.programme().tiers
        return next((x.name_in(language) for x in tiers if x.key == key), "")


def speech_for(work: Workplace, language: str = "") -> Speech:
    """Return who tells promotions; on the screen's thread.

    Args:
        work: the till's services.
        language: tag; "" for the one in use.
    """
    tag = language or current_language()
    names = GoodsNames(work.counter.desk.catalog, work, tag)
    return Speech(tag, work.currency, names, work.zone)


def role_names(work: Workplace) -> tuple[tuple[str, str], ...]:
    """Return (key, name) of the shop's roles, those of few rights last."""
    roles = work.counter.desk.catalog.roles()
    return tuple((role.key, role.name_in(current_language())) for role in roles)


def coupon_of(work: Workplace, promotion_id: str) -> tuple[str, str]:
    """Return (id, name) of the coupon that unlocks a promotion; "" for none."""
    for each in work.counter.desk.ledger.coupons.templates():
        if each.promotion_id == promotion_id:
            return each.template_id, each.name
    return "", ""


def may_see_coupons(work: Workplace) -> bool:
    """Tell whether whoever works here may open the coupons of the back office."""
    staff = work.counter.desk.session.staff
    return staff is not None and staff.may(Permission.LOYALTY)


def named(promotion: Promotion, work: Workplace) -> Promotion:
    """Return a promotion; one without a name is called by its sentence."""
    if promotion.name:
        return promotion
    said = _said(promotion, work)
    names = {**said, **dict(promotion.names)}
    name = names.get(work.counter.desk.shop.language, said["en"])
    return replace(promotion, name=name, names=tuple(names.items()))


def without_own_words(promotion: Promotion, work: Workplace) -> Promotion:
    """Forget names that only repeat the sentence: another deal is called anew."""
    said = _said(promotion, work)
    if promotion.name not in said.values():
        return promotion
    names = tuple(x for x in promotion.names if x[1] != said.get(x[0]))
    return replace(promotion, name="", names=names)


def _said(promotion: Promotion, work: Workplace) -> dict[str, str]:
    """Return the sentence of a deal by the tag of its language."""
    return {
        tag: deal_sentence(promotion.deal, speech_for(work, tag))[:_NAME_LIMIT]
        for tag in LANGUAGES
    }
