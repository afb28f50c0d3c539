"""Personal data under one key per person (implements ports.member_vault).

The person's key is wrapped by a key of the shop's ring; destroying the wrapped key
destroys the data wherever a copy of the content lies (law 14). Phone numbers are
few enough to be tried one by one, so every digest is keyed by the ring as well.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

from pos_app.domain.member.member import MemberProfile
from pos_app.domain.member.name_terms import asked_term, name_key, name_terms
from pos_app.domain.member.phone import Phone
from pos_app.errors import StorageError, UserError
from pos_app.persistence.catalog.chinese import readings, simplify
from pos_app.persistence.key_ring import KeyRing
from pos_app.ports.member_vault import (
    INDEX_BYTES,
    NEWCOMER_BYTES,
    ProfileIndices,
    SealedProfile,
)

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
#: Contents are filled up, so that their length does not tell a name's.
PADDED_BYTES = 256
_FORMAT = b"\x01"
_END = b"\x80"


class KeyedMemberVault:
    """Seals profiles and makes digests with the keys of one shop.

    Args:
        root: 32 bytes that only this shop has (`vault_root`).
    """

    def __init__(self, root: bytes) -> None:
        assert len(root) == KEY_BYTES
        self._wrap = _derived(root, b"wrap")
        self._index = _derived(root, b"index")
        self._newcomer = _derived(root, b"newcomer")

    def seal(self, member_id: str, content: bytes) -> SealedProfile:
        """Seal a new person's data under a key of their own."""
        key = secrets.token_bytes(KEY_BYTES)
        wrapped = _encrypt(self._wrap, key, _bound(b"key", member_id))
        sealed = _encrypt(key, _padded(content), _bound(b"profile", member_id))
        return SealedProfile(member_id, wrapped, sealed)

    def reseal(self, sealed: SealedProfile, content: bytes) -> SealedProfile:
        """Seal changed data under the key that the person has.

        Raises:
            UserError: "member_erased". StorageError: "member_data_damaged".
        """
        key = self._key_of(sealed)
        bound = _bound(b"profile", sealed.member_id)
        fresh = _encrypt(key, _padded(content), bound)
        return SealedProfile(sealed.member_id, sealed.wrapped_key, fresh)

    def open(self, sealed: SealedProfile) -> bytes:
        """Return a person's data.

        Raises:
            UserError: "member_erased". StorageError: "member_data_damaged".
        """
        key = self._key_of(sealed)
        bound = _bound(b"profile", sealed.member_id)
        return _unpadded(_decrypt(key, sealed.content, bound))

    def erase(self, sealed: SealedProfile) -> SealedProfile:
        """Return what is left: no key and no content."""
        return SealedProfile(sealed.member_id, b"", b"")

    def phone_index(self, phone: Phone) -> bytes:
        """Return the digest that a number is found by."""
        return self._digest(b"phone", phone.e164)

    def last_four_index(self, last_four: str) -> bytes:
        """Return the digest that the last four digits are found by."""
        assert len(last_four) == 4
        return self._digest(b"last four", last_four)

    def name_index(self, term: str) -> bytes:
        """Return the digest that a word of a name is found by."""
        return self._digest(b"name", term)

    def indices(self, profile: MemberProfile) -> ProfileIndices:
        """Return all that a profile is found by."""
        words = name_terms(profile.name, readings, simplify)
        names = tuple(self.name_index(word) for word in words)
        born, phone = profile.birthday, profile.phone
        birthday = None if born is None else self.birthday_index(born.month, born.day)
        if phone is None:
            return ProfileIndices(names=names, birthday=birthday)
        last_four = self.last_four_index(phone.last_four)
        return ProfileIndices(self.phone_index(phone), last_four, names, birthday)

    def birthday_index(self, month: int, day: int) -> bytes:
        """Return the digest that a birthday is found by."""
        return self._digest(b"birthday", f"{month:02}-{day:02}")

    def asked_name(self, text: str) -> bytes | None:
        """Return the digest of what was typed for a name; None for no word."""
        word = asked_term(text, simplify)
        return self.name_index(word) if word else None

    def name_key(self, name: str) -> str:
        """Return the pinyin that a name is sorted by."""
        return name_key(name, readings, simplify)

    def card_index(self, code: str) -> bytes:
        """Return the digest that a card of another make is found by."""
        return self._digest(b"card", code)

    def newcomer_digest(self, phone: Phone) -> bytes:
        """Return what stays of a number after an erasure."""
        said = phone.e164.encode()
        digest = hmac.digest(self._newcomer, said, "sha256")
        assert len(digest) == NEWCOMER_BYTES
        return digest

    def _digest(self, kind: bytes, text: str) -> bytes:
        # Half a surrogate pair may be typed; it finds nobody and must not stop us.
        said = kind + b"\0" + text.encode("utf-8", "surrogatepass")
        return hmac.digest(self._index, said, "sha256")[:INDEX_BYTES]

    def _key_of(self, sealed: SealedProfile) -> bytes:
        if sealed.is_erased:
            raise UserError("member_erased")
        return _decrypt(
            self._wrap, sealed.wrapped_key, _bound(b"key", sealed.member_id)
        )


def vault_root(ring: KeyRing) -> bytes:
    """Return the secret that members' keys come from; nothing new to back up."""
    return _derived(ring.pin_pepper, b"root")


def _derived(secret: bytes, use: bytes) -> bytes:
    """Return a key for one use (HMAC-SHA256 as the expansion of RFC 5869)."""
    said = b"guitai members 1: " + use + b"\x01"
    return hmac.new(secret, said, hashlib.sha256).digest()


def _bound(part: bytes, member_id: str) -> bytes:
    """Bind sealed bytes to whose and which they are."""
    return b"guitai member " + part + b" 1 " + member_id.encode()


def _cipher(key: bytes) -> AESGCM:
    # Late: loading OpenSSL's bindings is nothing for a cold start.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def _encrypt(key: bytes, plain: bytes, bound: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return _FORMAT + nonce + _cipher(key).encrypt(nonce, plain, bound)


def _decrypt(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag

    begins = len(_FORMAT) + NONCE_BYTES
    if not sealed.startswith(_FORMAT) or len(sealed) < begins + 16:
        raise StorageError("member_data_damaged")
    nonce = sealed[len(_FORMAT) : begins]
    try:
        return _cipher(key).decrypt(nonce, sealed[begins:], bound)
    except InvalidTag as error:
        raise StorageError("member_data_damaged") from error


def _padded(content: bytes) -> bytes:
    filled = content + _END
    return filled + bytes(-len(filled) % PADDED_BYTES)


def _unpadded(padded: bytes) -> bytes:
    content = padded.rstrip(b"\0")
    assert content.endswith(_END)
    return content[:-1]
