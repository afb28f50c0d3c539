"""The lines of a file of members, also of one that does not name its columns."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pos_app.domain.member.phone import read_phone
from pos_app.errors import UserError
from pos_app.services.item_file import FileRow, read_rows, with_header
from pos_app.services.member_columns import MemberField

#: What a spreadsheet makes of a number that it finds too long: 1.38E+10.
SCIENTIFIC = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")
_WHOLE_FLOAT = re.compile(r"(\d+)[.,]0+")


@dataclass(frozen=True, slots=True)
class MemberLines:
    """A file that is being read.

    Attributes:
        headers: what its columns are called; their numbers from 1 where the first
            line holds a member already.
        rows: all lines of members, read as they are asked for.
        phones: the column of phones from 0, where the first line holds a member;
            None where it says what the columns are.
    """

    headers: tuple[str, ...]
    rows: Iterator[FileRow]
    phones: int | None

    def mapping(self, said: Mapping[str, str] | None) -> Mapping[str, str] | None:
        """Return what columns mean: as somebody says, and the phones as they are."""
        if self.phones is None or self.headers[self.phones] in (said or {}).values():
            return said
        return {MemberField.PHONE.value: self.headers[self.phones], **(said or {})}


def member_lines(file: Path, country: str) -> MemberLines:
    """Open a file of members.

    A first line with a phone number in it is a member: no column is called so.

    Args:
        file: CSV or XLSX.
        country: of the shop, ISO 3166 alpha-2.

    Raises:
        UserError: "file_missing", "file_kind_unknown", "file_unreadable",
            "file_encoding", "file_empty".
    """
    first, rest = with_header(read_rows(file))
    for at, cell in enumerate(first.cells):
        if _is_phone(cell, country):
            numbers = tuple(str(number) for number in range(1, len(first.cells) + 1))
            return MemberLines(numbers, itertools.chain([first], rest), at)
    return MemberLines(first.cells, rest, None)


def plain_number(cell: str) -> str:
    """Return a cell without what a spreadsheet adds to a number."""
    text = cell.removeprefix("'").strip()
    whole = _WHOLE_FLOAT.fullmatch(text)
    return whole.group(1) if whole else text


def _is_phone(cell: str, country: str) -> bool:
    try:
        read_phone(plain_number(cell), country)
    except UserError:
        return False
    return True
