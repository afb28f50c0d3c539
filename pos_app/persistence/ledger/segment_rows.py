"""Writes segments, who is in them, and scores (implements ports.segments)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from pos_app.domain.campaign.rfm import Bought, Cuts, RfmCuts, RfmScore
from pos_app.domain.campaign.rule_text import segment_from_text
from pos_app.domain.campaign.segment import Measured
from pos_app.persistence.ledger import segment_sums
from pos_app.persistence.ledger.campaign_tables import (
    campaign_state,
    member_score,
    segment_member,
    segment_rule,
)
from pos_app.ports.segments import Measure, Scored, SegmentVersion
from pos_app.values.times import Timestamp

_CUTS = "cuts"
_SCOPE = "scope:"
SETTLED = "settled:"


class SqlSegments:
    """Writes segments and their projections within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put_segment(self, version: SegmentVersion) -> None:
        """Store a new version of a segment."""
        row = {
            "segment_id": version.segment_id,
            "version": version.version,
            "name": version.name,
            "text": version.text,
            "made_at_ms": version.made_at.unix_ms,
            "made_by": version.made_by,
        }
        self._connection.execute(insert(segment_rule), row)

    def segments(self) -> Sequence[SegmentVersion]:
        """Return the newest version of every segment as the transaction sees it."""
        return newest_segments(self._connection)

    def set_members(
        self, segment_id: str, tag: str, *, joined: Sequence[str], left: Sequence[str]
    ) -> None:
        """Change who is in a segment."""
        table = segment_member
        for member_ids in _batches(left):
            self._connection.execute(
                delete(table).where(
                    table.c.segment_id == segment_id, table.c.member_id.in_(member_ids)
                )
            )
        if joined:
            rows = [
                {"segment_id": segment_id, "member_id": each, "tag": tag}
                for each in joined
            ]
            statement = upsert(table).on_conflict_do_nothing()
            self._connection.execute(statement, rows)

    def set_tag(self, segment_id: str, tag: str) -> None:
        """Change the tag that a segment's members carry."""
        table = segment_member
        self._connection.execute(
            update(table)
            .where(table.c.segment_id == segment_id, table.c.tag != tag)
            .values(tag=tag)
        )

    def set_scores(self, scored: Sequence[Scored], gone: Sequence[str]) -> None:
        """Store scores, and forget those of members who are no persons any more."""
        table = member_score
        for member_ids in _batches(gone):
            self._connection.execute(
                delete(table).where(table.c.member_id.in_(member_ids))
            )
        if scored:
            statement = upsert(table)
            columns = [x.name for x in table.columns if x.name != "member_id"]
            self._connection.execute(
                statement.on_conflict_do_update(
                    index_elements=[table.c.member_id],
                    set_={name: statement.excluded[name] for name in columns},
                ),
                [_score_row(each) for each in scored],
            )

    def forget(self, member_ids: Sequence[str]) -> None:
        """Take a person out of all segments and forget the score."""
        for table in (segment_member, member_score):
            self._connection.execute(
                delete(table).where(table.c.member_id.in_(member_ids))
            )

    def set_cuts(self, cuts: RfmCuts) -> None:
        """Store the cuts that sales are scored with until the next night."""
        measures = (cuts.days, cuts.visits, cuts.spend)
        self._keep(_CUTS, [list(each.fifths) for each in measures])

    def set_settled_on(self, step: str, on: date) -> None:
        """Store which day's nightly step ran."""
        self._keep(SETTLED + step, on.isoformat())

    def set_scope(self, segment_id: str, category_ids: Sequence[str]) -> None:
        """Store a rule's categories with all below them, as the catalogue has them."""
        self._keep(_SCOPE + segment_id, list(category_ids))

    def scopes(self) -> Mapping[str, tuple[str, ...]]:
        """Return those categories by segment id."""
        return scopes_of(self._connection)

    def stored_cuts(self) -> RfmCuts | None:
        """Return the cuts of the last night; None before the first."""
        return cuts_of(self._connection)

    def bought(self, measure: Measure) -> Sequence[Bought]:
        """Return what members bought, as the transaction sees it."""
        return segment_sums.bought(self._connection, measure)

    def measured(self, measure: Measure) -> Mapping[str, Measured]:
        """Return sums by person, as the transaction sees it."""
        return segment_sums.measured(self._connection, measure, by_line=True)

    def tags_of(self, member_ids: Sequence[str]) -> tuple[str, ...]:
        """Return the tags that rules give to a person, as the transaction sees it."""
        return tags_of(self._connection, member_ids)

    def segment_ids_of(self, member_ids: Sequence[str]) -> frozenset[str]:
        """Return the segments that a person is in."""
        table = segment_member
        query = select(table.c.segment_id).where(table.c.member_id.in_(member_ids))
        return frozenset(self._connection.execute(query).scalars())

    def _keep(self, key: str, value: object) -> None:
        statement = upsert(campaign_state).values(key=key, value=json.dumps(value))
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=[campaign_state.c.key],
                set_={"value": statement.excluded.value},
            )
        )


def newest_segments(connection: Connection) -> list[SegmentVersion]:
    """Return the newest version of every segment, by name."""
    table = segment_rule
    newest = select(table.c.segment_id, func.max(table.c.version)).group_by(
        table.c.segment_id
    )
    last = {row[0]: row[1] for row in connection.execute(newest)}
    rows = connection.execute(select(table).order_by(table.c.name, table.c.segment_id))
    return [
        SegmentVersion(
            segment_id=row.segment_id,
            version=row.version,
            name=row.name,
            text=row.text,
            rule=segment_from_text(row.text),
            made_at=Timestamp(row.made_at_ms),
            made_by=row.made_by,
        )
        for row in rows
        if last[row.segment_id] == row.version
    ]


def scopes_of(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return the categories of rules with all below them, by segment id."""
    table = campaign_state
    query = select(table.c.key, table.c.value).where(table.c.key.startswith(_SCOPE))
    return {
        key.removeprefix(_SCOPE): tuple(json.loads(value))
        for key, value in connection.execute(query)
    }


def tags_of(connection: Connection, member_ids: Sequence[str]) -> tuple[str, ...]:
    """Return the tags that rules give to a person, sorted."""
    table = segment_member
    query = select(table.c.tag).where(table.c.member_id.in_(member_ids)).distinct()
    return tuple(sorted(connection.execute(query).scalars()))


def cuts_of(connection: Connection) -> RfmCuts | None:
    """Return the cuts of the last night; None before the first."""
    query = select(campaign_state.c.value).where(campaign_state.c.key == _CUTS)
    found = connection.execute(query).scalar()
    if found is None:
        return None
    days, visits, spend = (Cuts(tuple(each)) for each in json.loads(found))
    return RfmCuts(days, visits, spend)


def scored_of(row: Any) -> Scored:
    """Return a row of scores."""
    return Scored(
        Bought(
            row.member_id, date.fromisoformat(row.last_on), row.visits, row.spend_minor
        ),
        RfmScore(row.recency, row.frequency, row.money),
    )


def _score_row(scored: Scored) -> dict[str, Any]:
    return {
        "member_id": scored.bought.member_id,
        "last_on": scored.bought.last_on.isoformat(),
        "visits": scored.bought.visits,
        "spend_minor": scored.bought.spend_minor,
        "recency": scored.score.recency,
        "frequency": scored.score.frequency,
        "money": scored.score.money,
        "rfm_group": scored.score.group.value,
    }


def _batches(member_ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (member_ids[i : i + 500] for i in range(0, len(member_ids), 500))
