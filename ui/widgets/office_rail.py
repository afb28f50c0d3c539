"""The back office's list: its parts, folded into groups where not all of them fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.theme.fonts import SEMIBOLD, font
from ui.theme.host import theme, theme_host
from ui.widgets.drawing import draw_icon, draw_text, fill_round
from ui.widgets.page_key import PageKey
from ui.widgets.panel import surface
from ui.widgets.ringed_button import RingedButton
from ui.widgets.text_fit import fit_label, line_height

#: Height of a group's key, 1366x768 pixels; 48 is touchable.
_GROUP = 50


@dataclass(frozen=True, slots=True)
class RailEntry:
    """An entry of the list.

    Attributes:
        key: of the part. words, icon: on it.
        group, group_words: key and words of the group that it belongs to.
    """

    key: str
    words: str
    icon: str
    group: str
    group_words: str


class GroupKey(RingedButton):
    """The head of a group; a touch folds it out, and the others in."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place, self.is_open, self.is_here = place, False, False
        self.setObjectName(f"group-{place}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_group(self, words: str, *, is_open: bool, is_here: bool) -> None:
        """Show its words, whether it is folded out, and whether its part is open."""
        self.is_open, self.is_here = is_open, is_here
        self.setText(words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(_("Folded out") if is_open else _("Folded in"))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Return the touchable height."""
        return QSize(theme().px(120), theme().px(_GROUP))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, words and the arrow."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            is_marked = self.is_here and not self.is_open
            if self.isDown() or is_marked:
                fill = c.keydown if self.isDown() else c.sel
                fill_round(painter, self.rect(), now.radius("button"), fill)
            ink = c.primaryink if is_marked else c.ink
            arrow, left = now.px(18), now.px(14)
            at = self.width() - arrow - now.px(8)
            icon = "caret-down" if self.is_open else "caret-right"
            draw_icon(painter, icon, c.ink3, QRect(at, 0, arrow, self.height()))
            room, pixels = at - left - now.px(4), now.text_px("label")
            fit = fit_label(
                now, self.text(), pixels, SEMIBOLD, (room, room, self.height())
            )
            line = line_height(fit.font)
            top = (self.height() - fit.height) // 2
            for index, words in enumerate(fit.lines):
                area = QRect(left, top + index * line, room, line)
                draw_text(painter, area, words, (fit.font, ink))


class OfficeRail(QScrollArea):
    """The parts; one group at a time is folded out, that of the open part first."""

    chosen = Signal(str)
    """An entry was pressed; its key."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("officeRail")
        self.keys: dict[str, PageKey] = {}
        self.title = QLabel()
        self._groups: list[GroupKey] = []
        self._entries: tuple[RailEntry, ...] = ()
        self._shown, self._open = "", ""
        inside = QWidget()
        surface(inside, "surface")
        self._column = QVBoxLayout(inside)
        self._column.addWidget(self.title)
        self._column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.take_sizes()
        theme_host().changed.connect(self.take_sizes)

    @property
    def has_keyboard(self) -> bool:
        """Tell whether an entry or a group has the keyboard."""
        return any(x.hasFocus() for x in (*self.keys.values(), *self._groups))

    def head_of(self, key: str) -> GroupKey | None:
        """Return the head that an entry is folded under; None where it can be seen."""
        group = self._group_of(key)
        if not group or not self._folds() or group == self._open:
            return None
        return self._groups[list(self._names()).index(group)]

    def give_keyboard(self, key: str) -> None:
        """Give the keyboard to an entry; its group folds out."""
        self._open = self._group_of(key)
        self._fold()
        self.keys[key].setFocus(Qt.FocusReason.TabFocusReason)

    def show_entries(self, entries: Sequence[RailEntry], shown: str) -> None:
        """Show the list.

        Args:
            entries: what this person may open, those of a group one after the other.
            shown: the key of the open one.
        """
        self.title.setText(_("Back office"))
        if [x.key for x in entries] != [x.key for x in self._entries]:
            self._entries = tuple(entries)
            self._arrange()
        self._entries = tuple(entries)
        for entry in entries:
            key = self.keys[entry.key]
            key.setText(entry.words)
            key.setAccessibleName(entry.words)
            key.setChecked(entry.key == shown)
        if shown != self._shown:
            self._shown, self._open = shown, self._group_of(shown)
        self._fold()

    def _names(self) -> dict[str, str]:
        """Return the groups in their order, with their words."""
        return {x.group: x.group_words for x in self._entries}

    def _group_of(self, key: str) -> str:
        return next((x.group for x in self._entries if x.key == key), "")

    def _arrange(self) -> None:
        """Bring heads and entries into their order; what is not wanted is hidden."""
        for old in (*self.keys.values(), *self._groups):
            self._column.removeWidget(old)
            old.hide()
        place, group = 1, ""
        for entry in self._entries:
            if entry.group != group:
                group = entry.group
                self._column.insertWidget(place, self._head(group))
                place += 1
            if entry.key not in self.keys:
                self._make(entry)
            self._column.insertWidget(place, self.keys[entry.key])
            place += 1

    def _head(self, group: str) -> GroupKey:
        at = list(self._names()).index(group)
        if at == len(self._groups):
            made = GroupKey(at)
            made.clicked.connect(self._on_group)
            self._groups.append(made)
        return self._groups[at]

    def _make(self, entry: RailEntry) -> None:
        made = PageKey(entry.key, entry.icon)
        made.clicked.connect(self._on_entry)
        self.keys[entry.key] = made

    def _folds(self) -> bool:
        """Tell whether there is more than fits below each other."""
        now, count = theme(), len(self._entries)
        height = self.title.sizeHint().height() + now.px(22)
        height += count * (self._row_height() + now.px(2))
        return height > self.viewport().height()

    def _row_height(self) -> int:
        return next(iter(self.keys.values())).sizeHint().height() if self.keys else 0

    def _fold(self) -> None:
        """Show the entries of the open group; all of them where they fit."""
        folds, here = self._folds(), self._group_of(self._shown)
        names = list(self._names().items())
        for at, head in enumerate(self._groups):
            is_used = folds and at < len(names)
            head.setVisible(is_used)
            if is_used:
                key, words = names[at]
                head.show_group(words, is_open=key == self._open, is_here=key == here)
        for entry in self._entries:
            seen = not folds or entry.group == self._open
            self.keys[entry.key].setVisible(seen)

    def _on_group(self) -> None:
        sender = self.sender()
        assert isinstance(sender, GroupKey)
        group = list(self._names())[sender.place]
        self._open = "" if group == self._open else group
        self._fold()

    def _on_entry(self) -> None:
        sender = self.sender()
        assert isinstance(sender, PageKey)
        self.chosen.emit(sender.key)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold, or fold no more: the height is another one."""
        super().resizeEvent(event)
        self._fold()

    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        now = theme()
        is_compact = now.profile.name == "compact"
        self.setFixedWidth(now.px(168 if is_compact else 212))
        edge = now.px(8)
        self._column.setContentsMargins(edge, now.px(14), edge, edge)
        self._column.setSpacing(now.px(2))
        self.title.setFont(font(now, "h2"))
        self.title.setContentsMargins(now.px(14), 0, 0, now.px(10))
        for key in (*self.keys.values(), *self._groups):
            key.updateGeometry()
        self._fold()
