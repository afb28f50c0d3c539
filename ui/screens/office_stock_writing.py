"""A stock document being written: its head, its lines, and the pad."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n import _
from ui.presenters.stock_state import EntryView, WritingView
from ui.screens.office_stock_list import GoodsSearchBox, take_page_sizes
from ui.screens.segmented_choice import SegmentedChoice
from ui.screens.settings_fields import TextField
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.button_grid import ButtonGrid, GridButton
from ui.widgets.entry_line import EntryFace, EntryLine
from ui.widgets.keypad import KeyPad
from ui.widgets.page_head import PageHead
from ui.widgets.table_list import TableList


class StockWritingPage(QWidget):
    """Lines on the left, the pad on the right."""

    closed = Signal()
    text_edited = Signal(str)
    search_submitted = Signal()
    row_chosen = Signal(str)
    delivery_changed = Signal(str, object)
    scope_chosen = Signal(str)
    reason_chosen = Signal(str)
    field_chosen = Signal(str)
    sign_chosen = Signal(str)
    pad_pressed = Signal(str)
    action_pressed = Signal(str)
    """remove, bring_back, prints, register, give_up or book."""

    def __init__(self) -> None:
        super().__init__()
        self.head = PageHead("stockWritingHead")
        self.search = GoodsSearchBox("stockAddSearch", "stockAdd")
        self.supplier = TextField("supplier", 60)
        self.note = TextField("delivery_note", 40)
        self.scopes = SegmentedChoice("stockReasonScopes")
        self.reasons = ButtonGrid("stockReason", columns=3, height=48)
        self.table = TableList("stockLines")
        self.entry = EntryLine("stockEntry")
        self.choice = SegmentedChoice("stockEntryField")
        self.pad = KeyPad("stockPad")
        self.keys = {
            "remove": _key("remove", "trash", Kind.DANGER_QUIET),
            "prints": _key("prints", "printer"),
            "register": _key("register", "plus"),
            "give_up": _key("give_up", "x-circle", Kind.DANGER_QUIET),
            "book": _key("book", "check", Kind.PRIMARY, "F12"),
        }
        self._lay_out()
        self._connect()
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def _lay_out(self) -> None:
        self._delivery = QWidget()
        self._fields = QHBoxLayout(self._delivery)
        self._fields.setContentsMargins(0, 0, 0, 0)
        self._fields.addWidget(self.supplier, 3)
        self._fields.addWidget(self.note, 2)
        self._left, self._side = QVBoxLayout(), QVBoxLayout()
        self._top = QHBoxLayout()
        self._top.addWidget(self.head, 1)
        for part in (self.search, self._delivery, self.scopes, self.reasons):
            self._left.addWidget(part)
        self._left.addWidget(self.table, 1)
        self._small = QHBoxLayout()
        for key in ("remove", "prints", "register", "give_up"):
            self._small.addWidget(self.keys[key], 1)
        self._side.addWidget(self.entry)
        self._side.addWidget(self.choice)
        self._side.addStretch(1)
        self._side.addWidget(self.pad)
        self._side.addLayout(self._small)
        self._side.addWidget(self.keys["book"])
        self._beside = QWidget()
        self._beside.setLayout(self._side)
        self._row = QHBoxLayout()
        self._row.addLayout(self._left, 1)
        self._row.addWidget(self._beside)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._top)
        self._column.addLayout(self._row, 1)

    def _connect(self) -> None:
        self.head.closed.connect(self.closed)
        self.search.text_edited.connect(self.text_edited)
        self.search.submitted.connect(self.search_submitted)
        self.search.left.connect(self._on_left)
        self.supplier.changed.connect(self.delivery_changed)
        self.note.changed.connect(self.delivery_changed)
        self.scopes.chosen.connect(self.scope_chosen)
        self.reasons.pressed.connect(self.reason_chosen)
        self.table.chosen.connect(self._on_row)
        self.choice.chosen.connect(self._on_choice)
        self.pad.pressed.connect(self.pad_pressed)
        for key in self.keys.values():
            key.clicked.connect(self._on_key)

    def show_view(self, view: WritingView, *, is_working: bool) -> None:
        """Show what is written."""
        self.head.show_title(view.title)
        self.search.show_text(view.search)
        if not view.search and self.search.field.hasFocus() and view.has_line:
            self.search.setAccessibleDescription(view.title)
        self._delivery.setVisible(view.is_delivery)
        self.scopes.setVisible(not view.is_delivery)
        self.reasons.setVisible(not view.is_delivery)
        self.supplier.retitle(_("Supplier"))
        self.note.retitle(_("Delivery note"))
        self.supplier.show_text(view.supplier)
        self.note.show_text(view.delivery_note)
        self.scopes.set_choices([(key, words, "") for key, words in view.scopes])
        self.scopes.show_chosen(view.scope)
        self._show_reasons(view)
        self.table.show_table(view.table)
        self._show_entry(view.entry)
        self._show_keys(view, is_working=is_working)

    def _show_reasons(self, view: WritingView) -> None:
        self.reasons.show_buttons(
            tuple(
                GridButton(key, ButtonFace(words), is_selected=key == view.reason)
                for key, words in view.reasons
            )
        )

    def _show_entry(self, view: EntryView) -> None:
        self.entry.show_entry(
            EntryFace(view.hint, view.text, problem=view.problem, is_active=True)
        )
        choices = view.fields or view.signs
        self.choice.setVisible(bool(choices))
        self.choice.set_choices([(key, words, "") for key, words in choices])
        self.choice.show_chosen(view.field if view.fields else view.sign)

    def _show_keys(self, view: WritingView, *, is_working: bool) -> None:
        keys = self.keys
        remove = _("Bring the line back") if view.can_bring_back else _("Delete line")
        keys["remove"].retitle(remove)
        keys["remove"].set_available(view.has_line or view.can_bring_back)
        keys["prints"].retitle(_("Print slip") if view.prints else _("No slip"))
        keys["prints"].set_selected(view.prints)
        # A red line is named first; whether a slip is printed can wait.
        keys["register"].retitle(_("Register the goods"))
        keys["register"].setVisible(view.can_register)
        keys["prints"].setVisible(not view.can_register)
        give_up = _("Press again") if view.gives_up else _("Throw away")
        keys["give_up"].retitle(give_up)
        keys["give_up"].set_available(view.is_begun and not is_working)
        keys["book"].retitle(view.book_words)
        reason = _("Being booked") if is_working else view.book_words
        # Nothing is wrong with a sheet that has no line yet.
        begun = "" if view.is_begun else "info"
        icon = "circle-notch" if is_working else begun
        keys["book"].set_available(view.can_book and not is_working, reason, icon=icon)

    def _on_left(self) -> None:
        self.search.stop()
        self.text_edited.emit("")

    def _on_row(self, key: str) -> None:
        self.search.stop()
        self.row_chosen.emit(key)

    def _on_choice(self, key: str) -> None:
        if key in {"up", "down"}:
            self.sign_chosen.emit(key)
        else:
            self.field_chosen.emit(key)

    def _on_key(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.action_pressed.emit(str(sender.property("action")))

    def _take_sizes(self) -> None:
        now = theme()
        take_page_sizes(self._column)
        self._beside.setFixedWidth(now.px(4 * now.profile.key[0] + 3 * 6))
        self._side.setContentsMargins(0, 0, 0, 0)
        for part in (self._left, self._side, self._small):
            part.setSpacing(now.px(8))
        self._row.setSpacing(now.px(12))
        self._fields.setSpacing(now.px(12))


def _key(
    action: str, icon: str, kind: Kind = Kind.PLAIN, hint: str = ""
) -> ActionButton:
    row = Arrangement.ROW if action == "book" else Arrangement.STACK
    face = ButtonFace(icon=icon, kind=kind, arrangement=row, hint=hint)
    key = ActionButton(f"stockKey-{action}", face)
    key.setProperty("action", action)
    key.set_size(68 if action == "book" else 60)
    return key
