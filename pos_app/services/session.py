"""Who is signed on at this till, and what they may do."""

from __future__ import annotations

from pos_app.domain.permission import Permission, Staff
from pos_app.errors import UserError


class Session:
    """The cashier at the till; at most one."""

    def __init__(self) -> None:
        self._staff: Staff | None = None

    @property
    def staff(self) -> Staff | None:
        """Who is signed on, if anybody."""
        return self._staff

    @property
    def cashier(self) -> Staff:
        """Who is signed on.

        Raises:
            UserError: "not_signed_on".
        """
        if self._staff is None:
            raise UserError("not_signed_on")
        return self._staff

    def require(self, permission: Permission) -> Staff:
        """Return the cashier if their role holds `permission`.

        Raises:
            UserError: "not_signed_on" or "not_permitted".
        """
        staff = self.cashier
        if not staff.may(permission):
            raise UserError("not_permitted", action=permission.value)
        return staff

    def begin(self, staff: Staff) -> None:
        """Sign somebody on."""
        self._staff = staff

    def end(self) -> None:
        """Sign off; the basket stays."""
        self._staff = None
