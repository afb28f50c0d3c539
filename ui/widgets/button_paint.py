"""Paints the face of a button: where icon, title, subtitle and hint go."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter

from ui.theme.fonts import BOLD, REGULAR, SEMIBOLD, font, free_font, sized_font
from ui.theme.host import theme
from ui.widgets.button_face import FLAT, Arrangement, ButtonColours, ButtonFace, Kind
from ui.widgets.drawing import (
    CENTER,
    LEFT,
    draw_icon,
    draw_text,
    hairline,
    pen,
    text_width,
)
from ui.widgets.text_fit import STEPS, FittedText, fit_label, is_han, line_height

#: Stands before the reason of a disabled key; crimson, with the words beside it.
BLOCKED_ICON = "x-circle-fill"


def paint_face(
    painter: QPainter, shape: QRect, face: ButtonFace, colours: ButtonColours
) -> None:
    """Paint everything on a button but its box."""
    if face.hint and not face.hint_in_box and _hint_has_room(shape, face):
        _paint_hint(painter, shape, face.hint, colours.hint)
    if face.kind in {Kind.KEY, Kind.KEY_AUX} or (face.icon and not face.title):
        _paint_key(painter, shape, face, colours)
    elif face.arrangement is Arrangement.STACK and face.icon:
        _paint_stack(painter, shape, face, colours)
    else:
        _paint_row(painter, shape, face, colours)


def fitted_title(shape: QRect, face: ButtonFace) -> FittedText:
    """Return how the title fits into a button of this shape."""
    now = theme()
    if face.kind in {Kind.KEY, Kind.KEY_AUX}:
        used = _key_font(face)
        room = shape.width() - now.px(8)
        return fit_label(
            now, face.title, used.pixelSize(), SEMIBOLD, (room, room, shape.height())
        )
    if face.arrangement is Arrangement.STACK and face.icon:
        return _fit_stack(shape, face)
    return _fit_row(shape, face)


def _weight(face: ButtonFace) -> int:
    return BOLD if face.text_role in {"h1", "h2", "name", "num"} else SEMIBOLD


def _key_font(face: ButtonFace) -> QFont:
    size = 30 if face.kind is Kind.KEY else 26
    if any(is_han(char) for char in face.title):
        size = 17
    return free_font(theme(), size if len(face.title) <= 2 else 17, SEMIBOLD)


def _paint_key(
    painter: QPainter, shape: QRect, face: ButtonFace, colours: ButtonColours
) -> None:
    if face.icon:
        edge = theme().px(26)
        square = QRect(0, 0, edge, edge)
        square.moveCenter(shape.center())
        draw_icon(painter, face.icon, colours.title, square)
        return
    fit = fitted_title(shape, face)
    _paint_lines(painter, shape, fit, (fit.font, colours.title), CENTER)


def _stack_icon(face: ButtonFace) -> int:
    return theme().px(22 if face.text_role == "label" else 26)


def _fit_stack(shape: QRect, face: ButtonFace) -> FittedText:
    now = theme()
    width = shape.width() - now.px(6)
    below_icon = shape.height() - _stack_icon(face) - now.px(9)
    size = now.text_px(face.text_role)
    fit = fit_label(now, face.title, size, _weight(face), (width, width, below_icon))
    if fit.height <= below_icon + now.px(3):
        return fit
    alone = shape.height() - now.px(6)
    again = fit_label(now, face.title, size, _weight(face), (width, width, alone))
    return FittedText(again.lines, again.font, keeps_icon=False)


def _paint_stack(
    painter: QPainter, shape: QRect, face: ButtonFace, colours: ButtonColours
) -> None:
    fit = _fit_stack(shape, face)
    if not fit.keeps_icon:
        _paint_lines(painter, shape, fit, (fit.font, colours.title), CENTER)
        return
    if face.trailing_icon:
        _paint_corner(painter, shape, face.trailing_icon, colours.hint)
    edge = _stack_icon(face)
    block = edge + fit.height
    top = shape.y() + (shape.height() - block) // 2
    icon_at = QRect(shape.x() + (shape.width() - edge) // 2, top, edge, edge)
    draw_icon(painter, face.icon, colours.title, icon_at)
    words = QRect(shape.x(), top + edge, shape.width(), fit.height)
    _paint_lines(painter, words, fit, (fit.font, colours.title), CENTER)


def _row_icon(face: ButtonFace) -> int:
    if not face.icon:
        return 0
    return theme().px(
        30 if face.kind is Kind.PRIMARY and face.text_role != "label" else 24
    )


def _row_extra(face: ButtonFace) -> int:
    """Return the width behind the title: boxed key hint or a lock."""
    now = theme()
    extra = now.px(26) if face.trailing_icon else 0
    if face.hint_in_box and face.hint:
        extra += text_width(face.hint, font(now, "hint")) + now.px(20)
    return extra


def _row_pad(face: ButtonFace) -> int:
    return theme().px(4 if face.kind in FLAT else 12)


def _fit_row(shape: QRect, face: ButtonFace) -> FittedText:
    now = theme()
    alone = shape.width() - 2 * _row_pad(face) - _row_extra(face)
    icon = _row_icon(face)
    beside = alone - (icon + now.px(8) if icon else 0)
    below = line_height(_subtitle_font(face)) if face.subtitle else 0
    height = shape.height() - now.px(8) - below
    # A subtitle that must shrink below 13 px sends the icon away first.
    least = sized_font(now.language, now.text_size(13), _subtitle_weight(face))
    if face.subtitle and text_width(face.subtitle, least) > beside:
        beside, icon = alone, 0
    # So does a title that would need a second line above its subtitle.
    small = round(now.text_px(face.text_role) * STEPS[-1])
    tight = sized_font(now.language, small, _weight(face))
    if face.subtitle and beside < text_width(face.title, tight) <= alone:
        beside, icon = alone, 0
    room = (beside, alone, height)
    fit = fit_label(now, face.title, now.text_px(face.text_role), _weight(face), room)
    return FittedText(fit.lines, fit.font, fit.keeps_icon and icon > 0)


def _subtitle_weight(face: ButtonFace) -> int:
    return SEMIBOLD if face.kind is Kind.QUICK else REGULAR


def _subtitle_font(face: ButtonFace) -> QFont:
    return font(theme(), "cap", _subtitle_weight(face))


def _fit_subtitle(face: ButtonFace, room: int) -> QFont:
    used = _subtitle_font(face)
    weight = _subtitle_weight(face)
    while text_width(face.subtitle, used) > room and used.pixelSize() > 9:
        used = sized_font(theme().language, used.pixelSize() - 1, weight)
    return used


def _paint_row(
    painter: QPainter, shape: QRect, face: ButtonFace, colours: ButtonColours
) -> None:
    now = theme()
    fit = _fit_row(shape, face)
    icon = _row_icon(face) if fit.keeps_icon else 0
    gap = now.px(8) if icon else 0
    room = shape.width() - 2 * _row_pad(face) - icon - gap - _row_extra(face)
    small = _fit_subtitle(face, room) if face.subtitle else None
    words = max(fit.width, text_width(face.subtitle, small) if small else 0)
    total = icon + gap + words + _row_extra(face)
    left = shape.x() + (shape.width() - total) // 2
    if face.arrangement is Arrangement.ROW_LEFT:
        left = shape.x() + _row_pad(face)
    if icon:
        square = QRect(left, shape.y(), icon, shape.height())
        is_blocked = face.icon == BLOCKED_ICON
        ink = now.colours.danger if is_blocked else colours.title
        draw_icon(painter, face.icon, ink, square)
        left += icon + gap
    _paint_words(
        painter,
        QRect(left, shape.y(), words, shape.height()),
        (face, fit, small),
        colours,
    )
    _paint_behind(
        painter, QRect(left + words, shape.y(), 0, shape.height()), face, colours
    )


def _paint_words(
    painter: QPainter,
    area: QRect,
    what: tuple[ButtonFace, FittedText, QFont | None],
    colours: ButtonColours,
) -> None:
    face, fit, small = what
    below = line_height(small) if small else 0
    top = area.y() + (area.height() - fit.height - below) // 2
    align = LEFT if face.icon or face.arrangement is Arrangement.ROW_LEFT else CENTER
    title = QRect(area.x(), top, area.width(), fit.height)
    _paint_lines(painter, title, fit, (fit.font, colours.title), align)
    if small:
        line = QRect(area.x(), top + fit.height, area.width(), below)
        draw_text(painter, line, face.subtitle, (small, colours.subtitle), align)


def _paint_behind(
    painter: QPainter, area: QRect, face: ButtonFace, colours: ButtonColours
) -> None:
    now = theme()
    left = area.x() + now.px(8)
    if face.trailing_icon:
        square = QRect(left, area.y(), now.px(18), area.height())
        draw_icon(painter, face.trailing_icon, colours.subtitle, square)
        left += now.px(26)
    if face.hint_in_box and face.hint:
        paint_key_cap(painter, (left, area.center().y()), face.hint, colours.subtitle)


def paint_key_cap(painter: QPainter, at: tuple[int, int], key: str, ink: str) -> int:
    """Paint a key's name in a small frame; return how wide it is.

    Args:
        painter: where to.
        at: left edge and vertical centre, pixels.
        key: the key's name, "Esc".
        ink: colour of name and frame.
    """
    now = theme()
    used = font(now, "hint")
    width = text_width(key, used) + now.px(10)
    height = now.px(18)
    frame = QRect(at[0], at[1] - height // 2, width, height)
    painter.setPen(pen(ink))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(frame, now.px(4), now.px(4))
    hairline(painter, QRect(frame.x() + 2, frame.bottom(), width - 3, 1), ink)
    draw_text(painter, frame, key, (used, ink), CENTER)
    return width


def _hint_has_room(shape: QRect, face: ButtonFace) -> bool:
    """Tell whether the corner hint stays clear of an icon in the middle."""
    now = theme()
    width = text_width(face.hint, free_font(now, 11, SEMIBOLD)) + now.px(6)
    if face.arrangement is not Arrangement.STACK or not face.icon:
        return width < shape.width() // 2
    return width <= (shape.width() - _stack_icon(face)) // 2


def _paint_hint(painter: QPainter, shape: QRect, hint: str, ink: str) -> None:
    now = theme()
    used = free_font(now, 11, SEMIBOLD)
    corner = shape.adjusted(0, now.px(3), -now.px(7), 0)
    align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
    draw_text(painter, corner, hint, (used, ink), align)


def _paint_corner(painter: QPainter, shape: QRect, icon: str, ink: str) -> None:
    """Paint a small mark into the corner that has no key hint."""
    is_narrow = shape.width() < theme().px(64)
    edge, gap = theme().px(11 if is_narrow else 15), theme().px(3 if is_narrow else 5)
    square = QRect(shape.x() + gap, shape.y() + gap, edge, edge)
    draw_icon(painter, icon, ink, square)


def _paint_lines(
    painter: QPainter,
    area: QRect,
    fit: FittedText,
    style: tuple[QFont, str],
    align: Qt.AlignmentFlag,
) -> None:
    height = line_height(fit.font)
    top = area.y() + (area.height() - fit.height) // 2
    for index, line in enumerate(fit.lines):
        row = QRect(area.x(), top + index * height, area.width(), height)
        draw_text(painter, row, line, style, align)
