"""What a change of people or rules reads and writes within its transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Connection

from pos_app.domain.permission import Role, Staff
from pos_app.domain.shop import Shop
from pos_app.domain.tax import TaxCategory
from pos_app.domain.tender import TenderType
from pos_app.errors import StorageError
from pos_app.persistence.catalog import choice_rows, people_rows, shop_rows
from pos_app.ports.catalog import Credential, Reason


class ShopEditing:
    """The part of the writer that looks people and rules up, as they stand now."""

    def _writing(self) -> AbstractContextManager[Connection]:
        """Open one transaction, or join the one that is open."""
        raise AssertionError(type(self).__name__)

    def shop(self) -> Shop:
        """Return the shop; see ports.shop_editing.ShopEditor, as for the rest."""
        with self._writing() as connection:
            found = shop_rows.read_shop(query_of(connection))
        if found is None:
            raise StorageError("shop_not_set_up")
        return found

    def setting(self, key: str) -> str | None:
        """Return a setting of the shop; None where it was never made."""
        statement = "SELECT value FROM setting WHERE key = ?"
        with self._writing() as connection:
            found = query_of(connection)(statement, (key,))
        return found[0][0] if found else None

    def tax_categories(self) -> Sequence[TaxCategory]:
        """Return the tax categories with every rate ever in force."""
        with self._writing() as connection:
            return shop_rows.read_tax_categories(query_of(connection))

    def items_taxed(self, tax_category: str) -> int:
        """Return how many items, former ones too, are of a tax category."""
        with self._writing() as connection:
            statement = "SELECT count(*) FROM item WHERE tax_category = ?"
            found = query_of(connection)(statement, (tax_category,))
        return int(found[0][0])

    def known_tenders(self) -> Sequence[TenderType]:
        """Return every tender by position, those switched off too."""
        with self._writing() as connection:
            return choice_rows.read_tenders(query_of(connection))

    def known_reasons(self) -> Sequence[Reason]:
        """Return every reason in order, those switched off too."""
        with self._writing() as connection:
            return choice_rows.read_reasons(query_of(connection))

    def roles(self) -> Sequence[Role]:
        """Return every role, those of few rights last."""
        with self._writing() as connection:
            found = people_rows.read_roles(query_of(connection))
        return people_rows.in_order(found.values())

    def drop_role(self, key: str) -> None:
        """Delete a role that nobody has or had."""
        with self._writing() as connection:
            people_rows.drop_role(connection, key)

    def everybody(self) -> Sequence[Staff]:
        """Return active and former staff in the order of their tiles."""
        with self._writing() as connection:
            return people_rows.read_staff(query_of(connection), "1", ())

    def credentials(self) -> Mapping[str, Credential]:
        """Return what checks everybody's PIN and badge, by staff id."""
        with self._writing() as connection:
            return people_rows.read_credentials(query_of(connection))

    def put_withdrawn_badge(self, badge_digest: str, staff_id: str, at_ms: int) -> None:
        """Keep whose badge is no good any more."""
        with self._writing() as connection:
            people_rows.put_withdrawn(connection, badge_digest, staff_id, at_ms)


def query_of(connection: Connection) -> Any:
    """Return what runs a SELECT on a connection and returns its rows."""

    def query(statement: str, parameters: tuple[object, ...] = ()) -> list[Any]:
        return list(connection.exec_driver_sql(statement, parameters).fetchall())

    return query
