"""What a change of the shop's goods, rules and people is called in the black box."""

from __future__ import annotations

from collections.abc import Mapping

from pos_app.domain.journal import EntryKind
from pos_app.i18n import N_, _

#: What became true, by kind.
SHOP_CHANGES: Mapping[EntryKind, str] = {
    EntryKind.ITEM_CHANGED: N_("Item changed: {item}"),
    EntryKind.PRICE_CHANGED: N_("Shelf price changed: {item}"),
    EntryKind.PROMOTION_CHANGED: N_("Promotion changed: {promotion}"),
    EntryKind.CATEGORY_CHANGED: N_("Categories changed"),
    EntryKind.QUICK_KEYS_CHANGED: N_("Quick keys changed"),
    EntryKind.BULK_CHANGED: N_("Many items changed at once"),
    EntryKind.LABELS_PRINTED: N_("Labels printed"),
    EntryKind.TAX_CHANGED: N_("Taxes changed"),
    EntryKind.TENDER_CHANGED: N_("Tenders changed"),
    EntryKind.REASON_CHANGED: N_("Reasons changed"),
    EntryKind.ROLE_CHANGED: N_("A role changed"),
    EntryKind.STAFF_CHANGED: N_("Somebody's data changed"),
    EntryKind.BADGE_PRINTED: N_("A new badge printed"),
    EntryKind.TEMPLATE_CHANGED: N_("Slip template changed"),
    EntryKind.STOCK_RECEIVED: N_("Goods received {number}"),
    EntryKind.EXPIRED_GOODS: N_("Expired goods at the sale, use by {use_by}: {item}"),
    EntryKind.WEIGHT_TYPED: N_(
        "Weight typed by hand beside a working scale: {item} × {quantity}"
    ),
    EntryKind.STOCK_WASTED: N_("Goods written off {number}: {reason}"),
    EntryKind.STOCK_ADJUSTED: N_("Stock adjusted {number}: {reason}"),
    EntryKind.TRAINING_ENTERED: N_("Training begun"),
    EntryKind.TRAINING_LEFT: N_("Training ended"),
    EntryKind.SECOND_PLACE_CHANGED: N_("Second place of the data changed"),
    EntryKind.SECOND_PLACE_COPIED: N_("Full copy made at the second place"),
    EntryKind.DIAGNOSTICS_EXPORTED: N_("Diagnostics exported"),
}
#: What a change is about, by the key of its `before` and `after`; a key that is
#: not here stands in the journal's export only.
_FIELDS: Mapping[str, str] = {
    "number": N_("Number"),
    "role": N_("Role"),
    "is_active": N_("On the staff"),
    "permissions": N_("Permissions"),
    "is_supervisor": N_("Supervisor"),
    "discount_cap": N_("Largest discount"),
    "kind": N_("Kind"),
    "position": N_("Place in the list"),
    "price": N_("Price"),
    "from": N_("From"),
    "until": N_("Until"),
}


def shop_changes(body: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Return what was before and is since, in words: ("Role", "cashier → manager").

    Args:
        body: of an entry of one of `SHOP_CHANGES`.
    """
    before, after = body.get("before"), body.get("after")
    was = before if isinstance(before, dict) else {}
    now = after if isinstance(after, dict) else {}
    return tuple(
        (_(_FIELDS[key]), f"{_value(was.get(key))} → {_value(now.get(key))}")
        for key in sorted({**was, **now})
        if key in _FIELDS and was.get(key) != now.get(key)
    )


def _value(value: object) -> str:
    if isinstance(value, bool):
        return _("On") if value else _("Off")
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value) or "–"
    return str(value) if value not in (None, "") else "–"
