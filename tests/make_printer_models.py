"""Makes resources/printer_profiles/models/python-escpos.json.

The facts are python-escpos's capabilities.json, MIT licence, which it takes from
https://github.com/receipt-print-hq/escpos-printer-db. Run it after an update:
`python -m tests.make_printer_models`; a test says when that is due.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from pos_app.resources import resource_path

FILE = resource_path("printer_profiles") / "models" / "python-escpos.json"
#: Displays, needle printers (they draw no pictures in GS v 0) and what is no model.
LEFT_OUT = {
    "AF-240",
    "OCD-100",
    "OCD-300",
    "TM-U220",
    "TM-U220B",
    "SP2000",
    "TSP600",
    "TUP500",
    "default",
    "simple",
}
#: Pages in the order that they are tried: those that most printers have come first.
ORDER = (
    *("cp437", "cp858", "cp850", "cp1252", "cp852", "cp866", "cp737", "cp857"),
    *("cp775", "cp865", "cp860", "cp863", "cp861", "cp855", "iso8859_7", "iso8859_2"),
    *("cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "cp869", "cp1258"),
)
NOTICE = (
    "Made by tests/make_printer_models.py from capabilities.json of python-escpos "
    "{version} (MIT licence, Copyright (c) 2012-2017 python-escpos and Manuel F "
    "Martinez), which is built from receipt-print-hq/escpos-printer-db."
)


def models() -> dict[str, Any]:
    """Return the profiles of python-escpos in this till's words."""
    data = json.loads((files("escpos") / "capabilities.json").read_text("utf-8"))
    made = {
        "models": {
            _key(name): _model(facts, data["encodings"])
            for name, facts in sorted(data["profiles"].items())
            if name not in LEFT_OUT
        }
    }
    return {"notice": NOTICE.format(version=version("python-escpos")), **made}


def _key(name: str) -> str:
    return name.lower().replace("-", "_")


def _model(facts: dict[str, Any], encodings: dict[str, Any]) -> dict[str, Any]:
    features = facts["features"]
    dots = facts["media"]["width"].get("pixels", 576)
    dots = 576 if dots == "Unknown" else min(dots, 576) // 8 * 8
    paper = "80" if dots > 460 else "58"
    columns = min(facts["fonts"]["0"]["columns"], dots // 12)
    if columns < 30:  # written down wrong: its characters are twelve dots wide
        columns = dots // 12
    full, partial = features["paperFullCut"], features["paperPartCut"]
    dpi = facts["media"].get("dpi", 203)
    return {
        "name": _name(facts["vendor"], facts["name"]),
        "papers": {paper: [dots, columns]},
        "dpi": dpi if isinstance(dpi, int) else 203,
        "cjk": [],
        "code_pages": _pages(facts["codePages"], encodings),
        "has_qr": features["qrCode"],
        "has_barcodes": features["barcodeB"],
        "cutter": "partial" if partial else "full" if full else "none",
        "answers": facts["vendor"] in ("Epson", "Citizen", "Seiko"),
        "has_realtime_drawer": facts["vendor"] == "Epson",
    }


def _name(vendor: str, name: str) -> str:
    return name if name.startswith(vendor) else f"{vendor} {name}"


def _pages(pages: dict[str, str], encodings: dict[str, Any]) -> list[list[Any]]:
    numbers: dict[str, int] = {}
    for number, name in pages.items():
        codec = encodings.get(name, {}).get("python_encode")
        if codec in ORDER:
            numbers[codec] = min(int(number), numbers.get(codec, 256))
    return [[codec, numbers[codec]] for codec in ORDER if codec in numbers]


if __name__ == "__main__":
    written = json.dumps(models(), ensure_ascii=False, indent=1)
    FILE.write_text(written + "\n", "utf-8")
