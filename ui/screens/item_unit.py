"""A unit on an item's card: what it is called, costs, and its barcodes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos_app.i18n import _
from pos_app.services.item_form import CodeForm, UnitForm
from ui.format import grouped_code
from ui.presenters.item_state import ItemCardView
from ui.screens.item_fields import FormField
from ui.screens.settings_switch import Switch
from ui.theme.fonts import SEMIBOLD, font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.panel import surface
from ui.widgets.section_title import SectionTitle


class CodeRow(QWidget):
    """One barcode, and the key that takes it away."""

    removed = Signal(str)
    """The code."""

    def __init__(self, at: int, index: int) -> None:
        super().__init__()
        self._code = ""
        self.words = QLabel()
        self.words.setObjectName(f"code-{at}-{index}")
        face = ButtonFace(icon="x", kind=Kind.GHOST)
        self._remove = ActionButton(f"codeRemove-{at}-{index}", face)
        self._remove.set_size(48)
        self._remove.setFixedWidth(theme().px(52))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words, 1)
        row.addWidget(self._remove)
        self._remove.clicked.connect(self._on_removed)

    def show_code(self, code: CodeForm) -> None:
        """Show a barcode; one that moves here says so."""
        self._code = code.code
        shown = grouped_code(code.code)
        if code.takes_from:
            shown = _("{code} · moves here", code=shown)
        self.words.setText(shown)
        self.words.setFont(font(theme(), "body", SEMIBOLD))
        words = _("Take the barcode {code} away", code=code.code)
        self._remove.setAccessibleName(words)

    def _on_removed(self) -> None:
        self.removed.emit(self._code)


class UnitBox(QWidget):
    """The fields of one unit."""

    typed = Signal(str, object)
    """Key of a field, and what was typed or chosen."""
    pressed = Signal(str, int, str)
    """What is wanted ("unit_removed", "code", "wait", "make", "code_removed"), of
    which unit, and a code."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at
        self.setObjectName(f"unit-{at}")
        surface(self, "sunken")
        prefix = f"unit{at}."
        self.title = SectionTitle(f"unitTitle-{at}")
        self.remove = ActionButton(f"unitRemove-{at}", ButtonFace(kind=Kind.LINK))
        self.fields = {
            name: FormField(prefix + name, limit)
            for name, limit in (
                ("name", 20),
                ("pieces", 9),
                ("price", 14),
                ("cost", 14),
                ("plu", 8),
                ("floor", 14),
                ("member", 14),
            )
        }
        self.weighed = Switch(prefix + "is_weighed")
        self.code = FormField(prefix + "codes", 48)
        row = Arrangement.ROW
        self.add = ActionButton(
            f"codeAdd-{at}", ButtonFace(icon="plus", arrangement=row)
        )
        self.wait = ActionButton(
            f"codeScan-{at}", ButtonFace(icon="barcode", arrangement=row)
        )
        self.make = ActionButton(
            f"codeMake-{at}", ButtonFace(icon="sparkle", arrangement=row)
        )
        self.codes: list[CodeRow] = []
        self._lay_out()
        self._connect()
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.remove)
        self._column.addLayout(head)
        self._grid = QGridLayout()
        top = Qt.AlignmentFlag.AlignTop
        places = (
            ("name", 0, 0),
            ("price", 0, 1),
            ("cost", 0, 2),
            ("plu", 1, 0),
            ("pieces", 1, 1),
            ("floor", 2, 0),
            ("member", 2, 1),
        )
        for name, row, column in places:
            self._grid.addWidget(self.fields[name], row, column, top)
        for column in range(3):
            self._grid.setColumnStretch(column, 1)
        self._column.addLayout(self._grid)
        bottom = Qt.AlignmentFlag.AlignBottom
        self._grid.addWidget(self.weighed, 1, 1, 1, 2, bottom)
        self._code_rows = QVBoxLayout()
        self._column.addLayout(self._code_rows)
        self._column.addWidget(self.code)
        self._keys = QHBoxLayout()
        for key in (self.add, self.wait, self.make):
            key.set_size(48)
            self._keys.addWidget(key, 1)
        self._column.addLayout(self._keys)

    def _connect(self) -> None:
        for field in self.fields.values():
            field.typed.connect(self.typed)
        self.weighed.changed.connect(self.typed)
        self.remove.clicked.connect(self._on_remove)
        self.add.clicked.connect(self._on_add)
        self.code.edit.returnPressed.connect(self._on_add)
        self.wait.clicked.connect(self._on_wait)
        self.make.clicked.connect(self._on_make)

    def show_unit(self, unit: UnitForm, card: ItemCardView) -> None:
        """Show what is typed."""
        problems, at = card.problems, self.at
        prefix, symbol = f"unit{at}.", card.symbol
        is_base = at == 0
        self.title.show_title(_("Sold by") if is_base else _("Also sold by"))
        self.remove.setVisible(not is_base)
        self.remove.retitle(_("Take this unit off"))
        price = _("Price ({symbol})", symbol=symbol)
        words = {
            "name": (_("Unit"), unit.name),
            "pieces": (_("Pieces in it"), unit.pieces),
            "price": (price, unit.price),
            "cost": (_("Cost ({symbol})", symbol=symbol), unit.cost),
            "plu": (_("PLU"), unit.plu),
            "floor": (_("Lowest price ({symbol})", symbol=symbol), unit.floor),
            "member": (_("Member price ({symbol})", symbol=symbol), unit.member),
        }
        for name, (label, text) in words.items():
            problem = problems.get(prefix + name, "")
            self.fields[name].show_field(label, text, problem)
        self.fields["pieces"].setVisible(not is_base)
        hint = _("Asked at the till") if is_base else _("Pieces times the price")
        self.fields["price"].edit.setPlaceholderText(hint)
        self.weighed.setVisible(is_base)
        self.weighed.retitle(_("Sold by weight"))
        self.weighed.setChecked(unit.is_weighed)
        self._show_codes(unit)
        code = self.code
        code.show_field(
            _("Barcodes"), code.edit.text(), problems.get(prefix + "codes", "")
        )
        code.edit.setPlaceholderText(_("Type a barcode"))
        self._show_keys(is_waiting=card.waits_for == at)

    def _show_keys(self, *, is_waiting: bool) -> None:
        self.add.retitle(_("Add"))
        self.wait.retitle(_("Scan now …") if is_waiting else _("Scan it"))
        self.wait.set_selected(is_waiting)
        self.make.retitle(_("Make one"))

    def _show_codes(self, unit: UnitForm) -> None:
        while len(self.codes) < len(unit.codes):
            row = CodeRow(self.at, len(self.codes))
            row.removed.connect(self._on_code_removed)
            self._code_rows.addWidget(row)
            self.codes.append(row)
        for index, row in enumerate(self.codes):
            row.setVisible(index < len(unit.codes))
            if index < len(unit.codes):
                row.show_code(unit.codes[index])

    def _on_remove(self) -> None:
        self.pressed.emit("unit_removed", self.at, "")

    def _on_add(self) -> None:
        text = self.code.edit.text().strip()
        self.code.edit.clear()
        if text:
            self.pressed.emit("code", self.at, text)

    def _on_wait(self) -> None:
        self.pressed.emit("wait", self.at, "")

    def _on_make(self) -> None:
        self.pressed.emit("make", self.at, "")

    def _on_code_removed(self, code: str) -> None:
        self.pressed.emit("code_removed", self.at, code)

    def _take_sizes(self) -> None:
        now = theme()
        pad = now.px(12)
        self._column.setContentsMargins(pad, now.px(6), pad, pad)
        self._column.setSpacing(now.px(8))
        self._grid.setHorizontalSpacing(now.px(10))
        self._grid.setVerticalSpacing(now.px(8))
        self._keys.setSpacing(now.px(8))
        self._code_rows.setSpacing(0)
        self.remove.set_size(48)
        self.remove.setFixedWidth(now.px(170))
