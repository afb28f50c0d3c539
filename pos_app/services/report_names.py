"""What the ids in a report are called; the ledger keeps few names (law 14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos_app.ports.catalog import Catalog

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
    """

    categories: Mapping[str, str]
    tenders: Mapping[str, str]
    staff: Mapping[str, str]
    reasons: Mapping[str, str]


def report_names(catalog: Catalog, language: str) -> ReportNames:
    """Look the names up; on the thread of the catalogue."""
    reasons = [x for x in catalog.known_reasons() if x.use in _REASON_USES]
    return ReportNames(
        categories={x.category_id: x.name_in(language) for x in catalog.categories()},
        tenders={x.key: x.name_in(language) for x in catalog.known_tenders()},
        staff={x.staff_id: x.name_in(language) for x in catalog.staff()},
        reasons={x.key: x.name_in(language) for x in reasons},
    )
