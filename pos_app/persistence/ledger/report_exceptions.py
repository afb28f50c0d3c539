"""What each cashier did that a manager looks at: voids, no-sales, discounts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, text

from pos_app.domain.journal import EntryKind
from pos_app.domain.reduction import StepKind
from pos_app.domain.report import ExceptionKind, ExceptionShare, SalesSlot

_ENTRIES = text("""
SELECT kind, actor, recorded_at_ms, plain(canonical) FROM journal
WHERE kind IN :kinds AND business_day BETWEEN :first AND :last
ORDER BY epoch, seq
""").bindparams(bindparam("kinds", expanding=True))
#: What stands in the journal alone, and where its body keeps an amount.
JOURNAL_KINDS: Mapping[EntryKind, ExceptionKind] = {
    EntryKind.LINE_VOIDED: ExceptionKind.LINE_DELETED,
    EntryKind.QUANTITY_LOWERED: ExceptionKind.QUANTITY_LOWERED,
    EntryKind.DRAWER_OPENED: ExceptionKind.NO_SALE,
    EntryKind.SLIP_REPRINTED: ExceptionKind.REPRINT,
    EntryKind.APPROVAL_GIVEN: ExceptionKind.APPROVAL,
}
_VOIDS = text("""
SELECT j.actor, count(*), sum(v.total_minor)
FROM voided_sale v CROSS JOIN journal j ON j.epoch = v.epoch AND j.seq = v.seq
WHERE v.business_day BETWEEN :first AND :last
GROUP BY j.actor
""")
_CORRECTIONS = text("""
SELECT j.actor, count(*), sum(c.amount_minor)
FROM tender_correction c CROSS JOIN journal j ON j.epoch = c.epoch AND j.seq = c.seq
WHERE c.business_day BETWEEN :first AND :last
GROUP BY j.actor
""")
_STEPS = text("""
SELECT p.given_by, count(DISTINCT p.sale_id), sum(p.amount_minor)
FROM sale s CROSS JOIN sale_step p ON p.sale_id = s.sale_id
WHERE s.business_day BETWEEN :first AND :last AND p.kind IN :steps
GROUP BY p.given_by
""").bindparams(bindparam("steps", expanding=True))
_ROUND_OFFS = text("""
SELECT cashier_id, count(*), sum(round_off_minor) FROM sale
WHERE business_day BETWEEN :first AND :last AND round_off_minor <> 0
GROUP BY cashier_id
""")
DISCOUNT_STEPS = (StepKind.LINE_DISCOUNT.value, StepKind.SALE_DISCOUNT.value)
OVERRIDE_STEPS = (StepKind.OVERRIDE.value,)


@dataclass(frozen=True, slots=True)
class Noted:
    """An entry of the journal that counts as an exception.

    Attributes:
        kind: as what. staff_id: who did it. at_ms: when.
        amount_minor: 0 where it has none. body: of the entry.
    """

    kind: ExceptionKind
    staff_id: str
    at_ms: int
    amount_minor: int
    body: Mapping[str, Any]


def noted(
    connection: Connection, days: Mapping[str, Any], kinds: Iterable[ExceptionKind]
) -> tuple[Noted, ...]:
    """Return the journal's exceptions of some kinds, oldest first.

    A line that was put back at once is not missed by anybody.
    """
    wanted = set(kinds)
    asked = [k.value for k, own in JOURNAL_KINDS.items() if own in wanted]
    asked.append(EntryKind.LINE_RESTORED.value)
    found: dict[int, Noted] = {}
    voided: dict[str, int] = {}
    entries = connection.execute(_ENTRIES, {**days, "kinds": asked})
    for number, (kind, actor, at_ms, canonical) in enumerate(entries):
        body = json.loads(canonical)["body"]
        if kind == EntryKind.LINE_RESTORED:
            found.pop(voided.pop(body["line"], -1), None)
            continue
        if kind == EntryKind.DRAWER_OPENED and "sale" in body:
            continue  # it opened for cash
        if kind == EntryKind.LINE_VOIDED:
            voided[body["line"]] = number
        amount = body.get("amount_minor", body.get("total_minor")) or 0
        staff = body.get("requested_by") or actor
        found[number] = Noted(
            JOURNAL_KINDS[EntryKind(kind)], staff, at_ms, int(amount), body
        )
    return tuple(found.values())


def exceptions(
    connection: Connection, days: dict[str, Any], slots: Sequence[SalesSlot]
) -> tuple[ExceptionShare, ...]:
    """Return all exceptions of a period, by kind and person; names are not here."""
    sums: dict[tuple[ExceptionKind, str], tuple[int, int]] = {}
    for kind, staff, count, amount in _parts(connection, days, slots):
        before = sums.get((kind, staff), (0, 0))
        sums[kind, staff] = (before[0] + count, before[1] + amount)
    order = list(ExceptionKind)
    shares = [
        ExceptionShare(kind, staff, "", count, amount)
        for (kind, staff), (count, amount) in sums.items()
        if count
    ]
    return tuple(
        sorted(shares, key=lambda x: (order.index(x.kind), -x.count, x.staff_id))
    )


def _parts(
    connection: Connection, days: dict[str, Any], slots: Sequence[SalesSlot]
) -> Iterator[tuple[ExceptionKind, str, int, int]]:
    for query, kind in (
        (_VOIDS, ExceptionKind.VOIDED),
        (_CORRECTIONS, ExceptionKind.CORRECTION),
        (_ROUND_OFFS, ExceptionKind.ROUND_OFF),
    ):
        for staff, count, amount in connection.execute(query, days):
            yield kind, staff, count, amount
    for steps, kind in (
        (DISCOUNT_STEPS, ExceptionKind.DISCOUNT),
        (OVERRIDE_STEPS, ExceptionKind.OVERRIDE),
    ):
        for staff, count, amount in connection.execute(
            _STEPS, {**days, "steps": steps}
        ):
            yield kind, staff, count, amount
    for entry in noted(connection, days, JOURNAL_KINDS.values()):
        yield entry.kind, entry.staff_id, 1, entry.amount_minor
    for slot in slots:
        sums, staff = slot.sums, slot.cashier_id
        yield ExceptionKind.REFUND, staff, sums.refund_tickets, sums.returned_minor
