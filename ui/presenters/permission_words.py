"""What each permission lets a person do, in a shop owner's words, in groups."""

from __future__ import annotations

from collections.abc import Mapping

from pos_app.domain.permission import Permission
from pos_app.i18n import N_, _

#: Groups in the order of a day, each with its permissions.
PERMISSION_GROUPS: tuple[tuple[str, tuple[Permission, ...]], ...] = (
    (
        N_("Selling"),
        (
            Permission.SELL,
            Permission.PARK,
            Permission.LINE_VOID,
            Permission.SALE_VOID,
            Permission.REPRINT,
        ),
    ),
    (
        N_("Prices and discounts"),
        (
            Permission.DISCOUNT,
            Permission.PRICE_OVERRIDE,
            Permission.ROUND_OFF,
            Permission.PROMOTION_DECLINE,
        ),
    ),
    (
        N_("Returns and corrections"),
        (
            Permission.RETURN,
            Permission.RETURN_LATE,
            Permission.RETURN_NO_RECEIPT,
            Permission.REFUND_OTHER_TENDER,
            Permission.SALE_REVERSE,
            Permission.TENDER_CORRECT,
        ),
    ),
    (
        N_("Cash and drawer"),
        (
            Permission.DRAWER_OPEN,
            Permission.PAID_IN,
            Permission.PAID_OUT,
            Permission.SAFE_DROP,
        ),
    ),
    (
        N_("Shifts and figures"),
        (
            Permission.SHIFT_OPEN,
            Permission.SHIFT_CLOSE,
            Permission.SHIFT_CLOSE_OTHER,
            Permission.SHIFT_REVIEW,
            Permission.X_REPORT,
            Permission.REPORTS,
            Permission.BLACK_BOX,
        ),
    ),
    (
        N_("Goods"),
        (
            Permission.ITEMS,
            Permission.PRICES,
            Permission.PROMOTIONS,
            Permission.STOCK,
            Permission.STOCK_ADJUST,
            Permission.IMPORT,
        ),
    ),
    (
        N_("Members"),
        (
            Permission.MEMBERS,
            Permission.MEMBER_EDIT,
            Permission.MEMBER_REVEAL,
            Permission.LOYALTY,
            Permission.POINTS_ADJUST,
            Permission.STORED_VALUE,
            Permission.STORED_VALUE_REFUND,
        ),
    ),
    (
        N_("Running the shop"),
        (Permission.PEOPLE, Permission.SETTINGS, Permission.CLOCK_CONFIRM),
    ),
    (N_("Training"), (Permission.TRAINING, Permission.TRAINING_REVIEW)),
)
_WORDS: Mapping[Permission, str] = {
    Permission.SELL: N_("Sell and take money"),
    Permission.PARK: N_("Park a sale and take it up again"),
    Permission.LINE_VOID: N_("Delete a scanned line"),
    Permission.SALE_VOID: N_("Give up a whole open sale"),
    Permission.REPRINT: N_("Print a slip again"),
    Permission.DISCOUNT: N_("Give discounts, up to the limit below"),
    Permission.PRICE_OVERRIDE: N_("Type another price, as deep as a discount"),
    Permission.ROUND_OFF: N_("Round a total off, up to the limit below"),
    Permission.RETURN: N_("Take goods back, up to the limit below"),
    Permission.RETURN_LATE: N_("Take goods back after the days allowed"),
    Permission.RETURN_NO_RECEIPT: N_("Take goods back without a receipt"),
    Permission.REFUND_OTHER_TENDER: N_("Refund another way than it was paid"),
    Permission.SALE_REVERSE: N_("Reverse a finished sale"),
    Permission.TENDER_CORRECT: N_("Correct how a finished sale was paid"),
    Permission.DRAWER_OPEN: N_("Open the drawer without a sale"),
    Permission.PAID_IN: N_("Put cash into the drawer"),
    Permission.PAID_OUT: N_("Take cash out, up to the limit below"),
    Permission.SAFE_DROP: N_("Carry cash to the safe"),
    Permission.SHIFT_OPEN: N_("Open a shift"),
    Permission.SHIFT_CLOSE: N_("Count and close one's own shift"),
    Permission.SHIFT_CLOSE_OTHER: N_("Close somebody else's shift"),
    Permission.SHIFT_REVIEW: N_("Review differences of the drawer"),
    Permission.X_REPORT: N_("See the figures of the open shift"),
    Permission.REPORTS: N_("See the shop's reports"),
    Permission.BLACK_BOX: N_("Look into the journal and export it"),
    Permission.ITEMS: N_("Change items, categories and quick keys"),
    Permission.PRICES: N_("Change shelf prices, now and for later"),
    Permission.PROMOTIONS: N_("Write promotions, start and stop them"),
    Permission.PROMOTION_DECLINE: N_("Take a promotion away from a sale"),
    Permission.MEMBERS: N_("Enrol members and add them to a sale"),
    Permission.MEMBER_EDIT: N_("Change members, merge them and set their tags"),
    Permission.MEMBER_REVEAL: N_("See members in full, export and erase them"),
    Permission.LOYALTY: N_("Change the programme, coupons and campaigns"),
    Permission.POINTS_ADJUST: N_("Give or take points by hand, always with two people"),
    Permission.STORED_VALUE: N_("Top up stored value and sell gift cards"),
    Permission.STORED_VALUE_REFUND: N_("Pay stored value back"),
    Permission.STOCK: N_("See stock and receive goods"),
    Permission.STOCK_ADJUST: N_("Write goods off and put stock right"),
    Permission.IMPORT: N_("Import items from a file"),
    Permission.PEOPLE: N_("Change staff, roles, PINs and badges"),
    Permission.SETTINGS: N_("Change the till's and the shop's settings"),
    Permission.CLOCK_CONFIRM: N_("Say that the clock is right"),
    Permission.TRAINING: N_("Practise in training"),
    Permission.TRAINING_REVIEW: N_("See how far everybody is in training"),
}
_CAPS: Mapping[str, str] = {
    "discount_cap": N_("Largest discount"),
    "round_off_cap": N_("Largest round-off"),
    "refund_cap": N_("Largest refund"),
    "paid_out_cap": N_("Largest paid-out"),
}


def permission_words(permission: Permission) -> str:
    """Return what a permission lets a person do."""
    return _(_WORDS[permission])


def right_words(key: str) -> str:
    """Return what a permission or a cap is called, by its key."""
    if key in _CAPS:
        return _(_CAPS[key])
    known = {x.value: x for x in Permission}
    return permission_words(known[key]) if key in known else key
