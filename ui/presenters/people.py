"""People in the back office: staff and roles."""

from __future__ import annotations

from collections.abc import Callable

from typing_extensions import override

from pos_app.domain.permission import Permission
from ui.presenters.back_office_part import BackOfficePlace
from ui.presenters.office_form import FormPart
from ui.presenters.role_book import RoleBook
from ui.presenters.staff_book import StaffBook


class PeoplePart(FormPart):
    """Staff, roles, PINs and badges."""

    def __init__(
        self, place: BackOfficePlace, on_rights_gone: Callable[[], None]
    ) -> None:
        """Take the place.

        Args:
            place: what parts work with.
            on_rights_gone: called when whoever is signed on may do this no more.
        """
        super().__init__(place)
        self._on_rights_gone = on_rights_gone
        self.take_books(StaffBook(self), RoleBook(self))

    @override
    def after_store(self) -> bool:
        staff = self.work.counter.desk.session.staff
        if staff is not None and staff.may(Permission.PEOPLE):
            return True
        self._on_rights_gone()
        return False
