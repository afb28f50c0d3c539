"""Reads one line of a file of members: values, or what is wrong with them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import TypeVar

from pos_app.domain.member.consent import Purpose
from pos_app.domain.member.member import check_name, check_source, check_tags
from pos_app.domain.member.phone import read_phone
from pos_app.errors import UserError
from pos_app.services.item_dates import parse_end, parse_start
from pos_app.services.item_file import FileRow
from pos_app.services.item_texts import shown_text, split_tags
from pos_app.services.member_birthday_text import read_birthday
from pos_app.services.member_codes import check_foreign_card
from pos_app.services.member_columns import MemberColumns, MemberField
from pos_app.services.member_line import MemberLine
from pos_app.services.member_lines import SCIENTIFIC, plain_number
from pos_app.values.times import Timestamp

#: More points than any programme gave anybody; more is a slipped column.
MOST_POINTS = 100_000_000
LONGEST_NOTE = 500
#: A spreadsheet keeps fifteen digits; those after them are zeros.
_EXACT_DIGITS = 15
_YES = frozenset(
    [
        "yes",
        "y",
        "true",
        "1",
        "是",
        "同意",
        "已同意",
        "有",
        "愿意",
        "願意",
        "√",
        "✓",
        "on",
    ]
)
_NO = frozenset(
    [
        "no",
        "n",
        "false",
        "0",
        "否",
        "不同意",
        "未同意",
        "无",
        "無",
        "不愿意",
        "不願意",
        "×",
        "off",
    ]
)

Parsed = TypeVar("Parsed")


@dataclass(frozen=True, slots=True)
class ShopMembers:
    """What a file's words mean in a shop.

    Attributes:
        country: of the shop, ISO 3166 alpha-2: whose numbers have no country code.
        zone: whose midnights days end at.
        tiers: folded key or name -> key.
        now: points that ended before, and members of tomorrow, are refused.
    """

    country: str
    zone: tzinfo
    tiers: Mapping[str, str]
    now: Timestamp


class MemberRowReader:
    """Reads the lines of one file."""

    def __init__(self, columns: MemberColumns, shop: ShopMembers) -> None:
        """Take the columns, and what their words mean in this shop."""
        self._columns, self._shop = columns, shop

    def read(self, row: FileRow) -> MemberLine:
        """Return what a line says, with every problem that it has."""
        line = MemberLine(row.line)
        for wanted, column in self._columns.positions.items():
            if column in row.uncalculated:
                line.refuse(self._columns.header(wanted), "", "import_formula")
        text = {
            wanted: self._columns.text(row.cells, wanted).removeprefix("'").strip()
            for wanted in MemberField
        }
        self._read_phone(line, text[MemberField.PHONE])
        self._read_card(line, text[MemberField.CARD])
        self._read_person(line, text)
        self._read_points(line, text)
        self._read_consents(line, text)
        if line.phone is None and not line.card and not line.is_refused:
            line.refuse(
                self._columns.header(MemberField.PHONE), "", "member_import_nobody"
            )
        return line

    # --------------------------------------------------------------- one field

    def _read_phone(self, line: MemberLine, text: str) -> None:
        if not text:
            return
        header = self._columns.header(MemberField.PHONE)
        if SCIENTIFIC.fullmatch(text):
            line.refuse(header, text, "member_import_shortened")
            return
        line.phone = self._tried(
            line,
            MemberField.PHONE,
            text,
            lambda: read_phone(plain_number(text), self._shop.country),
        )

    def _read_card(self, line: MemberLine, text: str) -> None:
        if not text:
            return
        header = self._columns.header(MemberField.CARD)
        if SCIENTIFIC.fullmatch(text):
            line.refuse(header, text, "member_import_shortened")
            return
        is_rounded = text.isdecimal() and len(text) > _EXACT_DIGITS
        if is_rounded and not text[_EXACT_DIGITS:].strip("0"):
            line.warn(header, text, "member_import_rounded")
        card = self._tried(
            line, MemberField.CARD, text, lambda: check_foreign_card(text)
        )
        line.card = card or ""

    def _read_person(self, line: MemberLine, text: Mapping[MemberField, str]) -> None:
        name = shown_text(text[MemberField.NAME])
        line.name = (
            self._tried(line, MemberField.NAME, name, lambda: check_name(name)) or ""
        )
        if birthday := text[MemberField.BIRTHDAY]:
            line.birthday = self._tried(
                line, MemberField.BIRTHDAY, birthday, lambda: read_birthday(birthday)
            )
        tags = split_tags(text[MemberField.TAGS])
        found = self._tried(
            line, MemberField.TAGS, text[MemberField.TAGS], lambda: check_tags(tags)
        )
        line.tags = found or ()
        line.note = shown_text(text[MemberField.NOTE])[:LONGEST_NOTE]
        self._read_source(line, text[MemberField.SOURCE])
        self._read_tier(line, text[MemberField.TIER])
        self._read_joined(line, text[MemberField.JOINED])

    def _read_source(self, line: MemberLine, text: str) -> None:
        try:
            line.source = check_source(text)
        except UserError as error:  # where from is worth less than who
            line.warn(self._columns.header(MemberField.SOURCE), text, error.key)

    def _read_tier(self, line: MemberLine, text: str) -> None:
        if not text:
            return
        line.tier = self._shop.tiers.get(folded_tier(text), "")
        if not line.tier:
            header = self._columns.header(MemberField.TIER)
            line.refuse(header, text, "member_import_tier")

    def _read_joined(self, line: MemberLine, text: str) -> None:
        if not text:
            return
        line.joined = self._tried(
            line, MemberField.JOINED, text, lambda: parse_start(text, self._shop.zone)
        )
        if line.joined is not None and line.joined > self._shop.now:
            header = self._columns.header(MemberField.JOINED)
            line.refuse(header, text, "member_import_future")

    def _read_points(self, line: MemberLine, text: Mapping[MemberField, str]) -> None:
        said = text[MemberField.POINTS]
        if said:
            points = self._tried(
                line, MemberField.POINTS, said, lambda: read_points(said)
            )
            line.points = points or 0
        until = text[MemberField.POINTS_UNTIL]
        if not until or not line.points:
            return
        zone, header = self._shop.zone, self._columns.header(MemberField.POINTS_UNTIL)
        line.points_until = self._tried(
            line, MemberField.POINTS_UNTIL, until, lambda: parse_end(until, zone)
        )
        if line.points_until is not None and line.points_until <= self._shop.now:
            line.warn(header, until, "member_import_points_over")
            line.points, line.points_until = 0, None

    def _read_consents(self, line: MemberLine, text: Mapping[MemberField, str]) -> None:
        for wanted, purpose in (
            (MemberField.CONSENT, Purpose.MEMBERSHIP),
            (MemberField.MARKETING, Purpose.MARKETING),
        ):
            said = unicodedata.normalize("NFKC", text[wanted]).casefold()
            if said in _YES or said in _NO:
                line.consents[purpose] = said in _YES
            elif said:
                header = self._columns.header(wanted)
                line.refuse(header, text[wanted], "import_yes_or_no")

    def _tried(
        self,
        line: MemberLine,
        wanted: MemberField,
        text: str,
        read: Callable[[], Parsed],
    ) -> Parsed | None:
        """Return what a cell says; None once the line was refused for it."""
        try:
            return read()
        except UserError as error:
            header = self._columns.header(wanted)
            line.refuse(header, text, error.key, **error.params)
            return None


def read_points(text: str) -> int:
    """Read how many points somebody has.

    Raises:
        UserError: "member_import_points" for what is no whole number of points, or
            "member_import_points_many" with `most`.
    """
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    digits = plain_number(plain)
    if not (digits.isascii() and digits.isdecimal()):
        raise UserError("member_import_points", text=text[:40])
    if len(digits) > 12 or int(digits) > MOST_POINTS:
        raise UserError("member_import_points_many", most=MOST_POINTS)
    return int(digits)


def folded_tier(text: str) -> str:
    """Return a tier's name without what spellings differ in."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
