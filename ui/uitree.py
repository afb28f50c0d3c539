"""Describes a screen as text: what is there, what it says, what is off."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


def uitree(widget: QWidget, depth: int = 0) -> str:
    """Describe `widget` and its descendants, one line each."""
    words = [type(widget).__name__]
    if widget.objectName():
        words.append(f"#{widget.objectName()}")
    text = _text_of(widget)
    if text:
        words.append(repr(text))
    words += ["hidden"] * widget.isHidden() + ["disabled"] * (not widget.isEnabled())
    children = widget.findChildren(QWidget, options=_DIRECT)
    below = [
        uitree(child, depth + 1)
        for child in children
        if not child.objectName().startswith("qt_")
    ]
    return "\n".join(["  " * depth + " ".join(words), *below])


def _text_of(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        return widget.text()
    return widget.accessibleName()  # painted widgets say here what they show
