"""Reads and writes staff, roles and what checks a PIN."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, insert

from pos_app.domain.codec import from_plain, to_plain
from pos_app.domain.permission import Permission, Role, RoleLimits, Staff
from pos_app.persistence.catalog.badge_tables import withdrawn_badge
from pos_app.persistence.catalog.codec import names_from_text, names_to_text
from pos_app.persistence.catalog.shop_rows import Query
from pos_app.ports.catalog import Credential


def put_roles(connection: Connection, roles: Sequence[Role]) -> None:
    """Add or change roles and what they may do."""
    for role in roles:
        connection.exec_driver_sql(
            "INSERT INTO role (key, name, names, round_off_cap_minor, is_supervisor, "
            "limits) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
            "name = excluded.name, names = excluded.names, "
            "round_off_cap_minor = excluded.round_off_cap_minor, "
            "is_supervisor = excluded.is_supervisor, limits = excluded.limits",
            (
                role.key,
                role.name,
                names_to_text(role.names),
                role.round_off_cap_minor,
                int(role.is_supervisor),
                json.dumps(to_plain(role.limits)),
            ),
        )
        connection.exec_driver_sql(
            "DELETE FROM role_permission WHERE role = ?", (role.key,)
        )
        for permission in sorted(role.permissions):
            connection.exec_driver_sql(
                "INSERT INTO role_permission (role, permission) VALUES (?, ?)",
                (role.key, permission.value),
            )


def read_roles(query: Query) -> dict[str, Role]:
    """Return the roles by key; a permission of a newer release is left out."""
    known = {permission.value for permission in Permission}
    held: dict[str, set[Permission]] = {}
    for role, permission in query("SELECT role, permission FROM role_permission"):
        if permission in known:
            held.setdefault(role, set()).add(Permission(permission))
    return {
        key: Role(
            key,
            name,
            names_from_text(names),
            frozenset(held.get(key, ())),
            cap,
            bool(is_supervisor),
            from_plain(RoleLimits, json.loads(limits or "{}")),
        )
        for key, name, names, cap, is_supervisor, limits in query(
            "SELECT key, name, names, round_off_cap_minor, is_supervisor, limits "
            "FROM role"
        )
    }


def in_order(roles: Iterable[Role]) -> tuple[Role, ...]:
    """Return roles, those of few rights last."""
    return tuple(sorted(roles, key=lambda x: (-len(x.permissions), x.key)))


def drop_role(connection: Connection, key: str) -> None:
    """Delete a role that nobody has."""
    connection.exec_driver_sql("DELETE FROM role WHERE key = ?", (key,))


def read_credentials(query: Query) -> dict[str, Credential]:
    """Return what checks everybody's PIN and badge, by staff id."""
    rows = query("SELECT staff_id, pin_hash, badge_digest FROM staff")
    return {row[0]: Credential(*row) for row in rows}


def put_withdrawn(
    connection: Connection, badge_digest: str, staff_id: str, at_ms: int
) -> None:
    """Keep whose badge is no good any more."""
    connection.execute(
        insert(withdrawn_badge).prefix_with("OR IGNORE"),
        {"badge_digest": badge_digest, "staff_id": staff_id, "withdrawn_at": at_ms},
    )


def read_withdrawn(query: Query, badge_digest: str) -> str:
    """Return whose badge it was; "" for nobody's."""
    rows = query(
        "SELECT staff_id FROM withdrawn_badge WHERE badge_digest = ?", (badge_digest,)
    )
    return str(rows[0][0]) if rows else ""


def put_staff(
    connection: Connection, people: Sequence[tuple[Staff, Credential | None]]
) -> None:
    """Add or change staff; a credential of None leaves the one there is."""
    for position, (person, credential) in enumerate(people):
        connection.exec_driver_sql(
            "INSERT INTO staff (staff_id, number, name, names, role, language, "
            "is_active, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (staff_id) DO UPDATE SET number = excluded.number, "
            "name = excluded.name, names = excluded.names, role = excluded.role, "
            "language = excluded.language, is_active = excluded.is_active, "
            "position = excluded.position",
            (
                person.staff_id,
                person.number,
                person.name,
                names_to_text(person.names),
                person.role.key,
                person.language,
                int(person.is_active),
                position,
            ),
        )
        if credential is not None:
            connection.exec_driver_sql(
                "UPDATE staff SET pin_hash = ?, badge_digest = ? WHERE staff_id = ?",
                (credential.pin_hash, credential.badge_digest, person.staff_id),
            )


def read_staff(
    query: Query, where: str, parameters: tuple[object, ...]
) -> tuple[Staff, ...]:
    """Return staff for which a fixed condition holds, in order."""
    roles = read_roles(query)
    return tuple(
        Staff(
            row[0], row[1], row[2], names_from_text(row[3]), roles[row[4]], row[5],
            bool(row[6]),
        )
        for row in query(
            "SELECT staff_id, number, name, names, role, language, is_active "  # noqa: S608 - conditions are constants of the reader
            f"FROM staff WHERE {where} ORDER BY position, number",
            parameters,
        )
    )  # fmt: skip
