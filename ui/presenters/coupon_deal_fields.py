"""The fields of a coupon's form that say what it does."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.domain.promotion.promotion import Promotion
from pos_app.i18n import N_, _, current_language
from pos_app.services.coupon_drafts import CouponKind
from ui.presenters.coupon_form import CouponForm
from ui.presenters.office_form_state import FieldKind, FieldView, Option
from ui.presenters.promotion_off import off_hint

#: What a coupon does.
KINDS = {
    CouponKind.AMOUNT: N_("Amount off"),
    CouponKind.PERCENT: N_("Percent off"),
    CouponKind.FREE_ITEM: N_("Goods for nothing"),
    CouponKind.ONE_MORE: N_("One more for less"),
    CouponKind.SET_PRICE: N_("Several for a price"),
    CouponKind.PROMOTION: N_("What a promotion says"),
}
#: Kinds of which the shop says what one costs it.
_COSTING = {
    CouponKind.FREE_ITEM.value,
    CouponKind.ONE_MORE.value,
    CouponKind.SET_PRICE.value,
}


def deal_fields(draft: CouponForm) -> Sequence[FieldView]:
    """Return the fields of a simple coupon, but for its goods."""
    cost = (_cost(draft),) if draft.kind in _COSTING else ()
    return (*_own_fields(draft), *cost)


def _own_fields(draft: CouponForm) -> Sequence[FieldView]:
    least = text_field("threshold", _("From so much on"), draft.threshold, 12)
    hint = off_hint("percentage", current_language(), "")
    if draft.kind == CouponKind.AMOUNT.value:
        return (text_field("amount", _("Amount off"), draft.amount, 12), least)
    if draft.kind == CouponKind.PERCENT.value:
        most = text_field("most", _("Never more off than"), draft.most, 12)
        return (text_field("percent", hint, draft.percent, 6), least, most)
    if draft.kind == CouponKind.SET_PRICE.value:
        label = _("Price of them together")
        price = text_field("amount", label, draft.amount, 12)
        return (_pieces(draft, _("So many pieces together")), price)
    if draft.kind == CouponKind.ONE_MORE.value:
        label = _("{hint}; empty: one more for nothing", hint=hint)
        rate = text_field("percent", label, draft.percent, 6)
        return (_pieces(draft, _("So many pieces are bought")), rate)
    return (_pieces(draft, _("So many pieces, empty for one")),)


def promotion_fields(
    draft: CouponForm, promotions: Sequence[Promotion]
) -> Sequence[FieldView]:
    """Return the promotions to choose from, and how there come to be some."""
    tag = current_language()
    options = tuple(Option(x.promotion_id, x.name_in(tag)) for x in promotions)
    words = _("Under Promotions, say what makes it apply: a coupon. Start it there.")
    note = FieldView(FieldKind.NOTE, "promotions", detail=words)
    if not options:
        return (note,)
    label, chosen = _("Which promotion"), draft.promotion
    pick = FieldView(FieldKind.PICK, "promotion", label, chosen, options=options)
    return (pick, note, _cost(draft))


def _pieces(draft: CouponForm, label: str) -> FieldView:
    return text_field("pieces", label, draft.pieces, 3)


def _cost(draft: CouponForm) -> FieldView:
    return text_field("cost", _("What one costs the shop"), draft.cost, 12)


def text_field(key: str, label: str, value: str, limit: int) -> FieldView:
    """Return a field to type into."""
    return FieldView(FieldKind.TEXT, key, label, value, limit=limit)
