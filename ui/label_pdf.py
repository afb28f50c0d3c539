"""Labels on A4 sheets as a PDF: for shops without a label printer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from pos_app.documents.label import Label
from pos_app.errors import UserError

#: Of the PDF: micrometres are written as whole units of it without rounding much.
_DPI = 600
_MARGIN_UM, _GAP_UM = 8_000, 2_000
_A4_UM = (210_000, 297_000)
_UM_PER_INCH = 25_400
#: Draws a label as a PNG.
Draw = Callable[[Label], bytes]


def write_label_pdf(labels: Sequence[Label], draw: Draw, file: Path) -> int:
    """Write labels in rows on A4, each as large as its sheet, with lines to cut along.

    Args:
        labels: each as often as its copies.
        draw: draws one; asked once for each.
        file: where to; its folder is there.

    Returns:
        How many pages it has.

    Raises:
        UserError: "report_unwritable" when the folder or the disk refuses.
    """
    try:
        file.open("wb").close()
    except OSError as error:
        raise UserError("report_unwritable", file=str(file)) from error
    writer = QPdfWriter(str(file))
    writer.setTitle(file.stem)
    writer.setResolution(_DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    pages = 1
    with QPainter(writer) as painter:
        # Without this Qt makes it a JPEG, with shadows around every stroke.
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        thin = QPen(painter.pen())
        thin.setWidth(1)
        painter.setPen(thin)
        for page, label, (left, top), picture in _placed(labels, draw):
            if page > pages:
                writer.newPage()
                pages = page
            size = label.width_um, label.height_um
            place = QRectF(*map(_units, (left, top, *size)))
            painter.drawImage(place, picture)
            painter.drawRect(place)
    return pages


def _placed(
    labels: Sequence[Label], draw: Draw
) -> Iterator[tuple[int, Label, tuple[int, int], QImage]]:
    """Yield page, label, its corner in micrometres and its picture."""
    page, left, top, high = 1, _MARGIN_UM, _MARGIN_UM, 0
    for label in labels:
        picture = QImage.fromData(draw(replace(label, copies=1)))
        for _copy in range(label.copies):
            if left + label.width_um > _A4_UM[0] - _MARGIN_UM:
                left, top, high = _MARGIN_UM, top + high + _GAP_UM, 0
            if top + label.height_um > _A4_UM[1] - _MARGIN_UM:
                page, left, top, high = page + 1, _MARGIN_UM, _MARGIN_UM, 0
            yield page, label, (left, top), picture
            left += label.width_um + _GAP_UM
            high = max(high, label.height_um)


def _units(um: int) -> int:
    return um * _DPI // _UM_PER_INCH
