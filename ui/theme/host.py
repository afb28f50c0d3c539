"""Holds the theme in use and tells everybody when it changes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Protocol

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QFont, QPalette

from ui.theme.fonts import font
from ui.theme.palette import palette_of
from ui.theme.stylesheet import stylesheet_of
from ui.theme.theme import NARROWEST_UM, WIDEST_UM, Theme


class Dressable(Protocol):
    """What a theme is put on: the QApplication."""

    def setStyleSheet(self, sheet: str, /) -> None:
        """Take the QSS."""

    def setPalette(self, palette: QPalette, /) -> None:
        """Take the palette."""

    def setFont(self, font: QFont, /) -> None:
        """Take the body font."""


class ThemeHost(QObject):
    """The one place that knows the theme; widgets read it while they paint."""

    changed = Signal()
    """The theme is another one: sizes, colours or fonts must be read anew."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = Theme()
        self._window: tuple[int, int] | None = None
        self._application: Dressable | None = None

    @property
    def theme(self) -> Theme:
        """The theme in use."""
        return self._theme

    def dress(self, application: Dressable) -> None:
        """Put the theme on the application, now and at every change."""
        if application is not self._application:
            self._application = application
            self._apply()

    def use(self, theme: Theme) -> None:
        """Change the theme; no restart, no flicker when nothing differs."""
        if theme == self._theme:
            return
        self._theme = theme
        self._apply()
        self.changed.emit()

    def use_colours(self, name: str) -> None:
        """Change to "light" or "dark"."""
        self.use(replace(self._theme, name=name))

    def use_help(
        self, *, high_contrast: bool, reduced_motion: bool, left_handed: bool
    ) -> None:
        """Take what makes the screen easier to see and to reach."""
        self.use(
            replace(
                self._theme,
                is_high_contrast=high_contrast,
                is_motion_reduced=reduced_motion,
                is_left_handed=left_handed,
            )
        )

    def use_look(self, name: str, size_percent: int, um_per_px: int = 0) -> None:
        """Take the person's choice of colours and text size, and the screen's pixels.

        Args:
            name: "light" or "dark".
            size_percent: of text; see services.settings.
            um_per_px: how wide a pixel is, micrometres; 0 for not measured, and
                what no screen has counts as that.
        """
        known = um_per_px if NARROWEST_UM <= um_per_px <= WIDEST_UM else 0
        chosen = replace(
            self._theme, name=name, text_scale=size_percent / 100, um_per_px=known
        )
        if known != self._theme.um_per_px and self._window is not None:
            chosen = chosen.fitted(*self._window)
        self.use(chosen)

    def use_language(self, language: str) -> None:
        """Choose the Han glyphs of a language."""
        self.use(replace(self._theme, language=language))

    def fit(self, window: QSize) -> None:
        """Choose profile and scale for the size of the main window."""
        self._window = (window.width(), window.height())
        self.use(self._theme.fitted(window.width(), window.height()))

    def _apply(self) -> None:
        if self._application is None:
            return
        self._application.setPalette(palette_of(self._theme))
        self._application.setFont(font(self._theme, "body"))
        self._application.setStyleSheet(stylesheet_of(self._theme))


@cache
def theme_host() -> ThemeHost:
    """Return the theme host of this process."""
    return ThemeHost()


def theme() -> Theme:
    """Return the theme in use."""
    return theme_host().theme
