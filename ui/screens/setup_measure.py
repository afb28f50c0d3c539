"""The wizard's page of the screen: a bank card, the text size, light or dark."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout
from typing_extensions import override

from pos_app.i18n import _
from ui.format import amount
from ui.presenters.setup_state import WizardState
from ui.screens.segmented_choice import SegmentedChoice
from ui.screens.settings_fields import FactRows
from ui.screens.setup_page import SetupPage, card
from ui.theme.host import theme
from ui.theme.theme import NARROWEST_UM, WIDEST_UM, legible_px
from ui.theme.tokens import KEY_UM
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.card_measure import CardMeasure
from ui.widgets.look_sample import LookSample

#: 15.6 inches at 1366x768: where a screen does not say how large it is.
_USUAL_UM = 253
_UM_PER_INCH = 25_400


def guessed_um() -> int:
    """Return what the screen says of its pixels, where that can be true."""
    dots = QGuiApplication.primaryScreen().physicalDotsPerInchX()
    um = round(_UM_PER_INCH / dots) if dots > 0 else 0
    return um if NARROWEST_UM < um < WIDEST_UM else _USUAL_UM


def measure_rows(um: int) -> tuple[tuple[str, str], ...]:
    """Return what follows from how wide a pixel is, micrometres."""
    screen = QGuiApplication.primaryScreen().size()
    wide, high = screen.width(), screen.height()
    diagonal = round((wide**2 + high**2) ** 0.5 * um / _UM_PER_INCH * 10)
    inches = f"{diagonal // 10}.{diagonal % 10}"
    millimetres = f"{um // 1000}.{um % 1000:03}"
    measured = _("{inches}″ · {mm} mm/px", inches=inches, mm=millimetres)
    return (
        (_("Screen"), f"{wide} × {high}"),
        (_("Measured"), measured),
        (_("Key size"), _("20 mm = {px} px", px=round(KEY_UM / um))),
        (_("Text"), _("{px} px (19′ at 60 cm)", px=legible_px(um))),
    )


class MeasurePage(SetupPage):
    """The frame on the left; what follows from it, sizes and colours right."""

    def __init__(self) -> None:
        super().__init__("screen")
        self.card = CardMeasure()
        self.facts = FactRows("measureFacts")
        self.text_size = SegmentedChoice("choice-size_percent")
        self.sample = LookSample("lookSample")
        row = Arrangement.ROW
        self.light = ActionButton(
            "theme-light", ButtonFace(icon="sun", arrangement=row)
        )
        self.dark = ActionButton("theme-dark", ButtonFace(icon="moon", arrangement=row))
        self.card.measured.connect(self._on_measured)
        self.text_size.chosen.connect(self._on_size)
        self.light.clicked.connect(self._on_theme)
        self.dark.clicked.connect(self._on_theme)
        self._lay_out()
        self.take_sizes()

    def _lay_out(self) -> None:
        self._themes = QHBoxLayout()
        self._themes.addWidget(self.light)
        self._themes.addWidget(self.dark)
        self._right = QVBoxLayout()
        self._told = QVBoxLayout()
        self._told.addWidget(self.facts)
        self._right.addWidget(card(self._told))
        self._right.addWidget(self.text_size)
        self._right.addWidget(self.sample, 1)
        self._right.addLayout(self._themes)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.card, 20)
        self._row.addLayout(self._right, 14)

    def measure(self) -> int:
        """Return how wide a pixel is by the frame as it stands."""
        return self.card.um_per_px

    @override
    def show_state(self, state: WizardState) -> None:
        """Show the answers, and what follows from them."""
        draft = state.draft
        self.card.show_measure(draft.screen_um_per_px or guessed_um())
        self._show_facts()
        self.text_size.set_choices(
            [
                ("90", _("Compact"), ""),
                ("100", _("Normal"), ""),
                ("125", _("Large"), ""),
            ]
        )
        self.text_size.show_chosen(str(draft.size_percent))
        self.light.retitle(_("Light"))
        self.dark.retitle(_("Dark"))
        self.light.set_selected(draft.theme == "light")
        self.dark.set_selected(draft.theme == "dark")
        self.sample.show_sample(
            _("Jasmine tea 500 ml"),
            amount(750 if draft.money != "TWD" else 35, draft.money),
            _("Second one at half price"),
        )

    def _show_facts(self) -> None:
        self.facts.show_rows(measure_rows(self.card.um_per_px))

    def _on_measured(self, um: int) -> None:
        self._show_facts()
        self.changed.emit("screen_um_per_px", um)

    def _on_size(self, percent: str) -> None:
        self.changed.emit("size_percent", int(percent))

    def _on_theme(self) -> None:
        name = "dark" if self.sender() is self.dark else "light"
        self.changed.emit("theme", name)

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        now = theme()
        self._row.setSpacing(now.px(24))
        self._right.setSpacing(now.px(12))
        self._themes.setSpacing(now.px(8))
        self._told.setContentsMargins(now.px(18), now.px(8), now.px(18), now.px(8))
        for key in (self.light, self.dark):
            key.set_size(64)
