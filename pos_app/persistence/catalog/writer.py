"""Write access to the catalogue, for the one thread that changes it.

Everything runs in transactions short enough that neither a reader nor the
ledger's commits notice (measured on one disk: 50,000-row transactions in the
same file push a checkout's commit from 2 ms to 634 ms).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from typing_extensions import override

from pos_app.domain.barcode_rule import BarcodeRule
from pos_app.domain.item import Category
from pos_app.domain.permission import Role, Staff
from pos_app.domain.shop import Shop
from pos_app.domain.tax import TaxCategory
from pos_app.domain.tender import TenderType
from pos_app.errors import StorageError
from pos_app.persistence.catalog import choice_rows, people_rows, shop_rows
from pos_app.persistence.catalog.bulk_rows import ManyItems
from pos_app.persistence.catalog.cost_rows import CostEditing
from pos_app.persistence.catalog.item_editing import ItemEditing
from pos_app.persistence.catalog.item_rows import ItemRows
from pos_app.persistence.catalog.notes import CatalogNotes, put_note
from pos_app.persistence.catalog.price_rows import PriceEditing
from pos_app.persistence.catalog.promotion_rows import PromotionEditing
from pos_app.persistence.catalog.shelf_rows import ShelfEditing
from pos_app.persistence.catalog.shop_editing import ShopEditing, query_of
from pos_app.persistence.catalog.slip_rows import SlipFormEditing
from pos_app.persistence.engine import storage_error
from pos_app.ports.catalog import Credential, Reason
from pos_app.ports.catalog_changes import CatalogEdit
from pos_app.ports.journal_notes import JournalNote

#: Makes the changed shop and the note of it of the shop as it is; None for neither.
ShopEdit = Callable[[Shop], tuple[Shop, JournalNote] | None]


class CatalogWriter(
    ItemEditing,
    PriceEditing,
    PromotionEditing,
    ShelfEditing,
    ShopEditing,
    SlipFormEditing,
    ItemRows,
    CostEditing,
    ManyItems,
):
    """Changes catalog.db (implements ports.catalog_editing.CatalogEditor)."""

    def __init__(self, engine: Engine, now_ms: Callable[[], int]) -> None:
        """Take the writer engine and the clock.

        Args:
            engine: from `open_catalog`.
            now_ms: the time in milliseconds since 1970 UTC, for cost rows.
        """
        self._engine = engine
        self._now_ms = now_ms
        self._whole: Connection | None = None  # the transaction of `change`

    @override
    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Open one transaction, reads too; what the disk refuses is a StorageError."""
        if self._whole is not None:
            yield self._whole
            return
        try:
            with self._engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            file = Path(self._engine.url.database or "").name
            raise storage_error(error, file) or error from error

    # ----------------------------------------------------------------- the shop

    def put_shop(self, shop: Shop) -> None:
        """Store the shop, its rules and its tax categories."""
        with self._writing() as connection:
            shop_rows.put_shop(connection, shop)

    def edit_shop(self, edit: ShopEdit) -> JournalNote | None:
        """Change the shop as it stands now, and leave the note of it with it.

        Args:
            edit: makes the changed shop and its note, or None for no change; what
                it raises leaves everything as it was.

        Returns:
            The note, which waits for the journal.
        """
        with self._writing() as connection:
            before = shop_rows.read_shop(query_of(connection))
            if before is None:
                raise StorageError("shop_not_set_up")
            edited = edit(before)
            if edited is None:
                return None
            shop, note = edited
            shop_rows.put_shop(connection, shop)
            put_note(connection, note)
        return note

    def change(self, edit: CatalogEdit) -> tuple[JournalNote, ...]:
        """Make one change and leave the notes of it: all of it, or nothing.

        Args:
            edit: changes through this editor, within one transaction; see
                ports.catalog_changes.

        Returns:
            The notes, which wait for the journal.
        """
        assert self._whole is None
        with self._writing() as connection:
            self._whole = connection
            try:
                notes = tuple(edit(self))
                for note in notes:
                    put_note(connection, note)
            finally:
                self._whole = None
        return notes

    @property
    def notes(self) -> CatalogNotes:
        """What waits for the journal."""
        return CatalogNotes(self._engine)

    def put_tax_categories(self, categories: Sequence[TaxCategory]) -> None:
        """Store the tax categories with every rate ever in force."""
        with self._writing() as connection:
            shop_rows.put_tax_categories(connection, categories)

    def put_setting(self, key: str, value: str) -> None:
        """Store a setting of the shop."""
        with self._writing() as connection:
            connection.exec_driver_sql(
                "INSERT INTO setting (key, value) VALUES (?, ?) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, value),
            )

    def put_categories(self, categories: Sequence[Category]) -> None:
        """Add or change categories."""
        with self._writing() as connection:
            shop_rows.put_categories(connection, categories)

    def put_category(self, category: Category) -> None:
        """Add or change one category."""
        self.put_categories([category])

    def put_tenders(self, tenders: Sequence[TenderType]) -> None:
        """Store the tenders accepted; what is not listed is accepted no more."""
        with self._writing() as connection:
            choice_rows.put_tenders(connection, tenders)

    def put_reasons(self, reasons: Sequence[Reason]) -> None:
        """Store the reasons a person may choose, in the order given."""
        with self._writing() as connection:
            choice_rows.put_reasons(connection, reasons)

    def put_roles(self, roles: Sequence[Role]) -> None:
        """Add or change roles and what they may do."""
        with self._writing() as connection:
            people_rows.put_roles(connection, roles)

    def put_staff(self, people: Sequence[tuple[Staff, Credential | None]]) -> None:
        """Add or change staff in the order of their tiles.

        Args:
            people: each with what checks the PIN; None leaves what there is.
        """
        with self._writing() as connection:
            people_rows.put_staff(connection, people)

    def put_barcode_rules(
        self, rules: Sequence[BarcodeRule], note: JournalNote | None = None
    ) -> None:
        """Store the table of measure-carrying barcodes, in the order given.

        Args:
            rules: the whole table.
            note: for the journal; stored with the table or not at all.

        Raises:
            UserError: when a rule cannot work; see `barcode_rule.check_rule`.
        """
        with self._writing() as connection:
            shop_rows.put_barcode_rules(connection, rules)
            if note is not None:
                put_note(connection, note)

    def barcode_rules(self) -> tuple[BarcodeRule, ...]:
        """Return the table of measure-carrying barcodes, in order."""
        with self._writing() as connection:
            return shop_rows.read_barcode_rules(query_of(connection))

    # ------------------------------------------------- what an editor looks up

    def currency(self) -> str:
        """Return the ISO 4217 code of the shop's prices."""
        return self._of_shop("currency")

    def time_zone(self) -> str:
        """Return the IANA name of the shop's time zone."""
        return self._of_shop("time_zone")

    def _of_shop(self, column: str) -> str:
        with self._writing() as connection:
            row = connection.exec_driver_sql(
                f"SELECT {column} FROM shop"  # noqa: S608 - our names
            ).first()
        if row is None:
            raise StorageError("shop_not_set_up")
        return str(row[0])

    def tax_keys(self) -> Mapping[str, str]:
        """Return the names and rates that name a tax category -> its key."""
        with self._writing() as connection:
            categories = shop_rows.read_tax_categories(query_of(connection))
        found: dict[str, str] = {}
        for category in categories:
            said = [category.key, category.name]
            for rate in category.rates:
                percent = str(rate.percentage)
                said += [rate.code, rate.name, percent, percent.removesuffix("%")]
            for word in said:
                found.setdefault(word.casefold(), category.key)
        return found

    def categories(self) -> Sequence[Category]:
        """Return every category by position."""
        with self._writing() as connection:
            return shop_rows.read_categories(query_of(connection))
