"""The lines of the ticket for a list view: shows a tuple, changes only what differs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from typing_extensions import override

from ui.presenters.ticket_state import LineView

ModelIndex = QModelIndex | QPersistentModelIndex
LINE_ROLE = int(Qt.ItemDataRole.UserRole)


class TicketModel(QAbstractListModel):
    """Holds the lines as they were last rendered."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[LineView, ...] = ()

    @property
    def lines(self) -> tuple[LineView, ...]:
        """The lines shown."""
        return self._lines

    def show_lines(self, lines: tuple[LineView, ...]) -> tuple[int, int]:
        """Show other lines; tell the view about the rows that differ and no others.

        Returns:
            First row and count of what was inserted; the count is 0 for none.
        """
        old = self._lines
        if lines is old:
            return (0, 0)
        head = _same_head(old, lines)
        tail = _same_tail(old, lines, head)
        gone, come = len(old) - head - tail, len(lines) - head - tail
        at = head + min(gone, come)
        if gone > come:
            self.beginRemoveRows(QModelIndex(), at, head + gone - 1)
            self._lines = old[:at] + old[head + gone :]
            self.endRemoveRows()
        elif come > gone:
            self.beginInsertRows(QModelIndex(), at, head + come - 1)
            self._lines = old[:at] + lines[at : head + come] + old[at:]
            self.endInsertRows()
        self._lines = lines
        if at > head:
            self.dataChanged.emit(self.index(head), self.index(at - 1))
        return (at, max(0, come - gone))

    @override
    def rowCount(self, parent: ModelIndex | None = None) -> int:
        """Return how many lines there are."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    @override
    def data(
        self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the line, or its words for assistive tools."""
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{line.position} {line.name} {line.variant} × {line.quantity}"
        return None


def _same_head(old: Sequence[LineView], new: Sequence[LineView]) -> int:
    count = 0
    for one, other in zip(old, new, strict=False):
        if one is not other and one != other:
            break
        count += 1
    return count


def _same_tail(old: Sequence[LineView], new: Sequence[LineView], head: int) -> int:
    most = min(len(old), len(new)) - head
    count = 0
    while count < most:
        one, other = old[-1 - count], new[-1 - count]
        if one is not other and one != other:
            break
        count += 1
    return count
