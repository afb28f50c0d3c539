"""Members of a file, written: a few hundred lines in each transaction.

What costs time (keys, digests, pinyin) is done before, on the thread that reads the
file, so that the core thread is free for sales between two short transactions.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pos_app.domain.loyalty.facts import Opened
from pos_app.domain.loyalty.tier import TierPlan
from pos_app.domain.member.birthday import set_birthday
from pos_app.domain.member.card_code import NUMBER_BITS, member_number
from pos_app.domain.member.consent import ConsentEntry, ConsentLedger
from pos_app.domain.member.masking import mask_code
from pos_app.domain.member.member import Member, MemberProfile
from pos_app.domain.member.phone_holding import PhoneHolding
from pos_app.domain.member.profile_codec import profile_bytes, profile_of
from pos_app.errors import UserError
from pos_app.ports.clock import Ids
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.ports.member_vault import MemberVault
from pos_app.ports.members import MemberCard, MemberRecord, NewMember
from pos_app.services.member_import_plan import OPENING, PlannedLine, merged_tags
from pos_app.services.member_line import MemberLine
from pos_app.values.times import Timestamp


@dataclass(frozen=True, slots=True)
class ImportTools:
    """What an import writes with.

    Attributes:
        vault, ids: of the desk. stamp: who, on which day, when.
        text_version: of the words that consents were given to, elsewhere.
        plan: the tiers; None where there are none.
    """

    vault: MemberVault
    ids: Ids
    stamp: Stamp
    text_version: str
    plan: TierPlan | None


@dataclass(frozen=True, slots=True)
class ReadyLine:
    """A line that only has to be written. new: the newcomer, sealed; None else."""

    planned: PlannedLine
    new: NewMember | None


@dataclass(slots=True)
class Written:
    """What a transaction wrote: newcomers, members changed, points brought along."""

    added: int = 0
    changed: int = 0
    points: int = 0


def ready(planned: PlannedLine, tools: ImportTools) -> ReadyLine:
    """Prepare a line; on the thread that reads the file."""
    if planned.member_id:
        return ReadyLine(planned, None)
    line, vault = planned.line, tools.vault
    member_id, at = tools.ids.new(), tools.stamp.at
    consents = ConsentLedger.of(_consents(line, member_id, tools))
    profile = _profile(MemberProfile(), line, tools)
    member = Member(
        member_id=member_id,
        number=member_number(secrets.token_bytes(NUMBER_BITS // 8)),
        enrolled_at=line.joined or at,
        source=line.source,
        tags=line.tags,
        consents=consents,
    )
    new = NewMember(
        member=member,
        sealed=vault.seal(member_id, profile_bytes(profile)),
        indices=vault.indices(profile),
        seen=None if line.phone is None else vault.newcomer_digest(line.phone),
        card=_card(line, vault, at),
        by=tools.stamp.actor,
    )
    return ReadyLine(planned, new)


def write(unit: UnitOfWork, lines: Sequence[ReadyLine], tools: ImportTools) -> Written:
    """Write lines in the caller's transaction.

    Raises:
        UserError: "member_phone_taken" or "member_card_taken" when somebody was
            enrolled since the file was looked at; nothing of these lines is kept.
    """
    written = Written()
    news = [line.new for line in lines if line.new is not None]
    if news:
        unit.members.add_all(news)
        written.added = len(news)
    for line in lines:
        if line.new is None:
            written.changed += 1
            _enrich(unit, line.planned, tools)
        member_id = line.planned.member_id or (line.new and line.new.member.member_id)
        assert member_id
        written.points += _bring_along(unit, member_id, line.planned, tools)
    return written


def _bring_along(
    unit: UnitOfWork, member_id: str, planned: PlannedLine, tools: ImportTools
) -> int:
    """Book opening points and the tier; return the points."""
    line, at = planned.line, tools.stamp.at
    is_new = not planned.member_id
    points = 0
    event_id = OPENING + member_id
    if line.points and (is_new or "points" in planned.gains):
        fact = Opened(event_id, at, line.points, line.points_until)
        points = line.points if unit.points.open_points(member_id, fact) else 0
    if line.tier and tools.plan and (is_new or "tier" in planned.gains):
        until = tools.plan.kept_until(at)
        unit.points.grant_tier(member_id, (line.tier, until), event_id, at)
    return points


def _enrich(unit: UnitOfWork, planned: PlannedLine, tools: ImportTools) -> None:
    """Give a known member what the shop did not know yet."""
    member_id, line, gains = planned.member_id, planned.line, planned.gains
    record = unit.members.of(member_id)
    if record is None or record.sealed.is_erased:
        raise UserError("member_erased")
    at, vault = tools.stamp.at, tools.vault
    if gains & {"phone", "name", "birthday", "note"}:
        _complete(unit, record, planned, tools)
    card = _card(line, vault, at) if "card" in gains else None
    if card is not None:
        unit.members.add_card(member_id, card)
    if "tags" in gains:
        unit.members.set_tags(member_id, merged_tags(record.member.tags, line.tags))
    if "consents" in gains:
        asked = {entry.purpose for entry in record.member.consents.entries}
        for entry in _consents(line, member_id, tools):
            if entry.purpose not in asked:
                unit.members.add_consent(entry)


def _complete(
    unit: UnitOfWork, record: MemberRecord, planned: PlannedLine, tools: ImportTools
) -> None:
    """Write the profile with what was empty in it."""
    vault, line, at = tools.vault, planned.line, tools.stamp.at
    if "phone" in planned.gains and line.phone is not None:
        claim = PhoneHolding(vault.phone_index(line.phone), planned.member_id, at)
        unit.members.take_phone(claim, vault.newcomer_digest(line.phone))
    profile = _profile(profile_of(vault.open(record.sealed)), line, tools)
    sealed = vault.reseal(record.sealed, profile_bytes(profile))
    unit.members.put_profile(sealed, vault.indices(profile))


def _profile(
    before: MemberProfile, line: MemberLine, tools: ImportTools
) -> MemberProfile:
    """Return a profile with what was empty and the line says."""
    profile = before
    if line.name and not before.name:
        key = tools.vault.name_key(line.name)
        profile = replace(profile, name=line.name, name_key=key)
    if line.phone is not None and before.phone is None:
        profile = replace(profile, phone=line.phone)
    if line.birthday and before.birthday is None:
        born = set_birthday(None, *line.birthday, tools.stamp.business_day)
        profile = replace(profile, birthday=born)
    if line.note and not before.note:
        profile = replace(profile, note=line.note)
    return profile


def _consents(
    line: MemberLine, member_id: str, tools: ImportTools
) -> list[ConsentEntry]:
    """Return what somebody agreed to elsewhere; a refusal is no fact of the shop's."""
    return [
        ConsentEntry(
            entry_id=tools.ids.new(),
            member_id=member_id,
            purpose=purpose,
            text_version=tools.text_version,
            is_given=True,
            at=tools.stamp.at,
            by=tools.stamp.actor,
            how="import",
        )
        for purpose, given in line.consents.items()
        if given
    ]


def _card(line: MemberLine, vault: MemberVault, at: Timestamp) -> MemberCard | None:
    if not line.card:
        return None
    return MemberCard(vault.card_index(line.card), mask_code(line.card), at)
