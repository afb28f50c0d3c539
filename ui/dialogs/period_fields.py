"""From when and until when: two choices, each with a moment behind it."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.i18n import _
from ui.presenters.new_price import NewPriceText
from ui.screens.segmented_choice import SegmentedChoice
from ui.widgets.moment_field import MomentField


class PeriodFields:
    """The four fields, for a dialog to lay out.

    Args:
        choices: names of begin and end, for tests. moments: of their fields.
        on_change: called after each choice and each change of a moment.
    """

    def __init__(
        self,
        choices: tuple[str, str],
        moments: tuple[str, str],
        on_change: Callable[[], None],
    ) -> None:
        self.begins, self.ends = (SegmentedChoice(name) for name in choices)
        self.start, self.end = (MomentField(name) for name in moments)
        self._on_change = on_change
        for choice in (self.begins, self.ends):
            choice.chosen.connect(self._changed)
        for moment in (self.start, self.end):
            moment.changed.connect(self._changed)

    @property
    def rows(self) -> tuple[SegmentedChoice | MomentField, ...]:
        """The fields from top to bottom."""
        return self.begins, self.start, self.ends, self.end

    def text(self, price: str = "") -> NewPriceText:
        """Return what the fields say, with a price where there is one."""
        return NewPriceText(
            price=price,
            is_now=self.begins.chosen_key == "now",
            is_open=self.ends.chosen_key == "open",
            start_day=self.start.day.text(),
            start_time=self.start.time.text(),
            end_day=self.end.day.text(),
            end_time=self.end.time.text(),
        )

    def show_text(self, text: NewPriceText, without_end: str, with_end: str) -> None:
        """Begin with a text.

        Args:
            text: what the fields say.
            without_end: words of the choice that nothing ends it.
            with_end: words of the choice of a moment.
        """
        self.begins.set_choices(
            [("now", _("From now on"), ""), ("later", _("From a moment on"), "")]
        )
        self.ends.set_choices([("open", without_end, ""), ("until", with_end, "")])
        self.begins.show_chosen("now" if text.is_now else "later")
        self.ends.show_chosen("open" if text.is_open else "until")
        self.start.show_moment(_("Begins"), text.start_day, text.start_time)
        self.end.show_moment(_("Ends"), text.end_day, text.end_time)

    def show_moments(self) -> None:
        """Show a moment only where its choice asks for it."""
        self.start.setVisible(self.begins.chosen_key == "later")
        self.end.setVisible(self.ends.chosen_key == "until")

    def _changed(self, _what: object = None) -> None:
        self._on_change()
