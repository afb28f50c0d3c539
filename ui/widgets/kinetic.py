"""Scrolling by finger, on touch screens and on those that play a mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QScroller,
    QScrollerProperties,
)


def make_kinetic(area: QAbstractScrollArea) -> None:
    """Let a finger throw the content of a list; a touch still selects at once."""
    if isinstance(area, QAbstractItemView):
        area.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        area.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    viewport = area.viewport()
    QScroller.grabGesture(
        viewport, QScroller.ScrollerGestureType.LeftMouseButtonGesture
    )
    scroller = QScroller.scroller(viewport)
    wishes = scroller.scrollerProperties()
    metric = QScrollerProperties.ScrollMetric
    off = QScrollerProperties.OvershootPolicy.OvershootAlwaysOff
    wishes.setScrollMetric(metric.VerticalOvershootPolicy, off)
    wishes.setScrollMetric(metric.HorizontalOvershootPolicy, off)
    wishes.setScrollMetric(metric.MousePressEventDelay, 0)
    # 6 mm before a touch becomes a throw: a cashier's finger rolls when it presses.
    wishes.setScrollMetric(metric.DragStartDistance, 0.006)
    scroller.setScrollerProperties(wishes)
