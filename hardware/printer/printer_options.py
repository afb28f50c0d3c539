"""What a person may set of a receipt printer; the guided test page finds it out."""

from __future__ import annotations

from collections.abc import Mapping

from hardware.printer.profile import AS_PROFILE
from pos_app.i18n import N_
from pos_app.ports.devices import DriverOption, DriverOptionKind, OptionValue

_USUAL = (AS_PROFILE, N_("as usual for this kind of printer"))


def _choice(
    key: str, label: str, choices: tuple[tuple[OptionValue, str], ...]
) -> DriverOption:
    kind = DriverOptionKind.CHOICE
    return DriverOption(key, label, kind, AS_PROFILE, (_USUAL, *choices))


_RASTERS: Mapping[str, tuple[tuple[OptionValue, str], ...]] = {
    "escpos": (("gs_v", "GS v 0"), ("gs_l", "GS ( L")),
    "star": (("star_s", "ESC GS S"), ("star_k", "ESC k")),
}


def printer_options(language: str) -> tuple[DriverOption, ...]:
    """Return the options of printers that speak "escpos" or "star"."""
    way = _choice("raster", N_("How it takes pictures"), _RASTERS[language])
    return (*_OPTIONS, way)


_OPTIONS = (
    _choice(
        "font",
        N_("East Asian font of its own"),
        (
            ("none", N_("none: such lines are drawn")),
            ("gb18030", "GB18030"),
            ("big5", "Big5"),
            ("shift_jis", "Shift_JIS"),
            ("euc_kr", "KS X 1001"),
            ("pictures", N_("no letters at all: every line is drawn")),
        ),
    ),
    _choice(
        "dots",
        N_("Dots across the paper"),
        tuple((dots, str(dots)) for dots in (576, 512, 416, 384, 360)),
    ),
    _choice(
        "columns",
        N_("Letters across the paper"),
        tuple((columns, str(columns)) for columns in (48, 42, 35, 32, 30)),
    ),
    _choice(
        "cutter",
        N_("Knife"),
        (
            ("partial", N_("cuts and leaves a bridge")),
            ("full", N_("cuts all the way")),
            ("none", N_("none: slips are torn off")),
        ),
    ),
    _choice(
        "codes",
        N_("Codes that it draws itself"),
        (
            ("native", N_("square codes and barcodes")),
            ("native_qr", N_("square codes only")),
            ("native_barcodes", N_("barcodes only")),
            ("drawn", N_("none: codes are sent as pictures")),
        ),
    ),
    _choice(
        "feedback",
        N_("What it answers"),
        (
            ("all", N_("how it is, and when a slip is printed")),
            ("status", N_("how it is")),
            ("none", N_("nothing")),
        ),
    ),
    DriverOption(
        "pages",
        N_("Pages of letters that it has, such as cp437 cp858"),
        DriverOptionKind.TEXT,
        AS_PROFILE,
    ),
)
#: Names of the families, in words; models have the names that stand on them.
FAMILY_NAMES = {
    "china": N_("Chinese market (GB18030)"),
    "taiwan": N_("Taiwan (Big5)"),
    "japan": N_("Japan (Shift_JIS)"),
    "korea": N_("Korea (KS X 1001)"),
    "epson": N_("Epson, Western"),
    "raster": N_("Any printer, as pictures"),
    "silent": N_("One-way, no status"),
    "star": N_("Star, Western"),
    "star_china": N_("Star, Chinese market (GB18030)"),
    "star_taiwan": N_("Star, Taiwan (Big5)"),
    "star_japan": N_("Star, Japan (Shift_JIS)"),
    "star_korea": N_("Star, Korea (KS X 1001)"),
    "star_raster": N_("Star, as pictures"),
}
