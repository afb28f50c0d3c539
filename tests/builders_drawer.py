"""Shops whose drawers are counted: cashiers with shifts of their own or the till's."""

from __future__ import annotations

import atexit
import copy
import json
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from pos_app.domain.permission import Approval
from pos_app.domain.shift import CashCount, ShiftClose
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.counter import Counter
from pos_app.services.session import ApprovalNeeded
from tests.counter_shop import SETUP, make_counter_shop

NOTES = (10, 50, 100, 500, 1000, 2000, 5000, 10_000)
_CASHIER = ["shift_open", "shift_close", "paid_in", "safe_drop", "x_report", "park"]
_REASONS = (
    {"key": "coins", "use": "paid_in", "name": "换零钱"},
    {"key": "water", "use": "paid_out", "name": "买水"},
    {"key": "peek", "use": "no_sale", "name": "查看"},
    {"key": "rung_twice", "use": "sale_reverse", "name": "收错了"},
)


def _setup(policy: dict[str, Any]) -> dict[str, Any]:
    setup = copy.deepcopy(SETUP)
    setup["shop"] |= {"cash_notes_minor": NOTES, "policy": policy}
    setup["reasons"] += _REASONS
    for role in setup["roles"]:
        if role["key"] in {"supervisor", "manager"}:
            more = [*_CASHIER, "sale_reverse"]
        else:
            more = _CASHIER if role["key"] == "cashier" else []
        role["permissions"] = sorted({*role["permissions"], *more})
    return setup


@cache
def _prepared(policy: str) -> ShopFolder:
    folder = tempfile.mkdtemp(prefix="guitai-drawer-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return make_counter_shop(Path(folder) / "shop", _setup(json.loads(policy)))


def drawer_shop(parent: Path, **policy: Any) -> ShopFolder:
    """Return a shop of one's own, with this policy."""
    root = parent / "shop"
    shutil.copytree(_prepared(json.dumps(policy, sort_keys=True)).root, root)
    return ShopFolder(root)


def cash(amount_minor: int) -> CashCount:
    """Return a count of an amount, in the largest pieces; tens of fen at least."""
    pieces = []
    for value in sorted(NOTES, reverse=True):
        number, amount_minor = divmod(amount_minor, value)
        pieces.append((value, number))
    assert amount_minor == 0
    return CashCount(tuple(pieces))


def expected_minor(counter: Counter) -> int:
    """Return what the current drawer should hold, as only a test may ask."""
    shift = counter.shift.current()
    assert shift is not None
    counter.desk.ledger.flush()
    return counter.desk.ledger.shifts.expected_minor(shift.shift_id)


def close_shift(
    counter: Counter, off_minor: int = 0, left_minor: int = 0
) -> ShiftClose:
    """Count the drawer and close; `off_minor` over or short."""
    counter.shift.count(cash(expected_minor(counter) + off_minor)).result()
    carried = [parked.number for parked in counter.park.all()]
    return counter.shift.close(left_minor, carried).result()


def approved(counter: Counter, by: str, action: Any, *what: Any) -> Any:
    """Do what needs somebody else, whose consent is `by`'s."""
    try:
        return action(*what)
    except ApprovalNeeded as needed:
        desk = counter.desk
        consent = Approval(
            approval_id=desk.ids.new(),
            demand=needed.demand,
            requested_by=desk.session.cashier.staff_id,
            approved_by=counter.sign_on.by_number(by).staff_id,
            reason="",
            at=desk.clock.now(),
        )
        desk.session.approve(consent)
        return action(*what)
