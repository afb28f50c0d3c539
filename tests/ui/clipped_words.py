"""Walks a screen and names what a person could not read or hit."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_paint import fitted_title
from ui.widgets.category_tabs import CategoryTab


def clipped_words(screen: QWidget) -> list[str]:
    """Return the names of buttons and labels whose words do not fit."""
    found = []
    for button in screen.findChildren(ActionButton):
        face = button.shown_face()
        if not button.isVisible() or not face.title:
            continue
        fit = fitted_title(button.shape(), face)
        too_wide = fit.width > button.shape().width()
        too_high = fit.height > button.shape().height()
        joined = "".join(fit.lines).replace(" ", "").replace("-", "")
        lost = joined != face.title.replace(" ", "").replace("-", "")
        if too_wide or too_high or lost:
            found.append(f"{button.objectName()}: {face.title}")
    return found + [
        f"{label.objectName()}: {label.text()}"
        for label in screen.findChildren(QLabel)
        if label.isVisible()
        and label.text()
        and not label.wordWrap()
        and label.sizeHint().width() > label.width() + 1
    ]


def small_targets(screen: QWidget) -> list[str]:
    """Return the names of targets below the touch minimum of 48 px (WCAG AAA: 44)."""
    least = theme().px(48) - 1
    buttons = [*screen.findChildren(ActionButton), *screen.findChildren(CategoryTab)]
    return [
        f"{button.objectName()}: {button.width()}x{button.height()}"
        for button in buttons
        if button.isVisible() and (button.height() < least or button.width() < least)
    ]
