"""Members of a real till, for tests: enrolled at the counter, with phones of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos_app.domain.member.card_code import write_card
from pos_app.domain.member.member import Member
from pos_app.domain.member.profile_codec import profile_bytes, profile_of
from pos_app.domain.member.rotating_code import (
    signed_message,
    step_at,
    write_rotating_code,
)
from pos_app.services.counter import Counter
from pos_app.services.members import Attached, EnrolDraft
from pos_app.values.times import Timestamp

#: China's numbers for tests: nobody has one that begins so.
LIN, WANG, OUYANG = "13800006217", "13900001234", "13700006217"


def enrol(counter: Counter, phone: str = LIN, name: str = "林可怡", **more: Any) -> str:
    """Make somebody a member and return their id; nobody is recognised by it."""
    glance = counter.members.enrol(EnrolDraft(phone, name, **more)).result()
    counter.members._pending = None
    return glance.member_id


def enrol_here(
    counter: Counter, phone: str = LIN, name: str = "林可怡", **more: Any
) -> Attached:
    """Make somebody a member, and the customer of the open sale."""
    counter.members.enrol(EnrolDraft(phone, name, **more)).result()
    attached = counter.members.settled()
    assert attached is not None
    return attached


def member_of(counter: Counter, member_id: str) -> Member:
    """Return a member's facts."""
    record = counter.desk.ledger.members.of(member_id)
    assert record is not None
    return record.member


def card_of(counter: Counter, member_id: str) -> str:
    """Return a member's static code."""
    return write_card(member_of(counter, member_id).number)


@dataclass(frozen=True, slots=True)
class MemberPhone:
    """A phone that shows rotating codes for a member."""

    number: int
    key: Ed25519PrivateKey

    def shows(self, at: Timestamp, off: int = 0) -> str:
        """Return the code of a moment, some steps off."""
        step = step_at(at) + off
        signature = self.key.sign(signed_message(self.number, step))
        return write_rotating_code(self.number, step, signature)


def pair_phone(counter: Counter, member_id: str, seed: int = 1) -> MemberPhone:
    """Give a member a phone that shows rotating codes."""
    key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    public, now = key.public_key().public_bytes_raw(), counter.desk.clock.now()
    member = member_of(counter, member_id).with_token(public, now)
    counter.desk.record(lambda unit: unit.members.put_tokens(member)).result()
    return MemberPhone(member.number, key)


def set_pin(counter: Counter, member_id: str, pin: str = "2468") -> None:
    """Give a member a PIN."""
    record = counter.desk.ledger.members.of(member_id)
    assert record is not None
    vault = counter.desk.vault
    profile = profile_of(vault.open(record.sealed))
    hashed = counter.credentials.hash_pin(pin)
    plain = profile_bytes(replace(profile, pin_hash=hashed))
    sealed, indices = vault.reseal(record.sealed, plain), vault.indices(profile)
    counter.desk.record(lambda unit: unit.members.put_profile(sealed, indices)).result()
