"""Paints a quick key: stripe, name in two lines, price, icon or badge."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ui.format import amount
from ui.presenters.sale_state import TileView
from ui.theme.fonts import BOLD, SEMIBOLD, free_font, metrics
from ui.theme.host import theme
from ui.theme.icons import icon_exists
from ui.theme.theme import Theme
from ui.theme.tokens import stripe_colours
from ui.widgets.drawing import (
    CENTER,
    LEFT,
    Box,
    draw_box,
    draw_icon,
    draw_text,
    elided,
    fill_round,
    text_width,
)
from ui.widgets.goods_picture import draw_picture
from ui.widgets.text_fit import break_points
from ui.widgets.ticket_model import LINE_ROLE, ModelIndex

#: Between tiles, half of it on each side of a cell.
GAP = 8
#: Of a name, from the first choice down. Whoever has larger letters on the whole gets
#: those of the usual screen on a tile before one of its words is broken.
_SIZES = (16, 14.5, 13, 11.7, 10.4, 8.7)
_SMALLEST = 13


@lru_cache(maxsize=4096)
def tile_lines(
    theme_now: Theme, name: str, width: int
) -> tuple[tuple[str, ...], QFont]:
    """Break a tile's name into two lines; smaller type before anything is cut."""
    least = _SMALLEST / max(1.0, theme_now.legible_scale)
    sizes = [size for size in _SIZES if size >= least]
    for size in sizes:
        used = free_font(theme_now, size, BOLD)
        lines = _wrapped(name, used, width)
        if len(lines) <= 2 and not _breaks_a_word(name, lines):
            return lines, used
    used = free_font(theme_now, sizes[-1], BOLD)
    lines = _wrapped(name, used, width)
    if len(lines) <= 2:
        return lines, used
    rest = name[len(lines[0]) :].lstrip() if name.startswith(lines[0]) else lines[1]
    return (lines[0], elided(rest, used, width)), used


def _breaks_a_word(name: str, lines: tuple[str, ...]) -> bool:
    """Tell whether a line ends where no line may end."""
    first = len(lines[0])
    return (
        len(lines) == 2
        and name[first : first + 1] != " "
        and (first not in break_points(name))
    )


def _wrapped(name: str, used: QFont, width: int) -> tuple[str, ...]:
    measure = metrics(used).horizontalAdvance
    lines, rest = [], name.strip()
    while rest and measure(rest) > width:
        cuts = [
            cut for cut in break_points(rest) if measure(rest[:cut].rstrip()) <= width
        ]
        cut = cuts[-1] if cuts else _widest_cut(rest, used, width)
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return (*lines, rest) if rest else tuple(lines)


def _widest_cut(text: str, used: QFont, width: int) -> int:
    measure = metrics(used).horizontalAdvance
    fits = [cut for cut in range(1, len(text)) if measure(text[:cut]) <= width]
    return fits[-1] if fits else 1


class TileDelegate(QStyledItemDelegate):
    """Paints tiles; which one is pressed, the grid says."""

    def __init__(self) -> None:
        super().__init__()
        self.currency = "CNY"
        self.pressed_row = -1
        self.cell = QSize(108, 100)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        """Return the cell: a tile and half a gap around it."""
        del option, index
        return self.cell

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex
    ) -> None:
        """Paint a tile."""
        now, c = theme(), theme().colours
        tile: TileView = index.data(LINE_ROLE)
        half = now.px(GAP / 2)
        cell = QRect(option.rect.topLeft(), self.cell)
        shape = cell.adjusted(half, half, -half, -half)
        is_down = index.row() == self.pressed_row
        fill = c.keydown if is_down else c.key
        edge = 1 if is_down else now.px(2)
        box = Box(fill, c.line, c.keyedge, now.radius("button"), edge)
        draw_box(painter, shape, box)
        stripes = stripe_colours(now.name)
        stripe = stripes.get(tile.stripe, stripes["household"])
        painter.save()
        painter.setClipRect(shape.x(), shape.y(), shape.width(), now.px(4))
        fill_round(painter, shape, now.radius("button"), stripe)
        painter.restore()
        inner = shape.adjusted(now.px(10), now.px(7), -now.px(9), -now.px(9))
        self._paint_name(painter, inner, tile)
        self._paint_foot(painter, inner, tile, stripe)

    def _paint_name(self, painter: QPainter, inner: QRect, tile: TileView) -> None:
        now, c = theme(), theme().colours
        lines, used = tile_lines(now, tile.name, inner.width())
        height = round(used.pixelSize() * 1.22)
        for number, line in enumerate(lines):
            row = QRect(inner.x(), inner.y() + number * height, inner.width(), height)
            draw_text(painter, row, line, (used, c.ink), LEFT)

    def _paint_foot(
        self, painter: QPainter, inner: QRect, tile: TileView, stripe: str
    ) -> None:
        now, c = theme(), theme().colours
        height = now.px(24)
        foot = QRect(inner.x(), inner.bottom() - height + 1, inner.width(), height)
        price = tile.price_text
        if tile.price_minor is not None:
            price = amount(tile.price_minor, self.currency) + price
        has_picture = not tile.badge and bool(tile.picture)
        has_icon = not tile.badge and not has_picture and icon_exists(tile.icon)
        beside = now.px(25) if has_icon else _badge_width(now, tile.badge)
        used = _price_font(now, price, foot.width() - beside)
        draw_text(painter, foot, price, (used, c.ink), LEFT)
        room = foot.width() - text_width(price, used)
        if tile.is_lowered and not has_icon and room - beside >= now.px(20):
            left = foot.x() + foot.width() - room + now.px(4)
            square = QRect(left, foot.y(), now.px(16), height)
            draw_icon(painter, "tag", c.save, square)
            room -= now.px(20)
        if tile.badge:
            self._paint_badge(painter, foot, tile.badge)
        elif has_picture and room >= now.px(26):
            edge = min(now.px(40), room - now.px(4))
            square = QRect(0, 0, edge, edge)
            square.moveBottomRight(foot.bottomRight())
            draw_picture(painter, tile.picture, square, now.radius("chip"))
        elif has_icon and room >= now.px(23):
            edge = now.px(20)
            square = QRect(foot.right() - edge + 1, foot.y(), edge, height)
            icon = ("tag", c.save) if tile.is_lowered else (tile.icon, stripe)
            draw_icon(painter, *icon, square)

    def _paint_badge(self, painter: QPainter, foot: QRect, badge: str) -> None:
        now, c = theme(), theme().colours
        width = _badge_width(now, badge) - now.px(3)
        left = foot.right() - width + 1
        chip = QRect(left, foot.y() + now.px(3), width, now.px(19))
        fill_round(painter, chip, now.radius("chip"), c.warnfill)
        draw_text(painter, chip, badge, (_badge_font(now), c.warnink), CENTER)


def _badge_font(now: Theme) -> QFont:
    compact = now.profile.name == "compact"
    return free_font(now, 12 if compact else 13, SEMIBOLD)


def _badge_width(now: Theme, badge: str) -> int:
    """Return the width of a badge and the gap before it; 0 without one."""
    if not badge:
        return 0
    return text_width(badge, _badge_font(now)) + now.px(11)


def _price_font(now: Theme, price: str, width: int) -> QFont:
    for size in (16, 15, 13):
        used = free_font(now, size, BOLD)
        if text_width(price, used) <= width:
            return used
    return free_font(now, 12, BOLD)
