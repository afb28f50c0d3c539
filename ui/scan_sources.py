"""Brings every scan to the counter in front: typed ones, and those of held scanners.

A scanner that the till holds for itself says which one it is; what it is for stands in
its settings. While somebody practises, its codes go to the practice.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from pos_app.domain.scanner_role import ROLE_OPTION, ScannerRole, role_of
from pos_app.ports.devices import ConnectionKind, DeviceCategory, ScanEvent
from ui.scanning.twins import WAIT_MS, ScanTwins

if TYPE_CHECKING:
    from ui.app import TillWindow


class ScanSources(QObject):
    """Hears the wedge and the bridge; tells the flow.

    Args:
        app: the window whose devices these are.
        now_ms: a clock in milliseconds that never goes back.
        types_too: whether a held scanner's keys arrive as typing as well (Windows).
    """

    def __init__(
        self,
        app: TillWindow,
        now_ms: Callable[[], int],
        *,
        types_too: bool = sys.platform == "win32",
    ) -> None:
        super().__init__(app)
        self._app, self._now_ms, self._types_too = app, now_ms, types_too
        self._twins = ScanTwins()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_due)

    def on_event(self, event: object) -> None:
        """A scanner of the till's own read a code."""
        assert isinstance(event, ScanEvent)
        if self._types_too and self._is_keyboard(event.device_id):
            self._twins.named(event, self._now_ms())
        self._serve(event)

    def on_typed(self, code: str) -> None:
        """The wedge found a scan among the keys."""
        if not (self._types_too and self._holds_keyboards()):
            self._serve(ScanEvent("", code))
            return
        self._twins.typed(code, self._now_ms())
        self._timer.start(WAIT_MS)

    def _on_due(self) -> None:
        for event in self._twins.due(self._now_ms()):
            self._serve(event)
        # A scan that came while the timer ran has its own wait.
        if self._twins.is_waiting:
            self._timer.start(WAIT_MS)

    def _serve(self, event: ScanEvent) -> None:
        app = self._app
        inner = app.training.inner if app.training is not None else None
        front = app if inner is None else inner
        front.notice_person()
        if self._role(event.device_id) is ScannerRole.PRICE_CHECK:
            front.flow.scans.on_price_asked(event.code)
        else:
            front.flow.on_scanned(event.code)

    def _role(self, device_id: str) -> ScannerRole:
        if not device_id:
            return ScannerRole.SALE
        device = self._app.work.counter.desk.device_book.device(device_id)
        return role_of(device.options.get(ROLE_OPTION) if device else None)

    def _is_keyboard(self, device_id: str) -> bool:
        device = self._app.work.counter.desk.device_book.device(device_id)
        return device is not None and device.connection.kind is ConnectionKind.KEYBOARD

    def _holds_keyboards(self) -> bool:
        scanners = self._app.work.counter.desk.device_book.of(DeviceCategory.SCANNER)
        return any(
            x.is_on and x.connection.kind is ConnectionKind.KEYBOARD for x in scanners
        )
