"""Consent: what somebody agreed to, which text it was, and when it ended.

A ledger of facts, never changed: what holds is the newest fact of a purpose.
Source: PIPL articles 14 to 16 (informed, withdrawable as easily as given), GDPR
article 7 (the shop must be able to show it).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pos_app.errors import UserError
from pos_app.values.times import Timestamp


class Purpose(StrEnum):
    """What personal data is used for; each is asked for apart from the others."""

    MEMBERSHIP = "membership"
    MARKETING = "marketing"
    PROFILING = "profiling"
    SHARING = "sharing"


@dataclass(frozen=True, slots=True)
class ConsentEntry:
    """One fact: given or withdrawn.

    Attributes:
        entry_id: UUIDv7. member_id: whose.
        purpose: what for.
        text_version: names the words that were shown, e.g. "2026-03".
        is_given: False when it was withdrawn.
        at: when. by: staff id; "" where the member did it alone.
        how: "screen", "paper", "import" or another word of the shop's.
    """

    entry_id: str
    member_id: str
    purpose: Purpose
    text_version: str
    is_given: bool
    at: Timestamp
    by: str = ""
    how: str = "screen"


@dataclass(frozen=True, slots=True)
class ConsentLedger:
    """All facts of one member, in the order of their time.

    Attributes:
        entries: oldest first; two of one moment in the order of their ids.
    """

    entries: tuple[ConsentEntry, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[ConsentEntry]) -> ConsentLedger:
        """Return the ledger of facts in any order, each once."""
        once = {entry.entry_id: entry for entry in entries}
        ordered = sorted(once.values(), key=lambda entry: (entry.at, entry.entry_id))
        assert len({entry.member_id for entry in ordered}) <= 1
        return cls(tuple(ordered))

    def newest(self, purpose: Purpose) -> ConsentEntry | None:
        """Return the fact that holds now; None where nobody ever asked."""
        found = (entry for entry in reversed(self.entries) if entry.purpose == purpose)
        return next(found, None)

    def at(self, moment: Timestamp) -> ConsentLedger:
        """Return the ledger as it stood at a moment."""
        return ConsentLedger(tuple(e for e in self.entries if e.at <= moment))

    def allows(self, purpose: Purpose, text_version: str = "") -> bool:
        """Tell whether consent is in force.

        Args:
            purpose: what for.
            text_version: the words it must have been given to; "" for any.
        """
        newest = self.newest(purpose)
        if newest is None or not newest.is_given:
            return False
        return not text_version or newest.text_version == text_version

    def with_entry(self, entry: ConsentEntry) -> ConsentLedger:
        """Return the ledger with one more fact.

        It is judged by what held at its moment. Giving again what is given to the
        same text adds nothing.

        Raises:
            UserError: "member_consent_text" without a version of the text,
                "member_consent_not_given" when nothing is there to withdraw.
        """
        if not entry.text_version.strip():
            raise UserError("member_consent_text", purpose=entry.purpose.value)
        before = self.at(entry.at)
        if not entry.is_given and not before.allows(entry.purpose):
            raise UserError("member_consent_not_given", purpose=entry.purpose.value)
        if entry.is_given and before.allows(entry.purpose, entry.text_version):
            return self
        return ConsentLedger.of((*self.entries, entry))
