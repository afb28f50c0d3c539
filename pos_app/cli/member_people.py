"""Who does a command with members, and who agrees: with their PINs, as at the counter."""

from __future__ import annotations

import sys
from getpass import getpass

from pos_app.bootstrap import Till
from pos_app.domain.permission import Demand, Staff
from pos_app.errors import UserError
from pos_app.i18n import _


def sign_on(till: Till, number: str | None) -> None:
    """Sign whoever does it on, with their PIN.

    Raises:
        UserError: "member_import_by", or what signing on says.
    """
    if not number:
        raise UserError("member_import_by")
    staff = till.counter.sign_on.by_number(number)
    till.counter.sign_on.with_pin(staff.staff_id, _pin(staff))


def approve(till: Till, demand: Demand, number: str) -> None:
    """Let a second person agree, with their PIN."""
    approval, approver = till.counter.approval, till.counter.sign_on.by_number(number)
    reasons = approval.reasons(demand.action)
    reason = reasons[0].key if reasons else ""
    given = approval.approve(demand, approver.staff_id, _pin(approver), reason)
    approval.admit(given.result())


def _pin(staff: Staff) -> str:
    """Ask for a PIN: on the terminal unseen, else a line of standard input."""
    if sys.stdin.isatty():
        return getpass(_("PIN of {name}: ", name=staff.name))
    return sys.stdin.readline().strip()
