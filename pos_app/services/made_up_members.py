"""People who do not exist, as members of the sample shop and of every training."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pos_app.domain.member.birthday import Birthday
from pos_app.domain.member.card_code import NUMBER_BITS, member_number
from pos_app.domain.member.consent import ConsentEntry, ConsentLedger, Purpose
from pos_app.domain.member.member import Member, MemberProfile, check_tags
from pos_app.domain.member.phone import Phone
from pos_app.domain.member.profile_codec import profile_bytes
from pos_app.ports.clock import Ids
from pos_app.ports.member_vault import MemberVault
from pos_app.ports.members import NewMember
from pos_app.resources import resource_path
from pos_app.services.credentials import Credentials
from pos_app.services.member_draft import CONSENT_TEXT
from pos_app.values.times import Timestamp

_CHINA = 86
_ZONE = ZoneInfo("Asia/Shanghai")
_NOON = "T12:00:00"


def made_up_members(
    vault: MemberVault, ids: Ids, credentials: Credentials
) -> list[NewMember]:
    """Return the sample shop's members: resources/demo_shop/members.csv.

    Args:
        vault: seals them with the keys of the shop they are for.
        ids: makes their ids.
        credentials: hashes the PINs of the few who have one.
    """
    path = resource_path("demo_shop", "members.csv")
    return [_member(row, vault, ids, credentials) for row in _rows(path)]


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _member(
    row: Mapping[str, str], vault: MemberVault, ids: Ids, credentials: Credentials
) -> NewMember:
    at = Timestamp.of(
        datetime.fromisoformat(row["enrolled_on"] + _NOON).replace(tzinfo=_ZONE)
    )
    profile = _profile(row, vault, credentials)
    assert profile.phone is not None
    member_id = ids.new()
    member = Member(
        member_id=member_id,
        number=member_number(secrets.token_bytes(NUMBER_BITS // 8)),
        enrolled_at=at,
        source=row["source"],
        tags=check_tags(tuple(row["tags"].split(";"))),
        consents=_consents(row, member_id, ids, at),
    )
    return NewMember(
        member=member,
        sealed=vault.seal(member_id, profile_bytes(profile)),
        indices=vault.indices(profile),
        seen=vault.newcomer_digest(profile.phone),
    )


def _profile(
    row: Mapping[str, str], vault: MemberVault, credentials: Credentials
) -> MemberProfile:
    month, _, day = row["birthday"].partition("-")
    enrolled = datetime.fromisoformat(row["enrolled_on"]).date()
    return MemberProfile(
        name=row["name"],
        name_key=vault.name_key(row["name"]),
        phone=Phone(_CHINA, row["phone"]),
        birthday=Birthday(int(month), int(day), enrolled) if day else None,
        pin_hash=credentials.hash_pin(row["pin"]) if row["pin"] else "",
    )


def _consents(
    row: Mapping[str, str], member_id: str, ids: Ids, at: Timestamp
) -> ConsentLedger:
    asked = [Purpose.MEMBERSHIP]
    if row["marketing"] == "yes":
        asked.append(Purpose.MARKETING)
    return ConsentLedger.of(
        ConsentEntry(ids.new(), member_id, purpose, CONSENT_TEXT, is_given=True, at=at)
        for purpose in asked
    )
