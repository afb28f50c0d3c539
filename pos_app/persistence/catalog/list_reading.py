"""The shop's short lists, as the reader gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pos_app.domain.item import Category
from pos_app.domain.tender import TenderType
from pos_app.persistence.catalog import shop_rows
from pos_app.ports.catalog import Reason


class ListReading:
    """The part of the reader that knows categories, tenders and reasons."""

    def _query(
        self, _statement: str, _parameters: Sequence[object] = (), /
    ) -> list[Any]:
        """Run a SELECT and return its rows."""
        raise AssertionError(type(self).__name__)

    def categories(self) -> Sequence[Category]:
        """Return the categories in the order of their tabs."""
        return shop_rows.read_categories(self._query)

    def tender_types(self) -> Sequence[TenderType]:
        """Return the tenders accepted, by position."""
        return shop_rows.read_tenders(self._query)

    def reasons(self, use: str) -> Sequence[Reason]:
        """Return the reasons for a use, in order."""
        return shop_rows.read_reasons(self._query, use)
