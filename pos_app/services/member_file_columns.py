"""Which column of a file of members is which, as a person says it; remembered."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pos_app.domain.journal import EntryKind
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.desk import Desk
from pos_app.services.file_columns import folded_header
from pos_app.services.member_columns import MemberField, guess_member_columns
from pos_app.services.member_lines import member_lines
from pos_app.services.shop_region import region_of

#: Device setting: what columns mean, by the shape of a header.
SETTING = "member_file_columns"
#: Lines that are shown to name the columns by, and headers that are remembered.
_SHOWN, _KEPT = 3, 20

#: What each column of a file means; None for nothing that is read.
Meanings = tuple[MemberField | None, ...]


@dataclass(frozen=True, slots=True)
class FileGlimpse:
    """The beginning of a file.

    Attributes:
        headers: of the columns. lines: the first ones, as long as the header.
        meanings: as somebody said of such a header before, else by the headers.
        has_header: the first line names the columns; else they are numbered.
    """

    headers: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    meanings: Meanings
    has_header: bool = True


class MemberFileColumns:
    """Looks at the beginning of files, and remembers what their columns mean."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def country(self) -> str:
        """Where phone numbers are of, ISO 3166 alpha-2; on the thread of the desk."""
        return region_of(self._desk.shop)

    def glimpse(self, file: Path, country: str) -> FileGlimpse:
        """Read header and first lines; on any thread.

        Args:
            file: CSV or XLSX.
            country: as `country` says.

        Raises:
            UserError: as `MemberImports.look`, but nothing about columns.
        """
        found = member_lines(file, country)
        count = len(found.headers)
        lines = tuple(
            (*row.cells[:count], *("",) * (count - len(row.cells)))
            for row in itertools.islice(found.rows, _SHOWN)
        )
        meanings = self._known().get(_shape(found.headers)) or _said(found.headers)
        if found.phones is not None:
            meanings = with_meaning(meanings, found.phones, MemberField.PHONE)
        return FileGlimpse(found.headers, lines, meanings, found.phones is None)

    def remember(self, headers: Sequence[str], meanings: Meanings) -> Future[None]:
        """Keep what the columns of files with such a header mean; journalled.

        Raises:
            UserError: "not_signed_on".
        """
        shape = _shape(headers)
        told = {key: _plain(x) for key, x in self._known().items()}
        is_other = told.pop(shape, None) != _plain(meanings)
        told[shape] = _plain(meanings)
        kept = dict(list(told.items())[-_KEPT:])
        stamp = self._desk.stamp()
        body: dict[str, object] = {SETTING: {shape: _plain(meanings)}}

        def work(unit: UnitOfWork) -> None:
            if is_other:
                unit.set_setting(SETTING, json.dumps(kept))
                unit.append(EntryKind.SETTINGS_CHANGED, body, stamp)

        return self._desk.record(work)

    def _known(self) -> Mapping[str, Meanings]:
        """Return what was said before; what is not readable was not said."""
        found: object = {}
        with suppress(ValueError):
            found = json.loads(self._desk.ledger.setting(SETTING) or "{}")
        if not isinstance(found, dict):
            return {}
        known = set(MemberField)
        return {
            str(shape): tuple(MemberField(x) if x in known else None for x in told)
            for shape, told in found.items()
            if isinstance(told, list)
        }


def mapping_of(meanings: Meanings) -> dict[str, str]:
    """Return what an import takes: field -> column number from 1."""
    return {x.value: str(at) for at, x in enumerate(meanings, 1) if x is not None}


def with_meaning(meanings: Meanings, at: int, wanted: MemberField | None) -> Meanings:
    """Say what a column means; the one that meant this before means nothing now."""
    found = [None if x is wanted else x for x in meanings]
    found[at] = wanted
    return tuple(found)


def finds_people(meanings: Meanings) -> bool:
    """Tell whether a line can be held against the members: by a phone or a card."""
    return bool({MemberField.PHONE, MemberField.CARD} & set(meanings))


def _said(headers: Sequence[str]) -> Meanings:
    positions = guess_member_columns(headers).positions
    by_place = {at: field for field, at in positions.items()}
    return tuple(by_place.get(at) for at in range(len(headers)))


def _shape(headers: Sequence[str]) -> str:
    """Return what tells headers apart, however they are spelt."""
    folded = "\n".join(folded_header(x) for x in headers)
    return hashlib.sha256(folded.encode()).hexdigest()[:16]


def _plain(meanings: Meanings) -> list[str]:
    return ["" if x is None else x.value for x in meanings]
