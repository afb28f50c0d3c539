"""A member: what the shop knows, and apart from it what is personal."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from typing_extensions import override

from pos_app.domain.member.birthday import Birthday
from pos_app.domain.member.card_code import NUMBER_BITS
from pos_app.domain.member.consent import ConsentLedger
from pos_app.domain.member.phone import Phone
from pos_app.domain.member.rotating_code import PUBLIC_KEY_BYTES
from pos_app.errors import UserError
from pos_app.values.times import Timestamp

#: Where somebody became a member: a poster, a friend's code, a clerk's number.
_SOURCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,31}")
LONGEST_NAME = 60
LONGEST_TAG = 24
MOST_TAGS = 24
MOST_TOKENS = 5


@dataclass(frozen=True, slots=True)
class MemberProfile:
    """What is personal; stored sealed, shown masked (law 14).

    Attributes:
        name: as the member writes it; "" where only the phone is known.
        name_key: its pinyin (`name_terms.name_key`), for sorting.
        phone: None after it was re-issued or for a member with a card only.
        birthday: None where it is not known.
        pin_hash: argon2id of the member's PIN; "" for none.
        note: the shop's own words.
        language: the member's own, a tag such as "zh-TW"; "" for the shop's.
    """

    name: str = ""
    name_key: str = ""
    phone: Phone | None = None
    birthday: Birthday | None = None
    pin_hash: str = field(default="", repr=False)
    note: str = ""
    language: str = ""

    @override
    def __repr__(self) -> str:
        return "MemberProfile(…)"  # a log or a traceback must not tell who it is


@dataclass(frozen=True, slots=True)
class MemberToken:
    """A phone that shows rotating codes for a member.

    Attributes:
        public_key: Ed25519; 32 bytes. added_at: since when.
        withdrawn_at: the phone was lost or replaced; None while it is good.
    """

    public_key: bytes
    added_at: Timestamp
    withdrawn_at: Timestamp | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """What stays when a person is erased: ids, keys of tables, facts.

    Attributes:
        member_id: UUIDv7; what sales and ledgers name.
        number: 64 bits, in static and rotating codes (`card_code.member_number`).
        enrolled_at: when. source: where from; "" where nobody asked.
        tier: key of the tier; "" for none.
        tags: the shop's words, sorted.
        tokens: phones with rotating codes, the newest last.
        consents: what the member agreed to.
        erased_at: when personal data was destroyed; None while there is any.
        staff_id: of the one of the staff who this is; "" for a customer.
    """

    member_id: str
    number: int
    enrolled_at: Timestamp
    source: str = ""
    tier: str = ""
    tags: tuple[str, ...] = ()
    tokens: tuple[MemberToken, ...] = ()
    consents: ConsentLedger = field(default_factory=ConsentLedger)
    erased_at: Timestamp | None = None
    staff_id: str = ""

    def __post_init__(self) -> None:
        assert 0 < self.number < 1 << NUMBER_BITS
        assert list(self.tags) == sorted(set(self.tags))

    def with_token(self, public_key: bytes, at: Timestamp) -> Member:
        """Return the member with one more phone.

        Raises:
            UserError: "member_token_shape", "member_token_known" for a key that is
                or was this member's, or "member_tokens_many" with `most`.
        """
        if len(public_key) != PUBLIC_KEY_BYTES:
            raise UserError("member_token_shape")
        if any(token.public_key == public_key for token in self.tokens):
            raise UserError("member_token_known")
        if len(self.good_tokens) >= MOST_TOKENS:
            raise UserError("member_tokens_many", most=MOST_TOKENS)
        return replace(self, tokens=(*self.tokens, MemberToken(public_key, at)))

    def without_token(self, public_key: bytes, at: Timestamp) -> Member:
        """Return the member after a phone was lost; its codes are refused by name."""
        tokens = tuple(
            replace(token, withdrawn_at=at)
            if token.public_key == public_key and token.withdrawn_at is None
            else token
            for token in self.tokens
        )
        return replace(self, tokens=tokens)

    @property
    def good_tokens(self) -> tuple[MemberToken, ...]:
        """The phones whose codes are taken."""
        return tuple(token for token in self.tokens if token.withdrawn_at is None)

    def erased(self, at: Timestamp) -> Member:
        """Return what stays: no tags, no phone's codes; ids and consents stay."""
        gone = tuple(
            replace(token, withdrawn_at=token.withdrawn_at or at)
            for token in self.tokens
        )
        return replace(self, tags=(), tokens=gone, erased_at=self.erased_at or at)


def check_name(text: str) -> str:
    """Return a name in its written form.

    Raises:
        UserError: "member_name_long" with `most`.
    """
    name = " ".join(text.split())
    if len(name) > LONGEST_NAME:
        raise UserError("member_name_long", most=LONGEST_NAME)
    return name


def check_source(text: str) -> str:
    """Return a source code; "" where there is none.

    Raises:
        UserError: "member_source_shape".
    """
    source = text.strip()
    if source and not _SOURCE.fullmatch(source):
        raise UserError("member_source_shape")
    return source


def check_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Return tags as they are kept: each once, sorted, no blanks around them.

    Raises:
        UserError: "member_tag_long" with tag and `most`, "member_tags_many".
    """
    kept = sorted({" ".join(tag.split()) for tag in tags} - {""})
    for tag in kept:
        if len(tag) > LONGEST_TAG:
            raise UserError("member_tag_long", tag=tag, most=LONGEST_TAG)
    if len(kept) > MOST_TAGS:
        raise UserError("member_tags_many", most=MOST_TAGS)
    return tuple(kept)
