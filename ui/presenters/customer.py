"""Builds what the customer sees from the very figures that the cashier works with."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos_app.domain.payment import Payment
from pos_app.domain.promotion.explanation import Nearly
from pos_app.domain.refund_payment import RefundPayment
from pos_app.domain.sale import Sale
from pos_app.domain.tender import TenderKind
from pos_app.i18n import Words
from ui.format import clock_text, day_text, symbol_of
from ui.presenters.customer_lines import CustomerLines
from ui.presenters.customer_member import CustomerGreeting
from ui.presenters.customer_state import (
    CustomerMember,
    CustomerMode,
    CustomerQr,
    CustomerState,
    CustomerSum,
)
from ui.presenters.customer_sums import CustomerSums
from ui.presenters.customer_why import explained_rows
from ui.presenters.why_offers import nearly_view
from ui.presenters.workplace import Workplace


@dataclass(frozen=True, slots=True)
class CustomerScene:
    """Where the counter is, as far as it concerns the customer.

    Attributes:
        is_served: whether somebody is signed on.
        is_paying: whether the payment screen is open.
        tender: key of the tender that is chosen there; "" for none.
        ended: the sale that has just ended for this customer; None for none.
        qr: see `CustomerState`.
        explained: id of a line whose price is explained; "" for none.
        nearly: what a little more would reach; None for nothing.
        coupon: names of coupons that could be used; "" for none.
        is_pricing: whether a better price may still be found, which takes a while.
    """

    is_served: bool
    is_paying: bool = False
    tender: str = ""
    ended: Sale | None = None
    qr: CustomerQr | None = None
    explained: str = ""
    nearly: Nearly | None = None
    coupon: str = ""
    is_pricing: bool = False


def customer_language(work: Workplace) -> str:
    """Return the customer's language: set for the screen, for the slip, the shop's."""
    desk = work.counter.desk
    now = desk.settings.current
    return now.customer_language or now.slip_language or desk.shop.language


class CustomerPresenter:
    """Reads the services; keeps the lines that did not change.

    Args:
        work: the counter.
        language: of all words; "" for the customer's.
    """

    def __init__(self, work: Workplace, language: str = "") -> None:
        self._work, self._language = work, language
        self._lines = CustomerLines()
        self._greeting = CustomerGreeting(work)

    def state(self, scene: CustomerScene) -> CustomerState:
        """Return everything the customer sees."""
        words = Words(self._language or customer_language(self._work))
        sums = CustomerSums(self._work, words)
        empty = self._empty(words)
        if not scene.is_served:
            return empty
        if scene.ended is not None:
            return replace(_end(empty, scene.ended, sums), qr=scene.qr)
        current = self._work.counter.sale.current
        priced = self._work.counter.sale.priced
        if current is None or priced is None:
            return empty
        member = self._greeting.of_sale(words)
        lines = self._lines.of(current.basket, priced, words)
        if not lines:  # one barcode that nobody knows is the till's business
            return empty if member is None else _greeted(empty, member, sums)
        chosen = current.basket.selected or ""
        basket = replace(
            empty,
            mode=CustomerMode.BASKET,
            lines=lines,
            newest=chosen
            if any(x.line_id == chosen for x in lines)
            else lines[-1].line_id,
            count=sums.count(priced.item_count),
            saved=sums.saved(priced.discount_minor),
            member=member,
        )
        if scene.explained:
            told = explained_rows(self._work, scene.explained, words)
            basket = replace(
                basket,
                lines=told[0] if told else lines,
                newest="",
                is_explained=bool(told),
                shorter=told[1:],
            )
        else:
            hint, icon = self._hint(scene, words)
            basket = replace(basket, hint=hint, hint_icon=icon)
        return self._with_money(basket, scene, sums)

    def _hint(self, scene: CustomerScene, words: Words) -> tuple[str, str]:
        """Return what is told below the basket, and its icon; "" for nothing."""
        if scene.is_pricing:
            return words("Working out your offers…"), "timer"
        if scene.coupon:
            coupon = words("{coupon}: just tell the cashier", coupon=scene.coupon)
            return coupon, "ticket"
        if scene.nearly is None:
            return "", ""
        view = nearly_view(scene.nearly, self._work.currency, words, "")
        return view.title, view.icon

    def _with_money(
        self, basket: CustomerState, scene: CustomerScene, sums: CustomerSums
    ) -> CustomerState:
        """Say what there is to pay or to get, before and while it is paid."""
        stands = self._work.counter.checkout.money.stands()
        assert stands is not None
        if isinstance(stands, RefundPayment):
            return _refund(basket, stands, sums)
        if scene.is_paying or stands.tenders:
            return self._payment(basket, stands, scene, sums)
        words = sums.words
        return replace(
            basket,
            label=words("You pay") if stands.total_minor else words("Nothing to pay"),
            amount=sums.written(stands.total_minor),
            sums=sums.on_top() or sums.exchange(),
        )

    def _payment(
        self,
        basket: CustomerState,
        payment: Payment,
        scene: CustomerScene,
        sums: CustomerSums,
    ) -> CustomerState:
        kind, words = self._kind(scene.tender), sums.words
        is_cash = kind is TenderKind.CASH
        rest = payment.cash_due_minor if is_cash else payment.due_minor
        moved = payment.rounding_minor
        if not payment.is_settled and is_cash:
            moved = payment.cash_due_minor - payment.due_minor
        rows = [CustomerSum(words("Total"), sums.written(payment.total_minor))]
        rows += [*sums.tenders(payment.tenders), *sums.rounding(moved)]
        shows_code = kind is TenderKind.CODE and rest > 0 and scene.qr is None
        return replace(
            basket,
            mode=CustomerMode.PAYMENT,
            label=words("Still to pay") if payment.tenders else words("You pay"),
            amount=sums.written(rest),
            sums=tuple(rows),
            hint=words("Show your payment code") if shows_code else "",
            hint_icon="barcode" if shows_code else "",
            qr=scene.qr,
        )

    def _kind(self, key: str) -> TenderKind:
        types = self._work.counter.desk.catalog.tender_types()
        return next((x.kind for x in types if x.key == key), TenderKind.CASH)

    def _empty(self, words: Words) -> CustomerState:
        now = self._work.local_now()
        is_practice = self._work.practice is not None
        return CustomerState(
            mode=CustomerMode.IDLE,
            shop_name=self._work.counter.desk.shop.name_in(words.language),
            language=words.language,
            clock=clock_text(now.time()),
            day=day_text(now.date(), words.language),
            symbol=symbol_of(self._work.currency),
            title=words("Welcome"),
            training=words("Training · this is no real sale") if is_practice else "",
        )


def _greeted(
    empty: CustomerState, member: CustomerMember, sums: CustomerSums
) -> CustomerState:
    """Greet who was recognised before the first scan."""
    return replace(
        empty,
        mode=CustomerMode.BASKET,
        member=member,
        label=sums.words("You pay"),
        amount=sums.written(0),
    )


def _refund(
    basket: CustomerState, refund: RefundPayment, sums: CustomerSums
) -> CustomerState:
    """Say what goes back to the customer, and what has gone back."""
    words, given = sums.words, bool(refund.refunds)
    shown = refund.total_minor
    if given:
        shown = refund.given_minor if refund.is_settled else refund.due_minor
    return replace(
        basket,
        mode=CustomerMode.PAYMENT if given else CustomerMode.BASKET,
        label=words("Back to you"),
        amount=sums.written(shown),
        is_back=True,
        sums=tuple(sums.tenders(refund.refunds)) if given else sums.exchange(),
    )


def _end(empty: CustomerState, sale: Sale, sums: CustomerSums) -> CustomerState:
    """Say thanks: what goes back now, and how it was paid."""
    words = sums.words
    total_minor = sale.due_minor + sale.rounding_minor
    refunded_minor = sum(x.amount_minor for x in sale.refunds)
    label, shown = words("You paid"), total_minor
    if refunded_minor:
        label, shown = words("Back to you"), refunded_minor
    elif sale.change_minor:
        label, shown = words("Your change"), sale.change_minor
    elif sale.returns and not sale.tenders:
        label, shown = words("Nothing to pay"), 0
    is_back = bool(refunded_minor or sale.change_minor)
    rows: list[CustomerSum] = []
    if sale.tenders:
        rows = [CustomerSum(words("Total"), sums.written(sale.due_minor))]
        rows += sums.rounding(sale.rounding_minor)
    rows += sums.tenders((*sale.tenders, *sale.refunds))
    rows += sums.left(sale)
    return replace(
        empty,
        mode=CustomerMode.DONE,
        title=words("Thank you"),
        detail=words("Please take your money")
        if is_back
        else words("We look forward to seeing you again"),
        label=label,
        amount=sums.written(shown),
        is_back=is_back,
        count=sums.count(sale.priced.item_count),
        saved="" if sale.reverses else sums.saved(sale.priced.discount_minor),
        sums=tuple(rows),
    )
