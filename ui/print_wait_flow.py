"""The panel behind the printer's chip: why slips wait, and what to do."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from typing_extensions import override

from pos_app.i18n import plural
from ui import tasks
from ui.guest_feature import GuestFeature
from ui.presenters.frame_state import ChipView, Tone

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.panels.print_wait import PrintWaitPanel
    from ui.presenters.print_wait import PrintWaitPresenter

#: How often waiting slips are looked after, and the open panel asks again.
LOOK_MS = 1000
_CHIP, _LABELS_CHIP = "printer", "stray_labels"


class PrintWaitFlow(GuestFeature):
    """Opens only when somebody touches the chip: a printer interrupts nobody."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @cached_property
    def presenter(self) -> PrintWaitPresenter:
        """What reads the queue; made when it is first needed."""
        from ui.presenters.print_wait import PrintWaitPresenter

        made = PrintWaitPresenter(self.flow.work, self.flow.frame)
        made.changed.connect(self.show)
        return made

    @cached_property
    def panel(self) -> PrintWaitPanel:
        """The panel; made once, when slips first wait and somebody asks."""
        from ui.panels.print_wait import PrintWaitPanel

        made = PrintWaitPanel()
        self.keep(made)
        made.closed.connect(self.leave)
        made.try_key.clicked.connect(self.presenter.try_now)
        made.other_key.clicked.connect(self._use_helper)
        made.go_key.clicked.connect(self._let_go)
        return made

    def _use_helper(self) -> None:
        """Move what was shown to the printer that the key names."""
        self.presenter.use_helper(self.panel.state)

    def _let_go(self) -> None:
        """Let go what the key names, whatever waits by now."""
        self.presenter.let_go(self.panel.state)

    def _look(self) -> None:
        moved = self.flow.work.counter.relief.look()
        if moved is not None:
            task = tasks.watch(moved).then(self.presenter.on_moved)
            task.otherwise(self.flow.frame.on_lost)
        if self.is_shown:
            self.show()

    def stop(self) -> None:
        """The window closes: look after nothing any more."""
        self._timer.stop()

    @override
    def manual_name(self) -> str:
        return "print_wait"

    @override
    def open(self) -> None:
        if self.flow.window.screen_shown is not self.flow.screens.sale:
            self.flow.go_to_sale()
        self.flow.features.leave(but=self)
        self.flow.screens.sale.goods.show_guest(self.panel)
        self.show()

    @override
    def show(self) -> None:
        if self.is_shown:
            self.panel.show_state(self.presenter.state)

    @override
    def retranslate(self) -> None:
        self.show()

    @override
    def chips(self) -> tuple[ChipView, ...]:
        count = self.flow.frame.prints.stray_labels
        if not count:
            return ()
        words = plural("{count} label waits", "{count} labels wait", count)
        return (ChipView(_LABELS_CHIP, words, "tag", Tone.WARN, words),)

    @override
    def takes_function(self, key: str) -> bool:
        is_paying = self.flow.payment.is_waiting
        if (
            key not in {_CHIP, _LABELS_CHIP}
            or is_paying
            or not self.presenter.has_waiting
        ):
            return False
        self.open()
        return True
