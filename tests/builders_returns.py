"""A shop whose people take goods back, each as far as they may."""

from __future__ import annotations

import atexit
import copy
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pos_app.bootstrap import Till
from pos_app.domain.permission import Approval, Demand
from pos_app.domain.sale import Sale
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.counter import Counter
from pos_app.services.replay import ReplayClock
from pos_app.services.returnable import ReturnableSale
from pos_app.services.session import ApprovalNeeded
from tests.counter_shop import (
    MANAGER,
    SETUP,
    finish,
    make_counter_shop,
    opened,
    prove,
    unit_of,
)

SHIRT_M, SHIRT_L, YOGHURT = "6970000000017", "6970000000024", "6970000000031"
#: The cashier may refund so much; a supervisor any amount.
CASHIER_CAP_MINOR = 5_000
ONE = Decimal(1)
REASON = "changed_mind"


_SUPERVISOR = ["return", "return_late", "return_no_receipt"]


def _setup(**shop: Any) -> dict[str, Any]:
    setup = copy.deepcopy(SETUP)
    setup["shop"] |= shop
    setup["reasons"] += [
        {"key": REASON, "use": "return", "name": "不想要了"},
        {"key": "faulty", "use": "return", "name": "质量问题"},
        {"key": "rung_up_wrongly", "use": "sale_reverse", "name": "收错款"},
        {"key": "rung_wrongly", "use": "sale_reverse", "name": "收错了"},
    ]
    for role in setup["roles"]:
        more = {
            "cashier": ["return"],
            "supervisor": _SUPERVISOR,
            "manager": [*_SUPERVISOR, "refund_other_tender", "sale_reverse"],
        }.get(role["key"], [])
        role["permissions"] = sorted({*role["permissions"], *more})
        if role["key"] == "cashier":
            role["refund_cap_minor"] = CASHIER_CAP_MINOR
    for tender in setup["tenders"]:
        tender["is_refundable"] = tender["key"] != "voucher"
    setup["items"] += [
        {"sku": "W", "name": "白衬衫", "price": "199.00", "variant": "M"}
        | {"barcode": SHIRT_M},
        {"sku": "W2", "name": "白衬衫", "price": "219.00", "variant": "L"}
        | {"barcode": SHIRT_L, "parent_sku": "W"},
        {"sku": "Y", "name": "酸奶", "price": "6.00", "barcode": YOGHURT}
        | {"returnable": False},
    ]
    return setup


@cache
def _prepared(coins: str, *, added: bool) -> ShopFolder:
    folder = tempfile.mkdtemp(prefix="guitai-returns-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    step, _, mode = coins.partition(" ")
    rule = {"step_minor": int(step), "mode": mode}
    setup = _setup(cash_rounding=rule, prices_include_tax=not added)
    return make_counter_shop(Path(folder) / "shop", setup)


def return_shop(
    parent: Path, coins: str = "10 down", *, tax_added: bool = False
) -> ShopFolder:
    """Return a shop of one's own; `coins` is step and mode of cash rounding."""
    root = parent / "shop"
    shutil.copytree(_prepared(coins, added=tax_added).root, root)
    return ShopFolder(root)


@contextmanager
def returning_till(parent: Path, clock: ReplayClock) -> Iterator[Till]:
    """Open a till whose manager may take goods back; all is proven at the end."""
    shop = return_shop(parent, "1 half_up")
    with opened(shop, clock, number=MANAGER) as till:
        yield till
        prove(till)


def approve(counter: Counter, demand: Demand, number: str = MANAGER) -> None:
    """Let somebody else consent, without the cost of a PIN."""
    desk = counter.desk
    by = counter.sign_on.by_number(number)
    asked = desk.session.cashier.staff_id
    desk.session.approve(
        Approval(desk.ids.new(), demand, asked, by.staff_id, "", desk.clock.now())
    )


def approved(counter: Counter, action: Any, *what: Any, **named: Any) -> Any:
    """Do something, with as many approvals as it needs."""
    for _ in range(5):
        try:
            return action(*what, **named)
        except ApprovalNeeded as needed:
            approve(counter, needed.demand)
    raise AssertionError("never enough")


def take_back(
    counter: Counter, sale: Sale, position: int = 1, quantity: Decimal = ONE
) -> ReturnableSale:
    """Let so much of a line come back, with a reason."""
    found = counter.returns.set_quantity(sale.sale_id, position, quantity)
    here = found.lines[position - 1].here
    assert here is not None
    counter.returns.set_reason(here.line_id, REASON)
    return counter.returns.look(sale.sale_id)


def give_all_back(counter: Counter) -> None:
    """Give the money of the open ticket back as the till says."""
    for way in counter.refund.ways():
        payment = counter.refund.payment
        assert payment is not None
        if not payment.is_settled and way.key not in {x.key for x in payment.refunds}:
            approved(counter, counter.refund.give, way.key)


def paid_back(counter: Counter) -> dict[str, int]:
    """End the open ticket with its money given back; tell it by tender."""
    give_all_back(counter)
    return {x.key: x.amount_minor for x in finish(counter).refunds}


def refund(counter: Counter, key: str = "cash", amount: int | None = None) -> Sale:
    """Give everything back with one tender and end the ticket."""
    counter.refund.give(key, amount)
    return finish(counter)


def without_receipt(counter: Counter, code: str, quantity: Decimal = ONE) -> None:
    """Take goods back that nobody has a receipt for."""
    unit = unit_of(counter, code)
    approved(counter, counter.returns.add_without_receipt, unit, quantity, REASON)
