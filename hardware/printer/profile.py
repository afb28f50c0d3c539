"""What a printer can do: data, one file per family in resources/."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pos_app.errors import UserError
from pos_app.resources import resource_path

#: Widths of paper that can be set, in mm.
PAPERS_MM = (80, 58)
#: Printable dots and columns of the normal font, at 203 dpi, by paper in mm.
_PAPERS = {"80": (576, 48), "58": (384, 32)}
_FOLDER = "printer_profiles"
_MODELS = "python-escpos.json"
#: Families first, so that a list begins with what most people have.
_FAMILIES = ("china", "taiwan", "japan", "korea", "epson", "star", "raster", "silent")


@dataclass(frozen=True, slots=True)
class PrinterProfile:
    """One printer family on one width of paper.

    Attributes:
        key: file name in resources/printer_profiles, such as "china".
        name: for people.
        paper_mm: 80 or 58; what the printer has, where it has only one.
        width_dots: printable width, a multiple of 8; columns: characters of the
            normal font. dpi: dots per inch.
        language: "escpos" or "star" (StarPRNT).
        cjk: double-byte fonts in its ROM: "gb18030", "big5", "shift_jis", "euc_kr".
        code_pages: Python codec and the number for ESC t (ESC GS t on a Star), in
            order of preference.
        has_qr: draws QR codes itself. has_barcodes: draws barcodes itself.
        cutter: "full", "partial" (a bridge stays) or "none".
        raster: how pictures are sent: "gs_v" (GS v 0), "gs_l" (GS ( L), "star_s"
            (ESC GS S, StarPRNT), "star_k" (ESC k, Star Line Mode) or "star_r" (raster
            mode: then the whole job is one, and has no letters).
        slice_rows: rows of one picture that its buffer holds.
        answers: answers DLE EOT and GS a (ESC ACK SOH on a Star).
        confirms: answers GS r 1 (ETB on a Star) once everything is printed.
        has_realtime_drawer: kicks the drawer on DLE DC4 even without paper.
    """

    key: str
    name: str
    paper_mm: int
    width_dots: int
    columns: int
    cjk: tuple[str, ...]
    code_pages: tuple[tuple[str, int], ...]
    has_qr: bool
    has_barcodes: bool
    answers: bool
    confirms: bool
    has_realtime_drawer: bool
    dpi: int = 203
    language: str = "escpos"
    cutter: str = "partial"
    raster: str = "gs_v"
    slice_rows: int = 255

    @property
    def has_cutter(self) -> bool:
        """Whether it cuts the paper."""
        return self.cutter != "none"


def load_profile(key: str, paper_mm: int) -> PrinterProfile:
    """Read the profile of a printer family.

    A family that is made for one paper only prints on that one, whatever is asked.

    Raises:
        UserError: "printer_profile_unknown" or "paper_width_unknown".
    """
    facts = _facts().get(key)
    if facts is None:
        raise UserError("printer_profile_unknown", profile=key)
    if paper_mm not in PAPERS_MM:
        raise UserError("paper_width_unknown", paper_mm=paper_mm)
    papers = facts.get("papers", _PAPERS)
    own_mm = str(paper_mm) if str(paper_mm) in papers else next(iter(papers))
    width_dots, columns = papers[own_mm]
    return PrinterProfile(
        key=key,
        name=facts["name"],
        paper_mm=int(own_mm),
        width_dots=width_dots,
        columns=columns,
        cjk=tuple(facts["cjk"]),
        code_pages=tuple((codec, number) for codec, number in facts["code_pages"]),
        has_qr=facts["has_qr"],
        has_barcodes=facts["has_barcodes"],
        answers=facts["answers"],
        confirms=facts.get("confirms", facts["answers"]),
        has_realtime_drawer=facts["has_realtime_drawer"],
        **{name: facts[name] for name in _OPTIONAL if name in facts},
    )


_OPTIONAL = (
    "dpi",
    "language",
    "cutter",
    "raster",
    "slice_rows",
)


def profile_keys(language: str | None = None) -> tuple[str, ...]:
    """Return the keys of all profiles, families first, for the settings.

    Args:
        language: only those of printers that speak it, "escpos" or "star".
    """
    facts = _facts()
    known = [
        key
        for key, one in facts.items()
        if language in (None, one.get("language", "escpos"))
    ]
    families = [key for key in _FAMILIES if key in known]
    models = sorted(set(known) - set(families), key=lambda k: facts[k]["name"].lower())
    return (*families, *models)


#: Options of a driver that say "as the kind of printer has it".
AS_PROFILE = ""


def adjusted(
    profile: PrinterProfile, options: Mapping[str, str | int | bool]
) -> PrinterProfile:
    """Return a profile with what a person, or the guided test page, found out.

    Args:
        profile: of the family.
        options: of the device; those that name no fact of a printer are not used.

    Raises:
        UserError: "device_setting_missing" when an option has no such value.
    """
    changes: dict[str, Any] = {}
    for name, values in _CHOICES.items():
        chosen = options.get(name, AS_PROFILE)
        if chosen == AS_PROFILE:
            continue
        if chosen not in values:
            raise UserError("device_setting_missing", field=name)
        changes |= values[chosen]
    is_star_way = str(changes.get("raster", profile.raster)).startswith("star")
    if is_star_way != (profile.language == "star"):
        raise UserError("device_setting_missing", field="raster")
    pages = str(options.get("pages", AS_PROFILE)).split()
    if pages:
        changes["code_pages"] = tuple(
            (codec, number) for codec, number in profile.code_pages if codec in pages
        )
    return replace(profile, **changes)


#: What each value of each option changes in a profile.
_CHOICES: Mapping[str, Mapping[str | int | bool, Mapping[str, Any]]] = {
    "font": {
        "none": {"cjk": ()},
        "gb18030": {"cjk": ("gb18030",)},
        "big5": {"cjk": ("big5",)},
        "shift_jis": {"cjk": ("shift_jis",)},
        "euc_kr": {"cjk": ("euc_kr",)},
        # Not even Latin letters of its own: every line is a picture.
        "pictures": {"cjk": (), "code_pages": ()},
    },
    "dots": {dots: {"width_dots": dots} for dots in (576, 512, 416, 384, 360)},
    "columns": {columns: {"columns": columns} for columns in (48, 42, 35, 32, 30)},
    "codes": {
        "native": {"has_qr": True, "has_barcodes": True},
        "drawn": {"has_qr": False, "has_barcodes": False},
        "native_qr": {"has_qr": True, "has_barcodes": False},
        "native_barcodes": {"has_qr": False, "has_barcodes": True},
    },
    "cutter": {cutter: {"cutter": cutter} for cutter in ("full", "partial", "none")},
    "raster": {
        raster: {"raster": raster} for raster in ("gs_v", "gs_l", "star_s", "star_k")
    },
    "feedback": {
        "all": {"answers": True, "confirms": True},
        "status": {"answers": True, "confirms": False},
        "none": {"answers": False, "confirms": False, "has_realtime_drawer": False},
    },
}


@cache
def _facts() -> Mapping[str, Mapping[str, Any]]:
    """Return what the files say, read once; the till's own come before the models."""
    folder = resource_path(_FOLDER)
    models = json.loads((folder / "models" / _MODELS).read_text("utf-8"))
    found: dict[str, Mapping[str, Any]] = dict(models["models"])
    for file in sorted(folder.glob("*.json")):
        found[file.stem] = json.loads(file.read_text("utf-8"))
    return found
