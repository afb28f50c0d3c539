"""Types codes the way a scanner does, for the bench and for drills."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget  # noqa: TID251 - whose keys are pressed


def type_scan(target: QWidget, code: str) -> None:
    """Press the keys of a code and Enter, as fast as Qt takes them.

    Args:
        target: a widget; the wedge hears keys wherever they go.
        code: printable characters.
    """
    QTest.keyClicks(target, code)
    QTest.keyClick(target, Qt.Key.Key_Return)
