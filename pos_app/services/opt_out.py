"""Who wants no part in offers or groups: by a word to the shop, or by consent."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.domain.journal import EntryKind
from pos_app.domain.member.consent import Purpose
from pos_app.ports.campaigns import OptOut
from pos_app.ports.ledger import Ledger, Stamp, UnitOfWork

CONSENT_OF = {
    OptOut.MARKETING: Purpose.MARKETING,
    OptOut.PROFILING: Purpose.PROFILING,
}


def is_opted_out(
    books: UnitOfWork | Ledger, member_ids: Sequence[str], what: OptOut
) -> bool:
    """Tell whether a person wants no part: by a word to the shop, or by consent.

    A consent that was never asked for is no objection; one that was taken back is.

    Args:
        books: the transaction, or the ledger as committed.
        member_ids: all ids of the person.
        what: in what they want no part.
    """
    if books.campaigns.is_opted_out(member_ids, what):
        return True
    newest = (
        books.members.consents(each).newest(CONSENT_OF[what]) for each in member_ids
    )
    return any(each is not None and not each.is_given for each in newest)


def note_opt_out(
    unit: UnitOfWork,
    member_ids: Sequence[str],
    what: OptOut,
    stamp: Stamp,
    *,
    is_out: bool,
) -> bool:
    """Write down that a person objects, or no more; False where that was known.

    Whoever wants no groups is in none from this moment on.
    """
    if what is OptOut.PROFILING and is_out:
        unit.campaigns.forget(member_ids)
    if unit.campaigns.is_opted_out(member_ids, what) == is_out:
        return False
    for each in member_ids:
        unit.campaigns.set_opt_out(
            each, what, is_out=is_out, at=stamp.at, by=stamp.actor
        )
    body = {"member": member_ids[0], "what": what.value, "is_out": is_out}
    unit.append(EntryKind.OPT_OUT_NOTED, body, stamp)
    return True
