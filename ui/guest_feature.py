"""A part of the counter whose panel stands where the goods are: their column's guest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from ui.feature import Feature

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.widgets.panel import Panel


class GuestFeature(Feature):
    """Shows one panel in the goods column and gives the column back."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self._guest: Panel | None = None

    def keep(self, panel: Panel) -> None:
        """Give its new panel an owner, who frees it: the window's until it is a guest."""
        panel.setParent(self.flow.window)
        panel.hide()
        self._guest = panel

    @property
    def is_guest(self) -> bool:
        """Tell whether the goods column shows the panel, whatever screen is shown."""
        guest = self.flow.screens.sale.goods.guest
        return self._guest is not None and guest is self._guest

    @property
    def is_on_sale(self) -> bool:
        """Tell whether the panel is shown and the sale screen with it."""
        shown, sale = self.flow.window.screen_shown, self.flow.screens.sale
        return shown is sale and self.is_guest

    @property
    @override
    def is_shown(self) -> bool:
        return self.is_guest

    def enter(self, panel: Panel) -> None:
        """Show the panel on the sale screen, in the whole goods column."""
        sale = self.flow.screens.sale
        sale.goods.show_guest(panel, is_whole=True)
        sale.setFocus()
        self.flow.render()

    @override
    def leave(self) -> None:
        if self.is_shown:
            self.flow.screens.sale.goods.show_guest(None)
            self.flow.render()
