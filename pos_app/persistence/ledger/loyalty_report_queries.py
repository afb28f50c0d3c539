"""Adds the ledgers of members up (implements ports.loyalty_reports).

One read transaction for each answer: every figure is of the same moment.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine

from pos_app.domain.loyalty_report import LoyaltyFigures
from pos_app.domain.loyalty_suspicion import Suspicion, SuspicionRule
from pos_app.domain.report_rows import Figure, FigureKind, ReportRows
from pos_app.persistence.ledger import (
    loyalty_report_coupons,
    loyalty_report_members,
    loyalty_report_points,
    loyalty_report_rows,
    loyalty_suspicion_rows,
)
from pos_app.ports.loyalty_reports import LoyaltySpan


class SqlLoyaltyReports:
    """Sums over members, points, coupons and stored value."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def has_members(self) -> bool:
        """Tell whether anybody was ever enrolled or any value ever sold."""
        with self._engine.begin() as connection:
            return loyalty_report_members.has_members(connection)

    def figures(self, span: LoyaltySpan) -> LoyaltyFigures:
        """Return all sums of a while, as they stood at one moment."""
        with self._engine.begin() as connection:
            members, others = loyalty_report_members.buyers(connection, span)
            return LoyaltyFigures(
                members=members,
                others=others,
                states=loyalty_report_members.states(connection, span),
                points=loyalty_report_points.points(connection, span),
                coupons=loyalty_report_coupons.by_template(connection, span),
                campaigns=loyalty_report_coupons.by_campaign(connection, span),
                tier_moves=loyalty_report_points.tier_moves(connection, span),
                holders=loyalty_report_points.holders(connection, span),
                value=loyalty_report_coupons.value(connection, span),
            )

    def rows(
        self, span: LoyaltySpan, figure: Figure, rule: SuspicionRule
    ) -> ReportRows:
        """Return what stands behind a figure; the amounts add up to it."""
        with self._engine.begin() as connection:
            if figure.kind is FigureKind.SUSPICION:
                return loyalty_suspicion_rows.suspicion_rows(
                    connection, span, figure.key, rule
                )
            return loyalty_report_rows.rows(connection, span, figure)

    def suspicions(self, span: LoyaltySpan, rule: SuspicionRule) -> Sequence[Suspicion]:
        """Return every pattern of abuse that is found in a while."""
        with self._engine.begin() as connection:
            return loyalty_suspicion_rows.suspicions(connection, span, rule)
