"""A profile as the bytes that are sealed, and back."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from pos_app.domain.member.birthday import Birthday
from pos_app.domain.member.member import MemberProfile
from pos_app.domain.member.phone import Phone

_PLAIN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def profile_bytes(profile: MemberProfile) -> bytes:
    """Return a profile as UTF-8 JSON; what is empty is left out."""
    plain: dict[str, Any] = {
        "name": profile.name,
        "name_key": profile.name_key,
        "pin": profile.pin_hash,
        "note": profile.note,
        "language": profile.language,
    }
    if profile.phone is not None:
        phone = profile.phone
        plain["phone"] = [phone.country_code, phone.national, phone.trunk]
    if profile.birthday is not None:
        born = profile.birthday
        plain["birthday"] = [born.month, born.day, born.set_on.isoformat()]
    kept = {key: value for key, value in plain.items() if value}
    return _PLAIN.encode(kept).encode()


def profile_of(content: bytes) -> MemberProfile:
    """Return the profile that `profile_bytes` wrote."""
    plain = json.loads(content)
    phone, born = plain.get("phone"), plain.get("birthday")
    return MemberProfile(
        name=plain.get("name", ""),
        name_key=plain.get("name_key", ""),
        phone=None if phone is None else Phone(*phone),
        birthday=None
        if born is None
        else Birthday(born[0], born[1], date.fromisoformat(born[2])),
        pin_hash=plain.get("pin", ""),
        note=plain.get("note", ""),
        language=plain.get("language", ""),
    )
