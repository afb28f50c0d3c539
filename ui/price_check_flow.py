"""The price check: the next scan is looked up, not sold."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import override

from pos_app.i18n import _
from ui.guest_feature import GuestFeature
from ui.keymap import Action
from ui.presenters.frame_state import Tone
from ui.presenters.sale_state import SaleFunction

if TYPE_CHECKING:
    from ui.dialogs.picture_files import PictureFiles
    from ui.panels.price_check import PriceCheckPanel
    from ui.presenters.price_check import PriceCheckPresenter


class PriceCheckFlow(GuestFeature):
    """Shows the panel in the place of the goods and gives it one scan."""

    @cached_property
    def presenter(self) -> PriceCheckPresenter:
        """What looks goods up; made once."""
        from ui.presenters.price_check import PriceCheckPresenter

        made = PriceCheckPresenter(self.flow.work, self.flow.frame)
        made.state_changed.connect(self.show)
        self.flow.prices.struck.connect(made.look_again)
        return made

    @cached_property
    def panel(self) -> PriceCheckPanel:
        """The panel; made once, when a price is first asked for."""
        from ui.panels.price_check import PriceCheckPanel

        made = PriceCheckPanel()
        self.keep(made)
        made.closed.connect(self.leave)
        made.again.connect(self.presenter.begin)
        made.picture_wanted.connect(self._ask_picture)
        return made

    @cached_property
    def files(self) -> PictureFiles:
        """The dialog that finds a picture; made when one is first looked for."""
        from ui.dialogs.picture_files import PictureFiles

        made = PictureFiles(self.flow.window)
        made.fileSelected.connect(self.read_picture)
        return made

    def _ask_picture(self) -> None:
        self.files.ask()

    def read_picture(self, file: str) -> None:
        """Look up the first code of a picture; say how many there are."""
        upkeep = self.flow.work.upkeep
        task = self.flow.runner.run(lambda: upkeep.read_picture(Path(file)))
        task.then(self._on_read).otherwise(self.flow.frame.refuse)

    def _on_read(self, codes: tuple[str, ...]) -> None:
        if not codes:
            self.flow.frame.say(_("There is no code in this picture"), Tone.BAD)
            self.flow.work.beep()
        elif self.is_shown:
            self.presenter.on_scanned(codes[0])
            if len(codes) > 1:
                count = len(codes)
                words = _(
                    "{count} codes in the picture; this is the first", count=count
                )
                self.flow.frame.say(words, Tone.INFO)

    @override
    def manual_name(self) -> str:
        return "price_check"

    @override
    def open(self) -> None:
        if self.flow.window.screen_shown is self.flow.screens.sale:
            self.flow.features.leave(but=self)
            self.flow.screens.sale.goods.show_guest(self.panel, is_whole=True)
            self.presenter.begin()

    def answer(self, code: str) -> None:
        """Say what a code costs: in the panel, or in a line where others work.

        What somebody does meanwhile is left alone: the one who asks is a customer.
        """
        others = (x for x in self.flow.features.all if x is not self)
        is_busy = (
            self.flow.window.screen_shown is not self.flow.screens.sale
            or self.flow.window.open_dialog() is not None
            or any(x.is_shown for x in others)
        )
        if is_busy:
            self.presenter.say_price(code)
            return
        if not self.is_shown:
            self.open()
        self.presenter.on_scanned(code)

    @override
    def show(self) -> None:
        self.panel.show_state(self.presenter.state)

    @override
    def takes_scan(self, code: str) -> bool:
        if not self.is_shown:
            return False
        if self.panel.isVisible() and self.presenter.takes_scan:
            self.presenter.on_scanned(code)
            return True
        self.leave()
        return False

    @override
    def takes_action(self, action: Action) -> bool:
        if action is Action.PRICE_CHECK:
            self.open()
            return True
        return False

    @override
    def takes_function(self, key: str) -> bool:
        if key == SaleFunction.PRICE_CHECK.value:
            self.open()
            return True
        return False
