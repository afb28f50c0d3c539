"""QColor cache and the QPalette of a theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QColor, QPalette

from ui.theme.theme import Theme


@cache
def qcolor(code: str) -> QColor:
    """Return the QColor of `#RRGGBB` or `#AARRGGBB`; one object per code."""
    return QColor(code)


def palette_of(theme: Theme) -> QPalette:
    """Return the palette for what neither QSS nor a paintEvent covers."""
    c = theme.colours
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: c.bg,
        QPalette.ColorRole.WindowText: c.ink,
        QPalette.ColorRole.Base: c.surface,
        QPalette.ColorRole.AlternateBase: c.sunken,
        QPalette.ColorRole.Text: c.ink,
        QPalette.ColorRole.Button: c.key,
        QPalette.ColorRole.ButtonText: c.ink,
        QPalette.ColorRole.PlaceholderText: c.ink3,
        QPalette.ColorRole.Highlight: c.primary,
        QPalette.ColorRole.HighlightedText: c.onprimary,
        QPalette.ColorRole.Link: c.info,
    }
    for role, code in roles.items():
        palette.setColor(role, qcolor(code))
    group = QPalette.ColorGroup.Disabled
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(group, role, qcolor(c.disabledink))
    return palette
