"""Reads what a window paints: every run of words, where it stands and how large.

Widgets that paint their own words have no text to ask for, so the window is drawn
into an SVG, in which words stay words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from xml.etree import ElementTree

from PySide6.QtCore import QBuffer, QPoint, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

_SVG = "{http://www.w3.org/2000/svg}"
_MATRIX = re.compile(r"matrix\(([^)]*)\)")
#: Runs of one line that are this near, in pixels, were painted as one text.
_NEAR_PX = 4.0


@dataclass(frozen=True, slots=True)
class Painted:
    """Words on the screen, in the order of painting.

    Attributes:
        text: as painted, "…" included.
        area: of the glyphs, in the window's pixels.
    """

    text: str
    area: QRectF


def painted(widget: QWidget) -> list[Painted]:
    """Return all words that `widget` paints now."""
    found: list[Painted] = []
    for group in ElementTree.fromstring(_svg(widget)).iter(f"{_SVG}g"):
        for node in group.findall(f"{_SVG}text"):
            run = _run(group, node)
            if found and _goes_on(found[-1], run):
                before = found.pop()
                whole = before.area.united(run.area)
                run = Painted(before.text + run.text, whole)
            found.append(run)
    return [run for run in found if run.text.strip()]


def painted_words(widget: QWidget) -> list[str]:
    """Return the words alone."""
    return [run.text.strip() for run in painted(widget)]


def _svg(widget: QWidget) -> str:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(widget.size())
    generator.setViewBox(widget.rect())
    painter = QPainter(generator)
    widget.render(painter, QPoint(0, 0))
    painter.end()
    return bytes(buffer.data().data()).decode("utf-8")


def _run(group: ElementTree.Element, node: ElementTree.Element) -> Painted:
    text = unescape(node.text or "").strip("\n")
    used = QFont()
    used.setFamilies(node.attrib["font-family"].split(","))
    used.setPixelSize(round(float(node.attrib["font-size"])))
    used.setWeight(QFont.Weight(int(node.attrib["font-weight"])))
    metrics = QFontMetricsF(used)
    match = _MATRIX.search(group.attrib.get("transform", ""))
    parts = [float(x) for x in match.group(1).split(",")] if match else [1, 0, 0, 1]
    right, down = (parts[4], parts[5]) if len(parts) == 6 else (0.0, 0.0)
    left = float(node.attrib["x"]) + right
    baseline = float(node.attrib["y"]) + down
    # The height of capitals and Han glyphs; what hangs below may touch.
    top = baseline - metrics.capHeight()
    width = metrics.horizontalAdvance(text)
    return Painted(text, QRectF(left, top, width, metrics.capHeight()))


def _goes_on(before: Painted, run: Painted) -> bool:
    same_line = abs(before.area.bottom() - run.area.bottom()) < 0.6
    return same_line and abs(before.area.right() - run.area.left()) < _NEAR_PX
