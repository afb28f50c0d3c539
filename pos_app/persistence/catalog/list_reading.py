"""The shop's short lists, as the reader gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pos_app.domain.item import Category
from pos_app.domain.permission import Role, Staff
from pos_app.domain.tender import TenderType
from pos_app.persistence.catalog import choice_rows, people_rows, shop_rows
from pos_app.ports.catalog import Credential, Reason


class ListReading:
    """The part of the reader that knows categories, tenders, reasons and people."""

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
        return tuple(x for x in self.known_tenders() if x.is_active)

    def known_tenders(self) -> Sequence[TenderType]:
        """Return every tender by position, those switched off too."""
        return choice_rows.read_tenders(self._query)

    def reasons(self, use: str) -> Sequence[Reason]:
        """Return the reasons that may be chosen for a use, in order."""
        found = self.known_reasons()
        return tuple(x for x in found if x.use == use and x.is_active)

    def known_reasons(self) -> Sequence[Reason]:
        """Return every reason in order, those switched off too."""
        return choice_rows.read_reasons(self._query)

    def roles(self) -> Sequence[Role]:
        """Return every role, those of few rights last."""
        return people_rows.in_order(people_rows.read_roles(self._query).values())

    def withdrawn_badge(self, badge_digest: str) -> str:
        """Return whose badge this was before it was withdrawn; "" for nobody's."""
        return people_rows.read_withdrawn(self._query, badge_digest)

    def staff(self) -> Sequence[Staff]:
        """Return active staff in the order of their tiles."""
        return people_rows.read_staff(self._query, "is_active", ())

    def everybody(self) -> Sequence[Staff]:
        """Return active and former staff."""
        return people_rows.read_staff(self._query, "1", ())

    def credential(self, staff_id: str) -> Credential | None:
        """Return what checks this person's PIN."""
        rows = self._query(
            "SELECT staff_id, pin_hash, badge_digest FROM staff WHERE staff_id = ?",
            (staff_id,),
        )
        return Credential(*rows[0]) if rows else None

    def staff_by_badge(self, badge_digest: str) -> Staff | None:
        """Return whose badge has this digest; former staff have none."""
        if not badge_digest:
            return None
        found = people_rows.read_staff(
            self._query, "is_active AND badge_digest = ?", (badge_digest,)
        )
        return found[0] if found else None
