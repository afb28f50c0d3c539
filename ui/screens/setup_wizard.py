"""The wizard's window: rail on the left, one page, the keys below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from pos_app.i18n import _
from pos_app.services.setup_draft import SetupStep
from ui.presenters.setup_state import WizardPage, WizardState
from ui.screens.setup_code import CodePage, SalePage
from ui.screens.setup_devices import DevicesPage
from ui.screens.setup_first import DemoPage, LanguagePage, WelcomePage
from ui.screens.setup_goods import GoodsPage
from ui.screens.setup_measure import MeasurePage
from ui.screens.setup_page import SetupPage
from ui.screens.setup_people import PeoplePage
from ui.screens.setup_restore import RestorePage
from ui.screens.setup_shop import ShopPage
from ui.theme.fonts import BOLD, REGULAR, font, free_font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.drawing import text_width
from ui.widgets.panel import surface
from ui.widgets.setup_rail import SetupRail


class SetupScreen(QWidget):
    """Shows one page of the wizard at a time."""

    next_pressed = Signal()
    """The green key."""
    back_pressed = Signal()
    """The step before."""
    later_pressed = Signal()
    """This step another time."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("setupScreen")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        surface(self, "bg")
        self.rail = SetupRail(len(SetupStep))
        self.title, self.subtitle, self.trouble = QLabel(), QLabel(), QLabel()
        for label, name in (
            (self.title, "setupTitle"),
            (self.subtitle, "setupSubtitle"),
            (self.trouble, "setupTrouble"),
        ):
            label.setObjectName(name)
            label.setWordWrap(True)
        self.subtitle.setProperty("tone", "dim")
        self.trouble.setProperty("tone", "danger")
        self.welcome, self.demo, self.restore = WelcomePage(), DemoPage(), RestorePage()
        self.screen_page, self.devices = MeasurePage(), DevicesPage()
        self.goods, self.people, self.code = GoodsPage(), PeoplePage(), CodePage()
        self.sale = SalePage()
        self.steps: dict[SetupStep, SetupPage] = {
            SetupStep.LANGUAGE: LanguagePage(),
            SetupStep.SHOP: ShopPage(),
            SetupStep.SCREEN: self.screen_page,
            SetupStep.DEVICES: self.devices,
            SetupStep.GOODS: self.goods,
            SetupStep.PEOPLE: self.people,
            SetupStep.CODE: self.code,
            SetupStep.SALE: self.sale,
        }
        self.stack = QStackedWidget()
        for page in (self.welcome, self.demo, self.restore, *self.steps.values()):
            self.stack.addWidget(page)
        row = Arrangement.ROW
        self.back = ActionButton(
            "setupBack",
            ButtonFace(icon="arrow-left", arrangement=row, text_role="name"),
        )
        self.later = ActionButton(
            "setupLater", ButtonFace(kind=Kind.LINK, arrangement=row, text_role="name")
        )
        self.next = ActionButton(
            "setupNext",
            ButtonFace(
                kind=Kind.PRIMARY,
                arrangement=row,
                text_role="name",
                trailing_icon="arrow-right",
            ),
        )
        for key in (self.back, self.later, self.next):
            fixed = QSizePolicy.Policy.Fixed
            key.setSizePolicy(QSizePolicy.Policy.Preferred, fixed)
        self.back.clicked.connect(self.back_pressed)
        self.later.clicked.connect(self.later_pressed)
        self.next.clicked.connect(self.next_pressed)
        self._lay_out()
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    @property
    def pages(self) -> tuple[SetupPage, ...]:
        """All pages."""
        return (self.welcome, self.demo, self.restore, *self.steps.values())

    def page_of(self, state: WizardState) -> SetupPage:
        """Return the page of a state."""
        return {
            WizardPage.WELCOME: self.welcome,
            WizardPage.DEMO: self.demo,
            WizardPage.RESTORE: self.restore,
        }.get(state.page) or self.steps[state.step]

    def show_state(self, state: WizardState) -> None:
        """Show everything anew, in the language in use."""
        self.rail.show_steps(state.steps)
        self.title.setText(state.title)
        self.subtitle.setText(state.subtitle)
        self.trouble.setText(f"⊘ {state.trouble}" if state.trouble else "")
        self.trouble.setVisible(bool(state.trouble))
        page = self.page_of(state)
        page.show_state(state)
        if self.stack.currentWidget() is not page:
            self.stack.setCurrentWidget(page)
            self.setFocus()
        self.back.retitle(_("Previous step"))
        self.back.setVisible(state.can_go_back)
        self.back.set_available(not state.busy)
        self.later.retitle(state.later_words)
        self.later.setVisible(bool(state.later_words))
        self.later.set_available(not state.busy)
        self.next.retitle(state.next_words)
        self.next.setVisible(state.page is not WizardPage.WELCOME)
        is_free = not state.busy and not state.is_reading_goods
        self.next.set_available(
            is_free, state.busy or _("Reading"), icon="circle-notch"
        )
        self._fit_keys()

    def _fit_keys(self) -> None:
        """Give each key the room of its words, and the green one most."""
        now = theme()
        used = font(now, "name", BOLD)
        for key, room, least in (
            (self.back, 64, 150),
            (self.later, 24, 60),
            (self.next, 84, 300 if now.profile.name != "compact" else 240),
        ):
            words = text_width(key.shown_face().title, used) / now.scale
            key.set_size(64, max(least, words + room))

    def _lay_out(self) -> None:
        self._keys = QHBoxLayout()
        self._keys.addWidget(self.back)
        self._keys.addStretch(1)
        self._keys.addWidget(self.later)
        self._keys.addWidget(self.next)
        self._main = QVBoxLayout()
        self._head = QVBoxLayout()
        self._head.addWidget(self.title)
        self._head.addWidget(self.subtitle)
        self._main.addLayout(self._head)
        self._main.addWidget(self.stack, 1)
        self._main.addWidget(self.trouble)
        self._main.addLayout(self._keys)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(self._main, 1)

    def _take_sizes(self) -> None:
        now = theme()
        side = now.px(36 if now.profile.name != "compact" else 20)
        self._main.setContentsMargins(side, now.px(24), side, now.px(14))
        self._main.setSpacing(now.px(14))
        self._head.setSpacing(now.px(2))
        self.title.setFont(free_font(now, 31, BOLD))
        self.subtitle.setFont(free_font(now, 17, REGULAR))
        self.trouble.setFont(font(now, "body"))
        self._keys.setSpacing(now.px(16))
        self._fit_keys()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, back with Esc."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.next.isVisible() and self.next.isEnabled():
                self.next_pressed.emit()
        elif event.key() == Qt.Key.Key_Escape and self.back.isVisible():
            self.back_pressed.emit()
        else:
            super().keyPressEvent(event)
