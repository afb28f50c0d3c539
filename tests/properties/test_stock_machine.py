"""Whatever is sold, brought back, received, wasted, adjusted and undone, in any order
and through crashes: the balance of every item is the sum of its moves and what a
shopkeeper's own book says, and no number is missing."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from pos_app.bootstrap import Till
from pos_app.domain.stock_document import StockDocument, StockKind
from pos_app.errors import UserError
from pos_app.ports.stock import MoveKind
from tests.builders_stock import book, on_hand
from tests.counter_shop import (
    APPLES,
    BOX,
    COLA,
    MANAGER,
    TEA,
    fresh_shop,
    opened,
    pay_cash,
    prove,
    unit_of,
)

_CODES = (TEA, COLA, BOX, APPLES)
_ITEM_OF = {TEA: TEA, COLA: COLA, BOX: COLA, APPLES: APPLES}
_PIECES = {TEA: 1, COLA: 1, BOX: 24, APPLES: 1}
_KINDS = tuple(StockKind)
_REASON = {StockKind.WASTED: "broken", StockKind.ADJUSTED: "missing"}


def _quantity(code: str, count: int) -> Decimal:
    """Return a quantity that the unit can have: grams for what is weighed."""
    return Decimal(count * 37) / 1000 if code == APPLES else Decimal(count)


class StockMachine(RuleBasedStateMachine):
    """One shop, one shopkeeper with a book of their own."""

    @initialize()
    def open(self) -> None:
        self.stack = ExitStack()
        folder = self.stack.enter_context(tempfile.TemporaryDirectory())
        self.folder = fresh_shop(Path(folder))
        self._enter()
        self.book: dict[str, Decimal] = {}
        self.documents: list[StockDocument] = []
        self.undone: set[str] = set()
        self.written: dict[StockKind, list[tuple[str, Decimal]]] = {
            kind: [] for kind in _KINDS
        }
        self.moves = 0

    def _enter(self) -> None:
        self.till_stack = ExitStack()
        self.till: Till = self.till_stack.enter_context(
            opened(self.folder, number=MANAGER)
        )
        self.counter = self.till.counter

    def _move(self, code: str, quantity: Decimal) -> None:
        item = _ITEM_OF[code]
        pieces = quantity * _PIECES[code]
        self.book[item] = self.book.get(item, Decimal(0)) + pieces

    @rule(code=st.sampled_from(_CODES), count=st.integers(1, 5))
    def sell(self, code: str, count: int) -> None:
        quantity = _quantity(code, count)
        self.counter.sale.add_unit(unit_of(self.counter, code), quantity, code)
        pay_cash(self.counter)
        self._move(code, -quantity)

    @rule(
        kind=st.sampled_from(_KINDS),
        code=st.sampled_from(_CODES),
        count=st.integers(1, 9),
        goes_down=st.booleans(),
    )
    def write(self, kind: StockKind, code: str, count: int, goes_down: bool) -> None:
        drafts = self.counter.stock_drafts
        line = drafts.scan(kind, code)
        quantity = _quantity(code, count)
        if kind is StockKind.ADJUSTED and goes_down:
            quantity = -quantity
        drafts.set_quantity(kind, line.line_id, quantity)
        if kind in _REASON:
            drafts.set_reason(kind, _REASON[kind])

    @rule(kind=st.sampled_from(_KINDS))
    def take_a_line_out(self, kind: StockKind) -> None:
        lines = self.counter.stock_drafts.of(kind).lines
        if lines:
            self.counter.stock_drafts.remove(kind, lines[0].line_id)

    @rule(kind=st.sampled_from(_KINDS))
    def book_it(self, kind: StockKind) -> None:
        draft = self.counter.stock_drafts.of(kind)
        if not draft.lines:
            return
        document = book(self.counter, kind)
        sign = -1 if kind is StockKind.WASTED else 1
        for line in draft.lines:
            code = next(c for c in _CODES if self._names(c, line.unit.unit_id))
            self._move(code, sign * line.quantity)
        self.documents.append(document)

    def _names(self, code: str, unit_id: str) -> bool:
        return unit_of(self.counter, code).unit_id == unit_id

    @precondition(lambda self: self.documents)
    @rule(pick=st.integers(0, 10**6))
    def undo(self, pick: int) -> None:
        document = self.documents[pick % len(self.documents)]
        try:
            mirror = self.counter.stock.mirror(
                document.document_id, print_slip=False
            ).result()
        except UserError as error:
            if error.key != "stock_already_mirrored":
                raise
            assert document.document_id in self.undone
            return
        assert document.document_id not in self.undone
        self.undone.add(document.document_id)
        for line in mirror.lines:
            item = next(
                code
                for code in (TEA, COLA, APPLES)
                if unit_of(self.counter, code).item_id == line.item_id
            )
            self.book[item] += Decimal(line.pieces_thousandths) / 1000

    @rule()
    def the_till_dies(self) -> None:
        self.till.ledger.flush()
        drafts = {kind: self.counter.stock_drafts.of(kind).lines for kind in _KINDS}
        self.till_stack.close()
        self._enter()
        again = {kind: self.counter.stock_drafts.of(kind).lines for kind in _KINDS}
        assert again == drafts

    @invariant()
    def books_agree(self) -> None:
        if not hasattr(self, "till"):
            return
        for code in (TEA, COLA, APPLES):
            expected = self.book.get(code, Decimal(0))
            assert on_hand(self.till, code) == expected
            item_id = unit_of(self.counter, code).item_id
            everything = self._all_moves(item_id, None)
            moved = sum(move.thousandths for move in everything)
            assert Decimal(moved) / 1000 == expected
            if everything:
                assert Decimal(everything[0].after_thousandths) / 1000 == expected
            by_kind = [
                move for kind in MoveKind for move in self._all_moves(item_id, kind)
            ]
            assert sorted(by_kind, key=lambda x: x.place, reverse=True) == everything

    def _all_moves(self, item_id: str, kind: MoveKind | None) -> list[object]:
        found, place = [], None
        while True:
            page = self.till.ledger.stock.moves(item_id, kind, place, 3)
            found += page.moves
            place = page.next
            if place is None:
                return found

    def teardown(self) -> None:
        if hasattr(self, "till"):
            prove(self.till)
            self.till_stack.close()
            self.stack.close()


TestStockMachine = StockMachine.TestCase
TestStockMachine.settings = settings(
    max_examples=10,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
