"""The page of labels: what is due on the left, how it will look on the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from typing_extensions import override

from pos_app.i18n import _, plural
from ui.presenters.labels_state import LabelsState, LabelsTab
from ui.screens.back_office_page import BackOfficePage
from ui.screens.office_label_card import LabelCard
from ui.screens.segmented_choice import SegmentedChoice
from ui.theme.fonts import font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.panel import Panel
from ui.widgets.search_box import SearchBox
from ui.widgets.two_line_list import TwoLineList


class LabelsPage(BackOfficePage):
    """Shows `LabelsState`."""

    tab_chosen = Signal(str)
    """Another list; a `LabelsTab`."""
    day_stepped = Signal(int)
    """The day of the prices to come moves; 0 for tomorrow."""

    def __init__(self) -> None:
        super().__init__("labels")
        self.tabs = SegmentedChoice("labelTabs")
        self.search = SearchBox("labelSearch", "labelSearch")
        self.list = TwoLineList("labelRows")
        self.left, self.card = Panel("labelsLeft"), LabelCard()
        self.left.set_closable(False)
        self.printer = QLabel()
        self.printer.setObjectName("labelPrinterWords")
        self.printer.setProperty("tone", "dim")
        self.printer.setWordWrap(True)
        row = Arrangement.ROW
        self.keys = {
            key: ActionButton(key, ButtonFace(icon=icon, kind=kind, arrangement=row))
            for key, icon, kind in (
                ("labelList", "list-magnifying-glass", Kind.PLAIN),
                ("labelRepeat", "arrow-counter-clockwise", Kind.PLAIN),
                ("labelPdf", "file-text", Kind.PLAIN),
                ("labelSlips", "receipt", Kind.PLAIN),
                ("labelPrint", "printer", Kind.PRIMARY),
            )
        }
        self.day_keys = {
            days: ActionButton(f"labelDay{days}", ButtonFace(icon=icon))
            for days, icon in ((-1, "arrow-left"), (0, ""), (1, "arrow-right"))
        }
        self._lay_out()
        self._connect()
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def _lay_out(self) -> None:
        self.days = QWidget()
        days = QHBoxLayout(self.days)
        days.setContentsMargins(0, 0, 0, 0)
        for step, button in self.day_keys.items():
            days.addWidget(button, 1 if step == 0 else 0)
        for part in (self.tabs, self.search, self.days):
            self.left.body.addWidget(part)
        self.left.body.addWidget(self.list, 1)
        self.left.body.addWidget(self.printer)
        self._more = QHBoxLayout()
        for key in ("labelList", "labelRepeat", "labelPdf", "labelSlips"):
            self._more.addWidget(self.keys[key], 1)
        self.left.body.addLayout(self._more)
        self.left.add_action(self.keys["labelPrint"])
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.left, 11)
        self._row.addWidget(self.card, 10)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self.tab_chosen)
        self.search.moved.connect(self.list.step)
        for days, button in self.day_keys.items():
            button.setProperty("days", days)
            button.clicked.connect(self._on_day)

    @override
    def show_state(self, state: object) -> None:
        assert isinstance(state, LabelsState)
        self.left.set_title(_("Labels"), "barcode")
        self.tabs.set_choices(
            [
                (LabelsTab.CHANGED.value, _("Changed prices"), ""),
                (LabelsTab.COMING.value, _("To come"), ""),
                (LabelsTab.GOODS.value, _("Chosen goods"), ""),
            ]
        )
        self.tabs.show_chosen(state.tab.value)
        is_goods = state.tab is LabelsTab.GOODS
        self.search.setVisible(is_goods)
        self.search.show_text(state.search)
        self.days.setVisible(state.tab is LabelsTab.COMING)
        self.day_keys[0].retitle(state.day)
        self.day_keys[-1].setAccessibleName(_("a day earlier"))
        self.day_keys[1].setAccessibleName(_("a day later"))
        self.list.setAccessibleName(_("Labels"))
        self.list.show_empty("barcode", *_nothing(state))
        self.list.show_rows(state.rows, state.chosen)
        self.printer.setText(state.printer)
        self._show_keys(state)
        self.card.show_state(state)

    def _show_keys(self, state: LabelsState) -> None:
        words = {
            "labelList": _("List on paper"),
            "labelRepeat": _("The last ones again"),
            "labelPdf": _("PDF for A4"),
            "labelSlips": _("On slip paper"),
            "labelPrint": plural(
                "Print {count} label", "Print {count} labels", state.total
            ),
        }
        is_goods, can = state.tab is LabelsTab.GOODS, state.total > 0
        for key, button in self.keys.items():
            button.retitle(words[key])
            button.set_available(can and not state.is_working)
        self.keys["labelList"].setVisible(not is_goods)
        self.keys["labelRepeat"].setVisible(is_goods)
        self.keys["labelRepeat"].set_available(
            state.can_repeat and not state.is_working
        )
        printing = self.keys["labelPrint"]
        printing.set_available(can and state.has_printer and not state.is_working)

    def _on_day(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.day_stepped.emit(int(sender.property("days")))

    def _take_sizes(self) -> None:
        now = theme()
        edge = now.px(12)
        self._row.setContentsMargins(edge, edge, edge, edge)
        self._row.setSpacing(edge)
        self._more.setSpacing(now.px(8))
        self.printer.setFont(font(now, "cap"))
        for key, button in self.keys.items():
            button.set_size(64 if key == "labelPrint" else 56)
        for button in self.day_keys.values():
            button.set_size(48, 56)


def _nothing(state: LabelsState) -> tuple[str, str]:
    """Return what an empty list says."""
    if state.tab is LabelsTab.CHANGED:
        return _("All shelf labels are right"), _(
            "A price that changes asks for its label here"
        )
    if state.tab is LabelsTab.COMING:
        return _("No price changes until then"), ""
    if state.search:
        return _("Nothing found"), _(
            "Try fewer letters, or the last digits of the barcode"
        )
    return _("Search or scan goods"), _("Each scan adds one label")
