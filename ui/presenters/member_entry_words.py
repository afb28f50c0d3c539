"""What became true of members, in the words of the black box; ids only, no names."""

from __future__ import annotations

from collections.abc import Mapping

from pos_app.domain.journal import EntryKind
from pos_app.i18n import N_

MEMBER_ENTRIES: Mapping[EntryKind, str] = {
    EntryKind.MEMBER_CHANGED: N_("A member's data changed"),
    EntryKind.MEMBER_MERGED: N_("Two members were made one, or two again"),
    EntryKind.MEMBER_REVEALED: N_("A member's data looked at in full: {reason}"),
    EntryKind.MEMBER_ERASED: N_("A member's data erased"),
    EntryKind.MEMBERS_IMPORTED: N_("Members imported"),
}
