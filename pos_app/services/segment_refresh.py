"""Puts members into their segments: all of them at night, one after a sale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TypeVar

from pos_app.domain.campaign.rfm import Bought, RfmCuts, RfmScore
from pos_app.domain.campaign.segment import (
    Customer,
    Measured,
    SegmentRule,
    belongs,
)
from pos_app.ports.campaigns import OptOut
from pos_app.ports.ledger import Ledger, UnitOfWork
from pos_app.ports.segments import Measure, Scored
from pos_app.services.desk import Desk
from pos_app.services.opt_out import is_opted_out

T = TypeVar("T")
#: Members written in one transaction at night; the counter waits for none longer.
BATCH = 500
#: The name under which the ledger keeps which day was done.
STEP = "segments"


def refresh_member(unit: UnitOfWork, member_id: str, today: date) -> None:
    """Put a person into the segments that hold now; in a ticket's transaction.

    Scores are cut where they were cut last night. Someone who wants no part is in no
    segment and has no score.
    """
    ids = unit.members.ids_of(member_id)
    person, campaigns = ids[0], unit.campaigns
    rules = rules_of(campaigns.segments())
    cuts = campaigns.stored_cuts()
    if not rules and cuts is None:
        return
    whole = _measure_of(ids)
    found = campaigns.bought(whole)
    if not found or is_opted_out(unit, ids, OptOut.PROFILING):
        campaigns.set_scores((), ids)
        wanted: dict[str, str] = {}
    else:
        bought = _as_person(found, person)
        score = cuts.score(bought, today) if cuts is not None else None
        if score is not None:
            campaigns.set_scores([Scored(bought, score)], ids[1:])
        wanted = _segments_of(unit, (ids, rules), Customer(bought, score), today)
    _move(unit, ids, {x.segment_id: x.tag for x in rules}, wanted)


def _segments_of(
    unit: UnitOfWork,
    whose: tuple[Sequence[str], Sequence[SegmentRule]],
    customer: Customer,
    today: date,
) -> dict[str, str]:
    ids, rules = whose
    scopes = unit.campaigns.scopes()
    found = {}
    for rule in rules:
        measured = Measured()
        if rule.asks_sums:
            asked = _measure_of(ids, rule, today, scopes)
            measured = unit.campaigns.measured(asked).get(ids[0], measured)
        if belongs(rule, Customer(customer.bought, customer.score, measured), today):
            found[rule.segment_id] = rule.tag
    return found


def _measure_of(
    ids: Sequence[str],
    rule: SegmentRule | None = None,
    today: date | None = None,
    scopes: Mapping[str, tuple[str, ...]] | None = None,
) -> Measure:
    persons = dict.fromkeys(ids[1:], ids[0])
    if rule is None or today is None:
        return Measure(persons=persons, member_ids=tuple(ids))
    return Measure(
        since=rule.since(today),
        category_ids=scope_of(rule, scopes or {}),
        persons=persons,
        member_ids=tuple(ids),
    )


def _as_person(found: Sequence[Bought], person: str) -> Bought:
    (only,) = found
    assert only.member_id == person
    return only


def _move(
    unit: UnitOfWork,
    ids: Sequence[str],
    tags: Mapping[str, str],
    wanted: Mapping[str, str],
) -> None:
    is_in = unit.campaigns.segment_ids_of(ids)
    for segment_id in sorted(is_in | set(wanted)):
        tag = wanted.get(segment_id, tags.get(segment_id, ""))
        joined = ids[:1] if segment_id in wanted else ()
        left = ids[1:] if segment_id in wanted else ids
        if joined and segment_id in is_in and len(ids) == 1:
            continue
        unit.campaigns.set_members(segment_id, tag, joined=joined, left=left)


def rules_of(versions: Sequence[object]) -> list[SegmentRule]:
    """Return the rules that are on and known here."""
    rules = (getattr(each, "rule", None) for each in versions)
    return [x for x in rules if isinstance(x, SegmentRule) and x.is_on]


def scope_of(
    rule: SegmentRule, scopes: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """Return the categories of a rule with all below them; its own where unknown."""
    return scopes.get(rule.segment_id) or rule.category_ids


def refresh_all(desk: Desk, today: date) -> None:
    """Sum everything anew and write what is different; off the counter's threads.

    In small transactions; a stop in between is taken up by the next run.
    """
    ledger = desk.ledger
    persons = _persons(ledger)
    out = _not_asked(ledger, persons)
    everybody = [
        each
        for each in ledger.campaigns.bought(Measure(persons=persons))
        if each.member_id not in out
    ]
    cuts = RfmCuts.of(everybody, today)
    if everybody:
        desk.record(lambda unit: unit.campaigns.set_cuts(cuts)).result()
    scores = {x.member_id: cuts.score(x, today) for x in everybody}
    _write_scores(desk, everybody, scores)
    customers = {x.member_id: Customer(x, scores[x.member_id]) for x in everybody}
    versions = ledger.campaigns.segments()
    scopes = ledger.campaigns.stored_scopes()
    rules = {x.segment_id: x for x in rules_of(versions)}
    for version in versions:
        rule = rules.get(version.segment_id)
        wanted = (
            members_of(ledger, rule, customers, (today, persons, scopes))
            if rule is not None
            else frozenset()
        )
        _write_members(desk, version.segment_id, rule.tag if rule else "", wanted)
    desk.record(lambda unit: unit.campaigns.set_settled_on(STEP, today)).result()


def members_of(
    ledger: Ledger,
    rule: SegmentRule,
    customers: Mapping[str, Customer],
    when: tuple[date, Mapping[str, str], Mapping[str, tuple[str, ...]]],
) -> frozenset[str]:
    """Return who is in a segment; `when` is today, merged persons and categories."""
    today, persons, scopes = when
    sums: Mapping[str, Measured] = {}
    if rule.asks_sums:
        asked = Measure(rule.since(today), scope_of(rule, scopes), persons)
        source = ledger.campaigns
        sums = (
            source.measured(asked)
            if rule.asks_lines
            else source.visits_and_spend(asked)
        )
    none = Measured()
    return frozenset(
        member_id
        for member_id, each in customers.items()
        if belongs(
            rule, Customer(each.bought, each.score, sums.get(member_id, none)), today
        )
    )


def customers_now(ledger: Ledger, today: date) -> dict[str, Customer]:
    """Return everybody as a rule that is being written would look at them."""
    persons = _persons(ledger)
    out = _not_asked(ledger, persons)
    everybody = ledger.campaigns.bought(Measure(persons=persons))
    asked = [each for each in everybody if each.member_id not in out]
    cuts = RfmCuts.of(asked, today)
    return {x.member_id: Customer(x, cuts.score(x, today)) for x in asked}


def _persons(ledger: Ledger) -> dict[str, str]:
    merges = ledger.members.merges()
    return {each: merges.person_of(each) for each in merges.stands_for}


def persons_now(ledger: Ledger) -> dict[str, str]:
    """Return the kept id of everybody who was merged."""
    return _persons(ledger)


def _not_asked(ledger: Ledger, persons: Mapping[str, str]) -> frozenset[str]:
    out = ledger.campaigns.left_out(OptOut.PROFILING)
    return frozenset(persons.get(each, each) for each in out)


def _write_scores(
    desk: Desk, everybody: Sequence[Bought], scores: Mapping[str, RfmScore]
) -> None:
    stored = desk.ledger.campaigns.scores()
    wanted = {x.member_id: Scored(x, scores[x.member_id]) for x in everybody}
    changed = [each for key, each in wanted.items() if stored.get(key) != each]
    for part in _parts(changed):
        desk.record(partial(_store_scores, part, ())).result()
    for left in _parts(sorted(set(stored) - set(wanted))):
        desk.record(partial(_store_scores, (), left)).result()


def _store_scores(
    scored: Sequence[Scored], gone: Sequence[str], unit: UnitOfWork
) -> None:
    unit.campaigns.set_scores(scored, gone)


def _write_members(
    desk: Desk, segment_id: str, tag: str, wanted: frozenset[str]
) -> None:
    known = desk.ledger.campaigns.segment_members(segment_id)
    for part in _parts(sorted(wanted - known)):
        desk.record(partial(_store_members, (segment_id, tag), part, ())).result()
    for left in _parts(sorted(known - wanted)):
        desk.record(partial(_store_members, (segment_id, tag), (), left)).result()
    if known & wanted:
        desk.record(lambda unit: unit.campaigns.set_tag(segment_id, tag)).result()


def _store_members(
    segment: tuple[str, str],
    joined: Sequence[str],
    left: Sequence[str],
    unit: UnitOfWork,
) -> None:
    segment_id, tag = segment
    unit.campaigns.set_members(segment_id, tag, joined=joined, left=left)


def _parts(everything: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(everything), BATCH):
        yield everything[start : start + BATCH]
