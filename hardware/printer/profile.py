"""What a printer can do: data, one file per family in resources/."""

from __future__ import annotations

import json
from dataclasses import dataclass

from pos_app.errors import UserError
from pos_app.resources import resource_path

#: Printable dots and columns of the normal font, at 203 dpi, by paper in mm.
_PAPERS = {80: (576, 48), 58: (384, 32)}
_FOLDER = "printer_profiles"


@dataclass(frozen=True, slots=True)
class PrinterProfile:
    """One printer family on one width of paper.

    Attributes:
        key: file name in resources/printer_profiles, such as "china".
        name: for people.
        paper_mm: 80 or 58.
        width_dots: printable width; columns: characters of the normal font.
        cjk: double-byte fonts in its ROM: "gb18030", "big5".
        code_pages: Python codec and the number for ESC t, in order of preference.
        has_qr: understands GS ( k. has_barcodes: understands GS k.
        has_cutter: understands GS V.
        answers: answers DLE EOT, GS a and GS r.
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
    has_cutter: bool
    answers: bool
    has_realtime_drawer: bool


def load_profile(key: str, paper_mm: int) -> PrinterProfile:
    """Read the profile of a printer family.

    Raises:
        UserError: "printer_profile_unknown" or "paper_width_unknown".
    """
    if key not in profile_keys():
        raise UserError("printer_profile_unknown", profile=key)
    if paper_mm not in _PAPERS:
        raise UserError("paper_width_unknown", paper_mm=paper_mm)
    facts = json.loads(resource_path(_FOLDER, f"{key}.json").read_text("utf-8"))
    width_dots, columns = _PAPERS[paper_mm]
    return PrinterProfile(
        key=key,
        name=facts["name"],
        paper_mm=paper_mm,
        width_dots=width_dots,
        columns=columns,
        cjk=tuple(facts["cjk"]),
        code_pages=tuple((codec, number) for codec, number in facts["code_pages"]),
        has_qr=facts["has_qr"],
        has_barcodes=facts["has_barcodes"],
        has_cutter=facts["has_cutter"],
        answers=facts["answers"],
        has_realtime_drawer=facts["has_realtime_drawer"],
    )


def profile_keys() -> tuple[str, ...]:
    """Return the keys of all profiles, for the settings."""
    return tuple(sorted(file.stem for file in resource_path(_FOLDER).glob("*.json")))
