"""A part of the counter with a panel or a screen of its own.

The counter asks its features before it does anything itself: who takes this scan,
this key, this tab? The first that says yes has it; most say no to most.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from typing_extensions import override

from ui.keymap import Action
from ui.presenters.frame_state import ChipView, TabView
from ui.presenters.sale_state import SaleState

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow


class Feature(QObject):
    """One part of the counter; made once, with the flow that it is a part of."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self.flow = flow

    def has_made(self, name: str) -> bool:
        """Tell whether one of its cached properties was needed yet.

        Panels, screens and dialogs are made and imported when they are first
        looked at: a start waits for nothing that nobody sees.
        """
        return name in self.__dict__

    @property
    def is_shown(self) -> bool:
        """Tell whether its panel or screen is what the person looks at."""
        return False

    def tab(self) -> TabView | None:
        """Return its tab of the top bar; None when it has none for this person."""
        return None

    def manual_name(self) -> str:
        """Return what the manual calls what it shows; "" for its screen's name."""
        return ""

    def till_note(self) -> str:
        """Return what stands behind the till's number, under the shop's name."""
        return ""

    def open(self) -> None:
        """Show it: its tab was pressed."""

    def holds(self, go_on: Callable[[], None]) -> bool:
        """Tell whether the person is asked first; `go_on` then leaves after all."""
        del go_on
        return False

    def leave(self) -> None:
        """Put it away: another part is opened, a sale ended or the till is locked."""

    def chips(self) -> tuple[ChipView, ...]:
        """Return what it adds to the status bar."""
        return ()

    def dress(self, state: SaleState) -> SaleState:
        """Return what the sale screen shows while this feature has a say in it."""
        return state

    def show(self) -> None:
        """Show its present state, if it is shown."""

    def retranslate(self) -> None:
        """Read all words anew: another language is in use."""

    def takes_scan(self, code: str) -> bool:
        """Serve a scanned code; whether it was this feature's."""
        del code
        return False

    def takes_pad(self, value: str) -> bool:
        """Serve a key of the pad (`PadKey`); whether it was this feature's."""
        del value
        return False

    def takes_letter(self, letter: str) -> bool:
        """Serve a letter typed on a keyboard; whether it was this feature's."""
        del letter
        return False

    def takes_action(self, action: Action) -> bool:
        """Serve a key of the keyboard map; whether it was this feature's."""
        del action
        return False

    def takes_function(self, key: str) -> bool:
        """Serve a function key or chip by its key; whether it was this feature's."""
        del key
        return False

    def signed_on(self) -> bool:
        """Somebody signed on: whether this feature shows itself before the sale."""
        return False

    @override
    def __repr__(self) -> str:
        return type(self).__name__
