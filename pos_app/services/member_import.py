"""Members of a CSV or XLSX file into the shop: looked at first, then written.

Reading and writing run beside the screen; each transaction holds a few hundred lines,
so that selling goes on. Points that come along are booked once per member, ever.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from pos_app.domain.journal import EntryKind
from pos_app.domain.loyalty.tier import TierPlan
from pos_app.domain.permission import Demand, Permission
from pos_app.errors import UserError
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.services.desk import Desk
from pos_app.services.item_values import RowProblem
from pos_app.services.member_columns import find_member_columns
from pos_app.services.member_import_plan import (
    Judge,
    LineOutcome,
    PlannedLine,
    SeenInFile,
)
from pos_app.services.member_import_store import (
    ImportTools,
    ReadyLine,
    Written,
    ready,
    write,
)
from pos_app.services.member_lines import member_lines
from pos_app.services.member_row import MemberRowReader, ShopMembers, folded_tier
from pos_app.services.shop_region import region_of

#: Lines judged at once, and lines of one transaction: a sale that ends meanwhile waits
#: for no more than these.
READ_LINES, WRITE_LINES = 500, 50
OnProgress = Callable[[int], None]
Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class MemberFile:
    """A file that was looked at; nothing of it is written.

    Attributes:
        name: of the file. digest: SHA-256 of its bytes, hex.
        planned: every line. unused_columns: headers that mean nothing here.
        has_header: its first line names the columns, and is nobody.
    """

    name: str
    digest: str
    planned: tuple[PlannedLine, ...]
    unused_columns: tuple[str, ...]
    has_header: bool = True

    def count(self, outcome: LineOutcome) -> int:
        """Return how many lines have an outcome."""
        return sum(line.outcome is outcome for line in self.planned)

    @property
    def problems(self) -> tuple[RowProblem, ...]:
        """Refusals and warnings, in the order of the lines."""
        return tuple(x for line in self.planned for x in line.line.problems)

    @property
    def to_write(self) -> tuple[PlannedLine, ...]:
        """The lines that change anything."""
        wanted = (LineOutcome.ADDED, LineOutcome.CHANGED)
        return tuple(line for line in self.planned if line.outcome in wanted)

    @property
    def points(self) -> int:
        """The points that would come along."""
        return sum(
            x.line.points
            for x in self.to_write
            if not x.member_id or "points" in x.gains
        )

    @property
    def demands(self) -> tuple[Demand, ...]:
        """What whoever imports it must be allowed; points need two people."""
        wanted = [Demand(Permission.IMPORT, subject=self.digest)]
        if self.points:
            wanted.append(Demand(Permission.POINTS_ADJUST, subject=self.digest))
        return tuple(wanted)


@dataclass(slots=True)
class ImportOutcome:
    """What an import did.

    Attributes:
        added, changed: members. points: that came along.
        late: lines that somebody was quicker with; read the file once more.
    """

    added: int = 0
    changed: int = 0
    points: int = 0
    late: list[int] = field(default_factory=list)

    def take(self, written: Written) -> None:
        """Count what a transaction wrote."""
        self.added += written.added
        self.changed += written.changed
        self.points += written.points


@dataclass(frozen=True, slots=True)
class ImportTerms:
    """What a file's words mean here; made on the thread of the desk.

    Attributes:
        shop: country, zone, tiers, the moment. plan: tiers; None for none.
        mapping: field -> header or column number; None for headers.
        is_whole: the mapping says it all, the headers nothing.
    """

    shop: ShopMembers
    plan: TierPlan | None
    mapping: Mapping[str, str] | None
    is_whole: bool = False


class MemberImports:
    """Reads files of members and writes them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def terms(
        self, mapping: Mapping[str, str] | None = None, *, is_whole: bool = False
    ) -> ImportTerms:
        """Return what a file's words mean in this shop now."""
        desk, shop = self._desk, self._desk.shop
        zone = ZoneInfo(shop.time_zone)
        programme = desk.ledger.points.programme()
        tiers = {
            folded_tier(word): tier.key
            for tier in programme.tiers
            for word in (tier.key, tier.name, *(name for _l, name in tier.names))
        }
        plan = programme.plan(zone) if programme.tiers else None
        members = ShopMembers(region_of(shop), zone, tiers, desk.clock.now())
        return ImportTerms(members, plan, mapping, is_whole)

    def look(
        self, file: Path, terms: ImportTerms, on_progress: OnProgress = lambda _n: None
    ) -> MemberFile:
        """Read a file and say what it would do; on any thread, nothing is written.

        Args:
            file: CSV or XLSX; its columns are named by a header, or by `terms`.
            terms: of `terms`.
            on_progress: told how many lines are read.

        Raises:
            UserError: when the file as a whole cannot be used: "file_missing",
                "file_kind_unknown", "file_unreadable", "file_encoding",
                "file_empty", "member_import_columns" or what a mapping says.
        """
        found = member_lines(file, terms.shop.country)
        said = terms.mapping if terms.is_whole else found.mapping(terms.mapping)
        columns = find_member_columns(found.headers, said, is_whole=terms.is_whole)
        reader = MemberRowReader(columns, terms.shop)
        planned: list[PlannedLine] = []
        lines = (reader.read(row) for row in found.rows)
        judge, seen = self._judge(terms), SeenInFile()
        for batch in _batches(lines, READ_LINES):
            planned += judge.judged(batch, self._desk.ledger.members, seen)
            on_progress(len(planned))
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        has_header = found.phones is None
        unused = columns.unused
        return MemberFile(file.name, digest, tuple(planned), unused, has_header)

    def decide(self, found: MemberFile, terms: ImportTerms) -> MemberImportJob:
        """Let somebody import a file that was looked at.

        Raises:
            UserError: "member_import_nothing".
            ApprovalNeeded: "not_permitted", and a second person where points come
                along.
        """
        if not found.to_write:
            raise UserError("member_import_nothing")
        cleared = self._desk.allow_all(*found.demands)
        return MemberImportJob(
            self._desk, found, terms, (self._desk.stamp(), cleared.approved_by)
        )

    def _judge(self, terms: ImportTerms) -> Judge:
        points = self._desk.ledger.points

        def tier_of(ids: tuple[str, ...]) -> str:
            tiers = points.tiers(ids)
            return next((tiers[one] for one in ids if one in tiers), "")

        return Judge(self._desk.vault, terms.plan, tier_of)


class MemberImportJob:
    """An import that somebody decided; runs beside the screen, once."""

    def __init__(
        self,
        desk: Desk,
        found: MemberFile,
        terms: ImportTerms,
        who: tuple[Stamp, str],
    ) -> None:
        self._desk, self._found = desk, found
        self._stamp, self._approved_by = who
        self._tools = ImportTools(
            vault=desk.vault,
            ids=desk.ids,
            stamp=self._stamp,
            text_version=f"import {terms.shop.now.at(terms.shop.zone):%Y-%m-%d}",
            plan=terms.plan,
        )

    def run(self, on_progress: OnProgress = lambda _n: None) -> ImportOutcome:
        """Write all lines, a few hundred in each transaction.

        A kill in between keeps whole transactions; the same file, read again, goes on.

        Args:
            on_progress: told how many lines are written; on this thread.

        Raises:
            StorageError: what the disk says; transactions before it are kept.
        """
        outcome, done = ImportOutcome(), 0
        for batch in _batches(iter(self._found.to_write), WRITE_LINES):
            lines = [ready(planned, self._tools) for planned in batch]
            self._write(lines, outcome)
            done += len(batch)
            on_progress(done)
        return outcome

    def _write(self, lines: Sequence[ReadyLine], outcome: ImportOutcome) -> None:
        """Write a batch; where somebody was quicker, line by line."""
        try:
            outcome.take(self._desk.record(lambda x: self._work(x, lines)).result())
        except UserError:
            if len(lines) == 1:
                outcome.late.append(lines[0].planned.line.line)
                return
            for line in lines:
                self._write([line], outcome)

    def _work(self, unit: UnitOfWork, lines: Sequence[ReadyLine]) -> Written:
        written = write(unit, lines, self._tools)
        numbers = [line.planned.line.line for line in lines]
        body = {
            "file": self._found.name,
            "sha256": self._found.digest,
            "from_line": numbers[0],
            "to_line": numbers[-1],
            "added": written.added,
            "changed": written.changed,
            "points": written.points,
            "approved_by": self._approved_by,
        }
        unit.append(EntryKind.MEMBERS_IMPORTED, body, self._stamp)
        return written


def _batches(lines: Iterable[Line], size: int) -> Iterator[list[Line]]:
    remaining = iter(lines)
    while batch := list(itertools.islice(remaining, size)):
        yield batch
