"""Reads and writes tenders and reasons: those in use, and those switched off."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from pos_app.domain.tender import TenderKind, TenderType
from pos_app.persistence.catalog import tables
from pos_app.persistence.catalog.codec import names_from_text, names_to_text
from pos_app.persistence.catalog.shop_rows import Query, replace_rows
from pos_app.ports.catalog import Reason


def put_tenders(connection: Connection, tenders: Sequence[TenderType]) -> None:
    """Store the tenders; what is not listed is known no more."""
    rows = [
        {
            "key": tender.key,
            "name": tender.name,
            "names": names_to_text(tender.names),
            "kind": tender.kind.value,
            "opens_drawer": int(tender.opens_drawer),
            "gives_change": int(tender.gives_change),
            "asks_reference": int(tender.asks_reference),
            "position": tender.position,
            "is_refundable": int(tender.is_refundable),
            "is_active": int(tender.is_active),
        }
        for tender in tenders
    ]
    replace_rows(connection, tables.tender_type, rows)


def read_tenders(query: Query) -> tuple[TenderType, ...]:
    """Return every tender by position, those switched off too."""
    return tuple(
        TenderType(
            key=row[0],
            name=row[1],
            names=names_from_text(row[2]),
            kind=TenderKind(row[3]),
            opens_drawer=bool(row[4]),
            gives_change=bool(row[5]),
            asks_reference=bool(row[6]),
            position=row[7],
            is_refundable=bool(row[8]),
            is_active=bool(row[9]),
        )
        for row in query(
            "SELECT key, name, names, kind, opens_drawer, gives_change, "
            "asks_reference, position, is_refundable, is_active "
            "FROM tender_type ORDER BY position, key"
        )
    )


def put_reasons(connection: Connection, reasons: Sequence[Reason]) -> None:
    """Store the reasons, in the order given."""
    rows = [
        {
            "key": reason.key,
            "use": reason.use,
            "name": reason.name,
            "names": names_to_text(reason.names),
            "position": position,
            "is_active": int(reason.is_active),
        }
        for position, reason in enumerate(reasons)
    ]
    replace_rows(connection, tables.reason, rows)


def read_reasons(query: Query) -> tuple[Reason, ...]:
    """Return every reason in order, those switched off too."""
    return tuple(
        Reason(key, use, name, names_from_text(names), bool(is_active))
        for key, use, name, names, is_active in query(
            "SELECT key, use, name, names, is_active FROM reason ORDER BY position, key"
        )
    )
