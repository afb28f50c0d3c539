"""What a screen reader is told while the ticket changes under the scanner."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from pos_app.i18n import _, plural
from tests.journeys.screen_members import MASKED, code_of_phone, open_members
from tests.journeys.screen_till import (
    COLA_GTIN,
    FIRST_GTIN,
    PINS,
    UNKNOWN_GTIN,
    ScreenTill,
)
from ui.format import money

POLITE = QAccessible.AnnouncementPoliteness.Polite
AT_ONCE = QAccessible.AnnouncementPoliteness.Assertive


class Reader:
    """A screen reader: keeps what it was told, and how urgently."""

    def __init__(self, till: ScreenTill) -> None:
        self.till, self.heard = till, []
        announcer = till.flow.announcer
        announcer.tell, announcer.is_heard = self.take, lambda: True

    def take(self, event: QAccessibleAnnouncementEvent) -> None:
        """Hear an announcement about the till's window."""
        assert event.type() is QAccessible.Event.Announcement
        assert event.object() is self.till.window
        self.heard.append((event.message(), event.politeness()))

    def last(self) -> tuple[str, QAccessible.AnnouncementPoliteness]:
        """Return what was said last, once the screen has shown it."""
        self.till.settle()
        return self.heard[-1]


@pytest.fixture
def reader(selling) -> Reader:
    """Return a screen reader beside a cashier who sells."""
    return Reader(selling)


def names(till: ScreenTill) -> list[str]:
    ticket = till.flow.sale.state.lines
    return [" ".join(x for x in (row.name, row.variant) if x) for row in ticket]


def total(till: ScreenTill, what: str) -> str:
    amount = money(till.flow.sale.state.amount_due_minor, "CNY")
    return _("{what}, total {amount}", what=what, amount=amount)


def test_an_added_line_is_said_with_the_total(selling, reader):
    selling.scan(COLA_GTIN)
    goods = f"{names(selling)[0]} × 1"
    said = total(selling, _("Added {goods}", goods=goods))
    assert reader.last() == (said, POLITE)
    assert "¥3.00" in said


def test_one_more_one_less_and_none_are_said(selling, reader):
    selling.scan(COLA_GTIN)
    selling.scan(COLA_GTIN)
    cola = names(selling)[0]
    assert reader.last() == (total(selling, f"{cola} × 2"), POLITE)
    selling.scan(FIRST_GTIN)
    other = names(selling)[1]
    selling.key(Qt.Key.Key_Delete)
    gone = _("Removed {goods}", goods=f"{other} × 1")
    assert reader.last() == (total(selling, gone), POLITE)
    selling.key(Qt.Key.Key_Delete)
    assert reader.last() == (total(selling, _("The ticket is empty")), POLITE)


def test_a_refusal_interrupts(selling, reader):
    selling.scan(UNKNOWN_GTIN)
    reader.last()
    text = _("Not found: {code}", code=UNKNOWN_GTIN)
    assert (text, AT_ONCE) in reader.heard


def test_nothing_is_said_twice(selling, reader):
    selling.scan(COLA_GTIN)
    reader.last()
    count = len(reader.heard)
    for _turn in range(3):
        selling.flow.render()
        selling.settle()
    assert len(reader.heard) == count


def test_the_change_is_said_once(selling, reader):
    selling.scan(COLA_GTIN)
    selling.press("mainAction")
    selling.pad("5⏎")
    selling.press("mainAction")
    selling.wait(lambda: selling.shown == "paymentDoneScreen")
    selling.wait_for_slips(1)
    reader.last()
    given = [words for words, _how in reader.heard if "¥2.00" in words]
    assert len(given) == 1
    selling.scan(COLA_GTIN)
    assert reader.last()[0].startswith(_("Added {goods}", goods=names(selling)[0]))


def test_a_member_and_the_price_before_and_after_are_said(selling, reader):
    there = open_members(selling)
    selling.scan("710002")
    selling.scan(code_of_phone(selling, there.lin))
    reader.last()
    member = _("Member recognised: {name}", name=MASKED)
    assert (member, POLITE) in reader.heard
    selling.key(Qt.Key.Key_F7)
    selling.press("couponsBest")
    after = selling.flow.sale.state.amount_due_minor
    was, now = money(12900, "CNY"), money(after, "CNY")
    assert after < 12900
    changed = _("was {before}, now {after}", before=was, after=now)
    best = _("Best coupons used")
    assert (f"{best}, {changed}", POLITE) in reader.heard
    selling.key(Qt.Key.Key_Escape)
    selling.key(Qt.Key.Key_F12)
    selling.press("deductUse-coupons")
    back = _("was {before}, now {after}", before=now, after=was)
    given = _("Coupon taken back")
    assert (f"{given}, {back}", POLITE) in reader.heard


def test_a_resumed_ticket_is_said_as_one(selling, reader):
    selling.scan(COLA_GTIN, FIRST_GTIN)
    selling.key(Qt.Key.Key_F8)
    selling.wait(lambda: selling.work.counter.park.count() == 1)
    selling.wait(lambda: not selling.flow.sale.is_held)
    selling.key(Qt.Key.Key_F9)
    selling.key(Qt.Key.Key_F12)
    selling.wait(lambda: len(selling.lines) == 2)
    selling.wait(lambda: not selling.flow.sale.is_held)
    both = plural("{count} line added", "{count} lines added", 2)
    assert reader.last() == (total(selling, both), POLITE)


def test_without_a_screen_reader_no_word_is_made(selling):
    heard = []
    selling.flow.announcer.tell = heard.append
    selling.scan(COLA_GTIN)
    selling.settle()
    assert not QAccessible.isActive()
    assert heard == []


def test_events_reach_qt_where_a_screen_reader_listens(selling):
    """The real way out: Qt takes the event and nothing of the till changes."""
    QAccessible.setActive(True)
    try:
        selling.scan(COLA_GTIN)
        selling.settle()
    finally:
        QAccessible.setActive(False)
    assert len(selling.basket) == 1
    selling.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    selling.press("staff-1001")
    selling.type(PINS["1001"])
    selling.key(Qt.Key.Key_Return)
    assert selling.shown == "saleScreen"
