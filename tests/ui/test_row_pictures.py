"""A row is painted once for each way that it looks, and copied afterwards."""

import sys
from collections.abc import Callable
from dataclasses import replace
from types import FrameType

import pytest
from PySide6.QtCore import QBuffer, QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders_screen import ticket
from ui.presenters.ticket_state import LineView
from ui.theme.host import theme_host
from ui.widgets.row_pictures import LIMIT, RowPictures
from ui.widgets.ticket_view import TicketView

ROW = QRect(0, 62, 300, 62)


@pytest.fixture
def painted(qtbot: QtBot) -> list[int]:
    return []


def screen() -> QImage:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    return image


def draw(
    pictures: RowPictures, image: QImage, painted: list[int], key: object = "line"
) -> None:
    def paint(painter: QPainter, row: QRect) -> None:
        painted.append(row.height())
        painter.fillRect(row, QColor("teal"))

    painter = QPainter(image)
    pictures.draw(painter, ROW, key, paint)
    painter.end()


def test_same_row_is_painted_once_and_stands_where_it_belongs(
    painted: list[int],
) -> None:
    pictures, image = RowPictures(), screen()
    draw(pictures, image, painted)
    image = screen()
    draw(pictures, image, painted)
    assert painted == [62]
    assert image.pixelColor(10, 62) == image.pixelColor(299, 123) == QColor("teal")
    assert image.pixelColor(10, 61) == image.pixelColor(10, 124) == QColor("white")


def test_row_that_looks_different_or_in_another_theme_is_painted_anew(
    painted: list[int],
) -> None:
    pictures, image = RowPictures(), screen()
    draw(pictures, image, painted, ("line", "selected"))
    draw(pictures, image, painted, ("line", "plain"))
    assert len(painted) == 2
    before = theme_host().theme
    theme_host().use(replace(before, name="dark"))
    draw(pictures, image, painted, ("line", "plain"))
    theme_host().use(before)
    assert len(painted) == 3


def test_rows_out_of_sight_are_forgotten_and_painted_anew(painted: list[int]) -> None:
    pictures, image = RowPictures(), screen()
    for number in range(LIMIT + 1):
        draw(pictures, image, painted, number)
    draw(pictures, image, painted, 0)
    assert len(painted) == LIMIT + 2


def test_rows_in_sight_are_never_painted_anew_all_at_once(painted: list[int]) -> None:
    pictures, image = RowPictures(), screen()
    for scan in range(3 * LIMIT):
        before = len(painted)
        for row in range(8):
            key = (row, scan if row == 7 else "as it was")
            draw(pictures, image, painted, key)
        assert len(painted) - before == (8 if scan == 0 else 1)


def rows_painted(action: Callable[[], object]) -> int:
    """Count the lines that are written while something is done, copies apart."""
    count = 0

    def on_event(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call" and frame.f_code.co_name == "_paint_line"

    sys.setprofile(on_event)
    try:
        action()
    finally:
        sys.setprofile(None)
    return count


def test_a_scroll_bar_that_comes_paints_no_other_row_anew(qtbot: QtBot) -> None:
    def shown(lines: tuple[LineView, ...]) -> TicketView:
        view = TicketView()
        qtbot.addWidget(view)
        view.resize(460, 6 * view.verticalHeader().defaultSectionSize())
        view.show_ticket(lines, len(lines) - 1, "CNY")
        view.show()
        QApplication.processEvents()
        return view

    lines = ticket(8)
    view = shown(lines[:5])
    for count in (6, 7, 8):
        view.show_ticket(lines[:count], count - 1, "CNY")
        was_selected_and_is_selected = 2
        painted = rows_painted(QApplication.processEvents)
        assert painted == was_selected_and_is_selected, count
    assert view.viewport().width() < view.width(), "no scroll bar came"
    view._on_flash_over()
    assert view.grab().toImage() == shown(lines).grab().toImage()


def write(painter: QPainter, row: QRect) -> None:
    painter.drawText(row, 0, "kele")


def test_words_stay_words_where_no_pixels_are_wanted(painted: list[int]) -> None:
    pictures, buffer = RowPictures(), QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    drawing = QSvgGenerator()
    drawing.setOutputDevice(buffer)
    painter = QPainter(drawing)
    for _ in range(2):
        pictures.draw(painter, ROW, "line", write)
    painter.end()
    assert bytes(buffer.data().data()).count(b"kele") == 2
