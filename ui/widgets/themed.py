"""Base of the widgets that paint themselves: one fixed height, theme aware."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.theme.host import theme, theme_host


class ThemedWidget(QWidget):
    """A painted widget whose height is given in 1366x768 pixels."""

    def __init__(self, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme_host().changed.connect(self.on_theme_changed)

    def on_theme_changed(self) -> None:
        """Read sizes and colours anew."""
        self.updateGeometry()
        self.update()

    def design_height(self) -> float:
        """Return the height in 1366x768 pixels."""
        return 48

    @override
    def sizeHint(self) -> QSize:
        """Return the size the design gives it."""
        return QSize(theme().px(120), theme().px(self.design_height()))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the least size: the height never gives way."""
        return QSize(theme().px(48), theme().px(self.design_height()))
