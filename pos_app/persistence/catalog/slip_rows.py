"""Reads and writes the slips' forms: templates, switches and logo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Connection, insert

from pos_app.domain.slip_form import ShopLogo, StoredTemplate
from pos_app.persistence.catalog import slip_tables
from pos_app.values.times import Timestamp

_COLUMNS = "kind, version, text, made_at, made_by"
_IN_FORCE = f"""
SELECT {_COLUMNS} FROM template AS t
WHERE version = (SELECT max(version) FROM template WHERE kind = t.kind)
"""  # noqa: S608 - our own names
_OF_KIND = f"""
SELECT {_COLUMNS} FROM template WHERE kind = ? ORDER BY version DESC
"""  # noqa: S608 - our own names
_LOGO = """
SELECT version, original, dithering, print_58, print_80 FROM logo
ORDER BY version DESC LIMIT 1
"""


def _template_of(row: Sequence[Any]) -> StoredTemplate:
    return StoredTemplate(row[0], row[1], row[2], Timestamp(row[3]), row[4])


def _logo_of(row: Sequence[Any]) -> ShopLogo:
    prints = ((58, bytes(row[3])), (80, bytes(row[4])))
    return ShopLogo(row[0], bytes(row[1]), row[2], prints)


class SlipFormReading:
    """The part of the reader that knows the slips' forms."""

    def _query(
        self, _statement: str, _parameters: Sequence[object] = (), /
    ) -> list[Any]:
        """Run a SELECT and return its rows."""
        raise AssertionError(type(self).__name__)

    def templates(self) -> Mapping[str, StoredTemplate]:
        """Return the version in force of each template that was ever written."""
        found = [_template_of(row) for row in self._query(_IN_FORCE)]
        return {each.kind: each for each in found}

    def template_versions(self, kind: str) -> Sequence[StoredTemplate]:
        """Return every version of a template, newest first."""
        return tuple(_template_of(row) for row in self._query(_OF_KIND, (kind,)))

    def logo(self) -> ShopLogo | None:
        """Return the logo in force; None where none was ever chosen."""
        rows = self._query(_LOGO)
        return _logo_of(rows[0]) if rows else None


class SlipFormEditing:
    """The part of the writer that changes them; each change is a new version."""

    def _writing(self) -> AbstractContextManager[Connection]:
        """Open one transaction, or join the one that is open."""
        raise AssertionError(type(self).__name__)

    def template(self, kind: str) -> StoredTemplate | None:
        """Return the version of a template in force."""
        with self._writing() as connection:
            row = connection.exec_driver_sql(_OF_KIND + " LIMIT 1", (kind,)).first()
        return None if row is None else _template_of(row)

    def put_template(self, template: StoredTemplate) -> None:
        """Store a new version of a template; versions are never overwritten."""
        row = {
            "kind": template.kind,
            "version": template.version,
            "text": template.text,
            "made_at": template.made_at.unix_ms,
            "made_by": template.made_by,
        }
        with self._writing() as connection:
            connection.execute(insert(slip_tables.template), row)

    def logo(self) -> ShopLogo | None:
        """Return the logo in force."""
        with self._writing() as connection:
            row = connection.exec_driver_sql(_LOGO).first()
        return None if row is None else _logo_of(row)

    def put_logo(self, logo: ShopLogo, made_at: Timestamp, made_by: str) -> None:
        """Store a new version of the logo."""
        row = {
            "version": logo.version,
            "original": logo.original,
            "dithering": logo.dithering,
            "print_58": logo.print_for(58) or b"",
            "print_80": logo.print_for(80) or b"",
            "made_at": made_at.unix_ms,
            "made_by": made_by,
        }
        with self._writing() as connection:
            connection.execute(insert(slip_tables.logo), row)
