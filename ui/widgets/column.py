"""A column of widgets that is filled anew."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtWidgets import QLayout, QWidget


def take_out(
    column: QLayout, count: int | None = None, *, kept: Collection[QWidget] = ()
) -> None:
    """Take the first rows out of a column: out of sight now, gone a moment later.

    Args:
        column: of rows, and of spaces between them.
        count: so many rows; None for all.
        kept: of them, those that are laid in again.
    """
    for _row in range(column.count() if count is None else count):
        item = column.takeAt(0)
        old = item.widget() if item is not None else None
        if old is not None and old not in kept:
            old.hide()
            old.deleteLater()
