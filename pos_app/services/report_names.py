"""What the ids in a report are called; the ledger keeps few names (law 14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos_app.domain.ledger_tenders import LEDGER_TENDERS
from pos_app.ports.catalog import Catalog
from pos_app.values.percentage import Percentage

_REASON_USES = (
    "sale_void",
    "line_void",
    "return",
    "discount",
    "price_override",
    "promotion_decline",
    "no_sale",
)


@dataclass(frozen=True, slots=True)
class ReportNames:
    """What ids are called, in one language; looked up before the report is made.

    Attributes:
        categories, tenders, staff, reasons: id or key -> name.
        promotions: id -> name of its newest version.
        supplier_shares: (id, version) -> what the supplier bears of the savings.
    """

    categories: Mapping[str, str]
    tenders: Mapping[str, str]
    staff: Mapping[str, str]
    reasons: Mapping[str, str]
    promotions: Mapping[str, str]
    supplier_shares: Mapping[tuple[str, int], Percentage]


def report_names(catalog: Catalog, language: str) -> ReportNames:
    """Look the names up; on the thread of the catalogue."""
    reasons = [x for x in catalog.known_reasons() if x.use in _REASON_USES]
    versions = catalog.promotion_versions()
    return ReportNames(
        categories={x.category_id: x.name_in(language) for x in catalog.categories()},
        tenders={
            x.key: x.name_in(language)
            for x in (*catalog.known_tenders(), *LEDGER_TENDERS)
        },
        staff={x.staff_id: x.name_in(language) for x in catalog.staff()},
        reasons={x.key: x.name_in(language) for x in reasons},
        promotions={
            x.promotion_id: x.promotion.name_in(language) if x.promotion else x.name
            for x in versions
        },
        supplier_shares={
            (x.promotion_id, x.version): x.promotion.supplier_share
            for x in versions
            if x.promotion is not None
        },
    )
