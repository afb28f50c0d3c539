"""The pieces in hand: what each is, its last day, and what it costs by its ladder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from typing_extensions import override

from pos_app.documents.label import COPIES_LIMIT
from pos_app.domain.markdown import Proposal, Rung
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import N_, _, plural
from pos_app.services.markdown import Piece
from ui.format import MINUS, amount, day_text, quantity
from ui.messages import explain
from ui.presenters.office_book import OfficeBook
from ui.presenters.office_form_state import (
    FieldKind,
    FieldView,
    OfficeKey,
    OfficeRow,
    Option,
)
from ui.presenters.ticket_view import unit_symbol
from ui.presenters.unit_name import unit_name

if TYPE_CHECKING:
    from ui.presenters.markdown import MarkdownPart

DAY_KEYS = {"day_0": 0, "day_1": 1, "day_2": 2, "day_3": 3}
STEP_KEYS = {"count_less": -1, "count_more": 1}
PRINT, PRINT_SLIPS, REMOVE = "markPrint", "markSlips", "markRemove"
_KINDS = {"use_by": N_("Use by"), "best_before": N_("Best before")}
_DATE = re.compile(r"(?:(?:(\d{4})\D)?(\d{1,2})\D)?(\d{1,2})")


def parse_day(text: str, today: date) -> date | None:
    """Return the day that was typed; "" for none. Without a year, the next such day.

    Raises:
        UserError: "markdown_day_unreadable".
    """
    written = text.strip()
    if not written:
        return None
    found = _DATE.fullmatch(written)
    year, month, day = found.group(1, 2, 3) if found else ("", "", "0")
    try:
        if year:
            return date(int(year), int(month), int(day))
        return _next(today, int(month) if month else None, int(day))
    except ValueError:
        raise UserError("markdown_day_unreadable", text=written[:20]) from None


def _next(today: date, month: int | None, day: int) -> date:
    """Return the next day of this number, in a month or in any."""
    at = today.replace(day=1)
    for _month in range(13):
        if month in {None, at.month}:
            try:
                found = at.replace(day=day)
            except ValueError:
                found = None
            if found is not None and found >= today:
                return found
        years, months = divmod(at.month, 12)
        at = at.replace(year=at.year + years, month=months + 1)
    raise ValueError(day)


@dataclass(frozen=True, slots=True)
class PieceDraft:
    """A piece as somebody types it.

    Attributes:
        piece: what holds of it. day: as it was typed. count: likewise.
        problem: why what was typed does not hold; None where it does.
    """

    piece: Piece
    day: str = ""
    count: str = "1"
    problem: UserError | None = None

    @classmethod
    def of(cls, piece: Piece) -> PieceDraft:
        """Return a piece that nobody typed anything of yet."""
        day = piece.day.isoformat() if piece.day else ""
        return cls(piece, day, str(piece.count))

    def is_like(self, piece: Piece) -> bool:
        """Tell whether another piece is the same goods."""
        goods = {(x.unit.unit_id, x.weight, x.is_again) for x in (self.piece, piece)}
        return len(goods) == 1

    def on(self, day: date) -> PieceDraft:
        """Return it with its last day."""
        piece = replace(self.piece, day=day)
        return PieceDraft(piece, day.isoformat(), self.count)

    def counted(self, by: int) -> PieceDraft:
        """Return more or fewer of them."""
        count = max(1, min(COPIES_LIMIT, self.piece.count + by))
        piece = replace(self.piece, count=count)
        return replace(self, piece=piece, count=str(count))


class PieceBook(OfficeBook[PieceDraft]):
    """Lists the pieces in hand."""

    key = "pieces"
    title = N_("Mark down")
    icon = "timer"
    empty = N_("Scan goods near their last day")
    can_order = False
    can_save = False
    part: MarkdownPart

    # ------------------------------------------------------------------ reading

    @override
    def rows(self, wanted: str) -> tuple[OfficeRow, ...]:
        return tuple(self._row(key, x) for key, x in self.part.pieces.items())

    def _row(self, key: str, draft: PieceDraft) -> OfficeRow:
        piece, found = draft.piece, self.part.proposal(draft)
        kind = _("Best before") if piece.is_best_before else _("Use by")
        words = [kind, day_text(piece.day) if piece.day else "–"]
        detail = f"{' '.join(words)} · × {piece.count}"
        mark = "–"
        if isinstance(found, Proposal):
            mark = f"{self._amount(found.before_minor)} → {self._amount(found.minor)}"
        return OfficeRow(key, unit_name(piece.unit), detail, mark, mark == "–")

    @override
    def read(self, key: str) -> PieceDraft | None:
        return self.part.pieces.get(key)

    @override
    def name(self, draft: PieceDraft) -> str:
        return unit_name(draft.piece.unit)

    @override
    def note(self, draft: PieceDraft) -> str:
        return draft.piece.unit.barcode or draft.piece.unit.sku

    @override
    def fields(self, draft: PieceDraft, *, is_new: bool) -> Sequence[FieldView]:
        found, kind = self.part.proposal(draft), "use_by"
        if draft.piece.is_best_before:
            kind = "best_before"
        days = (_("Today"), _("Tomorrow"), _("In 2 days"), _("In 3 days"))
        said = draft.problem
        return [
            FieldView(
                FieldKind.CHOICE,
                "kind",
                _("What the pack says"),
                kind,
                options=tuple(Option(key, _(words)) for key, words in _KINDS.items()),
            ),
            FieldView(
                FieldKind.TEXT,
                "day",
                _("Last day"),
                draft.day,
                problem=explain(said).sentence if said else "",
                limit=10,
            ),
            FieldView(
                FieldKind.KEYS,
                "days",
                keys=tuple(
                    OfficeKey(key, words, "clock")
                    for key, words in zip(DAY_KEYS, days, strict=True)
                ),
            ),
            *self._price(draft, found),
            FieldView(FieldKind.TEXT, "count", _("How many"), draft.count, limit=3),
            FieldView(
                FieldKind.KEYS,
                "counts",
                keys=(
                    OfficeKey("count_less", _("One fewer"), "minus"),
                    OfficeKey("count_more", _("One more"), "plus"),
                    OfficeKey(REMOVE, _("Not this one"), "trash", is_danger=True),
                ),
            ),
        ]

    def _price(
        self, draft: PieceDraft, found: Proposal | GuitaiError
    ) -> Sequence[FieldView]:
        head = FieldView(FieldKind.HEAD, "price", _("Reduced price"))
        if isinstance(found, GuitaiError):
            words = explain(found, self.work.currency).sentence
            return head, FieldView(FieldKind.NOTE, "why_not", detail=words)
        facts = tuple(Option(a, b) for a, b in self._facts(draft.piece, found))
        return head, FieldView(FieldKind.FACTS, "facts", options=facts)

    def _facts(self, piece: Piece, found: Proposal) -> list[tuple[str, str]]:
        """Write the price as a person would do it on paper."""
        written, unit = self._amount, piece.unit
        shelf = written(found.before_minor)
        if piece.weight is not None and unit.price is not None:
            weight = quantity(piece.weight, unit_symbol(unit))
            shelf = f"{weight} × {written(unit.price.minor)} = {shelf}"
        off = f"{written(found.before_minor)} × {found.rung.off} = {MINUS}"
        left = found.before_minor - found.off_minor
        facts = [
            (_("Shelf price"), shelf),
            (rung_words(found.rung), off + written(found.off_minor)),
            (_("By the ladder"), written(left)),
            (_("Floor"), self._floor(piece, found)),
            (_("Price on the label"), written(found.minor)),
        ]
        if found.is_at_floor:
            held = _("Price on the label, held by the floor")
            facts[-1] = (held, written(found.minor))
        ladder, day = self.part.service.ladder(unit), piece.day
        if ladder is not None and day is not None:
            later = ladder.next_rung(day, self.part.service.now())
            if later is not None:
                facts.append((_("Next step"), f"{rung_words(later)} {later.off}"))
        return facts

    def _floor(self, piece: Piece, found: Proposal) -> str:
        if found.cost_minor is None and not found.floor_minor:
            return _("none: the cost is not known")
        floor = self._amount(found.floor_minor)
        ladder = self.part.service.ladder(piece.unit)
        if found.cost_minor is None or ladder is None:
            return floor
        cost = self._amount(found.cost_minor)
        return _(
            "cost {cost} + {above} = {floor}",
            cost=cost,
            above=str(ladder.above_cost),
            floor=floor,
        )

    @override
    def list_keys(self) -> tuple[OfficeKey, ...]:
        part, count = self.part, self.part.count
        if not part.pieces:
            return ()
        words = plural("Print {count} label", "Print {count} labels", count)
        reason = "" if count else _("Nothing here has a reduced price yet")
        reason = _("Printing") if part.is_working else reason
        printer = part.work.counter.labels.printer
        no_printer = reason or ("" if printer else _("No label printer is set up"))
        return (
            OfficeKey(PRINT_SLIPS, _("On slip paper"), "receipt", reason=reason),
            OfficeKey(PRINT, words, "printer", reason=no_printer),
        )

    def _amount(self, minor: int) -> str:
        return amount(minor, self.work.currency)

    # ----------------------------------------------------------------- changing

    @override
    def edited(self, draft: PieceDraft, key: str, value: str) -> PieceDraft:
        if key == "kind":
            is_best = value == "best_before"
            return replace(draft, piece=replace(draft.piece, is_best_before=is_best))
        if key == "count":
            count = int(value) if value.isascii() and value.isdecimal() else 1
            piece = replace(draft.piece, count=max(1, min(COPIES_LIMIT, count)))
            return replace(draft, piece=piece, count=value)
        try:
            day = parse_day(value, self.part.service.now().date())
        except UserError as error:
            piece = replace(draft.piece, day=None)
            return replace(draft, piece=piece, day=value, problem=error)
        piece = replace(draft.piece, day=day)
        return replace(draft, piece=piece, day=value, problem=None)


def rung_words(rung: Rung) -> str:
    """Say from when on a step holds: "2 days before, from 08:00"."""
    hour = f"{rung.from_minute // 60:02d}:{rung.from_minute % 60:02d}"
    if not rung.days_left:
        if not rung.from_minute:
            return _("On the last day")
        return _("On the last day from {hour}", hour=hour)
    if not rung.from_minute:
        return plural("{count} day before", "{count} days before", rung.days_left)
    return plural(
        "{count} day before, from {hour}",
        "{count} days before, from {hour}",
        rung.days_left,
        hour=hour,
    )
