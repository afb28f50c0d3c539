"""The settings: list on the left, page in the middle, what it means on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.settings_state import SettingsPage, SettingsState
from ui.screens.settings_about import AboutPage
from ui.screens.settings_customer import CustomerPage
from ui.screens.settings_devices import DevicesPage
from ui.screens.settings_doctor import DoctorPage
from ui.screens.settings_look import LookPage
from ui.screens.settings_page import Page
from ui.screens.settings_pages import LanguagePage, SalePage, ShopPage
from ui.screens.settings_place import PlacePage
from ui.screens.settings_rules import RulesPage
from ui.theme.fonts import font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.page_key import PageKey
from ui.widgets.panel import surface
from ui.widgets.status_bar import StatusBar
from ui.widgets.top_bar import TopBar

_ICONS = {
    SettingsPage.SHOP: "storefront",
    SettingsPage.DEVICES: "plugs-connected",
    SettingsPage.CUSTOMER: "monitor",
    SettingsPage.LANGUAGE: "translate",
    SettingsPage.LOOK: "sun",
    SettingsPage.SALE: "cash-register",
    SettingsPage.RULES: "scales",
    SettingsPage.PLACE: "usb",
    SettingsPage.DOCTOR: "first-aid-kit",
    SettingsPage.ABOUT: "info",
}


def _page_names() -> dict[SettingsPage, str]:
    return {
        SettingsPage.SHOP: _("Shop"),
        SettingsPage.DEVICES: _("Devices"),
        SettingsPage.CUSTOMER: _("Customer and sounds"),
        SettingsPage.LANGUAGE: _("Language"),
        SettingsPage.LOOK: _("Look"),
        SettingsPage.SALE: _("Selling"),
        SettingsPage.RULES: _("Rules"),
        SettingsPage.PLACE: _("Second place"),
        SettingsPage.DOCTOR: _("Doctor"),
        SettingsPage.ABOUT: _("About and backup"),
    }


class SettingsScreen(QWidget):
    """Shop, devices, language, look, selling, rules, about."""

    setting_changed = Signal(str, object)
    """Key of a setting (as the settings service names it) and its new value."""
    back_up = Signal()
    """A backup was asked for."""
    run_doctor = Signal()
    """A check of the database was asked for."""
    black_box_pressed = Signal()
    """The black box is to be opened."""
    top_tab_selected = Signal(str)
    """A tab of the top bar was pressed; its key."""
    closed = Signal()
    """Esc, or the tab of the sale: back to the sale."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("settingsScreen")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        surface(self, "bg")
        self.top_bar, self.status_bar = TopBar(), StatusBar()
        self.title = QLabel()
        self.keys = {page: PageKey(page.value, _ICONS[page]) for page in SettingsPage}
        self.devices, self.about = DevicesPage(), AboutPage()
        self.place, self.doctor = PlacePage(), DoctorPage()
        self.look, self.customer = LookPage(), CustomerPage()
        self.pages: dict[SettingsPage, Page] = {
            SettingsPage.SHOP: ShopPage(),
            SettingsPage.DEVICES: self.devices,
            SettingsPage.CUSTOMER: self.customer,
            SettingsPage.LANGUAGE: LanguagePage(),
            SettingsPage.LOOK: self.look,
            SettingsPage.SALE: SalePage(),
            SettingsPage.RULES: RulesPage(),
            SettingsPage.PLACE: self.place,
            SettingsPage.DOCTOR: self.doctor,
            SettingsPage.ABOUT: self.about,
        }
        self.stack = QStackedWidget()
        face = ButtonFace(icon="list-magnifying-glass", arrangement=Arrangement.ROW)
        self.black_box = ActionButton("goBlackBox", face)
        self._lay_out()
        self._connect()
        self.go_to(SettingsPage.SHOP)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_state(self, state: SettingsState) -> None:
        """Show everything anew, in the language in use."""
        self.top_bar.show_frame(state.frame)
        self.status_bar.show_frame(state.frame)
        self.title.setText(_("Settings"))
        for page, words in _page_names().items():
            self.keys[page].setText(words)
            self.keys[page].setAccessibleName(words)
        self.black_box.retitle(_("Black box"))
        self.black_box.setVisible(state.may_look)
        for shown in self.pages.values():
            shown.show_state(state)

    @property
    def page_shown(self) -> SettingsPage:
        """The page on show."""
        shown = self.stack.currentWidget()
        return next(page for page, widget in self.pages.items() if widget is shown)

    def go_to(self, page: SettingsPage) -> None:
        """Open a page."""
        self.stack.setCurrentWidget(self.pages[page])
        for key, entry in self.keys.items():
            entry.setChecked(key is page)

    def _lay_out(self) -> None:
        self._list = QWidget()
        surface(self._list, "surface")
        self._entries = QVBoxLayout(self._list)
        self._entries.addWidget(self.title)
        for entry in self.keys.values():
            self._entries.addWidget(entry)
        self._entries.addStretch(1)
        self._entries.addWidget(self.black_box)
        for page in self.pages.values():
            self.stack.addWidget(page)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._list)
        middle.addWidget(self.stack, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.top_bar)
        outer.addLayout(middle, 1)
        outer.addWidget(self.status_bar)

    def _connect(self) -> None:
        for entry in self.keys.values():
            entry.clicked.connect(self._on_entry)
        for page in self.pages.values():
            page.changed.connect(self.setting_changed)
        self.top_bar.tab_selected.connect(self.top_tab_selected)
        self.black_box.clicked.connect(self.black_box_pressed)
        self.about.back_up_asked.connect(self.back_up)
        self.about.check_asked.connect(self.run_doctor)

    def _on_entry(self) -> None:
        sender = self.sender()
        assert isinstance(sender, PageKey)
        self.go_to(SettingsPage(sender.key))

    def _take_sizes(self) -> None:
        now = theme()
        is_compact = now.profile.name == "compact"
        self._list.setFixedWidth(now.px(212 if not is_compact else 168))
        edge = now.px(8)
        self._entries.setContentsMargins(edge, now.px(14), edge, edge)
        self._entries.setSpacing(now.px(2))
        self.title.setFont(font(now, "h2"))
        self.title.setContentsMargins(now.px(14), 0, 0, now.px(10))
        for entry in self.keys.values():
            entry.updateGeometry()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
