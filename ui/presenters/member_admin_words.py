"""Words of the members' administration: tabs, purposes, what a person agreed to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pos_app.domain.journal import EntryKind
from pos_app.domain.member.consent import Purpose
from pos_app.domain.member.likeness import Likeness
from pos_app.i18n import N_, _
from pos_app.ports.member_admin import MemberOrder, MemberStanding
from pos_app.services.member_merge import MergeReason
from pos_app.services.member_person import LookPurpose

TABS = (
    ("profile", N_("Profile"), "user"),
    ("means", N_("Phone and cards"), "identification-badge"),
    ("balance", N_("Balances"), "coins"),
    ("coupons", N_("Coupons"), "ticket"),
    ("purchases", N_("Purchases"), "receipt"),
    ("consents", N_("Consents"), "check"),
    ("history", N_("History"), "clock"),
)
STANDINGS: Mapping[MemberStanding, str] = {
    MemberStanding.PRESENT: N_("Members"),
    MemberStanding.MERGED: N_("Merged"),
    MemberStanding.ERASED: N_("Erased"),
}
ORDERS: Mapping[MemberOrder, str] = {
    MemberOrder.ENROLLED: N_("Newest first"),
    MemberOrder.LAST_VISIT: N_("Last visit first"),
    MemberOrder.POINTS: N_("Most points first"),
}
LOOKS: Mapping[LookPurpose, str] = {
    LookPurpose.REQUEST: N_("The member asks for it"),
    LookPurpose.CONTACT: N_("To call about an order"),
    LookPurpose.CORRECTION: N_("To correct something"),
    LookPurpose.DISPUTE: N_("To settle a dispute"),
    LookPurpose.LAW: N_("The law asks for it"),
}
MERGES: Mapping[MergeReason, str] = {
    MergeReason.SAME_PERSON: N_("Enrolled twice"),
    MergeReason.NEW_NUMBER: N_("Has a new number"),
    MergeReason.OLD_CARD: N_("Had an old card"),
}
PURPOSES: Mapping[Purpose, str] = {
    Purpose.MEMBERSHIP: N_("Being a member"),
    Purpose.MARKETING: N_("Offers and news"),
    Purpose.PROFILING: N_("Offers that fit the purchases"),
    Purpose.SHARING: N_("Passing data on to partners"),
}
LIKENESS: Mapping[Likeness, str] = {
    Likeness.NAME_AND_BIRTHDAY: N_("Same name and birthday"),
    Likeness.NAME_AND_PHONE: N_("Same name, numbers almost the same"),
    Likeness.SOUND_AND_BIRTHDAY: N_("Names that sound alike, same birthday"),
    Likeness.BIRTHDAY_AND_PHONE: N_("Same birthday, numbers almost the same"),
}
DOUBTS: Mapping[str, str] = {
    "birthdays": N_("Their birthdays differ"),
    "names": N_("Their names differ"),
    "staff": N_("One of them works here"),
}
ENTRIES: Mapping[str, str] = {
    EntryKind.MEMBER_ENROLLED.value: N_("Enrolled"),
    EntryKind.MEMBER_CHANGED.value: N_("Changed"),
    EntryKind.MEMBER_MERGED.value: N_("Merged or parted"),
    EntryKind.MEMBER_REVEALED.value: N_("Looked at in full"),
    EntryKind.MEMBER_ERASED.value: N_("Erased"),
}


def day_words(day: date | None) -> str:
    """Return a day, or a dash."""
    return day.isoformat() if day else "–"


def birthday_words(born: tuple[int, int] | None) -> str:
    """Return month and day, or a dash."""
    return f"{born[0]:02}-{born[1]:02}" if born else "–"


def language_options() -> tuple[tuple[str, str], ...]:
    """Return the languages that a member may be addressed in."""
    own = ("", _("The shop's"))
    return (own, ("zh-CN", "简体中文"), ("zh-TW", "繁體中文"), ("en", "English"))
