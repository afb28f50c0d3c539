"""The drawer and the copy of a slip, asked for at the counter."""

from __future__ import annotations

from PySide6.QtCore import QObject

from pos_app.errors import GuitaiError
from pos_app.i18n import _
from ui import tasks
from ui.presenters.frame import FramePresenter
from ui.presenters.workplace import Workplace


class DeviceFlow(QObject):
    """Asks the services and says how it went."""

    def __init__(self, work: Workplace, frame: FramePresenter) -> None:
        super().__init__()
        self._counter, self._frame = work.counter, frame
        self._stayed_shut = False

    def open_drawer(self) -> None:
        """Open the drawer without a sale; journalled."""
        try:
            future = self._counter.drawer.open("no_sale")
        except GuitaiError as error:
            self._frame.refuse(error)
            return
        self._stayed_shut = False
        tasks.watch(future).then(self._on_drawer).otherwise(self._frame.refuse)

    def _on_drawer(self, _done: object) -> None:
        if not self._stayed_shut:  # that is said already, and matters more
            self._frame.say(_("Drawer opened; it is in the journal"))

    def on_drawer_kicked(self, was_kicked: bool) -> None:
        """The printer said whether it opened the drawer."""
        self._stayed_shut = not was_kicked

    def reprint(self) -> None:
        """Print the last slip again, marked COPY n."""
        try:
            future = self._counter.slip.reprint()
        except GuitaiError as error:
            self._frame.refuse(error)
            return
        tasks.watch(future).then(self._on_reprinted).otherwise(self._frame.refuse)

    def _on_reprinted(self, _job: object) -> None:
        self._frame.say(_("A copy of the slip is on its way"))
        self._frame.tick()
