"""The wizard's page of devices: printer, drawer, scanner, one after the other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.setup_state import Stage, TrialView, WizardState
from ui.screens.settings_fields import ChoiceField, Note
from ui.screens.setup_page import FormGrid, LiveField, SetupPage, card, scrolling
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.device_row import DeviceRow

#: More printers than any shop looks at at once.
_FOUND = 4


class DevicesPage(SetupPage):
    """The printer and which one it is; below, what else stands at the counter."""

    printer_pressed = Signal(str)
    """A key of the printer's row: "try", "right", "garbled", "nothing"."""
    drawer_pressed = Signal(str)
    """A key of the drawer's row: "try", "right", "nothing"."""
    search_pressed = Signal()
    """This computer and its network are to be searched."""
    found_pressed = Signal(int)
    """A printer that was found is to be used; its place among them."""
    scale_pressed = Signal()
    """A scale is to be looked for."""
    opened = Signal()
    """The page is on show: look at what hangs at this computer."""

    def __init__(self) -> None:
        super().__init__("devices")
        self.printer = DeviceRow("printer", "printer", ("nothing", "garbled", "right"))
        self.drawer = DeviceRow("drawer", "cash-register", ("nothing", "right"))
        self.scanner = DeviceRow("scanner", "barcode", ())
        self.customer = DeviceRow("customer", "monitor", ())
        self.scale = DeviceRow("scale", "scales", ())
        self.kind, self.paper = ChoiceField("printer_kind"), ChoiceField("paper_mm")
        self.address, self.port = (
            LiveField("printer_address"),
            LiveField("printer_port", 5),
        )
        face = ButtonFace(icon="magnifying-glass", arrangement=Arrangement.ROW)
        self.search = ActionButton("searchPrinters", face)
        self.note = Note("printersFound")
        self.found = [
            ActionButton(f"foundPrinter-{at}", ButtonFace(arrangement=Arrangement.ROW))
            for at in range(_FOUND)
        ]
        self._connect()
        self._lay_out()
        self.take_sizes()

    def _connect(self) -> None:
        for field in (self.kind, self.address, self.port):
            field.changed.connect(self.changed)
        self.paper.changed.connect(self._on_paper)
        self.printer.pressed.connect(self.printer_pressed)
        self.drawer.pressed.connect(self.drawer_pressed)
        self.scale.pressed.connect(self._on_scale)
        self.search.clicked.connect(self.search_pressed)
        for key in self.found:
            key.clicked.connect(self._on_found)

    def _lay_out(self) -> None:
        self._first, self._rows = QVBoxLayout(), QVBoxLayout()
        self._first.addWidget(self.printer)
        self._rows.setSpacing(0)
        for row in (self.drawer, self.scanner, self.customer, self.scale):
            self._rows.addWidget(row)
        self._lay_out_form()
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(card(self._first))
        self._column.addWidget(card(self._form))
        self._column.addWidget(card(self._rows))
        self._column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inside))

    def _lay_out_form(self) -> None:
        choices = FormGrid()
        choices.add(self.kind)
        choices.add(self.paper)
        where = FormGrid()
        where.add(self.address)
        where.add(self.port)
        self._where = where
        self._seek = QHBoxLayout()
        self._seek.addWidget(self.search, 1)
        self._seek.addWidget(self.note, 2)
        self._hits = QHBoxLayout()
        for key in self.found:
            self._hits.addWidget(key)
        self._form = QVBoxLayout()
        self._form.addWidget(choices)
        self._form.addWidget(where)
        self._form.addLayout(self._seek)
        self._form.addLayout(self._hits)

    @override
    def show_state(self, state: WizardState) -> None:
        """Show the trials and the printer that is named."""
        answers = {
            "nothing": _("Nothing came"),
            "garbled": _("Chinese is garbled"),
            "right": _("It is right"),
        }
        page = {"try": _("Print a test slip"), **answers}
        self.printer.show_trial(_("Receipt printer"), state.printer, page)
        drawer = {
            "try": _("Open it"),
            "nothing": _("It stayed shut"),
            "right": _("It opened"),
        }
        self.drawer.show_trial(_("Cash drawer"), state.drawer, drawer)
        self.scanner.show_trial(_("Barcode scanner"), state.scanner, {})
        self.customer.show_trial(_("Customer display"), second_screen(), {})
        find = {"try": _("Find it")}
        self.scale.show_trial(_("Scale"), state.scale, find)
        self._show_form(state)

    def _show_form(self, state: WizardState) -> None:
        draft = state.draft
        kinds = [
            ("virtual", _("Pictures in a folder"), "file-text"),
            ("tcp", _("Network printer"), "plugs-connected"),
        ]
        if draft.printer_kind == "found":
            kinds.append(("found", draft.found_name, "printer"))
        self.kind.offer(_("Where slips go"), kinds)
        self.kind.choice.show_chosen(draft.printer_kind)
        self.paper.offer(_("Paper"), [("58", "58 mm", ""), ("80", "80 mm", "")])
        self.paper.choice.show_chosen(str(draft.paper_mm))
        self.address.retitle(_("Address of the printer"))
        self.address.show_text(draft.printer_address)
        self.port.retitle(_("Port"))
        self.port.show_text(draft.printer_port)
        for field in (self.address, self.port):
            field.show_problem(state.problem_of(field.key))
        is_network = draft.printer_kind == "tcp"
        self._where.setVisible(is_network)
        self._show_search(state)

    def _show_search(self, state: WizardState) -> None:
        found = state.found_printers
        self.search.retitle(_("Find printers"))
        self.search.set_available(
            not state.is_searching, _("Searching"), icon="circle-notch"
        )
        note = _("Looks at USB, serial ports, queues and this shop's network.")
        if found is not None:
            note = (
                _("Found: {count}. Press one to use it.", count=len(found))
                if found
                else _("Nothing answered. Is the printer on, and on the same network?")
            )
        self.note.setText(note)
        shown = (found or ())[:_FOUND]
        for at, key in enumerate(self.found):
            key.setVisible(at < len(shown))
            if at < len(shown):
                key.retitle(shown[at].name or shown[at].connection.address)

    def _on_found(self) -> None:
        sender = self.sender()
        at = next(at for at, key in enumerate(self.found) if key is sender)
        self.found_pressed.emit(at)

    def _on_scale(self, _key: str) -> None:
        self.scale_pressed.emit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Say so: what hangs at this computer is proposed."""
        super().showEvent(event)
        self.opened.emit()

    def _on_paper(self, key: str, paper: object) -> None:
        self.changed.emit(key, int(str(paper)))

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        now = theme()
        edge = now.px(18)
        for rows in (self._first, self._rows):
            rows.setContentsMargins(1, 1, 1, 1)
        self._form.setContentsMargins(edge, now.px(12), edge, edge)
        self._form.setSpacing(now.px(12))
        self._column.setSpacing(now.px(14))
        self._seek.setSpacing(now.px(18))
        self._hits.setSpacing(now.px(8))
        for key in (self.search, *self.found):
            key.set_size(52)


def second_screen() -> TrialView:
    """Return whether there is a screen for the customer; nobody has to set it up."""
    own = QGuiApplication.primaryScreen()
    others = [x for x in QGuiApplication.screens() if x is not own]
    if not others:
        words = _("No second screen; plug one in at any time and it is used")
        return TrialView(Stage.IDLE, words)
    size = others[0].size()
    words = _(
        "Second screen {wide} × {high}: the customer sees the basket there",
        wide=size.width(),
        high=size.height(),
    )
    return TrialView(Stage.PASSED, words)
