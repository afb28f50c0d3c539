"""Segments: written by the shop, looked at before they hold, switched off and on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial

from pos_app.domain.campaign.rfm import RfmGroup
from pos_app.domain.campaign.rule_text import segment_to_text
from pos_app.domain.campaign.segment import SegmentRule
from pos_app.domain.item import Category
from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Demand, Permission
from pos_app.errors import UserError
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.segments import SegmentVersion
from pos_app.services.desk import Desk
from pos_app.services.segment_refresh import (
    customers_now,
    members_of,
    persons_now,
    refresh_all,
)

#: More rules than anybody reads; each costs a pass over the sales at night.
MOST_SEGMENTS = 40


@dataclass(frozen=True, slots=True)
class ListedSegment:
    """A segment as the list shows it.

    Attributes:
        version: its newest version. members: how many carry its tag.
    """

    version: SegmentVersion
    members: int


class SegmentService:
    """Reads and changes segments; used from the screen's thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # ------------------------------------------------------------------ reading

    def list(self) -> tuple[ListedSegment, ...]:
        """Return every segment, by name."""
        campaigns = self._desk.ledger.campaigns
        sizes = campaigns.segment_sizes()
        return tuple(
            ListedSegment(each, sizes.get(each.segment_id, 0))
            for each in campaigns.segments()
        )

    def group_sizes(self) -> dict[RfmGroup, int]:
        """Return how many members each RFM group has."""
        sizes = self._desk.ledger.campaigns.group_sizes()
        return {each: sizes.get(each.value, 0) for each in RfmGroup}

    def tags(self) -> tuple[str, ...]:
        """Return the tags that rules give, for whoever chooses an audience."""
        rules = (each.version.rule for each in self.list())
        return tuple(sorted({each.tag for each in rules if each and each.is_on}))

    def previewing(self, rule: SegmentRule) -> Callable[[], frozenset[str]]:
        """Return what finds who would be in a segment today.

        Asked on the screen's thread, called on another: it sums the ledger.
        """
        desk, ledger = self._desk, self._desk.ledger
        today, scopes = desk.business_day(), {rule.segment_id: self.scope(rule)}
        wanted = replace(rule, is_on=True)

        def look() -> frozenset[str]:
            when = (today, persons_now(ledger), scopes)
            return members_of(ledger, wanted, customers_now(ledger, today), when)

        return look

    def scope(self, rule: SegmentRule) -> tuple[str, ...]:
        """Return the categories of a rule with all that lie below them."""
        return below(rule.category_ids, self._desk.catalog.categories())

    def new_id(self) -> str:
        """Return the id of a segment that is about to be written."""
        return self._desk.ids.new()

    # ------------------------------------------------------------------ changes

    def save(self, rule: SegmentRule) -> Future[SegmentRule]:
        """Store a new version, in force at once; its members are found by `refresh`.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "segment_unsound", "segment_tag_taken" with `name`,
                "segments_many" with `most`.
        """
        desk = self._desk
        desk.allow(Demand(Permission.LOYALTY, rule.segment_id))
        rule.check()
        versions = desk.ledger.campaigns.segments()
        before = next((x for x in versions if x.segment_id == rule.segment_id), None)
        for each in versions:
            taken = each.rule is not None and _same(each.rule.tag, rule.tag)
            if taken and each.segment_id != rule.segment_id:
                raise UserError("segment_tag_taken", name=each.name)
        if before is None and len(versions) >= MOST_SEGMENTS:
            raise UserError("segments_many", most=MOST_SEGMENTS)
        whole = replace(
            rule,
            name=" ".join(rule.name.split()),
            tag=" ".join(rule.tag.split()),
            version=1 if before is None else before.version + 1,
        )
        if before is not None and before.rule == replace(whole, version=before.version):
            return _done(before.rule)
        return self._store(whole)

    def _store(self, rule: SegmentRule) -> Future[SegmentRule]:
        desk = self._desk
        stamp, scope = desk.stamp(), self.scope(rule)
        version = SegmentVersion(
            segment_id=rule.segment_id,
            version=rule.version,
            name=rule.name,
            text=segment_to_text(rule),
            rule=rule,
            made_at=stamp.at,
            made_by=stamp.actor,
        )
        body = {
            "segment": rule.segment_id,
            "version": str(rule.version),
            "name": rule.name,
            "what": "segment",
            "is_on": rule.is_on,
            "tag": rule.tag,
        }

        def work(unit: UnitOfWork) -> SegmentRule:
            unit.campaigns.put_segment(version)
            unit.campaigns.set_scope(rule.segment_id, scope)
            unit.append(EntryKind.CAMPAIGN_CHANGED, body, stamp)
            return rule

        return desk.record(work)

    def note_scopes(self) -> None:
        """Keep what lies below the rules' categories now, for the night and the sales.

        The catalogue belongs to this thread; a category that was added below another
        one since is known from now on.
        """
        campaigns = self._desk.ledger.campaigns
        known, categories = campaigns.stored_scopes(), self._desk.catalog.categories()
        rules = [x.rule for x in campaigns.segments() if x.rule is not None]
        new = {x.segment_id: below(x.category_ids, categories) for x in rules}
        changed = {key: ids for key, ids in new.items() if known.get(key, ()) != ids}
        if not changed:
            return

        def work(unit: UnitOfWork) -> None:
            for segment_id, ids in changed.items():
                unit.campaigns.set_scope(segment_id, ids)

        self._desk.record(work)

    def refreshing(self) -> Callable[[], None]:
        """Return what sums everything anew and puts everybody where they belong.

        Asked on the screen's thread, called on another.
        """
        return partial(refresh_all, self._desk, self._desk.business_day())


def _done(rule: SegmentRule) -> Future[SegmentRule]:
    found: Future[SegmentRule] = Future()
    found.set_result(rule)
    return found


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def below(
    category_ids: Sequence[str], categories: Sequence[Category]
) -> tuple[str, ...]:
    """Return categories with all that lie below them, sorted."""
    children: dict[str, list[str]] = {}
    for each in categories:
        if each.parent_id is not None:
            children.setdefault(each.parent_id, []).append(each.category_id)
    found: set[str] = set()
    waiting = list(category_ids)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(children.get(one, ()))
    return tuple(sorted(found))
