"""Which column of a file means what, by its header or by a person's word."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from pos_app.errors import UserError

Field = TypeVar("Field", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class FileColumns(Generic[Field]):
    """Where the fields of a file stand.

    Attributes:
        positions: field -> column from 0.
        headers: the file's own words for the columns, for reports.
        unused: headers that mean nothing here.
    """

    positions: Mapping[Field, int]
    headers: tuple[str, ...]
    unused: tuple[str, ...]

    def text(self, cells: Sequence[str], wanted: Field) -> str:
        """Return a row's text for a field; "" where the file has none."""
        position = self.positions.get(wanted)
        if position is None or position >= len(cells):
            return ""
        return cells[position]

    def header(self, wanted: Field) -> str:
        """Return the file's word for a field, or the field's key."""
        position = self.positions.get(wanted)
        return wanted.value if position is None else self.headers[position]


def columns_of(
    fields: type[Field],
    known: Mapping[str, Field],
    headers: Sequence[str],
    mapping: Mapping[str, str] | None = None,
    *,
    is_whole: bool = False,
) -> FileColumns[Field]:
    """Tell which column is which.

    Args:
        fields: what a column may hold.
        known: folded header -> field.
        headers: cells of the first line.
        mapping: field key -> header or column number from 1; goes before what
            the headers say.
        is_whole: the mapping says it all, the headers nothing.

    Raises:
        UserError: "import_mapping_field" or "import_mapping_column".
    """
    positions: dict[Field, int] = {}
    for key, header in (mapping or {}).items():
        if key not in set(fields):
            raise UserError("import_mapping_field", field=key)
        positions[fields(key)] = _mapped(headers, header)
    for position, header in enumerate(() if is_whole else headers):
        found = known.get(folded_header(header))
        if found is not None and position not in positions.values():
            positions.setdefault(found, position)
    used = set(positions.values())
    unused = tuple(h for i, h in enumerate(headers) if i not in used and h)
    return FileColumns(positions, tuple(headers), unused)


def folded_header(header: str) -> str:
    """Return a header without what spellings differ in: case, blanks, brackets."""
    plain = unicodedata.normalize("NFKC", header).casefold()
    return "".join(c for c in plain if c.isalnum())


def _mapped(headers: Sequence[str], wanted: str) -> int:
    folded = [folded_header(header) for header in headers]
    if folded_header(wanted) in folded:
        return folded.index(folded_header(wanted))
    if wanted.isdecimal() and 1 <= int(wanted) <= len(headers):
        return int(wanted) - 1
    raise UserError("import_mapping_column", column=wanted)
