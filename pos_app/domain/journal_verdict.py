"""Verifies an exported journal line by line, trusting nothing in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from pos_app.domain.journal import link
from pos_app.domain.journal_export import (
    FORMAT,
    ExportedEntry,
    ExportHeader,
    MalformedLineError,
    fingerprint_of,
    is_seal,
    read_entry,
    read_header,
    read_seal,
    signed_message,
)

#: Tells whether (public key, message, signature) belong together (RFC 8032).
SignatureCheck: TypeAlias = Callable[[bytes, bytes, bytes], bool]


class FaultKind(StrEnum):
    """What can be wrong with a file."""

    NOT_AN_EXPORT = "not_an_export"
    NEWER_FORMAT = "newer_format"
    CHANGED = "changed"
    RELINKED = "relinked"  # this line or the one before was changed and hashed anew
    MISSING = "missing"
    OUT_OF_ORDER = "out_of_order"  # swapped or doubled
    CUT_OFF = "cut_off"
    APPENDED = "appended"
    COUNT_WRONG = "count_wrong"
    PERIOD_WRONG = "period_wrong"
    SIGNATURE_WRONG = "signature_wrong"
    OTHER_KEY = "other_key"


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that is wrong.

    Attributes:
        kind: what.
        line: where, from 1.
        entry: the entry of that line, where it can be read.
        before: the last entry that was in order.
    """

    kind: FaultKind
    line: int
    entry: ExportedEntry | None
    before: ExportedEntry | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found.

    Attributes:
        fault: the first fault; None for a file that is whole.
        header: what the file says of itself; None when that cannot be read.
        entries: how many entries were in order.
        first, last: the first and last of them.
    """

    fault: Fault | None
    header: ExportHeader | None
    entries: int
    first: ExportedEntry | None
    last: ExportedEntry | None


class ExportVerifier:
    """Takes the lines of a file in order and gives the verdict.

    Args:
        is_signed: checks the signature.
        fingerprint: that the shop is known by; "" where nobody compares it.
    """

    def __init__(self, is_signed: SignatureCheck, fingerprint: str = "") -> None:
        self._is_signed = is_signed
        self._fingerprint = plain_fingerprint(fingerprint)
        self._digest = hashlib.sha256()
        self._header: ExportHeader | None = None
        self._first: ExportedEntry | None = None
        self._last: ExportedEntry | None = None
        self._line = 0
        self._entries = 0
        self._is_sealed = False
        self._fault: Fault | None = None

    @property
    def is_settled(self) -> bool:
        """Tell whether a fault was found: what follows tells nothing more."""
        return self._fault is not None

    def feed(self, line: bytes) -> None:
        """Take the next line, its end of line included."""
        if self._fault is not None:
            return
        self._line += 1
        if self._line == 1:
            self._take_header(line)
        elif self._is_sealed:
            self._find(FaultKind.APPENDED)
        elif not line.endswith(b"\n"):
            self._find(FaultKind.CUT_OFF)
        elif is_seal(line):
            self._take_seal(line)
        else:
            self._take_entry(line)
        self._digest.update(line)

    def verdict(self) -> Verdict:
        """Return what was found, after the last line."""
        if self._fault is None and not self._is_sealed:
            is_empty = self._line == 0
            self._line += 1
            self._find(FaultKind.NOT_AN_EXPORT if is_empty else FaultKind.CUT_OFF)
        return Verdict(
            self._fault, self._header, self._entries, self._first, self._last
        )

    def _find(self, kind: FaultKind, entry: ExportedEntry | None = None) -> None:
        self._fault = Fault(kind, self._line, entry, self._last)

    def _take_header(self, line: bytes) -> None:
        try:
            self._header = read_header(line)
        except MalformedLineError as error:
            number = error.args[0] if error.args else None
            is_newer = type(number) is int and number > FORMAT
            self._find(FaultKind.NEWER_FORMAT if is_newer else FaultKind.NOT_AN_EXPORT)
            return
        own = plain_fingerprint(fingerprint_of(self._header.public_key))
        if self._fingerprint and self._fingerprint != own:
            self._find(FaultKind.OTHER_KEY)

    def _take_entry(self, line: bytes) -> None:
        try:
            entry = read_entry(line)
        except MalformedLineError:
            self._find(FaultKind.CHANGED)
            return
        fault = self._fault_of(entry)
        if fault is not None:
            self._find(fault, entry)
            return
        self._first = self._first or entry
        self._last = entry
        self._entries += 1

    def _fault_of(self, entry: ExportedEntry) -> FaultKind | None:
        assert self._header is not None
        if link(entry.prev_hash, entry.canonical) != entry.hash:
            return FaultKind.CHANGED
        place = (entry.epoch, entry.seq)
        before = self._last
        if before is None:
            follows, head = place == self._header.first, self._header.prev_hash
            is_later = place > self._header.first
        else:
            head = before.hash
            follows = place in {(before.epoch, before.seq + 1), (before.epoch + 1, 1)}
            # An epoch may be left out: a copy was restored twice.
            follows = follows or (entry.epoch > before.epoch and entry.seq == 1)
            is_later = place > (before.epoch, before.seq)
        if follows and entry.prev_hash == head:
            return None
        if follows and (before is None or entry.epoch == before.epoch):
            return FaultKind.RELINKED
        return FaultKind.MISSING if is_later else FaultKind.OUT_OF_ORDER

    def _take_seal(self, line: bytes) -> None:
        assert self._header is not None
        self._is_sealed = True
        try:
            entries, digest, signature = read_seal(line)
        except MalformedLineError:
            self._find(FaultKind.CHANGED)
            return
        last = self._last
        if last is None or (last.epoch, last.seq) != self._header.last:
            self._find(FaultKind.MISSING)
        elif entries != self._entries:
            self._find(FaultKind.COUNT_WRONG)
        elif not self._is_of_period():
            self._find(FaultKind.PERIOD_WRONG)
        elif digest != self._digest.digest() or not self._is_signed(
            self._header.public_key, signed_message(digest), signature
        ):
            self._find(FaultKind.SIGNATURE_WRONG)

    def _is_of_period(self) -> bool:
        """Tell whether the first and the last entry are of the days asked for."""
        header = self._header
        assert header is not None
        days = [entry.day for entry in (self._first, self._last) if entry is not None]
        first, last = header.first_day.isoformat(), header.last_day.isoformat()
        return all(first <= day <= last for day in days)


def plain_fingerprint(text: str) -> str:
    """Return a fingerprint as it is compared: without gaps, in small letters."""
    return "".join(text.split()).replace(":", "").replace("-", "").casefold()
