"""The books of the demo day: what was taken, and whether everything proves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pos_app.bootstrap import Till
from pos_app.cli.scripted_till import ScriptedTill
from pos_app.domain.codec import sale_to_plain, to_plain
from pos_app.domain.sale import Sale
from pos_app.domain.shift import ShiftClose
from pos_app.domain.shift_totals import Tally, TotalKind, of_sale
from pos_app.domain.stored_value.document import ValueDocument
from pos_app.domain.tender import TenderKind
from pos_app.domain.value_totals import of_value
from pos_app.i18n import Words
from pos_app.persistence.checks.all_checks import shop_checks
from pos_app.persistence.checks.room import CheckRoom
from pos_app.persistence.key_ring import open_key_ring
from pos_app.ports.health import Severity
from pos_app.services.doctor import Report, advise, examine
from pos_app.services.tender_choice import known_tenders

#: What must have been looked at and found right; silence is not a proof.
PROOFS = frozenset(
    {"journal_sound", "sales_proven", "numbers_gapless", "shifts_proven"}
)
#: Totals of a Z that come from tickets and from documents of stored value alone.
_OF_DOCUMENTS = (
    TotalKind.NET,
    TotalKind.SALES,
    TotalKind.RETURNS,
    TotalKind.ROUND_OFF,
    TotalKind.CASH_ROUNDING,
    TotalKind.DISCOUNT,
    TotalKind.TENDER,
    TotalKind.CHANGE,
    TotalKind.REFUND,
    TotalKind.TAX,
    TotalKind.VALUE_SOLD,
    TotalKind.VALUE_BONUS,
    TotalKind.VALUE_REFUNDED,
)


@dataclass(frozen=True, slots=True)
class DayBooks:
    """What the disk says of the day.

    Attributes:
        sales: finished tickets, oldest first, as they were read back.
        closes: the shifts' closes with their Zs, oldest first.
        tender_names: (key, words) of the shop's tenders, in their order.
        currency: of all amounts.
        values: documents of stored value, oldest first.
    """

    sales: tuple[Sale, ...]
    tender_names: tuple[tuple[str, str], ...]
    currency: str
    closes: tuple[ShiftClose, ...] = ()
    values: tuple[ValueDocument, ...] = ()

    @property
    def net_minor(self) -> int:
        """Sales less returns, cash rounding apart."""
        return sum(sale.due_minor for sale in self.sales)

    @property
    def sold_minor(self) -> int:
        """What the goods came to that were sold."""
        return sum(sale.priced.total_minor for sale in self.sales)

    @property
    def rounding_minor(self) -> int:
        """What the smallest coin made of it, signed."""
        return sum(sale.rounding_minor for sale in self.sales)

    @property
    def returned_minor(self) -> int:
        """What the goods were worth that came back."""
        return sum(sale.returned_minor for sale in self.sales)

    @property
    def total_minor(self) -> int:
        """What customers owed and were owed, cash rounding included."""
        return self.net_minor + self.rounding_minor

    @property
    def round_off_minor(self) -> int:
        """What was let go, 抹零."""
        return sum(s.round_off_minor for s in self.sales)

    def tender_minor(self, key: str) -> int:
        """What came in by one tender, change and refunds already given back."""
        return sum(_kept(sale, key) for sale in self.sales)

    def unproven(self, shown: Sequence[Sale]) -> str:
        """Return what does not prove, or "".

        Args:
            shown: the sales as the screen saw them end.
        """
        for sale in self.sales:
            try:
                sale.check()
            except AssertionError:
                return sale.number
        if tuple(shown) != self.sales:
            return f"{len(shown)} / {len(self.sales)}"
        taken = sum(self.tender_minor(key) for key, _words in self.tender_names)
        if taken != self.total_minor:
            return f"{taken} / {self.total_minor}"
        closed = {close.shift.shift_id for close in self.closes}
        in_none = [x.number for x in self.sales if x.shift_id not in closed]
        return next(filter(None, (*in_none, *map(self._unlike, self.closes))), "")

    def _unlike(self, close: ShiftClose) -> str:
        """Return which total of a Z is not the sum of its documents, or ""."""
        shift_id, tally = close.shift.shift_id, Tally()
        for sale in self.sales:
            for each in of_sale(sale) if sale.shift_id == shift_id else ():
                tally.add(each.kind, each.key, each.count, each.amount_minor)
        for document in self.values:
            for each in of_value(document) if document.shift_id == shift_id else ():
                tally.add(each.kind, each.key, each.count, each.amount_minor)
        totals = Tally(close.totals)
        for kind in _OF_DOCUMENTS:
            wanted, found = tally.amount_minor(kind), totals.amount_minor(kind)
            if wanted != found or tally.count(kind) != totals.count(kind):
                return f"{close.z_number} {kind}: {found} / {wanted}"
        return ""

    def documents(self) -> list[dict[str, Any]]:
        """Return tickets and Zs as `guitai replay` writes them."""
        tickets = [{"document": "sale", **sale_to_plain(x)} for x in self.sales]
        reports = [
            {
                "document": "z_report",
                **to_plain(close),
                "difference_minor": close.difference_minor,
            }
            for close in self.closes
        ]
        return tickets + reports


def _kept(sale: Sale, key: str) -> int:
    amounts = [x for x in sale.tenders if x.key == key]
    is_cash = any(x.kind is TenderKind.CASH for x in amounts)
    change = sale.change_minor if is_cash else 0
    given = sum(x.amount_minor for x in sale.refunds if x.key == key)
    return sum(x.amount_minor for x in amounts) - change - given


def read_books(till: Till, language: str) -> DayBooks:
    """Read the whole day back from the disk."""
    ledger = till.counter.desk.ledger
    ledger.flush()
    found = [ledger.sale(x.sale_id) for x in ledger.recent_sales(10_000)]
    sales = tuple(sale for sale in reversed(found) if sale is not None)
    types = known_tenders(till.counter.desk)
    names = tuple((kind.key, kind.name_in(language)) for kind in types)
    closes = tuple(reversed(ledger.shifts.closes(10)))
    values: tuple[ValueDocument, ...] = ()
    if sales:
        first, last = sales[0].business_day, sales[-1].business_day
        values = tuple(ledger.stored_value.documents_between(first, last))
    currency = till.counter.sale.rules.currency
    return DayBooks(sales, names, currency, closes, values)


def examine_shop(place: ScriptedTill) -> Report:
    """Ask the doctor, once the till has stopped."""
    ring = open_key_ring(place.folder.root)
    room = CheckRoom(place.folder, ring, place.clock)
    try:
        return examine(shop_checks(room))
    finally:
        room.close()


def is_proven(report: Report) -> bool:
    """Tell whether nothing is broken and everything that matters was checked."""
    is_whole = all(x.severity is not Severity.BROKEN for x in report.findings)
    return is_whole and {x.key for x in report.findings} >= PROOFS


def doctors_words(report: Report, words: Words) -> list[str]:
    """Return what the doctor found that is more than fine, or that all is well."""
    troubles = [x for x in report.findings if x.severity is not Severity.FINE]
    advice = [advise(finding, words) for finding in troubles]
    said = [f"{x.severity.value}: {x.what} {x.action}".strip() for x in advice]
    if is_proven(report):
        said.insert(0, words("chain, sums and numbers are sound"))
    return said
