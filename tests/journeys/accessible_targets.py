"""Walks a screen as a screen reader, a finger and the keyboard meet it.

What may be pressed is found by its kind (buttons, fields, lists) and, for widgets
that paint themselves, by their own answer to a press.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

#: WCAG 2.2 asks 44 px of a target (AAA); the design plans 48.
LEAST_PX = 44
#: What Tab passes by, and the keys that do the same; a class or an object's name.
BY_KEYS = {
    "EntryLine": "digits are typed wherever the keyboard is",
    "SearchField": "F3",
    "FoundList": "up and down and Enter in the search above it",
    "TicketView": "up, down, + and -, Del",
    "ParkedList": "up, down and F12",
    "ItemRowsList": "up and down open the neighbour",
    "ManualList": "up and down open the neighbour",
    "JournalList": "up and down, left and right",
    "PieceRow": "up and down; its − and + are reached by Tab",
    "TileGrid": "F3 finds the same goods, and so does their number",
    "Toast": "Ctrl+Z",
    "Band": "Tab comes to the member's key in it",
    "StatusBar": "its chips lead to pages of the settings",
    "PictureBox": "the key beside it",
}
_FIELDS = (QLineEdit, QPlainTextEdit)
_OWN = ("ui.",)


def targets(top: QWidget) -> Iterator[QWidget]:
    """Give what can be pressed or typed into now, below and with `top`."""
    for widget in (top, *top.findChildren(QWidget)):
        if not widget.isVisible() or not widget.isEnabled() or _is_inner(widget):
            continue
        if isinstance(
            widget, (QAbstractButton, QAbstractItemView, *_FIELDS)
        ) or _answers_a_press(widget):
            yield widget


def _is_inner(widget: QWidget) -> bool:
    """Tell whether Qt made the widget inside another one; or it lets touches pass."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents):
        return True
    return widget.objectName().startswith("qt_") or isinstance(
        widget.parent(), QLineEdit
    )


def _answers_a_press(widget: QWidget) -> bool:
    if widget.findChild(QLineEdit) is not None:
        return False  # a frame around a field: the field is what is meant
    presses = {"mousePressEvent", "mouseReleaseEvent"}
    return any(
        kind.__module__.startswith(_OWN) and presses & set(vars(kind))
        for kind in type(widget).__mro__
    )


def spoken_name(widget: QWidget) -> str:
    """Return what a screen reader calls the widget; "" for nothing."""
    face = QAccessible.queryAccessibleInterface(widget)
    name = face.text(QAccessible.Text.Name) if face else ""
    return "" if name == widget.objectName() else str(name).strip()


def rows(view: QAbstractItemView) -> Iterator[tuple[QRect, str]]:
    """Give area and spoken words of each row that is seen whole."""
    model, seen = view.model(), view.viewport().rect()
    for row in range(model.rowCount() if model else 0):
        index = model.index(row, 0, QModelIndex())
        area = view.visualRect(index)
        if area.isEmpty() or not seen.contains(area):
            continue
        spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
        words = spoken or index.data(Qt.ItemDataRole.DisplayRole) or ""
        yield area, str(words).strip()
        del index


def unnamed(top: QWidget) -> list[str]:
    """Name the targets, and rows of lists, that a screen reader cannot name."""
    found = [label(x) for x in targets(top) if not spoken_name(x)]
    for view in (x for x in targets(top) if isinstance(x, QAbstractItemView)):
        found += [f"{label(view)} row" for _area, words in rows(view) if not words]
    return found


def foreign_names(top: QWidget, is_foreign: Callable[[str], bool]) -> list[str]:
    """Name what is spoken in another language than the screen's."""
    found = []
    for widget in targets(top):
        face = QAccessible.queryAccessibleInterface(widget)
        hint = str(face.text(QAccessible.Text.Description)) if face else ""
        found += [
            f"{label(widget)}: {words}"
            for words in (spoken_name(widget), hint.strip())
            if words and is_foreign(words)
        ]
    return found


def small(top: QWidget) -> list[str]:
    """Name the targets below `LEAST_PX`, rows of lists included."""
    found = []
    for widget in targets(top):
        if isinstance(widget, QAbstractScrollArea):
            continue
        if min(widget.width(), widget.height()) < LEAST_PX:
            found.append(f"{label(widget)} {widget.width()}x{widget.height()}")
    for view in (x for x in targets(top) if isinstance(x, QAbstractItemView)):
        for area, words in rows(view):
            if min(area.width(), area.height()) < LEAST_PX:
                found.append(f"{label(view)} {area.height()}: {words[:20]}")
    return found


def out_of_reach(top: QWidget) -> list[str]:
    """Name the targets that neither Tab nor a key of the keyboard map comes to."""
    return [
        label(widget)
        for widget in targets(top)
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not any(kind.__name__ in BY_KEYS for kind in type(widget).__mro__)
        and not isinstance(widget.property("padKey"), str)
        and widget.objectName() not in BY_KEYS
    ]


def label(widget: QWidget) -> str:
    """Name a widget in a report."""
    return f"{type(widget).__name__}#{widget.objectName()}"
