"""Members in a report: who bought, what is owed to them, what a manager looks at."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from pos_app.domain.journal import EntryKind
from pos_app.domain.loyalty.burning import BurnRule
from pos_app.domain.loyalty_report import (
    LoyaltyFigures,
    LoyaltyReport,
    PointsReport,
    StateDays,
)
from pos_app.domain.loyalty_suspicion import Pattern, Suspicion, SuspicionRule
from pos_app.domain.member.masking import mask_code, mask_name
from pos_app.domain.member.profile_codec import profile_of
from pos_app.domain.permission import Permission
from pos_app.domain.report_rows import Figure, ReportRows
from pos_app.errors import UserError
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.loyalty_reports import LoyaltySpan
from pos_app.ports.members import MemberRecord
from pos_app.services.desk import Desk
from pos_app.services.report_request import ReportRequest
from pos_app.values.rounding import divide
from pos_app.values.times import BusinessDay, Timestamp

#: Device setting: from when on something is looked at.
LIMITS = "loyalty_report_limits"
#: Whose findings are about somebody of the staff, not about a member.
_OF_STAFF = frozenset({Pattern.ADJUSTED})
_OF_MEMBERS = frozenset(Pattern) - {
    Pattern.ADJUSTED,
    Pattern.SHARED_PAYER,
    Pattern.PHONE_AGAIN,
}


@dataclass(frozen=True, slots=True)
class ReportLimits:
    """What the shop sets about these reports.

    Attributes:
        states: when a member is at risk, and when lost.
        suspicions: from when on a pattern is a finding.
    """

    states: StateDays = StateDays()  # noqa: RUF009 - frozen value
    suspicions: SuspicionRule = SuspicionRule()  # noqa: RUF009 - frozen value


class LoyaltyReports:
    """Adds the members' ledgers up; all but `set_limits` on any thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def limits(self) -> ReportLimits:
        """Return what the shop has set; what is not readable is as by default."""
        found: Mapping[str, object] = {}
        with suppress(ValueError):
            found = json.loads(self._desk.ledger.setting(LIMITS) or "{}")
        with suppress(UserError):
            return ReportLimits(
                StateDays(**_numbers(StateDays, found)),
                SuspicionRule(**_numbers(SuspicionRule, found)),
            )
        return ReportLimits()

    def set_limits(self, limits: ReportLimits) -> Future[None]:
        """Set from when on something is looked at; journalled.

        Raises:
            UserError: "not_signed_on", "member_states_order".
            ApprovalNeeded: "not_permitted".
        """
        self._desk.allow(Permission.LOYALTY)
        if not 0 < limits.states.active < limits.states.lost:
            raise UserError("member_states_order")
        body = {**asdict(limits.states), **asdict(limits.suspicions)}
        before = {**asdict(self.limits().states), **asdict(self.limits().suspicions)}
        stamp = self._desk.stamp()
        changed = {key: value for key, value in body.items() if value != before[key]}
        said = {"before": {key: before[key] for key in changed}, "after": changed}

        def work(unit: UnitOfWork) -> None:
            if changed:
                unit.set_setting(LIMITS, json.dumps(body, sort_keys=True))
                unit.append(EntryKind.SETTINGS_CHANGED, {LIMITS: said}, stamp)

        return self._desk.record(work)

    def make(self, request: ReportRequest) -> LoyaltyReport | None:
        """Return the members' part of a report; None for a shop without any."""
        reader = self._desk.ledger.loyalty_reports
        if not reader.has_members():
            return None
        limits = self.limits()
        span = self._span(request, limits)
        figures = self._named(reader.figures(span), request)
        suspicions = reader.suspicions(span, limits.suspicions)
        return LoyaltyReport(
            figures=figures,
            suspicions=self._who(suspicions, request),
            until=span.end,
        )

    def rows(self, request: ReportRequest, figure: Figure) -> ReportRows:
        """Return what stands behind a figure; members are named masked."""
        limits = self.limits()
        span = self._span(request, limits)
        reader = self._desk.ledger.loyalty_reports
        found = reader.rows(span, figure, limits.suspicions)
        names = self.masked({row.member_id for row in found.rows if row.member_id})
        staff, reasons = request.names.staff, request.names.reasons
        rows = tuple(
            replace(
                row,
                staff_name=staff.get(row.staff_id, row.staff_name),
                detail=" ".join(
                    word
                    for word in (
                        names.get(row.member_id, ""),
                        reasons.get(row.detail, row.detail),
                    )
                    if word
                ),
            )
            for row in found.rows
        )
        return replace(found, rows=rows)

    def masked(self, member_ids: Iterable[str]) -> Mapping[str, str]:
        """Return each member's masked name and the end of their number."""
        records = self._desk.ledger.members.records(tuple(member_ids))
        return {x.member.member_id: self._masked(x) for x in records}

    def _masked(self, record: MemberRecord) -> str:
        number = mask_code(f"{record.member.number:020d}")
        if record.sealed.is_erased:
            return number
        name = profile_of(self._desk.vault.open(record.sealed)).name
        return f"{mask_name(name)} {number}".strip()

    def _span(self, request: ReportRequest, limits: ReportLimits) -> LoyaltySpan:
        """Return the while of a report, as the shop's business days run."""
        zone = ZoneInfo(request.zone_name)

        def begins(day: BusinessDay) -> Timestamp:
            local = datetime.combine(day, time(request.starts_at_hour), zone)
            return Timestamp.of(local)

        end = begins(request.period.last + timedelta(days=1))
        is_now = request.at < end
        return LoyaltySpan(
            period=request.period,
            start=begins(request.period.first),
            # What was written at this very moment counts.
            end=Timestamp(request.at.unix_ms + 1) if is_now else end,
            is_now=is_now,
            zone_name=request.zone_name,
            states=limits.states,
        )

    def _named(self, found: LoyaltyFigures, request: ReportRequest) -> LoyaltyFigures:
        programme = self._desk.ledger.points.programme()
        tiers = {x.key: x.name_in(request.language) for x in programme.tiers}
        moves = tuple(
            replace(
                x,
                from_name=tiers.get(x.from_tier, x.from_tier),
                to_name=tiers.get(x.to_tier, x.to_tier),
            )
            for x in found.tier_moves
        )
        order = [tier.key for tier in programme.tiers]
        holders = sorted(
            (replace(x, name=tiers.get(x.key, x.key)) for x in found.holders),
            key=lambda x: order.index(x.key) if x.key in order else len(order),
        )
        points = _worth(found.points, programme.burn)
        return replace(found, tier_moves=moves, holders=tuple(holders), points=points)

    def _who(
        self, found: Iterable[Suspicion], request: ReportRequest
    ) -> tuple[Suspicion, ...]:
        """Name members by the end of their number, and people of the staff."""
        all_found = tuple(found)
        ids = {x.subject for x in all_found if x.pattern in _OF_MEMBERS}
        names, staff = self.masked(ids), request.names.staff
        named = []
        for one in all_found:
            cashier, _slash, day = one.detail.partition("/")
            detail = " ".join(x for x in (staff.get(cashier, cashier), day) if x)
            known = staff if one.pattern in _OF_STAFF else names
            subject = known.get(one.subject, one.subject)
            named.append(replace(one, subject_name=subject, detail_name=detail))
        return tuple(named)


def _worth(points: PointsReport, burn: BurnRule | None) -> PointsReport:
    """Say what is owed in money: as many points as there are, debts taken off."""
    if burn is None:
        return points
    worth = divide(points.account.closing * burn.step_minor, burn.step_points)
    return replace(points, worth_minor=worth)


def _numbers(kind: type[object], found: Mapping[str, object]) -> dict[str, int]:
    """Return the fields of a kind that are whole numbers in what was stored."""
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return {
        name: value
        for name, value in found.items()
        if name in names and isinstance(value, int) and not isinstance(value, bool)
    }
