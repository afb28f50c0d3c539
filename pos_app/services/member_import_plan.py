"""What a file of members would do: line by line, before anything is written.

A member is found by the phone number, then by the card. What the shop knows stays;
what it does not know yet is taken from the file. So a file read twice changes nothing
the second time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from pos_app.domain.loyalty.tier import TierPlan
from pos_app.domain.member.member import MOST_TAGS, MemberProfile
from pos_app.domain.member.profile_codec import profile_of
from pos_app.ports.member_admin import MemberBulk
from pos_app.ports.member_vault import MemberVault
from pos_app.ports.members import MemberLookups, MemberRecord
from pos_app.services.member_line import MemberLine

#: Before a member's id: the event of the points that came along. One per member, ever.
OPENING = "opening/"


class LineOutcome(StrEnum):
    """What becomes of a line."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line, what becomes of it, and of whom.

    Attributes:
        line: what it says. outcome: see there.
        member_id: who is known already; "" for a newcomer.
        gains: names of what the member gets: "phone", "name", "birthday", "card",
            "tags", "consents", "points", "tier".
    """

    line: MemberLine
    outcome: LineOutcome
    member_id: str = ""
    gains: frozenset[str] = frozenset()


class KnownMembers(MemberLookups, MemberBulk, Protocol):
    """What judging asks of the ledger, in a transaction or outside."""


@dataclass(slots=True)
class SeenInFile:
    """The numbers and cards of the lines before: digest -> line."""

    phones: dict[bytes, int] = field(default_factory=dict)
    cards: dict[bytes, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judge:
    """Says what becomes of lines.

    Attributes:
        vault: makes digests and opens profiles.
        plan: the tiers, to tell which is higher; None where there are none.
        tier_of: the tier that a person has now.
    """

    vault: MemberVault
    plan: TierPlan | None
    tier_of: Callable[[tuple[str, ...]], str]

    def judged(
        self, lines: Sequence[MemberLine], members: KnownMembers, seen: SeenInFile
    ) -> list[PlannedLine]:
        """Return what becomes of each line of a batch; problems are added to it."""
        phones = [
            None if x.phone is None else self.vault.phone_index(x.phone) for x in lines
        ]
        cards = [self.vault.card_index(x.card) if x.card else None for x in lines]
        held = members.phones_held([x for x in phones if x])
        carried = members.cards_held([x for x in cards if x])
        self._warn_seen(lines, phones, held, members)
        return [
            self._one(line, (phone, card), (held, carried), members, seen)
            for line, phone, card in zip(lines, phones, cards, strict=True)
        ]

    def _one(
        self,
        line: MemberLine,
        digests: tuple[bytes | None, bytes | None],
        known: tuple[Mapping[bytes, str], Mapping[bytes, str]],
        members: KnownMembers,
        seen: SeenInFile,
    ) -> PlannedLine:
        phone, card = digests
        if not line.is_refused:
            _refuse_repeated(line, phone, card, seen)
        if line.is_refused:
            return PlannedLine(line, LineOutcome.REFUSED)
        by_phone = known[0].get(phone, "") if phone else ""
        by_card = known[1].get(card, "") if card else ""
        if not by_phone and not by_card:
            return PlannedLine(line, LineOutcome.ADDED)
        return self._of_known(line, by_phone, by_card, members)

    def _of_known(
        self, line: MemberLine, by_phone: str, by_card: str, members: KnownMembers
    ) -> PlannedLine:
        member_id = by_phone or by_card
        ids = members.ids_of(member_id)
        if by_phone and by_card and by_card not in ids:
            line.refuse("", "", "member_import_two_members")
            return PlannedLine(line, LineOutcome.REFUSED, member_id)
        record = members.of(member_id)
        assert record is not None
        profile = profile_of(self.vault.open(record.sealed))
        if line.phone is not None and not by_phone and profile.phone is not None:
            line.refuse("", "", "member_import_card_taken")
            return PlannedLine(line, LineOutcome.REFUSED, member_id)
        gains = self._gains(line, record, profile, members)
        if line.phone is not None and not by_phone:
            gains.add("phone")
        if line.card and not by_card:
            gains.add("card")
        outcome = LineOutcome.CHANGED if gains else LineOutcome.UNCHANGED
        return PlannedLine(line, outcome, member_id, frozenset(gains))

    def _gains(
        self,
        line: MemberLine,
        record: MemberRecord,
        profile: MemberProfile,
        members: KnownMembers,
    ) -> set[str]:
        """Return what a known member gets, and say what is not written over."""
        member = record.member
        asked = {entry.purpose for entry in member.consents.entries}
        has = {
            "tags": bool(set(merged_tags(member.tags, line.tags)) - set(member.tags)),
            "note": bool(line.note) and not profile.note,
            "consents": any(
                given and x not in asked for x, given in line.consents.items()
            ),
            "tier": bool(line.tier)
            and self._is_higher(line.tier, members.ids_of(member.member_id)),
            "name": _gains_name(line, profile),
            "birthday": _gains_birthday(line, profile),
            "points": _gains_points(line, member.member_id, members),
        }
        return {name for name, is_gained in has.items() if is_gained}

    def _is_higher(self, tier: str, ids: tuple[str, ...]) -> bool:
        if self.plan is None:
            return False
        return self.plan.rank(tier) > self.plan.rank(self.tier_of(ids))

    def _warn_seen(
        self,
        lines: Sequence[MemberLine],
        phones: Sequence[bytes | None],
        held: Mapping[bytes, str],
        members: KnownMembers,
    ) -> None:
        """Tell of numbers that somebody had who is a member no more."""
        loose = {
            self.vault.newcomer_digest(line.phone): line
            for line, phone in zip(lines, phones, strict=True)
            if line.phone is not None and phone not in held
        }
        for digest in members.phones_seen(list(loose)):
            loose[digest].warn("", "", "member_import_seen")


def merged_tags(known: Sequence[str], told: Sequence[str]) -> tuple[str, ...]:
    """Return tags with those of a file, as many as a member may have."""
    fresh = [tag for tag in told if tag not in known]
    return tuple(sorted([*known, *fresh[: max(0, MOST_TAGS - len(known))]]))


def _refuse_repeated(
    line: MemberLine, phone: bytes | None, card: bytes | None, seen: SeenInFile
) -> None:
    """Refuse a line whose number or card stood in a sound line before."""
    if phone and phone in seen.phones:
        line.refuse("", "", "member_import_duplicate", line=seen.phones[phone])
    elif card and card in seen.cards:
        line.refuse("", "", "member_import_card_duplicate", line=seen.cards[card])
    else:
        if phone:
            seen.phones[phone] = line.line
        if card:
            seen.cards[card] = line.line


def _gains_name(line: MemberLine, profile: MemberProfile) -> bool:
    if line.name and profile.name and line.name != profile.name:
        line.warn("", "", "member_import_name_kept")
    return bool(line.name) and not profile.name


def _gains_birthday(line: MemberLine, profile: MemberProfile) -> bool:
    known = profile.birthday
    if line.birthday and known and line.birthday != (known.month, known.day):
        line.warn("", "", "member_import_birthday_kept")
    return line.birthday is not None and known is None


def _gains_points(line: MemberLine, member_id: str, members: KnownMembers) -> bool:
    if not line.points:
        return False
    if members.opened_lots([OPENING + member_id]):
        line.warn("", "", "member_import_points_booked", points=line.points)
        return False
    return True
