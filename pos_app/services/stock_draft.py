"""Writes a stock document: every accepted scan and key is durable (law 10)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from decimal import Decimal

from pos_app.domain.item import Scanned, SellingUnit
from pos_app.domain.permission import Permission
from pos_app.domain.stock_document import StockKind
from pos_app.domain.stock_draft import StockDraft, StockDraftLine
from pos_app.errors import GuitaiError, UserError
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.desk import Desk
from pos_app.services.payment_secrets import holds_card_number
from pos_app.services.stock_reasons import stock_reasons
from pos_app.services.typed_code import find_code
from pos_app.services.typed_text import typed_text

SUPPLIER_LIMIT, NOTE_LIMIT = 60, 40


class StockDraftService:
    """Keeps one document of each kind that is being written, in memory and stored.

    The till's one open draft of a kind belongs to the shop and not to who began it:
    a delivery is begun by one and ended by another.
    """

    def __init__(self, desk: Desk, on_lost: Callable[[GuitaiError], None]) -> None:
        """Take the desk, and what is told when the disk did not take a change."""
        self._desk = desk
        self._on_lost = on_lost
        self._drafts: dict[StockKind, StockDraft] = {}
        self._unstored: set[StockKind] = set()

    def of(self, kind: StockKind) -> StockDraft:
        """Return the draft of a kind: the one begun before, or an empty one."""
        if kind not in self._drafts:
            stored = self._desk.ledger.stock.draft(kind)
            self._drafts[kind] = stored or StockDraft(self._desk.ids.new(), kind)
        return self._drafts[kind]

    def is_begun(self, kind: StockKind) -> bool:
        """Tell whether something was written that is not booked."""
        return not self.of(kind).is_empty

    def scan(
        self,
        kind: StockKind,
        code: str,
        quantity: Decimal | None = None,
        *,
        takes_away: bool = False,
    ) -> StockDraftLine:
        """Add what a code names; an unknown one stands as a red line.

        Args:
            kind: of the draft.
            code: scanned or typed.
            quantity: units to add; None for one, or what the label carries.
            takes_away: an adjustment's new line goes down instead of up.

        Raises:
            UserError: "not_permitted", what `find_code` or what
                `StockDraft.with_line` refuses.
        """
        self._desk.session.require(Permission.STOCK)
        shown, found = find_code(self._desk, code)
        sign = -1 if takes_away else 1
        if found is None:
            return self._add_one(kind, shown, None, sign * (quantity or Decimal(1)))
        count = quantity or _quantity(found)
        return self._add_one(kind, shown, found.unit, sign * count)

    def add(
        self, kind: StockKind, unit: SellingUnit, *, takes_away: bool = False
    ) -> StockDraftLine:
        """Add one of a unit that was found by name."""
        self._desk.session.require(Permission.STOCK)
        return self._add_one(kind, "", unit, Decimal(-1 if takes_away else 1))

    def set_quantity(self, kind: StockKind, line_id: str, quantity: Decimal) -> None:
        """Set how many units a line has.

        Raises:
            UserError: "quantity_absurd", "quantity_too_precise", "stock_line_gone".
        """
        line = self.of(kind).line(line_id)
        self._put(kind, replace(line, quantity=quantity))

    def set_cost(self, kind: StockKind, line_id: str, cost_minor: int | None) -> None:
        """Set what one unit costs, minor units; None where nobody says.

        Raises:
            UserError: "amount_absurd", "stock_line_gone".
        """
        line = self.of(kind).line(line_id)
        self._put(kind, replace(line, cost_minor=cost_minor))

    def set_line_reason(self, kind: StockKind, line_id: str, reason: str) -> None:
        """Give a line a reason of its own; "" for the document's.

        Raises:
            UserError: "reason_unknown", "stock_line_gone".
        """
        self._refuse_reason(kind, reason)
        line = self.of(kind).line(line_id)
        self._put(kind, replace(line, reason=reason))

    def set_reason(self, kind: StockKind, reason: str) -> None:
        """Give the document its reason.

        Raises:
            UserError: "reason_unknown".
        """
        self._refuse_reason(kind, reason)
        self._put_head(replace(self.of(kind), reason=reason))

    def set_delivery(self, supplier: str, delivery_note: str) -> None:
        """Say who delivered and the number on their paper.

        Raises:
            UserError: "reference_is_card_number".
        """
        if holds_card_number(supplier) or holds_card_number(delivery_note):
            raise UserError("reference_is_card_number")
        words = typed_text(supplier, SUPPLIER_LIMIT)
        note = typed_text(delivery_note, NOTE_LIMIT)
        draft = self.of(StockKind.RECEIVED)
        self._put_head(replace(draft, supplier=words, delivery_note=note))

    def remove(self, kind: StockKind, line_id: str) -> StockDraftLine:
        """Take a line out; returns it, so that it can come back."""
        draft = self.of(kind)
        line = draft.line(line_id)
        after = draft.without_line(line_id)
        self._keep(
            after, lambda unit: unit.stock.drop_draft_line(draft.draft_id, line_id)
        )
        return line

    def bring_back(self, kind: StockKind, line: StockDraftLine) -> None:
        """Put a removed line back, at the end."""
        self._put(kind, line)

    def give_up(self, kind: StockKind) -> None:
        """Forget the draft."""
        fresh = StockDraft(self._desk.ids.new(), kind)
        self._keep(fresh, lambda unit: unit.stock.drop_draft(kind))

    def ended(self, kind: StockKind) -> None:
        """Begin anew: the draft was booked, which took it off the disk, too."""
        self._drafts.pop(kind, None)
        self._unstored.discard(kind)

    def look_again(self, kind: StockKind) -> int:
        """Look for the codes nobody knew; returns how many are known by now."""
        found = 0
        for line in self.of(kind).unknown:
            scanned = find_code(self._desk, line.scanned)[1]
            if scanned is not None:
                self._put(kind, replace(line, unit=scanned.unit))
                found += 1
        return found

    # -------------------------------------------------------------------- inside

    def _add_one(
        self, kind: StockKind, code: str, unit: SellingUnit | None, quantity: Decimal
    ) -> StockDraftLine:
        same = self.of(kind).same(unit, code)
        if same is None:
            line = StockDraftLine(self._desk.ids.new(), code, unit, quantity)
        else:  # a line that takes away grows that way
            step = abs(quantity) if same.quantity > 0 else -abs(quantity)
            line = replace(same, quantity=same.quantity + step)
        self._put(kind, line)
        return line

    def _refuse_reason(self, kind: StockKind, reason: str) -> None:
        known = dict(stock_reasons(self._desk, kind, self._desk.shop.language))
        if reason and reason not in known:
            raise UserError("reason_unknown", reason=reason[:20])

    def _put(self, kind: StockKind, line: StockDraftLine) -> None:
        draft = self.of(kind).with_line(line)
        self._keep(draft, lambda unit: unit.stock.put_draft(draft, line))

    def _put_head(self, draft: StockDraft) -> None:
        self._keep(draft, lambda unit: unit.stock.put_draft(draft, None))

    def _keep(self, draft: StockDraft, store: Callable[[UnitOfWork], None]) -> None:
        """Accept a change and store it; all of it, if the last one was not stored."""
        kind = draft.kind
        self._drafts[kind] = draft
        whole = kind in self._unstored
        self._unstored.discard(kind)

        def work(unit: UnitOfWork) -> None:
            if whole:
                unit.stock.put_whole_draft(draft)
            else:
                store(unit)

        future = self._desk.record(work)
        future.add_done_callback(lambda done: self._look_at(done, kind))

    def _look_at(self, done: Future[None], kind: StockKind) -> None:
        error = done.exception()
        if error is None:
            return
        self._unstored.add(kind)
        if isinstance(error, GuitaiError):
            self._on_lost(error)


def _quantity(found: Scanned) -> Decimal:
    return found.quantity if found.quantity is not None else Decimal(1)
