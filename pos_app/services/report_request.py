"""What a report needs beside the ledger; made on the till's thread."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.report_period import ReportPeriod
from pos_app.services.report_names import ReportNames
from pos_app.values.times import Timestamp


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """Everything that a report needs beside the ledger.

    Attributes:
        period: of the report. at: when it was asked for.
        until: what it is compared with ends before this moment; None for whole days.
        zone_name: IANA name. starts_at_hour: when a business day begins.
        currency: ISO 4217. names: see there.
        language: of the names. shop_language: in which items were sold.
    """

    period: ReportPeriod
    at: Timestamp
    until: Timestamp | None
    zone_name: str
    starts_at_hour: int
    currency: str
    language: str
    shop_language: str
    names: ReportNames
