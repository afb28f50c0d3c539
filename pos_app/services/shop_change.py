"""A manager changes the shop: its words and its rules, each with its journal entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pos_app.domain.codec import to_plain
from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Demand, Permission
from pos_app.domain.policy import ALWAYS_ALONE, ShiftOpening, ShiftScope
from pos_app.domain.shop import Shop
from pos_app.errors import UserError
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.ledger import Stamp
from pos_app.services.desk import Desk

SHOP_WORDS = ("name", "address", "phone", "tax_number", "slip_footer")
NAME_LIMIT = 60
#: Subject of the demand to let an action go that needs two people.
LETS_GO = "four_eyes"
FOOTER_LIMIT = 400
#: Ten years of days, and amounts of nine digits before the point: beyond is a slip.
DAYS_LIMIT = 3650
AMOUNT_LIMIT_MINOR = 10**11
#: Settings of the policy that are truths, days or amounts; the others have choices.
_SWITCHES = ("refunds_to_original", "exchange_keeps_price")
_DAYS = ("return_days", "no_receipt_days")
_AMOUNTS = ("difference_limit_minor", "float_minor")
_CHOICES: Mapping[str, type[ShiftScope | ShiftOpening]] = {
    "shift_scope": ShiftScope,
    "shift_opening": ShiftOpening,
}


@dataclass(frozen=True, slots=True)
class ShopChange:
    """A change that the catalogue stores together with the note of it.

    Attributes:
        note_id: UUIDv7 of the note, which the journal takes once.
        stamp: who changed it, when.
        edit: makes the shop as it shall be of the shop as it is; raises UserError.
    """

    note_id: str
    stamp: Stamp
    edit: Callable[[Shop], Shop]

    def apply(self, before: Shop) -> tuple[Shop, JournalNote] | None:
        """Return the changed shop and what the journal says; None for no change.

        Raises:
            UserError: what `edit` refuses.
        """
        after = self.edit(before)
        told = _told(before, after)
        if not told:
            return None
        # A note may be journalled by another start than the one that left it.
        body = {"at": str(self.stamp.at), "by": self.stamp.actor, **told}
        return after, JournalNote(self.note_id, EntryKind.SETTINGS_CHANGED, body)


def words_change(desk: Desk, words: Mapping[str, str]) -> ShopChange:
    """Check words of the shop and return what changes them.

    Args:
        desk: says who and when.
        words: by the names of `SHOP_WORDS`.

    Raises:
        UserError: "setting_refused" for an empty name or too many words.
    """
    for key, value in words.items():
        limit = FOOTER_LIMIT if key == "slip_footer" else NAME_LIMIT
        is_missing = key == "name" and not value.strip()
        if key not in SHOP_WORDS or len(value) > limit or is_missing:
            raise _refused(key, value)
    fresh: dict[str, Any] = dict(words)
    return _change(desk, lambda shop: replace(shop, **fresh))


def rule_change(desk: Desk, key: str, value: object) -> ShopChange:
    """Check one of the shop's rules and return what changes it.

    Args:
        desk: says who and when, and whether a shift is open.
        key: a field of `ShopPolicy` other than "four_eyes".
        value: its new value; a choice as its text.

    Raises:
        UserError: "setting_refused"; "shift_still_open" for whose a shift is
            while one is open (from the change, too).
    """
    fresh: dict[str, Any] = {key: _checked(key, value)}

    def edit(shop: Shop) -> Shop:
        after = replace(shop.policy, **fresh)
        if after.shift_scope is not shop.policy.shift_scope:
            _refuse_open_shift(desk)
        return replace(shop, policy=after)

    edit(desk.shop)  # said at once; and again where it is stored, behind a sale
    return _change(desk, edit)


def four_eyes_change(desk: Desk, action: Permission, *, needs_two: bool) -> ShopChange:
    """Return what makes an action need two people, whoever asks, or lets it go.

    Raises:
        UserError: "setting_refused" for selling; "four_eyes_alone" where only one
            person works, who could then never undo it.
        ApprovalNeeded: to let an action go that needs two, two are needed.
    """
    if needs_two and action in ALWAYS_ALONE:
        raise _refused("four_eyes", action.value)
    is_own = action is Permission.SETTINGS  # whoever changes it was asked for it
    if not needs_two and not is_own and action in desk.shop.policy.four_eyes:
        # Else one person could let it go, act alone, and switch it on again.
        desk.allow(Demand(action, LETS_GO))
    if needs_two and len(desk.catalog.staff()) < 2:
        raise UserError("four_eyes_alone")

    def edit(shop: Shop) -> Shop:
        others = tuple(x for x in shop.policy.four_eyes if x is not action)
        actions = (*others, action) if needs_two else others
        if set(actions) == set(shop.policy.four_eyes):
            return shop
        return replace(shop, policy=replace(shop.policy, four_eyes=actions))

    return _change(desk, edit)


def _change(desk: Desk, edit: Callable[[Shop], Shop]) -> ShopChange:
    return ShopChange(desk.ids.new(), desk.stamp(), edit)


def _checked(key: str, value: object) -> object:
    """Return a value of the policy as its field holds it."""
    if key in _CHOICES:
        kinds = _CHOICES[key]
        found = next((kind for kind in kinds if kind.value == value), None)
        if found is None:
            raise _refused(key, value)
        return found
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    if key in _SWITCHES:
        fits = isinstance(value, bool)
    elif key in _DAYS:
        is_any = value is None and key == "return_days"
        fits = is_any or (is_whole and _within(value, DAYS_LIMIT))
    else:
        fits = key in _AMOUNTS and is_whole and _within(value, AMOUNT_LIMIT_MINOR)
    if not fits:
        raise _refused(key, value)
    return value


def _within(value: object, limit: int) -> bool:
    return isinstance(value, int) and 0 <= value <= limit


def _refuse_open_shift(desk: Desk) -> None:
    """Refuse to change whose a drawer is while money is counted for somebody."""
    shifts = desk.ledger.shifts.open_shifts()
    if shifts:
        raise UserError("shift_still_open", count=len(shifts), number=shifts[0].number)


def _told(before: Shop, after: Shop) -> dict[str, object]:
    """Return what is different, before and after, for the journal."""
    told: dict[str, object] = {}
    words = [{key: getattr(x, key) for key in SHOP_WORDS} for x in (before, after)]
    rules = [to_plain(x.policy) for x in (before, after)]
    for topic, (was, now) in {"shop": words, "policy": rules}.items():
        keys = [key for key in now if was[key] != now[key]]
        if keys:
            told[topic] = {
                "before": {key: was[key] for key in keys},
                "after": {key: now[key] for key in keys},
            }
    return told


def _refused(key: str, value: object) -> UserError:
    return UserError("setting_refused", setting=key, value=str(value)[:40])
