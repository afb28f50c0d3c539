"""Members at the counter: found, shown, proved, enrolled; coupons and payment."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt

from tests.journeys.screen_customer import Customer
from tests.journeys.screen_members import give_pin, open_members
from tests.journeys.screen_till import ScreenTill

SHIRT = "710002"
ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


def member_views(till: ScreenTill) -> Iterator[str]:
    """Show each state of the member's panel; leaves no sale and no member.

    Args:
        till: somebody is signed on, and no sale is open.
    """
    there = open_members(till, ("Lin Keyi", "Wang Min"))
    give_pin(till, there.lin, "2468")
    till.key(Qt.Key.Key_F2)
    yield "member, nobody looked for"
    till.press("memberSearch")
    till.type("0000")
    yield "member, nobody found"
    till.key(ESC)
    till.type("13912345678")
    till.key(ENTER)
    yield "member, form"
    till.key(ENTER)
    yield "member, form agreed"
    till.key(ESC)
    till.scan(SHIRT)
    till.type("13800006217")
    till.key(ENTER)
    yield "member, shown"
    till.press("quickCash2")
    yield "member, history of points"
    till.key(ESC)
    till.press("memberProof0")
    till.type("24")
    yield "member, PIN"
    till.key(ESC)
    till.key(ESC)
    till.key(ESC)
    yield "sale with a member"
    till.key(Qt.Key.Key_F7)
    yield "coupons"
    till.press("couponsBest")
    yield "coupons, used"
    till.key(ESC)
    till.key(Qt.Key.Key_F12)
    yield "payment with deductions"
    till.key(ESC)
    proven = till.work.counter.members.prove_phone("13800006217")
    till.flow.features.members.recognised(proven)
    till.key(Qt.Key.Key_F12)
    till.press("deductUse-points")
    yield "payment with points used"
    till.press("deductUse-points")
    till.key(ESC)
    yield from _customer(till)
    till.work.counter.members.detach()
    for line in till.lines:
        till.work.counter.sale.remove_line(line.line_id)
    till.flow.sale.refresh()


def _customer(till: ScreenTill) -> Iterator[str]:
    customer = Customer(till)
    till.flow.features.members.proofs.ask_phone()
    customer.look()
    yield "member, typed by the customer"
    till.flow.features.members.proofs.leave()
    till.app.customer.sleep()
