"""Asks for another paper of a finished sale: gift receipts, or a copy in a language."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import LANGUAGES, _
from ui.dialogs.dialog import Dialog
from ui.screens.segmented_choice import SegmentedChoice
from ui.screens.settings_page import scrolled
from ui.screens.settings_pages import LANGUAGE_NAMES
from ui.screens.settings_switch import Switch
from ui.theme.fonts import font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind

GIFT, COPY = "gift", "copy"


class PapersDialog(Dialog):
    """What, in which language, and for which goods."""

    gift_wanted = Signal(object, str)
    """Groups of positions, one for each gift receipt, and the language."""
    copy_wanted = Signal(str)
    """A copy of the slip in a language."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "papersDialog", "gift", width=640)
        self.cover_all()
        self.kinds = SegmentedChoice("papersKind")
        self.languages = SegmentedChoice("papersLanguage")
        self.which = QLabel()
        self.each = Switch("giftEach")
        self.goods = QVBoxLayout()
        self.area = scrolled(self.goods)
        self.area.setObjectName("giftGoods")
        self._lines: list[Switch] = []
        for part in (self.kinds, self.languages, self.each, self.which, self.area):
            self.body.addWidget(part)
        self.body.addStretch(1)
        face = ButtonFace(
            icon="printer", kind=Kind.PRIMARY, arrangement=Arrangement.ROW, hint="Enter"
        )
        self.print_key = ActionButton("papersPrint", face)
        self.print_key.set_size(68)
        self.key_row.addWidget(self.print_key)
        self.print_key.clicked.connect(self._on_print)
        self.kinds.chosen.connect(self._show_kind)
        self.each.changed.connect(self._show_print)
        self._take_own_sizes()
        theme_host().changed.connect(self._take_own_sizes)

    def ask(self, goods: Sequence[tuple[str, str]], language: str) -> None:
        """Open.

        Args:
            goods: name and quantity of each sold line; none where nothing was sold.
            language: of the slip.
        """
        self.title.setText(_("Another paper for this sale"))
        kinds = [(COPY, _("Copy of the slip"), "printer")]
        if goods:
            kinds.insert(0, (GIFT, _("Gift receipt"), "gift"))
        self.kinds.set_choices(kinds)
        self.languages.set_choices([(x, LANGUAGE_NAMES[x], "") for x in LANGUAGES])
        self.languages.show_chosen(language)
        self.each.retitle(_("One gift receipt for each item"))
        self.each.setChecked(False)
        self.which.setText(_("For these items, without prices"))
        self._offer(goods)
        self.kinds.show_chosen(kinds[0][0])
        self._show_kind(kinds[0][0])
        self.open()

    def _offer(self, goods: Sequence[tuple[str, str]]) -> None:
        for old in self._lines:
            old.hide()
            old.deleteLater()
        self._lines = []
        for position, (name, quantity) in enumerate(goods, 1):
            line = Switch(f"gift-{position}")
            line.retitle(f"{name}  {quantity}")
            line.setChecked(True)
            line.changed.connect(self._show_print)
            self.goods.insertWidget(self.goods.count() - 1, line)
            self._lines.append(line)
        rows = min(4, max(1, len(self._lines)))
        self.area.setFixedHeight(theme().px(52 * rows + 4))

    @property
    def chosen(self) -> list[int]:
        """Positions of the chosen lines, from 1."""
        return [at for at, line in enumerate(self._lines, 1) if line.isChecked()]

    def _show_kind(self, key: str) -> None:
        is_gift = key == GIFT
        for part in (self.each, self.which, self.area):
            part.setVisible(is_gift)
        self.each.setVisible(is_gift and len(self._lines) > 1)
        self._show_print()

    def _show_print(self, *_changed: object) -> None:
        is_gift = self.kinds.chosen_key == GIFT
        self.print_key.retitle(
            _("Print the gift receipt") if is_gift else _("Print a copy")
        )
        self.print_key.set_available(not is_gift or bool(self.chosen))

    def _on_print(self) -> None:
        language = self.languages.chosen_key
        if self.kinds.chosen_key == COPY:
            self.hide()
            self.copy_wanted.emit(language)
            return
        chosen = self.chosen
        if chosen:
            groups = [[at] for at in chosen] if self.each.isChecked() else [chosen]
            self.hide()
            self.gift_wanted.emit(groups, language)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Print with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.print_key.isEnabled():
                self._on_print()
            return
        super().keyPressEvent(event)

    def _take_own_sizes(self) -> None:
        self.which.setFont(font(theme(), "cap"))
        self.goods.setSpacing(theme().px(4))
