"""The drawer and the copy of a slip, asked for at the counter."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos_app.i18n import _
from pos_app.services.drawer import NO_SALE
from ui import tasks
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.frame import FramePresenter
from ui.presenters.workplace import Workplace


class DeviceFlow(QObject):
    """Asks the services and says how it went."""

    reason_wanted = Signal()
    """The drawer is to open without a sale: ask why."""

    def __init__(self, work: Workplace, frame: FramePresenter) -> None:
        super().__init__()
        self._counter, self._frame = work.counter, frame
        self._stayed_shut = False
        #: The drawer is being opened to count it: it may stand open.
        self.is_counting = False

    def open_drawer(self) -> None:
        """Open the drawer without a sale, once it is said why; journalled."""
        if self._counter.drawer.reasons():
            self.reason_wanted.emit()
        else:
            self.on_reason(NO_SALE)

    def on_reason(self, reason: str) -> None:
        """It was said why the drawer is to open."""
        words = ApprovalWords(reason=reason)
        self._frame.attempt(lambda: self._open(reason), words)

    def _open(self, reason: str) -> None:
        future = self._counter.drawer.open(reason)
        self._stayed_shut = False
        tasks.watch(future).then(self._on_drawer).otherwise(self._frame.refuse)

    def _on_drawer(self, _done: object) -> None:
        if not self._stayed_shut:  # that is said already, and matters more
            self._frame.say(_("Drawer opened; it is in the journal"))

    def open_to_count(self) -> None:
        """Open the drawer to count it, which needs no reason."""
        self._frame.attempt(self._open_to_count)

    def _open_to_count(self) -> None:
        future = self._counter.shift.open_drawer()
        self.is_counting = True
        self._stayed_shut = False
        tasks.watch(future).then(self._on_counting).otherwise(self._frame.refuse)

    def _on_counting(self, _done: object) -> None:
        if not self._stayed_shut:
            self._frame.say(_("Drawer opened; push it shut when you have counted"))

    def on_drawer_kicked(self, was_kicked: bool) -> None:
        """The printer said whether it opened the drawer."""
        self._stayed_shut = not was_kicked

    def reprint(self) -> None:
        """Print the last slip again, marked COPY n."""
        self._frame.attempt(self._reprint)

    def _reprint(self) -> None:
        future = self._counter.slip.reprint()
        tasks.watch(future).then(self._on_reprinted).otherwise(self._frame.refuse)

    def _on_reprinted(self, _job: object) -> None:
        self._frame.say(_("A copy of the slip is on its way"))
        self._frame.tick()
