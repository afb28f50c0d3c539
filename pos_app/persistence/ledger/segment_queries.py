"""Reads segments, their members and what members bought (implements ports.segments)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Engine, func, select

from pos_app.domain.campaign.rfm import Bought, RfmCuts
from pos_app.domain.campaign.segment import Measured
from pos_app.persistence.ledger import segment_sums
from pos_app.persistence.ledger.campaign_tables import (
    campaign_state,
    member_score,
    segment_member,
)
from pos_app.persistence.ledger.segment_rows import (
    SETTLED,
    cuts_of,
    newest_segments,
    scopes_of,
    scored_of,
    tags_of,
)
from pos_app.ports.segments import Measure, Scored, SegmentVersion


class SqlSegmentReader:
    """Reads segments, their members and what members bought, as committed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def segments(self) -> Sequence[SegmentVersion]:
        """Return the newest version of every segment, by name."""
        with self._engine.begin() as connection:
            return newest_segments(connection)

    def segment_sizes(self) -> Mapping[str, int]:
        """Return how many members each segment has, by segment id."""
        table = segment_member
        query = select(table.c.segment_id, func.count()).group_by(table.c.segment_id)
        return {row[0]: row[1] for row in self._all(query)}

    def tags_of(self, member_ids: Sequence[str]) -> tuple[str, ...]:
        """Return the tags that rules give to a person, sorted."""
        with self._engine.begin() as connection:
            return tags_of(connection, member_ids)

    def score_of(self, member_ids: Sequence[str]) -> Scored | None:
        """Return a person's stored score; None before the first night or sale."""
        query = select(member_score).where(member_score.c.member_id.in_(member_ids))
        rows = self._all(query.limit(1))
        return scored_of(rows[0]) if rows else None

    def group_sizes(self) -> Mapping[str, int]:
        """Return how many members each RFM group has."""
        table = member_score
        query = select(table.c.rfm_group, func.count()).group_by(table.c.rfm_group)
        return {row[0]: row[1] for row in self._all(query)}

    def bought(self, measure: Measure) -> Sequence[Bought]:
        """Return what everybody bought, summed by the ledger."""
        with self._engine.begin() as connection:
            return segment_sums.bought(connection, measure)

    def measured(self, measure: Measure) -> Mapping[str, Measured]:
        """Return sums by person within a rule's days and goods."""
        with self._engine.begin() as connection:
            return segment_sums.measured(connection, measure, by_line=True)

    def visits_and_spend(self, measure: Measure) -> Mapping[str, Measured]:
        """Return sums by person of whole tickets; several times faster, no pieces."""
        with self._engine.begin() as connection:
            return segment_sums.measured(connection, measure)

    def stored_cuts(self) -> RfmCuts | None:
        """Return the cuts of the last night; None before the first."""
        with self._engine.begin() as connection:
            return cuts_of(connection)

    def segment_members(self, segment_id: str) -> frozenset[str]:
        """Return who is in a segment."""
        table = segment_member
        query = select(table.c.member_id).where(table.c.segment_id == segment_id)
        return frozenset(each for (each,) in self._all(query))

    def scores(self) -> Mapping[str, Scored]:
        """Return every stored score by member."""
        return {
            row.member_id: scored_of(row) for row in self._all(select(member_score))
        }

    def stored_scopes(self) -> Mapping[str, tuple[str, ...]]:
        """Return the categories of rules with all below them, by segment id."""
        with self._engine.begin() as connection:
            return scopes_of(connection)

    def settled_on(self, step: str) -> date | None:
        """Return the day whose nightly step ran last; None before the first."""
        table = campaign_state
        query = select(table.c.value).where(table.c.key == SETTLED + step)
        found = self._all(query)
        return date.fromisoformat(json.loads(found[0][0])) if found else None

    def _all(self, query: Any) -> Sequence[Any]:
        with self._engine.begin() as connection:
            return connection.execute(query).all()
