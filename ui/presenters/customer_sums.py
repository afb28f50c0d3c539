"""The sums on the customer's screen, in the customer's words."""

from __future__ import annotations

from collections.abc import Iterable

from pos_app.domain.loyalty.ticket_facts import WALLET, TicketFacts
from pos_app.domain.sale import Sale
from pos_app.domain.tender import VALUE_KINDS, TenderLine
from pos_app.i18n import Words
from pos_app.services.tender_choice import known_tenders
from ui.format import amount, money
from ui.presenters.customer_state import CustomerSum, CustomerTone
from ui.presenters.workplace import Workplace


class CustomerSums:
    """Writes amounts and what they are called.

    Attributes:
        words: in the customer's language.
    """

    def __init__(self, work: Workplace, words: Words) -> None:
        self._work = work
        self.words = words

    def written(self, minor: int) -> str:
        """Write minor units without a sign of currency."""
        return amount(minor, self._work.currency)

    def count(self, pieces: int) -> str:
        """Write how many pieces there are; "" for none."""
        return self.words.plural("{count} item", "{count} items", pieces) * (pieces > 0)

    def saved(self, minor: int) -> str:
        """Say what the customer saved; "" for nothing."""
        if not minor:
            return ""
        return self.words("You save {amount}", amount=money(minor, self._work.currency))

    def on_top(self) -> tuple[CustomerSum, ...]:
        """Return the tax where it comes on top of the prices of the lines."""
        sale = self._work.counter.sale
        priced, basket = sale.priced, sale.basket
        if priced is None or basket is None or basket.returns:
            return ()
        if sale.rules.prices_include_tax or not priced.tax_minor:
            return ()
        return (
            CustomerSum(self.words("Goods"), self.written(priced.net_minor)),
            CustomerSum(self.words("Tax"), self.written(priced.tax_minor)),
        )

    def exchange(self) -> tuple[CustomerSum, ...]:
        """Return what the goods are worth that come back, and what new ones cost."""
        basket, priced = self._work.counter.sale.basket, self._work.counter.sale.priced
        if basket is None or priced is None or not basket.returns:
            return ()
        worth_minor = sum(line.paid_minor for line in basket.returns)
        back = CustomerSum(self.words("Goods back"), self.written(-worth_minor))
        if not basket.lines:
            return (back,)
        new = CustomerSum(self.words("New goods"), self.written(priced.total_minor))
        return (back, new)

    def rounding(self, moved_minor: int) -> tuple[CustomerSum, ...]:
        """Return what coins make of the amount; nothing where they can pay it."""
        if not moved_minor:
            return ()
        return (CustomerSum(self.words("Cash rounding"), self.written(moved_minor)),)

    def left(self, sale: Sale) -> list[CustomerSum]:
        """Return what is left of the stored value that a ticket moved."""
        facts = self._facts_of(sale)
        if facts is None:
            return []
        rows = []
        for value in facts.values:
            title = self.words("Stored value left")
            if value.label != WALLET:
                card = self.words("Gift card ···· {label}", label=value.label)
                title = self.words("{title}, left", title=card)
            rows.append(CustomerSum(title, self.written(value.left_minor)))
        return rows

    def _facts_of(self, sale: Sale) -> TicketFacts | None:
        """Read what a ticket did to stored value; of any other nothing is asked."""
        if not any(x.kind in VALUE_KINDS for x in (*sale.tenders, *sale.refunds)):
            return None
        return self._work.counter.points.facts_of(sale)

    def tenders(self, tenders: Iterable[TenderLine]) -> list[CustomerSum]:
        """Return money that went over the counter, by the tender's name."""
        known = known_tenders(self._work.counter.desk)
        names = {x.key: x.name_in(self.words.language) for x in known}
        return [
            CustomerSum(
                names.get(tender.key, tender.key),
                self.written(tender.amount_minor),
                CustomerTone.PAID,
            )
            for tender in tenders
        ]
