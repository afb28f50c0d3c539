"""The books of the demo day: what was taken, and whether everything proves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos_app.bootstrap import Till
from pos_app.cli.scripted_till import ScriptedTill
from pos_app.domain.sale import Sale
from pos_app.domain.tender import TenderKind
from pos_app.i18n import Words
from pos_app.persistence.checks.all_checks import shop_checks
from pos_app.persistence.checks.room import CheckRoom
from pos_app.persistence.key_ring import open_key_ring
from pos_app.ports.health import Severity
from pos_app.services.doctor import Report, advise, examine

#: What must have been looked at and found right; silence is not a proof.
PROOFS = frozenset({"journal_sound", "sales_proven", "numbers_gapless"})


@dataclass(frozen=True, slots=True)
class DayBooks:
    """What the disk says of the day.

    Attributes:
        sales: finished sales, oldest first, as they were read back.
        tender_names: (key, words) of the shop's tenders, in their order.
        currency: of all amounts.
    """

    sales: tuple[Sale, ...]
    tender_names: tuple[tuple[str, str], ...]
    currency: str

    @property
    def total_minor(self) -> int:
        """What customers owed, cash rounding included."""
        return sum(s.priced.total_minor + s.rounding_minor for s in self.sales)

    @property
    def round_off_minor(self) -> int:
        """What was let go, 抹零."""
        return sum(s.round_off_minor for s in self.sales)

    def tender_minor(self, key: str) -> int:
        """What came in by one tender, change already given back."""
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
        return "" if taken == self.total_minor else f"{taken} / {self.total_minor}"


def _kept(sale: Sale, key: str) -> int:
    amounts = [x for x in sale.tenders if x.key == key]
    is_cash = any(x.kind is TenderKind.CASH for x in amounts)
    change = sale.change_minor if is_cash else 0
    return sum(x.amount_minor for x in amounts) - change


def read_books(till: Till, language: str) -> DayBooks:
    """Read the whole day back from the disk."""
    ledger = till.counter.desk.ledger
    ledger.flush()
    found = [ledger.sale(x.sale_id) for x in ledger.recent_sales(10_000)]
    sales = tuple(sale for sale in reversed(found) if sale is not None)
    types = till.counter.desk.catalog.tender_types()
    names = tuple((kind.key, kind.name_in(language)) for kind in types)
    return DayBooks(sales, names, till.counter.sale.rules.currency)


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
