"""A row is painted once for each way that it looks, and copied afterwards."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QBuffer, QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from pytestqt.qtbot import QtBot

from ui.theme.host import theme_host
from ui.widgets.row_pictures import LIMIT, RowPictures

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
