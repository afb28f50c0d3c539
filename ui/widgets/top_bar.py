"""The bar on top: shop, tabs, cashier, clock, lock."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.format import initial_of
from ui.presenters.frame_state import FrameState, TabView
from ui.theme.fonts import BOLD, font, free_font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import ButtonFace, Kind
from ui.widgets.drawing import (
    CENTER,
    LEFT,
    RIGHT,
    draw_icon,
    draw_text,
    elided,
    fill_round,
    hairline,
    text_width,
)
from ui.widgets.themed import ThemedWidget
from ui.widgets.top_bar_tab import TopBarTab
from ui.widgets.training_sign import TrainingMark


class TopBar(ThemedWidget):
    """Shop mark on the left, cashier and clock on the right, tabs between."""

    tab_selected = Signal(str)
    """A tab was pressed; its key."""
    lock_pressed = Signal()
    """The lock was pressed."""
    cashier_pressed = Signal()
    """The cashier's name was pressed."""

    def __init__(self, object_name: str = "topBar") -> None:
        super().__init__(object_name)
        self._state = FrameState("")
        self._tabs: dict[str, TopBarTab] = {}
        self._lock = ActionButton(
            "lockButton", ButtonFace(icon="lock-key", kind=Kind.GHOST), self
        )
        self._lock.clicked.connect(self.lock_pressed)
        self._mark = TrainingMark(self)
        self._tab_row = QWidget(self)
        self._tab_layout = QHBoxLayout(self._tab_row)
        self._tab_layout.setContentsMargins(0, 0, 0, 0)
        self._tab_layout.setSpacing(0)

    def show_frame(self, state: FrameState) -> None:
        """Show another shop, cashier, clock or tab; chips and messages are not here."""
        if _shown(state) == _shown(self._state):
            return
        self._lock.setVisible(bool(state.cashier_name))
        self._show_training(state)
        self._lock.setAccessibleName(_("Lock the till"))
        if state.tabs != self._state.tabs:
            self._build_tabs(state.tabs)
        for key, tab in self._tabs.items():
            tab.set_current(key == state.tab)
            tab.set_training(is_on=state.is_training)
        self._state = state
        self.setAccessibleName(f"{state.shop_name}, {state.till_label}")
        self._arrange()
        self.update()

    @override
    def design_height(self) -> float:
        """Return the profile's height of the top bar."""
        return theme().profile.top

    @override
    def on_theme_changed(self) -> None:
        """Arrange anew at other sizes."""
        super().on_theme_changed()
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lock and tabs at their places."""
        del event
        self._arrange()

    def _build_tabs(self, tabs: tuple[TabView, ...]) -> None:
        for old in self._tabs.values():
            self._tab_layout.removeWidget(old)
            old.deleteLater()
        self._tabs = {}
        for view in tabs:
            tab = TopBarTab(view, self._tab_row)
            tab.clicked.connect(self._on_tab_clicked)
            self._tab_layout.addWidget(tab)
            self._tabs[view.key] = tab

    def _on_tab_clicked(self) -> None:
        sender = self.sender()
        assert isinstance(sender, TopBarTab)
        self.tab_selected.emit(sender.view.key)

    def _arrange(self) -> None:
        now = theme()
        height = now.px(self.design_height())
        lock = now.px(52)
        self._lock.setGeometry(self.width() - lock, 0, lock, height - 1)
        left = self._mark_width() + now.px(12)
        self._set_tight(is_tight=False)
        room = self._right_edge() - left - self._place_mark(height)
        names = self._names_width()
        if names > room:
            # Closer and smaller names say more than icons alone.
            self._set_tight(is_tight=True)
            names = self._names_width()
            self._set_tight(is_tight=names <= room)
        is_only_current = names > room >= self._least_width()
        for tab in self._tabs.values():
            tab.set_named(names <= room or (is_only_current and tab.is_current))
        wanted = sum(tab.sizeHint().width() for tab in self._tabs.values())
        self._tab_row.setGeometry(left, 0, min(wanted, max(0, room)), height)

    def _names_width(self) -> int:
        return sum(tab.wide() for tab in self._tabs.values())

    def _set_tight(self, *, is_tight: bool) -> None:
        for tab in self._tabs.values():
            tab.set_tight(is_tight=is_tight)

    def _show_training(self, state: FrameState) -> None:
        if state.training == self._state.training:
            return
        self._mark.show_words(*state.training)
        kind = Kind.GHOST_TRAINING if state.is_training else Kind.GHOST
        self._lock.set_face(ButtonFace(icon="lock-key", kind=kind))

    def _place_mark(self, height: int) -> int:
        """Stand the mark of training before the cashier; return its width."""
        if not self._state.is_training:
            return 0
        room = self._right_edge() - self._mark_width() - theme().px(12)
        is_short = self._mark.wide(is_short=False) > room - self._least_width()
        self._mark.use_short(is_short=is_short)
        wide = self._mark.wide(is_short=is_short)
        self._mark.setGeometry(self._right_edge() - wide, 0, wide, height)
        return wide

    def _least_width(self) -> int:
        """Return the width of the tabs when only the current one is named."""
        tabs = self._tabs.values()
        return sum(tab.wide() if tab.is_current else tab.bare() for tab in tabs)

    def _inks(self) -> tuple[str, str, str, str]:
        """Return ground, ink, quiet ink and line: violet in training."""
        c = theme().colours
        if self._state.is_training:
            return c.train, c.ontrain, c.ontrain, c.ontrain
        return c.surface, c.ink, c.ink2, c.line

    def _mark_width(self) -> int:
        now, state = theme(), self._state
        title = text_width(state.shop_name, free_font(now, 17, BOLD))
        below = text_width(state.till_label, free_font(now, 14))
        most = self.width() // 3 if self._tabs else self.width() // 2
        return min(now.px(56) + max(title, below) + now.px(4), most)

    def _clock_width(self) -> int:
        now, state = theme(), self._state
        used = text_width(state.clock_text, free_font(now, 18, BOLD))
        return max(used, text_width(state.date_text, font(now, "cap"))) + now.px(24)

    def _avatar_width(self) -> int:
        now = theme()
        if not self._state.cashier_name:
            return 0
        if now.profile.name == "compact":
            return now.px(64)
        return now.px(62) + text_width(self._state.cashier_name, font(now, "body"))

    def _right_edge(self) -> int:
        lock = theme().px(52) if self._state.cashier_name else 0
        return self.width() - lock - self._clock_width() - self._avatar_width()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint mark, cashier, clock and the line below."""
        del event
        now = theme()
        ground, _ink, _quiet, line = self._inks()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), ground)
            height = self.height()
            below = ground if self._state.is_training else line
            hairline(painter, QRect(0, height - 1, self.width(), 1), below)
            self._paint_mark(painter)
            left = self._right_edge()
            if self._state.cashier_name:
                self._paint_cashier(painter, left)
                hairline(painter, QRect(self.width() - now.px(52), 0, 1, height), line)
            self._paint_clock(painter, left + self._avatar_width())

    def _paint_mark(self, painter: QPainter) -> None:
        now, c, state = theme(), theme().colours, self._state
        _ground, ink, quiet, _line = self._inks()
        edge = now.px(34)
        square = QRect(now.px(12), (self.height() - edge) // 2, edge, edge)
        fill_round(painter, square, now.radius("key"), c.primary)
        pad = now.px(7)
        draw_icon(
            painter, "storefront", c.onprimary, square.adjusted(pad, pad, -pad, -pad)
        )
        room = self._mark_width() - now.px(56)
        upper = QRect(now.px(56), now.px(7), room, now.px(22))
        title = free_font(now, 17, BOLD)
        draw_text(painter, upper, elided(state.shop_name, title, room), (title, ink))
        lower = QRect(now.px(56), now.px(27), room, now.px(18))
        small = free_font(now, 14)
        draw_text(painter, lower, elided(state.till_label, small, room), (small, quiet))

    def _paint_cashier(self, painter: QPainter, left: int) -> None:
        now, c, state = theme(), theme().colours, self._state
        _ground, ink, _quiet, line = self._inks()
        hairline(painter, QRect(left, 0, 1, self.height()), line)
        edge = now.px(34)
        circle = QRect(left + now.px(14), (self.height() - edge) // 2, edge, edge)
        fill_round(painter, circle, edge / 2, c.primarysoft)
        style = (font(now, "label", BOLD), c.primaryink)
        draw_text(painter, circle, initial_of(state.cashier_name), style, CENTER)
        if now.profile.name != "compact":
            words = QRect(circle.right() + now.px(8), 0, self.width(), self.height())
            draw_text(
                painter, words, state.cashier_name, (font(now, "body"), ink), LEFT
            )

    def _paint_clock(self, painter: QPainter, left: int) -> None:
        now, state = theme(), self._state
        _ground, ink, quiet, line = self._inks()
        if state.cashier_name:
            hairline(painter, QRect(left, 0, 1, self.height()), line)
        width = self._clock_width() - now.px(13)
        upper = QRect(left, now.px(5), width, now.px(23))
        draw_text(
            painter, upper, state.clock_text, (free_font(now, 18, BOLD), ink), RIGHT
        )
        lower = QRect(left, now.px(26), width, now.px(19))
        draw_text(painter, lower, state.date_text, (free_font(now, 14), quiet), RIGHT)


def _shown(state: FrameState) -> tuple[object, ...]:
    """Return what the bar shows of a state."""
    return (
        state.shop_name,
        state.till_label,
        state.tabs,
        state.tab,
        state.cashier_name,
        state.clock_text,
        state.date_text,
        state.training,
    )
