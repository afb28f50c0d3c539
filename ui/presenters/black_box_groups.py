"""What the groups of the black box are called, and their icons."""

from __future__ import annotations

from collections.abc import Mapping

from pos_app.domain.journal import EntryKind
from pos_app.domain.journal_groups import KINDS_OF, EntryGroup
from pos_app.i18n import N_, _
from pos_app.services.black_box import ToldEntry

_GROUPS: Mapping[EntryGroup, str] = {
    EntryGroup.SALES: N_("Sales"),
    EntryGroup.DELETED: N_("Deleted lines"),
    EntryGroup.DRAWER: N_("Drawer"),
    EntryGroup.REPRINTS: N_("Reprints"),
    EntryGroup.SIGN_ONS: N_("Sign-ons"),
    EntryGroup.APPROVALS: N_("Approvals"),
    EntryGroup.REDUCTIONS: N_("Discounts"),
    EntryGroup.RETURNS: N_("Returns"),
    EntryGroup.PARKED: N_("Parked"),
    EntryGroup.SHIFTS: N_("Shifts"),
    EntryGroup.SETTINGS: N_("Settings"),
    EntryGroup.GOODS: N_("Items and prices"),
    EntryGroup.STOCK: N_("Stock"),
    EntryGroup.PEOPLE: N_("People"),
    EntryGroup.MEMBERS: N_("Members"),
    EntryGroup.TRAINING: N_("Training"),
    EntryGroup.CLOCK: N_("Clock"),
}
_ICONS: Mapping[EntryGroup, str] = {
    EntryGroup.SALES: "receipt",
    EntryGroup.DELETED: "trash",
    EntryGroup.DRAWER: "cash-register",
    EntryGroup.REPRINTS: "printer",
    EntryGroup.SIGN_ONS: "user",
    EntryGroup.APPROVALS: "shield-check",
    EntryGroup.REDUCTIONS: "percent",
    EntryGroup.RETURNS: "arrow-u-up-left",
    EntryGroup.PARKED: "pause-circle",
    EntryGroup.SHIFTS: "coins",
    EntryGroup.SETTINGS: "dots-three-circle",
    EntryGroup.GOODS: "tag",
    EntryGroup.STOCK: "package",
    EntryGroup.PEOPLE: "users",
    EntryGroup.MEMBERS: "identification-badge",
    EntryGroup.TRAINING: "graduation-cap",
    EntryGroup.CLOCK: "clock",
}


def group_words(group: EntryGroup) -> str:
    """Return what a group is called."""
    return _(_GROUPS[group])


def icon_of(told: ToldEntry) -> str:
    """Return the icon of an entry."""
    kind = told.entry.kind
    if kind is EntryKind.SALE_COMPLETED and told.body.get("returns"):
        return _ICONS[EntryGroup.RETURNS]
    return next(_ICONS[group] for group in EntryGroup if kind in KINDS_OF[group])
