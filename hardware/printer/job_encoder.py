"""A layout as the bytes of one job, in the language of one printer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from PIL import Image as Pictures

from hardware.printer.charset import Charset
from hardware.printer.codes import (
    barcode_module_dots,
    barcode_modules,
    element_string,
    qr_module_dots,
    qr_size,
)
from hardware.printer.dialect import Dialect
from hardware.printer.profile import PrinterProfile
from hardware.printer.raster import draw_block, stack
from pos_app.documents.label import Label
from pos_app.documents.layout import (
    Align,
    Barcode,
    Block,
    Columns,
    Cut,
    Feed,
    Image,
    Layout,
    QrCode,
    Rule,
    RuleStyle,
    Size,
    Text,
)
from pos_app.documents.text import Page, fitted, join_row, place, scale_of


def job_body(layout: Layout, profile: PrinterProfile, dialect: Dialect) -> bytes:
    """Return what lies on the paper, without what begins and ends a job.

    Raises:
        DeviceError: "no_cjk_font" or "logo_unreadable", when a line must be
            drawn and cannot be; "barcode_impossible", "qr_too_long".
    """
    encoder = _Encoder(profile, layout.language, dialect)
    parts = map(encoder.block, layout.blocks)
    return b"".join(_joined(parts, profile.width_dots, dialect))


def _joined(
    parts: Iterable[bytes | Pictures.Image], width_dots: int, dialect: Dialect
) -> Iterable[bytes]:
    """Send drawn blocks that follow each other as one picture, without gaps."""
    for is_bytes, group in groupby(parts, lambda part: isinstance(part, bytes)):
        if is_bytes:
            yield from (part for part in group if isinstance(part, bytes))
        else:
            strips = (part for part in group if isinstance(part, Pictures.Image))
            yield dialect.align(Align.LEFT) + dialect.picture(stack(strips, width_dots))


class _Encoder:
    def __init__(
        self, profile: PrinterProfile, language: str, dialect: Dialect
    ) -> None:
        self._profile = profile
        self._language = language
        self._dialect = dialect
        self._charset = Charset(profile, language)

    def block(self, block: Block) -> bytes | Pictures.Image:  # noqa: PLR0911 - one for each kind
        """Return the bytes of one block, or its picture where it must be drawn."""
        match block:
            case Text() | Columns():
                return self._lines(block)
            case Rule():
                return self._rule(block)
            case Barcode():
                return self._barcode(block)
            case QrCode():
                return self._qr(block)
            case Image() | Label():
                return self._drawn(block)
            case Feed():
                return self._dialect.feed(block.lines)
            case Cut():
                return self._dialect.cut()

    def _drawn(self, block: Block) -> bytes | Pictures.Image:
        strip = draw_block(block, self._profile.width_dots, self._language)
        return strip if strip is not None else b""

    def _lines(self, block: Text | Columns) -> bytes | Pictures.Image:
        prepared = self._prepared(block)
        texts = prepared.cells if isinstance(prepared, Columns) else (prepared.text,)
        if not all(self._charset.can_print(text) for text in texts):
            return self._drawn(block)
        prepared = fitted(prepared, self._profile.columns, self._charset.width)
        columns = self._profile.columns // scale_of(prepared.size)
        page = Page(columns, 1, self._charset.width)
        rows = place(prepared, page)
        align = block.align if isinstance(block, Text) else Align.LEFT
        lines = (
            row[0].text if isinstance(block, Text) else join_row(row, page.measure)
            for row in rows
        )
        body = b"".join(self._written(line) + b"\n" for line in lines)
        plain = self._dialect.style(Size.NORMAL, bold=False)
        style = self._dialect.style(prepared.size, bold=block.bold)
        around = plain if style != plain else b""
        return self._dialect.align(align) + style + body + around

    def _prepared(self, block: Text | Columns) -> Text | Columns:
        if isinstance(block, Text):
            return replace(block, text=self._charset.prepared(block.text))
        cells = tuple(self._charset.prepared(cell) for cell in block.cells)
        return replace(block, cells=cells)

    def _written(self, line: str) -> bytes:
        """Encode a line, switching between code pages and the double-byte font."""
        sent = bytearray()
        rom = self._charset.rom
        in_rom, page = False, -1  # nobody knows a printer's own default page
        for char in line:
            glyph = self._charset.glyph(char)
            assert glyph is not None, "can_print let through what it cannot"
            if glyph.in_rom and not in_rom:
                assert rom is not None
                sent += self._dialect.enter(rom)
                in_rom, page = True, rom.page
            elif glyph.page is not None and in_rom:
                assert rom is not None
                sent += self._dialect.leave(rom)
                in_rom = False
            if glyph.page is not None and glyph.page != page:
                page = glyph.page
                sent += self._dialect.page(page)
            sent += glyph.data
        if in_rom and rom is not None:
            sent += self._dialect.leave(rom)
        return bytes(sent)

    def _rule(self, block: Rule) -> bytes | Pictures.Image:
        if block.style is RuleStyle.DASHED and not self._charset.draws_all:
            left = self._dialect.align(Align.LEFT)
            return left + b"-" * self._profile.columns + b"\n"
        return self._drawn(block)

    def _barcode(self, block: Barcode) -> bytes | Pictures.Image:
        data = block.data
        if block.symbology == "gs1-128":
            data = element_string(data)
        modules = barcode_modules(block.symbology, data)  # refuses what cannot be
        if block.symbology in ("code128", "gs1-128"):
            # Code set B: start, set or FNC1, check and stop, eleven modules a sign.
            signs = len(data) + (3 if block.symbology == "gs1-128" else 2)
            modules = "0" * (11 * signs + 13)
        dots = barcode_module_dots(modules, self._profile.width_dots)
        if not self._profile.has_barcodes or dots < 2:
            return self._drawn(block)
        sent = self._dialect.barcode(replace(block, data=data), dots)
        return self._drawn(block) if sent is None else sent

    def _qr(self, block: QrCode) -> bytes | Pictures.Image:
        count = qr_size(block.data, block.correction)
        dots = qr_module_dots(count, block.module_dots, self._profile.width_dots)
        # A control within the data could be taken for a command at once.
        is_plain = block.data.isprintable()
        if not self._profile.has_qr or dots == 0 or not is_plain:
            return self._drawn(block)
        return self._dialect.align(Align.CENTRE) + self._dialect.qr(block, dots)
