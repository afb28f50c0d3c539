"""Prices and discounts by hand: who may let how much go, and who answers for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.journal import EntryKind
from pos_app.domain.letting_go import depths
from pos_app.domain.open_sale import (
    Intent,
    OpenSale,
    SetDiscount,
    SetOverride,
    SetSaleDiscount,
)
from pos_app.domain.permission import Demand, Permission
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.reduction import (
    ManualDiscount,
    OverrideCause,
    PriceOverride,
    StepKind,
)
from pos_app.errors import UserError
from pos_app.services.backlog import Fact
from pos_app.services.desk import Desk
from pos_app.services.reductions import refuse_beyond_caps
from pos_app.services.sale import SaleService
from pos_app.services.session import Clearance
from pos_app.values.money import AMOUNT_LIMIT_MINOR
from pos_app.values.percentage import Percentage

_NOTHING, _EVERYTHING = Percentage(0), Percentage(1_000_000)
#: Makes the intent of who gives it, and who approved it how deep.
_Intended: TypeAlias = Callable[[Clearance], Intent]
#: The uses of the reasons in the catalogue.
OVERRIDE_REASONS, DISCOUNT_REASONS = "price_override", "discount"


class PriceByHandService:
    """Gives and takes back what a person decides about a price."""

    def __init__(self, desk: Desk, sale: SaleService) -> None:
        self._desk = desk
        self._sale = sale

    def override_price(self, line_id: str, unit_price_minor: int, reason: str) -> None:
        """Give a line another price for each unit, lower or higher.

        Args:
            line_id: of the basket.
            unit_price_minor: as the shelf would show it, minor units.
            reason: key among the reasons for "price_override".

        Raises:
            ApprovalNeeded: "not_permitted" without the permission or deeper than
                the role's cap.
            UserError: "line_unknown", "price_absurd", "reason_unknown",
                "item_discount_cap", "money_already_taken" or what pricing refuses.
        """
        line = self._known(line_id)
        if not 0 <= unit_price_minor <= AMOUNT_LIMIT_MINOR:
            raise UserError("price_absurd")
        self._refuse_reason(OVERRIDE_REASONS, reason)

        def intent(given: Clearance) -> SetOverride:
            own = PriceOverride(
                unit_price_minor,
                reason,
                given.staff.staff_id,
                given.approved_by,
                approved=given.percentage,
            )
            return SetOverride(line_id, own, line.exchange_for)

        basket, priced = self._checked(intent)
        deep = depths(basket, priced).get(line_id, _NOTHING)
        cleared = self._desk.allow(Demand(Permission.PRICE_OVERRIDE, line_id, deep))
        step = _step_minor(priced, line_id, StepKind.OVERRIDE)
        body = {
            "line": line_id,
            "unit_price_minor": unit_price_minor,
            "amount_minor": step,
            "reason": reason,
        }
        self._accept(intent, cleared, EntryKind.PRICE_OVERRIDDEN, body)

    def discount_line(self, line_id: str, off: Percentage | int, reason: str) -> None:
        """Give a discount on a line, after its own price if it has one.

        Args:
            line_id: of the basket.
            off: a percentage, above 0 and up to 100 %, or minor units off the line.
            reason: key among the reasons for "discount".

        Raises:
            ApprovalNeeded, UserError: as `override_price`, "discount_absurd" or
                "discount_exceeds_line".
        """
        self._known(line_id)
        self._refuse_discount(off, reason)

        def intent(given: Clearance) -> SetDiscount:
            return SetDiscount(line_id, _discount(off, reason, given))

        basket, priced = self._checked(intent)
        deep = depths(basket, priced).get(line_id, _NOTHING)
        cleared = self._desk.allow(Demand(Permission.DISCOUNT, line_id, deep))
        amount_minor = _step_minor(priced, line_id, StepKind.LINE_DISCOUNT)
        body = _discount_body(line_id, off, amount_minor, reason)
        self._accept(intent, cleared, EntryKind.DISCOUNT_GIVEN, body)

    def discount_sale(self, off: Percentage | int, reason: str) -> None:
        """Give a discount on the whole sale, dealt to the lines that may have it.

        Args:
            off: as for `discount_line`, off all these lines together.
            reason: key among the reasons for "discount".

        Raises:
            ApprovalNeeded, UserError: as `discount_line`, "basket_empty",
                "nothing_to_discount" or "discount_exceeds_sale".
        """
        self._refuse_discount(off, reason)

        def intent(given: Clearance) -> SetSaleDiscount:
            return SetSaleDiscount(_discount(off, reason, given))

        basket, priced = self._checked(intent)
        whole_minor = _whole_minor(priced)
        if not whole_minor:
            raise UserError("nothing_to_discount")
        deep = max(depths(basket, priced).values(), default=_NOTHING)
        cleared = self._desk.allow(Demand(Permission.DISCOUNT, basket.basket_id, deep))
        body = _discount_body("", off, whole_minor, reason)
        self._accept(intent, cleared, EntryKind.DISCOUNT_GIVEN, body)

    def take_back_override(self, line_id: str) -> None:
        """Give a line the shelf's price again."""
        line = self._known(line_id)
        if line.override is None or line.override.cause is OverrideCause.EXCHANGE:
            raise UserError("nothing_to_take_back")
        body = {"line": line_id, "unit_price_minor": None, "amount_minor": 0}
        self._take_back(SetOverride(line_id, None, line.exchange_for), body)

    def take_back_discount(self, line_id: str) -> None:
        """Take a line's discount back."""
        if self._known(line_id).discount is None:
            raise UserError("nothing_to_take_back")
        self._take_back(SetDiscount(line_id, None), _discount_body(line_id, 0, 0, ""))

    def take_back_sale_discount(self) -> None:
        """Take the discount on the whole sale back."""
        current = self._going_on()
        if current.basket.discount is None:
            raise UserError("nothing_to_take_back")
        self._take_back(SetSaleDiscount(None), _discount_body("", 0, 0, ""))

    def _take_back(self, intent: Intent, body: Mapping[str, object]) -> None:
        self._desk.session.require(Permission.SELL)
        is_price = isinstance(intent, SetOverride)
        kind = EntryKind.PRICE_OVERRIDDEN if is_price else EntryKind.DISCOUNT_GIVEN
        self._sale.accept(intent, fact=self._fact(kind, body, ""))

    def _checked(self, intent: _Intended) -> tuple[Basket, PricedBasket]:
        """Return what an intent would lead to, if it breaks no wall.

        Raises:
            UserError: "not_signed_on", "item_discount_cap", or what basket and
                pricing refuse.
        """
        asked = Clearance(self._desk.session.cashier)
        basket, priced = self._sale.preview(intent(asked))
        refuse_beyond_caps(basket, priced)
        return basket, priced

    def _accept(
        self,
        intent: _Intended,
        cleared: Clearance,
        kind: EntryKind,
        body: Mapping[str, object],
    ) -> None:
        given = intent(cleared)
        self._sale.accept(given, fact=self._fact(kind, body, cleared.approved_by))

    def _fact(
        self, kind: EntryKind, body: Mapping[str, object], approved_by: str
    ) -> Fact:
        current = self._going_on()
        whole = {"sale": current.basket.basket_id, **body, "approved_by": approved_by}
        return Fact(kind, whole, self._desk.stamp(current.business_day))

    def _going_on(self) -> OpenSale:
        current = self._sale.current
        if current is None:
            raise UserError("basket_empty")
        return current

    def _known(self, line_id: str) -> BasketLine:
        """Return a line whose goods are known; a red one has no price yet."""
        for line in self._going_on().basket.lines:
            if line.line_id == line_id and line.unit is not None:
                return line
        raise UserError("line_unknown")

    def _refuse_discount(self, off: Percentage | int, reason: str) -> None:
        if isinstance(off, Percentage):
            is_sound = _NOTHING < off <= _EVERYTHING
        else:
            is_sound = 0 < off <= AMOUNT_LIMIT_MINOR
        if not is_sound:
            raise UserError("discount_absurd")
        self._refuse_reason(DISCOUNT_REASONS, reason)

    def _refuse_reason(self, use: str, reason: str) -> None:
        if reason not in {x.key for x in self._desk.catalog.reasons(use)}:
            raise UserError("reason_unknown", reason=reason[:20])


def _discount(off: Percentage | int, reason: str, given: Clearance) -> ManualDiscount:
    percentage = off if isinstance(off, Percentage) else None
    amount_minor = 0 if isinstance(off, Percentage) else off
    by, approved_by = given.staff.staff_id, given.approved_by
    return ManualDiscount(
        percentage, amount_minor, reason, by, approved_by, given.percentage
    )


def _discount_body(
    line_id: str, off: Percentage | int, amount_minor: int, reason: str
) -> dict[str, object]:
    """Return what the journal says of a discount; no line means the whole sale."""
    return {
        "line": line_id,
        "percentage": str(off) if isinstance(off, Percentage) else None,
        "amount_minor": amount_minor,
        "reason": reason,
    }


def _step_minor(priced: PricedBasket, line_id: str, kind: StepKind) -> int:
    lines = [line for line in priced.lines if line.line_id == line_id]
    steps = [step for line in lines for step in line.steps if step.kind is kind]
    return sum(step.amount_minor for step in steps)


def _whole_minor(priced: PricedBasket) -> int:
    """Return what the discount on the whole sale takes off all lines."""
    steps = [step for line in priced.lines for step in line.steps]
    dealt = [x.amount_minor for x in steps if x.kind is StepKind.SALE_DISCOUNT]
    return sum(dealt)
