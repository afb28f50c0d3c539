"""The sentences of the black box: what became true, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pos_app.domain.journal import EntryKind
from pos_app.i18n import N_, _, current_language
from pos_app.services.black_box import ToldEntry
from pos_app.services.loyalty_reports import LIMITS
from pos_app.services.offer_choice import usual_decline_reasons
from ui.format import money
from ui.presenters.approval_words import action_name
from ui.presenters.device_change_words import (
    DEVICE_CHANGES,
    device_changes,
    told_device,
)
from ui.presenters.member_entry_words import MEMBER_ENTRIES
from ui.presenters.shop_change_words import SHOP_CHANGES

_PLAIN: Mapping[EntryKind, str] = {
    EntryKind.TILL_COMMISSIONED: N_("This till was set up"),
    EntryKind.SALE_VOIDED: N_("Sale {number} voided: {reason}"),
    EntryKind.LINE_VOIDED: N_("Line deleted: {item} × {quantity}"),
    EntryKind.LINE_RESTORED: N_("Deleted line put back: {item} × {quantity}"),
    EntryKind.QUANTITY_LOWERED: N_("Quantity lowered to {quantity}: {item}"),
    EntryKind.PRICE_OVERRIDDEN: N_("Price changed by hand: {reason}"),
    EntryKind.SALE_REVERSED: N_("Finished sale {number} reversed: {reason}"),
    EntryKind.SALE_PARKED: N_("Sale parked as {number}"),
    EntryKind.SALE_RESUMED: N_("Parked sale {number} resumed"),
    EntryKind.SHIFT_OPENED: N_("Shift {number} opened"),
    EntryKind.SHIFT_COUNTED: N_("Drawer counted"),
    EntryKind.SHIFT_CLOSED: N_("Shift closed with Z {number}"),
    EntryKind.SHIFT_REVIEWED: N_("Difference of a shift reviewed"),
    EntryKind.REPORT_PRINTED: N_("Report printed or exported"),
    EntryKind.TENDER_CORRECTED: N_("Tender of {sale_number} corrected by {number}"),
    EntryKind.SIGNED_OFF: N_("Signed off"),
    EntryKind.PRINT_MOVED: N_("A slip that waited went to another printer"),
    EntryKind.PRINT_CANCELLED: N_("A slip that waited was let go"),
    EntryKind.SLIP_REPRINTED: N_("Slip {number} reprinted, copy {copy}"),
    EntryKind.CATALOG_IMPORTED: N_("Items imported"),
    EntryKind.CLOCK_WENT_BACK: N_("Clock went back by {minutes} min"),
    EntryKind.CLOCK_JUMPED: N_("Clock set on by {minutes} min"),
    EntryKind.CLOCK_CONFIRMED: N_("Clock confirmed"),
    EntryKind.BACKUP_MADE: N_("Backup made"),
    EntryKind.LEDGER_RESTORED: N_("Data restored from a backup"),
    EntryKind.JOURNAL_EXPORTED: N_("Black box exported: {entries} entries"),
    **SHOP_CHANGES,
    **DEVICE_CHANGES,
    **MEMBER_ENTRIES,
}
_CASH_MOVES = {
    "paid_in": N_("Cash paid in: {reason}"),
    "paid_out": N_("Cash paid out: {reason}"),
    "safe_drop": N_("Cash dropped into the safe"),
}
_DRAWER = {
    "sale": N_("Drawer opened for a sale"),
    "return": N_("Drawer opened for a refund"),
    "refund": N_("Drawer opened for a refund"),
    "reversal": N_("Drawer opened for a refund"),
    "value": N_("Drawer opened for stored value"),
    "key": N_("Drawer opened with its key or by force"),
}
#: The settings by the words of their own screen.
_SETTINGS = {
    "name": N_("Name on the slip"),
    "address": N_("Address"),
    "phone": N_("Telephone"),
    "tax_number": N_("Tax number"),
    "slip_footer": N_("Words at the end of the slip"),
    "language": N_("Screen"),
    "slip_language": N_("Slip"),
    "theme": N_("Theme"),
    "size_percent": N_("Text size"),
    "screen_um_per_px": N_("Screen size"),
    "pad": N_("Keypad"),
    "merge_same_items": N_("Merge the same items"),
    "one_tap_cash": N_("One-tap cash"),
    "block_expired": N_("Stop expired goods"),
    "auto_lock_minutes": N_("Lock when nobody touches the till for"),
    "print_slips": N_("Print every slip"),
    "printer_kind": N_("Receipt printer"),
    "printer_address": N_("Address"),
    "printer_port": N_("Port"),
    "paper_mm": N_("Paper"),
    "printer_profile": N_("Printer profile"),
    "recovery_code": N_("Recovery code"),
    "shelf_form": N_("Shelf labels"),
    "item_form": N_("Item labels"),
    "hidden": N_("Left out on labels"),
    "label_language": N_("Language of labels"),
    "markdown": N_("Ladder for marking down"),
}


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a sentence may name; a fact that an entry lacks reads as a dash."""

    told: ToldEntry

    def words(self) -> dict[str, object]:
        told, body = self.told, self.told.body
        moved_ms = body.get("ahead_ms", body.get("behind_ms", 0))
        return {
            "number": told.number or "–",
            "sale_number": body.get("sale_number") or "–",
            "reason": reason_words(told) or "–",
            "item": _item_words(told),
            "promotion": body.get("name") or "–",
            "name": body.get("name") or "–",
            "count": body.get("count", "–"),
            "device": told_device(body),
            "quantity": body.get("quantity", body.get("after", "–")),
            "failures": body.get("failures", "–"),
            "action": action_name(str(body.get("action", ""))),
            "copy": body.get("copy", "–"),
            "entries": body.get("entries", "–"),
            "seconds": body.get("seconds", "–"),
            "use_by": body.get("use_by") or "–",
            "minutes": moved_ms // 60_000 if isinstance(moved_ms, int) else "–",
        }


def sentence(told: ToldEntry) -> str:
    """Say what an entry tells, without the person and the amount."""
    special = _SPECIAL.get(told.entry.kind)
    message = special(told) if special else _PLAIN[told.entry.kind]
    return _(message, **_Facts(told).words())


def reason_words(told: ToldEntry) -> str:
    """Return the reason's name, or its key where it has none any more."""
    if told.reason is not None:
        return told.reason.name_in(current_language())
    found = str(told.body.get("reason") or told.body.get("why") or "")
    if told.entry.kind is EntryKind.PROMOTION_DECLINED:
        return dict(usual_decline_reasons(current_language())).get(found, found)
    return found[:60]


def _item_words(told: ToldEntry) -> str:
    if told.item is not None:
        return told.item.name_in(current_language())
    return str(told.body.get("sku") or told.body.get("code") or "–")


def who_words(told: ToldEntry) -> str:
    """Return who did it, and who approved it."""
    language = current_language()
    if told.actor is not None:
        who = told.actor.name_in(language)
    else:
        who = _("Unknown staff") if told.entry.actor else _("The till")
    if told.approver is None:
        return who
    name = told.approver.name_in(language)
    return _("{who}, approved by {name}", who=who, name=name)


def amount_words(told: ToldEntry, currency: str) -> str:
    """Return the amount, "" where no money moved."""
    minor = told.amount_minor
    return money(minor, currency) if minor else ""


def changes_of(told: ToldEntry) -> tuple[tuple[str, str], ...]:
    """Return what settings were before and are since: ("Theme", "light → dark")."""
    body = told.body
    if told.entry.kind in DEVICE_CHANGES:
        return device_changes(body)
    shop = body.get("shop")
    inner = shop if isinstance(shop, dict) else body
    before, after = inner.get("before"), inner.get("after")
    if not isinstance(before, dict) or not isinstance(after, dict):
        return ()
    return tuple(
        (_(_SETTINGS[key]), f"{before.get(key, '')} → {after[key]}")
        for key in sorted(after)
        if key in _SETTINGS and before.get(key) != after[key]
    )


def _sale(told: ToldEntry) -> str:
    body = told.body
    if not body.get("returns"):
        return N_("Sale {number} finished")
    if body.get("lines"):
        return N_("Exchange {number} finished")
    return N_("Return {number} finished")


def _drawer(told: ToldEntry) -> str:
    why = str(told.body.get("why", ""))
    return _DRAWER.get(why, N_("Drawer opened without a sale: {reason}"))


def _left_open(told: ToldEntry) -> str:
    if told.body.get("is_shut"):
        return N_("Drawer shut after {seconds} s")
    return N_("Drawer open for more than {seconds} s")


def _signed_on(told: ToldEntry) -> str:
    if told.body.get("by") == "badge":
        return N_("Signed on with a badge")
    return N_("Signed on with a PIN")


def _sign_on_failed(told: ToldEntry) -> str:
    by = told.body.get("by")
    if by == "badge":
        if told.body.get("why") == "badge_withdrawn":
            return N_("A badge was tried that is not valid any more")
        return N_("An unknown badge was tried")
    if by == "recovery_code":
        return N_("Wrong recovery code, {failures} in a row")
    return N_("Wrong PIN, {failures} in a row")


def _print_answered(told: ToldEntry) -> str:
    if told.body.get("printed"):
        return N_("Said of an unseen print: it came out")
    return N_("Said of an unseen print: it did not come out")


def _round_off(told: ToldEntry) -> str:
    return N_("Rounded off") if told.amount_minor else N_("Round-off taken back")


def _discount(told: ToldEntry) -> str:
    if not told.amount_minor:
        return N_("Discount taken back")
    if told.body.get("line"):
        return N_("Discount on a line: {reason}")
    return N_("Discount on the whole sale: {reason}")


def _promotion_chosen(told: ToldEntry) -> str:
    if told.body.get("is_taken_back"):
        return N_("Chosen promotion taken back: {promotion}")
    return N_("Promotion chosen: {promotion}")


def _promotion_declined(told: ToldEntry) -> str:
    if told.body.get("is_taken_back"):
        return N_("Promotion holds again: {promotion}")
    return N_("Promotion taken away: {promotion}, {reason}")


def _cash_move(told: ToldEntry) -> str:
    return _CASH_MOVES.get(str(told.body.get("kind", "")), N_("Cash moved"))


def _marked_down(told: ToldEntry) -> str:
    if told.body.get("outcome") == "refused":
        return N_("A changed or strange label of marked-down goods refused: {item}")
    return N_("Marked down, last day {use_by}: {item}")


def _approval(told: ToldEntry) -> str:
    if told.body.get("reason"):
        return N_("Approved: {action}, {reason}")
    return N_("Approved: {action}")


#: What settings were changed, by the key of the entry's body.
_OF_SETTINGS: Mapping[str, str] = {
    "barcode_rules": N_("Barcode rules changed"),
    LIMITS: N_("Limits of what is looked at changed"),
    "policy": N_("Rules of the shop changed"),
    "shop": N_("Words of the shop changed"),
}


def _settings(told: ToldEntry) -> str:
    found = (words for key, words in _OF_SETTINGS.items() if key in told.body)
    return next(found, N_("Settings changed"))


_SPECIAL: Mapping[EntryKind, Callable[[ToldEntry], str]] = {
    EntryKind.SALE_COMPLETED: _sale,
    EntryKind.DRAWER_OPENED: _drawer,
    EntryKind.DRAWER_LEFT_OPEN: _left_open,
    EntryKind.SIGNED_ON: _signed_on,
    EntryKind.SIGN_ON_FAILED: _sign_on_failed,
    EntryKind.PRINT_ANSWERED: _print_answered,
    EntryKind.ROUND_OFF_GIVEN: _round_off,
    EntryKind.DISCOUNT_GIVEN: _discount,
    EntryKind.PROMOTION_CHOSEN: _promotion_chosen,
    EntryKind.PROMOTION_DECLINED: _promotion_declined,
    EntryKind.CASH_MOVED: _cash_move,
    EntryKind.APPROVAL_GIVEN: _approval,
    EntryKind.SETTINGS_CHANGED: _settings,
    EntryKind.GOODS_MARKED_DOWN: _marked_down,
}
