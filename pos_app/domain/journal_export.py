"""The file that the journal leaves the shop in: JSON lines that prove themselves.

Line 1 is the header, then one line for each entry in the order of the chain, then
the seal. Header and seal are canonical JSON. An entry's line holds its canonical
bytes as they were hashed, so that anybody can hash them again:

    {"hash":"<64 hex>","prev":"<64 hex>","entry":<the canonical bytes>}

Its hash is SHA-256 over the 32 bytes of `prev` and the canonical bytes. The seal
holds SHA-256 over all bytes before it and an Ed25519 signature (RFC 8032) over
SIGNED_WORDS and that digest, by the key in the header.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from pos_app.domain.journal import JournalEntry, canonical_json
from pos_app.values.times import BusinessDay, Timestamp

FORMAT = 1
SIGNED_WORDS = b"guitai journal export 1\n"
HEADER_LIMIT_BYTES = 4096
#: A sale of 10,000 lines takes some 20 MB.
LINE_LIMIT_BYTES = 64 * 1024 * 1024
_HEX = 64
_BEFORE_HASH, _BEFORE_PREV, _BEFORE_ENTRY = b'{"hash":"', b'","prev":"', b'","entry":'
_PREV_AT = len(_BEFORE_HASH) + _HEX
_ENTRY_AT = _PREV_AT + len(_BEFORE_PREV) + _HEX
_CANONICAL_AT = _ENTRY_AT + len(_BEFORE_ENTRY)
_SMALL_HEX = frozenset(b"0123456789abcdef")


class MalformedLineError(ValueError):
    """A line is not what this format says."""


@dataclass(frozen=True, slots=True)
class ExportHeader:
    """What the file says of itself.

    Attributes:
        shop_id, till: whose journal.
        first_day, last_day: the business days asked for, both included.
        first, last: (epoch, seq) of the first and last entry in the file.
        prev_hash: of the entry before the first; 32 bytes.
        public_key: Ed25519; 32 bytes.
        made_at: when the file was written.
    """

    shop_id: str
    till: str
    first_day: BusinessDay
    last_day: BusinessDay
    first: tuple[int, int]
    last: tuple[int, int]
    prev_hash: bytes
    public_key: bytes
    made_at: Timestamp


@dataclass(frozen=True, slots=True)
class ExportedEntry:
    """An entry's line: the bytes and what they say of themselves."""

    canonical: bytes
    prev_hash: bytes
    hash: bytes
    epoch: int
    seq: int
    kind: str
    day: str
    at: str


def fingerprint_of(public_key: bytes) -> str:
    """Return what people compare: 128 bits in groups, "3F2A-91C0-…"."""
    text = hashlib.sha256(b"guitai journal key\n" + public_key).hexdigest()[:32].upper()
    return "-".join(text[i : i + 4] for i in range(0, len(text), 4))


def signed_message(digest: bytes) -> bytes:
    """Return the bytes that the shop's key signs."""
    assert len(digest) == 32
    return SIGNED_WORDS + digest


def header_line(header: ExportHeader) -> bytes:
    """Return line 1."""
    plain = {
        "guitai_journal": FORMAT,
        "shop": header.shop_id,
        "till": header.till,
        "first_day": header.first_day.isoformat(),
        "last_day": header.last_day.isoformat(),
        "first": list(header.first),
        "last": list(header.last),
        "prev_hash": header.prev_hash.hex(),
        "key": header.public_key.hex(),
        "fingerprint": fingerprint_of(header.public_key),
        "made_at": str(header.made_at),
    }
    return canonical_json(plain) + b"\n"


def entry_line(entry: JournalEntry) -> bytes:
    """Return an entry's line; its canonical bytes go in as they are."""
    assert b"\n" not in entry.canonical
    return b"".join(
        (
            _BEFORE_HASH,
            entry.hash.hex().encode(),
            _BEFORE_PREV,
            entry.prev_hash.hex().encode(),
            _BEFORE_ENTRY,
            entry.canonical,
            b"}\n",
        )
    )


def seal_line(entries: int, digest: bytes, signature: bytes) -> bytes:
    """Return the last line."""
    plain = {
        "entries": entries,
        "digest": digest.hex(),
        "signature": signature.hex(),
    }
    return canonical_json(plain) + b"\n"


def is_seal(line: bytes) -> bool:
    """Tell whether a line claims to be the last one."""
    return line.startswith(b'{"digest":')


def read_header(line: bytes) -> ExportHeader:
    """Read line 1.

    Raises:
        MalformedLineError: it is not a header of this format; its argument is the
            format's number where the file names another one.
    """
    plain = _object(line[:HEADER_LIMIT_BYTES])
    if plain.get("guitai_journal") != FORMAT:
        raise MalformedLineError(plain.get("guitai_journal"))
    try:
        header = ExportHeader(
            shop_id=str(plain["shop"]),
            till=str(plain["till"]),
            first_day=date.fromisoformat(plain["first_day"]),
            last_day=date.fromisoformat(plain["last_day"]),
            first=_place(plain["first"]),
            last=_place(plain["last"]),
            prev_hash=bytes.fromhex(plain["prev_hash"]),
            public_key=bytes.fromhex(plain["key"]),
            made_at=Timestamp.parse(plain["made_at"]),
        )
        is_exact = header_line(header) == line
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise MalformedLineError from error
    if not is_exact or len(header.prev_hash) != 32 or len(header.public_key) != 32:
        raise MalformedLineError
    return header


def read_entry(line: bytes) -> ExportedEntry:
    """Read an entry's line.

    Raises:
        MalformedLineError: it is not one, or its bytes are not an entry's.
    """
    hash_hex = line[len(_BEFORE_HASH) : _PREV_AT]
    prev_hex = line[_ENTRY_AT - _HEX : _ENTRY_AT]
    canonical = line[_CANONICAL_AT:-2]
    frame = (
        line[: len(_BEFORE_HASH)],
        line[_PREV_AT : _ENTRY_AT - _HEX],
        line[_ENTRY_AT:_CANONICAL_AT],
        line[-2:],
    )
    if frame != (_BEFORE_HASH, _BEFORE_PREV, _BEFORE_ENTRY, b"}\n"):
        raise MalformedLineError
    if not _SMALL_HEX.issuperset(hash_hex + prev_hex):
        raise MalformedLineError
    plain = _object(canonical)
    labels = [plain.get(name) for name in ("kind", "day", "at")]
    epoch, seq = _place([plain.get("epoch"), plain.get("seq")])
    if not all(isinstance(label, str) for label in labels):
        raise MalformedLineError
    prev_hash, own = bytes.fromhex(prev_hex.decode()), bytes.fromhex(hash_hex.decode())
    kind, day, at = (str(label) for label in labels)
    return ExportedEntry(canonical, prev_hash, own, epoch, seq, kind, day, at)


def read_seal(line: bytes) -> tuple[int, bytes, bytes]:
    """Read the last line: count, digest, signature.

    Raises:
        MalformedLineError: it is not written as this format writes it.
    """
    plain = _object(line[:HEADER_LIMIT_BYTES])
    try:
        digest = bytes.fromhex(plain["digest"])
        signature = bytes.fromhex(plain["signature"])
        entries = plain["entries"]
    except (KeyError, TypeError, ValueError) as error:
        raise MalformedLineError from error
    if type(entries) is not int or seal_line(entries, digest, signature) != line:
        raise MalformedLineError
    return entries, digest, signature


def _object(text: bytes) -> dict[str, Any]:
    """Read a JSON object without floats; whatever is wrong with it is one error."""
    try:
        plain = json.loads(text, parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise MalformedLineError from error
    if not isinstance(plain, dict):
        raise MalformedLineError
    return plain


def _refuse(text: str) -> None:
    raise MalformedLineError(text[:20])


def _place(value: Any) -> tuple[int, int]:
    if not isinstance(value, list) or [type(part) for part in value] != [int, int]:
        raise MalformedLineError
    return value[0], value[1]
