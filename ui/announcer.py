"""Says aloud, through the person's screen reader, what happened to the ticket.

A scan moves no focus, so a screen reader would notice nothing of it. Without one
nothing is done here: no word is made for nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent

from pos_app.i18n import _, plural
from ui.format import money
from ui.presenters.done_state import DoneState
from ui.presenters.frame_state import FrameState, MessageView, Tone
from ui.presenters.sale_state import SaleState
from ui.presenters.ticket_state import LineView

_POLITE = QAccessible.AnnouncementPoliteness.Polite
_AT_ONCE = QAccessible.AnnouncementPoliteness.Assertive


class Announcer:
    """Compares what is shown with what was shown, and says the difference.

    Attributes:
        tell: takes the event to whoever reads the screen.
        is_heard: whether anybody does.
    """

    def __init__(self, window: QObject) -> None:
        self._window = window
        self._lines: dict[str, LineView] = {}
        self._message: MessageView | None = None
        self._change = ""
        self.tell: Callable[[QAccessibleEvent], None] = QAccessible.updateAccessibility
        self.is_heard: Callable[[], bool] = QAccessible.isActive

    def hear_sale(self, state: SaleState) -> None:
        """The sale screen shows another state."""
        if not self.is_heard():
            return
        self._change = ""
        self._hear_message(state.frame)
        before, self._lines = self._lines, {x.line_id: x for x in state.lines}
        words = _difference(before, state.lines)
        if words:
            total = money(state.amount_due_minor, state.currency)
            self._say(_("{what}, total {amount}", what=words, amount=total))

    def hear_done(self, state: DoneState) -> None:
        """The sale is over: what the customer gets back is said once."""
        if not self.is_heard():
            return
        self._lines = {}
        self._hear_message(state.frame)
        given = money(state.change_minor, state.currency)
        label = state.change_label or _("Change")
        change = f"{label} {given}"
        if change != self._change:
            self._change = change
            self._say(change)

    def hear_news(self, words: str) -> None:
        """Something happened that changes no line: a member came, a price is another."""
        if self.is_heard():
            self._say(words)

    def _hear_message(self, frame: FrameState) -> None:
        """Say a refusal at once; on the screen it is red and beeps."""
        message, before = frame.message, self._message
        self._message = message
        if message is not None and message != before and message.tone is Tone.BAD:
            self._say(message.text, _AT_ONCE)

    def _say(
        self, words: str, when: QAccessible.AnnouncementPoliteness = _POLITE
    ) -> None:
        event = QAccessibleAnnouncementEvent(self._window, words)
        event.setPoliteness(when)
        self.tell(event)


def _difference(before: dict[str, LineView], now: Sequence[LineView]) -> str:
    """Return what was added, changed or taken away; "" for nothing of these."""
    added = [x for x in now if x.line_id not in before]
    if len(added) > 1:
        return plural("{count} line added", "{count} lines added", len(added))
    if added:
        return _("Added {goods}", goods=_goods(added[0]))
    changed = [x for x in now if x.quantity != before[x.line_id].quantity]
    if changed:
        return _goods(changed[0])
    there = {x.line_id for x in now}
    gone = [x for x in before.values() if x.line_id not in there]
    if len(gone) == 1 and now:
        return _("Removed {goods}", goods=_goods(gone[0]))
    return _("The ticket is empty") if gone and not now else ""


def _goods(line: LineView) -> str:
    name = " ".join(x for x in (line.name, line.variant) if x)
    return f"{name} × {line.quantity}"
