"""Referral rings: members that brought each other, or friends whom one purse paid for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, text

from pos_app.domain.loyalty_suspicion import SuspicionRule
from pos_app.domain.report_rows import ReportRow
from pos_app.persistence.ledger.loyalty_report_members import PERSON
from pos_app.persistence.ledger.loyalty_report_points import moments
from pos_app.ports.loyalty_reports import LoyaltySpan
from pos_app.values.times import Timestamp

#: Who brought whom, as the persons that they are now: a merge may close a circle that
#: the refusal of circles could not see.
_BROUGHT = text(f"""
WITH RECURSIVE {PERSON}
SELECT coalesce(f.person, r.friend_id), coalesce(b.person, r.referrer_id), r.at_ms
FROM referral_fact r LEFT JOIN person f ON f.member_id = r.friend_id
LEFT JOIN person b ON b.member_id = r.referrer_id
WHERE r.referrer_id <> '' AND r.at_ms < :end ORDER BY r.at_ms
""")  # noqa: S608 - made of constants
#: Payments of a friend with what also paid for who brought them, or for other friends.
_PAID = text(f"""
WITH RECURSIVE {PERSON}
SELECT DISTINCT coalesce(p.person, s.member_id), t.reference
FROM sale s CROSS JOIN sale_tender t ON t.sale_id = s.sale_id
LEFT JOIN person p ON p.member_id = s.member_id
WHERE s.member_id <> '' AND length(t.reference) >= 6 AND s.ended_at_ms < :end
  AND t.reference IN (
    SELECT reference FROM sale_tender WHERE length(reference) >= 6
    GROUP BY reference HAVING count(*) > 1)
""")  # noqa: S608 - made of constants


def ring_rows(
    connection: Connection, span: LoyaltySpan, rule: SuspicionRule
) -> Iterator[tuple[str, str, ReportRow]]:
    """Yield (subject, "", row) for each referral that belongs to a ring.

    Args:
        connection: of the reader.
        span: a ring is named in the while in which its last referral lies.
        rule: how many make a ring of one purse.
    """
    asked = moments(span)
    brought = [
        (friend, by, at) for friend, by, at in connection.execute(_BROUGHT, asked)
    ]
    if not brought:
        return
    by_of = {friend: by for friend, by, _at in brought}
    purses: dict[str, set[str]] = {}
    for who, reference in connection.execute(_PAID, asked):
        purses.setdefault(who, set()).add(reference)
    rings = {**_circles(by_of), **_stars(by_of, purses, rule.ring_least)}
    latest: dict[str, int] = {}
    for friend, by, at in brought:
        ring = rings.get(friend)
        if ring is not None and by_of[friend] == by:
            latest[ring] = max(at, latest.get(ring, 0))
    for friend, by, at in brought:
        ring = rings.get(friend)
        if ring is None or by_of[friend] != by:
            continue
        if asked["start"] <= latest[ring]:
            row = ReportRow("", "", Timestamp(at), "", "", 1, "", friend)
            yield ring, "", row


def _circles(by_of: Mapping[str, str]) -> dict[str, str]:
    """Return each member of a circle of referrals, and who the circle is named after."""
    found: dict[str, str] = {}
    for start in sorted(by_of):
        path: list[str] = []
        at = start
        while at in by_of and at not in path and at not in found:
            path.append(at)
            at = by_of[at]
        if at in path:
            circle = path[path.index(at) :]
            name = min(circle)
            found.update(dict.fromkeys(circle, name))
    return found


def _stars(
    by_of: Mapping[str, str], purses: Mapping[str, set[str]], least: int
) -> dict[str, str]:
    """Return friends of one member that one purse paid for, and that member."""
    friends: dict[str, list[str]] = {}
    for friend, by in by_of.items():
        friends.setdefault(by, []).append(friend)
    found: dict[str, str] = {}
    for by, own in friends.items():
        payers: dict[str, set[str]] = {}
        for who in (by, *own):
            for reference in purses.get(who, ()):
                payers.setdefault(reference, set()).add(who)
        for people in payers.values():
            if len(people) >= least:
                found.update(dict.fromkeys(people - {by}, by))
    return found
