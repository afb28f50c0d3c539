"""The parts of the shift screen: each is imported and made when it is first needed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from ui.feature import Feature
from ui.shift_bars import ShiftBars

if TYPE_CHECKING:
    from ui.dialogs.review import ReviewDialog
    from ui.presenters.cash_move import CashMovePart
    from ui.presenters.shift_closing import ClosingPart
    from ui.presenters.shift_lists import ClosedListPart, OpenListPart, ReviewListPart
    from ui.presenters.shift_menu import MenuPart
    from ui.presenters.shift_opening import OpeningPart
    from ui.presenters.shift_paper import PaperPart
    from ui.presenters.shift_part import ShiftPart, ShiftPlace
    from ui.presenters.shift_result import OutcomePart
    from ui.screens.shift import ShiftScreen
    from ui.shift_keys import ShiftKeys

Part = TypeVar("Part", bound="ShiftPart")


class ShiftParts(Feature):
    """Holds what `ShiftFlow` leads through."""

    bars: ShiftBars
    _part: ShiftPart | None = None

    def go(self, where: str) -> None:
        """Show a part by its name."""
        raise AssertionError(where)

    @cached_property
    def place(self) -> ShiftPlace:
        """What every part works with."""
        from ui.presenters.shift_part import ShiftPlace

        flow = self.flow
        return ShiftPlace(
            flow.work,
            flow.frame,
            flow.runner,
            flow.devices.open_drawer,
            flow.devices.open_to_count,
        )

    @property
    def part(self) -> ShiftPart:
        """The part on show; the menu until there was another."""
        return self._part or self.menu

    @part.setter
    def part(self, part: ShiftPart) -> None:
        self._part = part

    def _connected(self, part: Part) -> Part:
        part.changed.connect(self.flow.render)
        part.left.connect(self.go)
        return part

    @cached_property
    def screen(self) -> ShiftScreen:
        """The screen; made once, when a shift is first looked at."""
        from ui.screens.shift import ShiftScreen

        made = ShiftScreen()
        self.flow.window.add(made)
        self.keys.listen(made)
        return made

    @cached_property
    def keys(self) -> ShiftKeys:
        """What carries presses to the part on show."""
        from ui.shift_keys import ShiftKeys

        return ShiftKeys(self)

    @cached_property
    def review(self) -> ReviewDialog:
        """What asks for the note of a review; made once."""
        from ui.dialogs.review import ReviewDialog

        made = ReviewDialog(self.flow.window)
        made.accepted.connect(self.reviews.accept)
        self.flow.dialogs.own(made)
        return made

    @cached_property
    def menu(self) -> MenuPart:
        """What can be done with the shift."""
        from ui.presenters.shift_menu import MenuPart

        return self._connected(MenuPart(self.place))

    @cached_property
    def move(self) -> CashMovePart:
        """Paid in, paid out, to the safe."""
        from ui.presenters.cash_move import CashMovePart

        return self._connected(CashMovePart(self.place))

    @cached_property
    def opening(self) -> OpeningPart:
        """Counting the float."""
        from ui.presenters.shift_opening import OpeningPart

        return self._connected(OpeningPart(self.place))

    @cached_property
    def closing(self) -> ClosingPart:
        """Counting what is in the drawer."""
        from ui.presenters.shift_closing import ClosingPart

        return self._connected(ClosingPart(self.place))

    @cached_property
    def outcome(self) -> OutcomePart:
        """What the count came to."""
        from ui.presenters.shift_result import OutcomePart

        return self._connected(OutcomePart(self.place, self.closing))

    @cached_property
    def paper(self) -> PaperPart:
        """An X or a Z as it was printed."""
        from ui.presenters.shift_paper import PaperPart

        return self._connected(PaperPart(self.place))

    @cached_property
    def closed(self) -> ClosedListPart:
        """The shifts that were closed."""
        from ui.presenters.shift_lists import ClosedListPart

        return self._connected(ClosedListPart(self.place))

    @cached_property
    def reviews(self) -> ReviewListPart:
        """Closes that wait for a review."""
        from ui.presenters.shift_lists import ReviewListPart

        made = self._connected(ReviewListPart(self.place))
        made.accepted.connect(self.bars.forget)
        return made

    @cached_property
    def others(self) -> OpenListPart:
        """Other people's open shifts."""
        from ui.presenters.shift_lists import OpenListPart

        return self._connected(OpenListPart(self.place))
