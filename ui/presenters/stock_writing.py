"""A stock document being written: scanned and typed, booked by one key."""

from __future__ import annotations

from decimal import Decimal

from pos_app.domain.item import SellingUnit
from pos_app.domain.permission import Permission
from pos_app.domain.stock_document import StockKind
from pos_app.domain.stock_draft import StockDraft, StockDraftLine
from pos_app.errors import UserError
from pos_app.i18n import _, current_language
from pos_app.services.stock_reasons import stock_reasons
from pos_app.values.money import parse_minor
from pos_app.values.quantity import parse_quantity
from ui.messages import explain
from ui.presenters.back_office_part import BackOfficePlace
from ui.presenters.entry import Entry
from ui.presenters.pad_key import PadKey
from ui.presenters.stock_state import Choices, EntryView, WritingView
from ui.presenters.stock_words import KIND_ACTIONS, KIND_ICONS
from ui.presenters.stock_writing_view import (
    FOUND,
    book_key,
    found_table,
    line_name,
    lines_table,
    unit_name,
)

QUANTITY, COST = "quantity", "cost"
UP, DOWN = "up", "down"
DOCUMENT, LINE = "document", "line"
_FOUND_LIMIT = 30


class StockWriting:
    """Keeps which line is chosen and what the pad types; the draft is the service's."""

    def __init__(self, place: BackOfficePlace) -> None:
        self._place = place
        self._drafts = place.work.counter.stock_drafts
        self.kind = StockKind.RECEIVED
        self.prints = True
        self._start_anew()

    def _start_anew(self) -> None:
        self._line_id, self._field, self._sign = "", QUANTITY, UP
        self._scope, self._search = DOCUMENT, ""
        self._entry, self._problem = Entry(), ""
        self._removed: StockDraftLine | None = None
        self._found: tuple[SellingUnit, ...] = ()
        self.gives_up = False

    @property
    def draft(self) -> StockDraft:
        """What is written so far."""
        return self._drafts.of(self.kind)

    def begin(self, kind: StockKind) -> None:
        """Write a document of a kind: go on with what was begun."""
        chosen = self._line_id if kind is self.kind else ""
        self.kind = kind
        self._start_anew()
        self._drafts.look_again(kind)
        lines = [line.line_id for line in self.draft.lines]
        last = lines[-1] if lines else ""
        self._line_id = chosen if chosen in lines else last

    @property
    def unknown_code(self) -> str:
        """The chosen line's code, where nobody knows it and this person may name it."""
        line, staff = self._line(), self._place.work.counter.desk.session.staff
        may = staff is not None and staff.may(Permission.ITEMS)
        return line.scanned if may and line is not None and line.unit is None else ""

    # ------------------------------------------------------------------ what comes

    def scan(self, code: str) -> None:
        """Add what was scanned, as often as the prefix says; refusals are raised."""
        count = Decimal(self._entry.prefix) if self._entry.prefix else None
        line = self._drafts.scan(self.kind, code, count, takes_away=self._sign == DOWN)
        self._came(line)

    def add_unit(self, unit: SellingUnit) -> None:
        """Add a unit found by name."""
        line = self._drafts.add(self.kind, unit, takes_away=self._sign == DOWN)
        self._came(line)

    def _came(self, line: StockDraftLine) -> None:
        self._forget()
        self._line_id, self._field = line.line_id, QUANTITY
        self._search, self._found = "", ()

    def search(self, words: str) -> None:
        """Look for goods by name."""
        desk = self._place.work.counter.desk
        self._search = words
        found = (
            desk.catalog.search(words, desk.clock.now(), _FOUND_LIMIT)
            if words.strip()
            else ()
        )
        self._found = tuple(found)

    def submit_search(self) -> None:
        """Take the first of what was found; refusals are raised."""
        if self._found:
            self.add_unit(self._found[0])
        elif self._search.strip():
            self.scan(self._search.strip())

    def choose(self, key: str) -> None:
        """A row was touched: a line, or something found."""
        if key.startswith(FOUND):
            self.add_unit(self._found[int(key.removeprefix(FOUND))])
            return
        self._forget()
        self._line_id = key
        line = self._line()
        if line is not None and self.kind is StockKind.ADJUSTED:
            self._sign = UP if line.quantity > 0 else DOWN

    # -------------------------------------------------------------------- the pad

    def press(self, value: str) -> None:
        """Take a key of the pad; refusals stand on the entry line."""
        key = PadKey(value)
        self._problem, self.gives_up = "", False
        if key is PadKey.ENTER:
            self._take()
        else:
            self._entry = self._entry.press(key)

    def _take(self) -> None:
        line = self._line()
        if line is None or not self._entry.text:
            return
        try:
            self._set(line, self._entry.text)
        except UserError as error:
            self._problem = explain(error, self._place.work.currency).sentence
            return
        self._entry = Entry()

    def _set(self, line: StockDraftLine, text: str) -> None:
        if self._field == COST:
            cost = parse_minor(text, self._place.work.currency)
            self._drafts.set_cost(self.kind, line.line_id, cost)
            return
        count = parse_quantity(text)
        is_down = self.kind is StockKind.ADJUSTED and self._sign == DOWN
        self._drafts.set_quantity(self.kind, line.line_id, -count if is_down else count)
        if self.kind is StockKind.RECEIVED and line.cost_minor is None:
            self._field = QUANTITY

    def choose_field(self, field: str) -> None:
        """Type quantities, or costs."""
        self._field = field
        self._entry, self._problem = Entry(), ""

    def choose_sign(self, sign: str) -> None:
        """Put goods onto the shelf, or take them off it: the chosen line, too."""
        self._sign = sign
        line = self._line()
        if line is not None:
            size = abs(line.quantity)
            count = -size if sign == DOWN else size
            self._drafts.set_quantity(self.kind, line.line_id, count)

    # ------------------------------------------------------------------- the rest

    def choose_scope(self, scope: str) -> None:
        """Give reasons to the whole document, or to the chosen line."""
        self._scope = scope

    def choose_reason(self, reason: str) -> None:
        """Give the reason."""
        line = self._line()
        if self._scope == LINE and line is not None:
            self._drafts.set_line_reason(self.kind, line.line_id, reason)
        else:
            self._drafts.set_reason(self.kind, reason)

    def set_delivery(self, key: str, text: str) -> None:
        """Take the supplier or the delivery note; refusals are raised."""
        draft = self.draft
        supplier = text if key == "supplier" else draft.supplier
        note = text if key == "delivery_note" else draft.delivery_note
        self._drafts.set_delivery(supplier, note)

    def remove(self) -> None:
        """Take the chosen line out; it can come back."""
        line = self._line()
        if line is None:
            return
        self._forget()
        self._removed = self._drafts.remove(self.kind, line.line_id)
        lines = self.draft.lines
        self._line_id = lines[-1].line_id if lines else ""

    def remove_or_bring_back(self) -> None:
        """Take the chosen line out, or put back what was just taken out."""
        if self._removed is None:
            self.remove()
            return
        self._drafts.bring_back(self.kind, self._removed)
        self._line_id, self._removed = self._removed.line_id, None

    def turn_printing(self) -> None:
        """Print the slip of what is booked, or do not."""
        self.prints = not self.prints

    def give_up(self) -> bool:
        """Throw the draft away when asked twice; tells whether it is gone."""
        if not self.gives_up and not self.draft.is_empty:
            self.gives_up = True
            return False
        self._drafts.give_up(self.kind)
        self._start_anew()
        return True

    def escape(self) -> bool:
        """Undo the last thing begun; whether there was one."""
        if self.gives_up or self._search or not self._entry.is_empty:
            self._forget()
            self._search, self._found = "", ()
            return True
        return False

    def _forget(self) -> None:
        self._entry, self._problem = Entry(), ""
        self._removed, self.gives_up = None, False

    def _line(self) -> StockDraftLine | None:
        found = [x for x in self.draft.lines if x.line_id == self._line_id]
        return found[0] if found else None

    # --------------------------------------------------------------- what is shown

    def view(self) -> WritingView:
        """Return what the page shows."""
        draft, line = self.draft, self._line()
        language = current_language()
        desk = self._place.work.counter.desk
        reasons = stock_reasons(desk, self.kind, language)
        reason = draft.reason
        if self._scope == LINE and line is not None:
            reason = line.reason
        book_words, can_book = book_key(draft)
        return WritingView(
            title=_(KIND_ACTIONS[self.kind]),
            icon=KIND_ICONS[self.kind],
            is_delivery=self.kind is StockKind.RECEIVED,
            supplier=draft.supplier,
            delivery_note=draft.delivery_note,
            reasons=reasons,
            reason=reason,
            scopes=((DOCUMENT, _("For all lines")), (LINE, _("For this line"))),
            scope=self._scope,
            search=self._search,
            table=found_table(self._found, self._place.work.currency)
            if self._search
            else lines_table(draft, reasons, self._line_id, self._place.work.currency),
            entry=self._entry_view(line),
            prints=self.prints,
            book_words=book_words,
            can_book=can_book,
            gives_up=self.gives_up,
            can_bring_back=self._removed is not None,
            has_line=line is not None,
            is_begun=not draft.is_empty,
            can_register=bool(self.unknown_code),
        )

    def _entry_view(self, line: StockDraftLine | None) -> EntryView:
        name = line_name(line) if line is not None else ""
        hint = _("Scan, or touch a line")
        if line is not None and self._field == COST:
            hint = _("Cost of one {unit}", unit=unit_name(line) or name)
        elif line is not None:
            hint = _("Quantity: {name}", name=name)
        fields: Choices = ()
        signs: Choices = ()
        if self.kind is StockKind.RECEIVED:
            fields = ((QUANTITY, _("Quantity")), (COST, _("Cost")))
        if self.kind is StockKind.ADJUSTED:
            signs = ((UP, _("Add to stock")), (DOWN, _("Take away")))
        return EntryView(
            hint=hint,
            text=self._entry.shown,
            problem=self._problem,
            fields=fields,
            field=self._field,
            signs=signs,
            sign=self._sign,
        )
