"""Whether the drawer stands open: a chip always, an alarm when it is too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from typing_extensions import override

from pos_app.i18n import _
from pos_app.ports.sounds import Sound
from pos_app.services.drawer_watch import DrawerSight, DrawerWatch
from ui.drawer_calibration import DrawerCalibration
from ui.feature import Feature
from ui.presenters.frame_state import ChipView, Tone

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow

_LOOK_MS = 500
#: The alarm sounds again after so long; more often nobody hears it any more.
_AGAIN_MS = 30_000
_STEP_S = 5


class DrawerFlow(Feature):
    """Looks twice a second; asks nothing and stops nothing."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self.watch = DrawerWatch(flow.work.counter.desk)
        self.calibration = DrawerCalibration(flow)
        self._sight = DrawerSight(None)
        self._shown: tuple[ChipView, ...] = ()
        self._sounded_ms = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def on_kicked(self, was_kicked: bool) -> None:
        """The drawer, or its printer, said whether it took the command."""
        if was_kicked:
            self.watch.kicked()
            self.calibration.on_kicked()

    def look(self) -> None:
        """Look at the drawer; show and sound what is new."""
        if self.flow.devices.is_counting:
            self.watch.excuse()
            self.flow.devices.is_counting = False
        self._sight = self.watch.look()
        self._sound()
        chips = self.chips()
        if chips != self._shown:
            self._shown = chips
            self.flow.render()

    @override
    def chips(self) -> tuple[ChipView, ...]:
        sight = self._sight
        if sight.is_open is None:
            return ()
        if not sight.is_open:
            return (ChipView("drawer", _("Drawer shut"), "cash-register"),)
        if not sight.is_too_long:
            words = _("Drawer open")
            return (ChipView("drawer", words, "cash-register", Tone.INFO),)
        words = _("Drawer open for {seconds} s: push it shut", seconds=self._seconds)
        return (ChipView("drawer", words, "warning", Tone.WARN, _("Drawer open")),)

    @property
    def _seconds(self) -> int:
        """How long, in steps that do not repaint the bar all the time."""
        seconds = self._sight.open_ms // 1_000
        return seconds if seconds < _STEP_S else seconds // _STEP_S * _STEP_S

    def _sound(self) -> None:
        sight = self._sight
        if not sight.is_too_long:
            self._sounded_ms = 0
        elif not self._sounded_ms or sight.open_ms - self._sounded_ms >= _AGAIN_MS:
            self._sounded_ms = sight.open_ms
            self.flow.work.sounds.play(Sound.DRAWER)
