"""The open sale: from the first scan to the moment it is paid or given up.

Scan -> price -> paint happens at once on the caller's thread; each accepted
intent is made durable behind it by the core thread (law 10).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from pos_app.domain import open_sale as intents
from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.item import PriceSource, Scanned, SellBy, SellingUnit
from pos_app.domain.journal import EntryKind
from pos_app.domain.open_sale import Intent, OpenSale, apply
from pos_app.domain.permission import Permission
from pos_app.domain.pricing import price_basket
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.tax import PricingRules
from pos_app.errors import GuitaiError, UserError
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.desk import Desk
from pos_app.values.quantity import PIECE, checked_quantity

ONE = Decimal(1)
UNDO_LIMIT = 20


class Outcome(StrEnum):
    """What a scan or a tap led to."""

    ADDED = "added"
    UNKNOWN = "unknown"  # a red line was added; payment waits for it
    NEEDS_WEIGHT = "needs_weight"  # nothing added yet: ask for the weight


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What became of a scan.

    Attributes:
        outcome: see `Outcome`. code: as scanned.
        unit: what was named; None when nobody knows the code.
        quantity: what was added.
    """

    outcome: Outcome
    code: str
    unit: SellingUnit | None
    quantity: Decimal


class SaleService:
    """Owns the open sale of this till; used from one thread.

    Args:
        desk: ports and shared state.
        on_lost: called (on the core thread) when an intent could not be made
            durable: the sale on screen is ahead of the disk.
    """

    def __init__(self, desk: Desk, on_lost: Callable[[GuitaiError], None]) -> None:
        self._desk = desk
        self._on_lost = on_lost
        self._open: OpenSale | None = desk.ledger.open_sale()
        self._rules_cache: PricingRules | None = None
        self._priced: PricedBasket | None = None
        self._removed: list[tuple[BasketLine, int]] = []

    @property
    def current(self) -> OpenSale | None:
        """The open sale; None between two customers."""
        return self._open

    @property
    def basket(self) -> Basket | None:
        """The open basket; None between two customers."""
        return self._open.basket if self._open else None

    @property
    def rules(self) -> PricingRules:
        """The shop's rules, with this till's choice of merging."""
        if self._rules_cache is None:
            merge = self._desk.settings.current.merge_same_items
            self._rules_cache = replace(self._desk.shop.rules, merge_same_items=merge)
        return self._rules_cache

    def refresh_rules(self) -> None:
        """Read the rules anew: a setting or a tax changed."""
        self._rules_cache = None
        self._priced = None

    @property
    def priced(self) -> PricedBasket | None:
        """The price of the open basket; None between two customers."""
        if self._open is None:
            return None
        if self._priced is None:
            self._priced = self._price(self._open.basket)
        return self._priced

    def look_up(self, code: str) -> Scanned | None:
        """Find what a code names, without adding it (price check)."""
        return self._desk.catalog.scan(code, self._desk.clock.now())

    def scan(self, code: str, quantity: Decimal | None = None) -> ScanResult:
        """Add what a code names, or a red line when nobody knows it.

        Args:
            code: barcode, PLU or SKU, as scanned or typed.
            quantity: of the prefix `3 ×`; None for one.

        Raises:
            UserError: "barcode_check_digit", "label_needs_own_scan",
                "item_without_price", "money_already_taken" or what the basket
                refuses; the basket stays as it was.
        """
        self._desk.session.require(Permission.SELL)
        found = self._desk.catalog.scan(code, self._desk.clock.now())
        if found is None:
            line = BasketLine(self._desk.ids.new(), None, code, quantity or ONE)
            self._add(line)
            return ScanResult(Outcome.UNKNOWN, code, None, line.quantity)
        if found.quantity is not None or found.total_minor is not None:
            return self._add_label(found, code, quantity)
        return self.add_unit(found.unit, quantity, code)

    def add_unit(
        self, unit: SellingUnit, quantity: Decimal | None, code: str = ""
    ) -> ScanResult:
        """Add a unit by tile, search or plain barcode; weighed goods ask first."""
        self._desk.session.require(Permission.SELL)
        if unit.sell_by is SellBy.WEIGHT and quantity is None:
            return ScanResult(Outcome.NEEDS_WEIGHT, code, unit, Decimal(0))
        if unit.price is None:
            raise UserError("item_without_price", name=unit.name)
        count = checked_quantity(ONE if quantity is None else quantity)
        if unit.sell_by is SellBy.COUNT and count != count.to_integral_value():
            raise UserError("quantity_not_whole", quantity=str(count), name=unit.name)
        line = BasketLine(
            self._desk.ids.new(), unit, code or unit.barcode, count, source=unit.source
        )
        self._add(line)
        return ScanResult(Outcome.ADDED, code, unit, count)

    def _add_label(
        self, found: Scanned, code: str, prefix: Decimal | None
    ) -> ScanResult:
        """Add a line for a label that carries its own weight or price."""
        if prefix is not None and prefix != ONE:
            raise UserError("label_needs_own_scan", name=found.unit.name)
        if found.unit.price is None and found.total_minor is None:
            raise UserError("item_without_price", name=found.unit.name)
        by_price = found.total_minor is not None
        source = PriceSource.EMBEDDED_PRICE if by_price else PriceSource.EMBEDDED_WEIGHT
        line = BasketLine(
            self._desk.ids.new(),
            found.unit,
            code,
            checked_quantity(found.quantity or ONE),
            total_minor=found.total_minor,
            source=source,
        )
        self._add(line)
        return ScanResult(Outcome.ADDED, code, found.unit, line.quantity)

    def set_quantity(self, line_id: str, quantity: Decimal) -> None:
        """Give a line another quantity.

        Raises:
            UserError: "quantity_not_whole" or what the basket refuses.
        """
        unit = self._basket().line(line_id).unit
        whole = quantity == quantity.to_integral_value()
        if not whole and (unit is None or unit.unit_code == PIECE):
            name = unit.name if unit else ""
            raise UserError("quantity_not_whole", quantity=str(quantity), name=name)
        self._accept(intents.SetQuantity(line_id, quantity))

    def set_note(self, line_id: str, note: str) -> None:
        """Give a line a note."""
        self._accept(intents.SetNote(line_id, note))

    def select(self, line_id: str) -> None:
        """Select a line; not worth a write to the disk."""
        assert self._open is not None
        self._open = apply(self._open, intents.SelectLine(line_id))

    def resolve(self, line_id: str, unit: SellingUnit) -> None:
        """Give a red line the item that the cashier found by name."""
        if unit.price is None:
            raise UserError("item_without_price", name=unit.name)
        self._accept(intents.ResolveLine(line_id, unit))

    def remove_line(self, line_id: str) -> BasketLine:
        """Void a line; journalled, and undone by `undo_remove`.

        Raises:
            UserError: "not_permitted", "money_already_taken".
        """
        self._desk.session.require(Permission.LINE_VOID)
        basket = self._basket()
        line = basket.line(line_id)
        position = basket.lines.index(line)
        price_minor = self._line_total(line_id)
        self._accept(
            intents.RemoveLine(line_id),
            {
                "sale": basket.basket_id,
                "line": line_id,
                "code": line.scanned,
                "sku": line.unit.sku if line.unit else "",
                "quantity": str(line.quantity),
                "total_minor": price_minor,
            },
        )
        self._removed = [*self._removed[-UNDO_LIMIT:], (line, position)]
        return line

    def undo_remove(self) -> BasketLine | None:
        """Put the line voided last back where it was; None when there is none."""
        if not self._removed or self._open is None:
            return None
        line, position = self._removed.pop()
        self._accept(intents.RestoreLine(line, position))
        return line

    def round_off(self, amount_minor: int) -> None:
        """抹零: let a small amount go, up to the cap of the cashier's role.

        Raises:
            UserError: "not_permitted", "round_off_over_cap", "round_off_absurd"
                or what pricing refuses.
        """
        staff = self._desk.session.require(Permission.ROUND_OFF)
        if amount_minor < 0:
            raise UserError("round_off_absurd")
        cap_minor = staff.role.round_off_cap_minor
        if amount_minor > cap_minor:
            raise UserError("round_off_over_cap", cap_minor=cap_minor)
        self._accept(intents.RoundOff(amount_minor))

    def accept_tender(
        self, intent: intents.TakeTender | intents.GiveBackTender
    ) -> None:
        """Store a tender taken or given back; the payment service checked it."""
        self._accept(intent)

    def ended(self) -> None:
        """Forget the open sale: it was committed or voided."""
        self._open = None
        self._priced = None
        self._removed = []

    def settle_unknown(self) -> None:
        """Refuse to go on while a red line waits.

        Raises:
            UserError: "basket_empty" or "unknown_lines" with the first position.
        """
        basket = self.basket
        if basket is None or not basket.lines:
            raise UserError("basket_empty")
        if basket.unknown_lines:
            raise UserError("unknown_lines", line=basket.unknown_lines[0])

    def _basket(self) -> Basket:
        if self._open is None:
            raise UserError("basket_empty")
        return self._open.basket

    def _line_total(self, line_id: str) -> int:
        priced = self.priced
        assert priced is not None
        return sum(x.total_minor for x in priced.lines if x.line_id == line_id)

    def _add(self, line: BasketLine) -> None:
        if self._open is None:
            self._open = self._begin()
        merge = self.rules.merge_same_items
        try:
            self._accept(intents.AddLine(line, merge))
        except UserError:
            if self._open.is_empty:
                self.ended()
            raise

    def _begin(self) -> OpenSale:
        return OpenSale(
            basket=Basket(self._desk.ids.new()),
            tenders=(),
            cashier_id=self._desk.session.cashier.staff_id,
            business_day=self._desk.business_day(),
            started_at=self._desk.clock.now(),
        )

    def _accept(self, intent: Intent, voided: dict[str, object] | None = None) -> None:
        """Apply, price, and hand the intent to the core thread."""
        before = self._open
        assert before is not None
        is_tender = isinstance(intent, intents.TakeTender | intents.GiveBackTender)
        if before.tenders and not is_tender:
            raise UserError("money_already_taken")
        after = apply(before, intent)
        priced = self._priced if is_tender else self._price(after.basket)
        self._open, self._priced = after, priced
        at = self._desk.clock.now()
        stamp = self._desk.stamp(before.business_day)

        def work(unit: UnitOfWork) -> None:
            unit.add_intent(before, intent, at)
            if voided is not None:
                unit.append(EntryKind.LINE_VOIDED, voided, stamp)

        future = self._desk.record(work)
        future.add_done_callback(self._check_stored)

    def _check_stored(self, future: Future[None]) -> None:
        error = future.exception()
        if isinstance(error, GuitaiError):
            self._on_lost(error)
        elif error is not None:
            raise error

    def _price(self, basket: Basket) -> PricedBasket:
        return price_basket(basket, self.rules, self._desk.clock.now())
