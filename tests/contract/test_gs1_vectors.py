"""Published GS1 messages, links and dates: GS1's syntax engine and linters, biip.

With test_barcode_vectors.py every row of every file is either checked, or of a kind
that this till never asks about; those kinds stand below with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pos_app.values.gs1.dates import gs1_date
from pos_app.values.gs1.gtin import barcode_key, clean_code, is_gtin
from pos_app.values.gs1.message import may_be_message, read_message
from pos_app.values.gs1.symbology import DataKind, read_identifier
from tests.contract.test_barcode_vectors import case_of, checks, vectors

Vector = dict[str, Any]
TODAY = date(2026, 11, 22)
GTIN_IN_LINK = re.compile(r"/(?:01|gtin)/(\d{8,14})(?![^/?#])")

#: Kinds of rows that a till has no answer to, and why.
NOT_ASKED = {
    "gs1eng/validateAIs": "which identifiers may stand together is the printer's "
    "duty; a till that refused them would not sell goods that a shop has bought",
    "gs1eng/testGenerateDLuri": "this till writes no Digital Links",
    "gs1eng/testGenerateScanData": "this till prints no GS1 messages",
    "gs1lint/*": "of other identifiers than those that are read: coupons, ISO codes, "
    "IBAN, percent encoding, colours, times; biip holds their shape",
    "biip/test_gs1_prefixes": "whose prefix a number has is not asked",
    "biip/test_sscc": "pallets are not sold at a till",
    "biip/test_gln": "places are not sold at a till",
    "biip/test_gs1_application_identifiers": "biip's own table of identifiers",
    "biip/test_gs1_messages": "biip's own ways to filter and write a message; what "
    "it parses is checked through whole scans",
    "biip/test_gs1_element_strings": "biip's own objects; dates, amounts and "
    "weights of them are checked",
    "biip/test_gs1_digital_link_uris": "biip's own ways to write a link; what is "
    "read is checked",
    "biip/test_rcn": "biip's own objects; every rule is checked",
    "biip/test_symbology": "biip's own objects; identifiers are checked",
    "biip/test_parse": "errors of biip's own kinds",
}
#: Rows that are answered otherwise, by name, and why.
_SHORT = "a shorter number in a link is a right number still, and old links have it"
_QUERY = "the path names the item; what is odd in the query does not stop a sale"
_ASSET = "the item in the query of an asset's link is what lies on the counter"
_LONGER = "six digits are read, what follows is a time of day (AI 7003)"
OTHERWISE: dict[str, str] = {
    "gs1eng-0221": "words instead of identifiers (/gtin/, /ser/) left the standard",
    **dict.fromkeys(("gs1eng-0226", "gs1eng-0228", "gs1eng-0230"), _SHORT),
    **dict.fromkeys(("gs1eng-0235", "gs1eng-0286"), _ASSET),
    **dict.fromkeys(
        (
            "gs1eng-0247",
            "gs1eng-0248",
            "gs1eng-0289",
            "gs1eng-0290",
            "gs1eng-0291",
            "gs1eng-0293",
            "gs1eng-0294",
        ),
        _QUERY,
    ),
    "gs1eng-0407": "some scanners send UPC-A as twelve digits behind ]E0",
    **dict.fromkeys(("gs1lint-05413", "gs1lint-05474"), _LONGER),
    "gs1lint-05516": "day 00 is the month's last day; which identifier forbids it "
    "is the printer's affair",
}
LINTERS = {"yymmdd", "yymmd0"}


def gtin_of(scan: str) -> str | None:
    """What the till makes of a scan, as the catalogue's reader does it."""
    read = read_identifier(clean_code(scan))
    if read.kind is DataKind.GS1_MESSAGE or may_be_message(read.data):
        message = read_message(read.data)
        if message is not None:
            return barcode_key(message.gtin)
    is_item = read.kind is not DataKind.PLAIN and is_gtin(read.data)
    return barcode_key(read.data) if is_item else None


def gtin_said(data: str | None) -> str | None:
    """The trade item that a published result names first; None for none."""
    if not data:
        return None
    if data.startswith("^01"):
        return data[3:17] if is_gtin(data[3:17]) else None
    link = GTIN_IN_LINK.search(data) if data.lower().startswith("http") else None
    if link is not None:
        return barcode_key(link.group(1).rjust(14, "0"))
    return barcode_key(data) if is_gtin(data) else None


def answers_scan(vector: Vector) -> bool:
    wanted = gtin_said(vector["expected"]) if vector["ok"] else None
    return gtin_of(vector["scan"]) == wanted


def answers_message(vector: Vector) -> bool:
    """A bad message names nothing; of a good one the item is found."""
    text = vector.get("unbracketed", vector.get("expected") or vector.get("bracketed"))
    message = read_message(text.lstrip("^").replace("^", "\x1d"))
    if not vector["ok"]:
        return message is None
    wanted = gtin_said(text)
    return (message.gtin if message else None) == wanted


def answers_link(vector: Vector) -> bool:
    message = read_message(vector["uri"])
    wanted = gtin_said(vector["expected"]) if vector["ok"] else None
    return (message.gtin if message else None) == wanted


def answers_date_shape(vector: Vector) -> bool:
    return (gs1_date(vector["value"], TODAY) is not None) == vector["ok"]


def answers_date(vector: Vector) -> bool:
    params = vector["params"]
    value, expected = (
        params["value"],
        params.get("expected_date", params.get("expected")),
    )
    wanted = expected["date"] if isinstance(expected, dict) else expected
    digits = value[4:] if value[0] in "478" else value[2:]
    if wanted is None:
        wanted = params["expected_datetime"][:10]
    return gs1_date(digits, TODAY) == date.fromisoformat(wanted)


def answers_amount(vector: Vector) -> bool:
    params = vector["params"]
    if params["value"][2] != "2":
        return True  # 390n, 391n: of a whole bill, not of the piece in hand
    message = read_message("0104006381333931" + params["value"])
    return message is not None and str(message.amount) == params["expected"]


def answers_symbology(vector: Vector) -> bool:
    params = vector["params"]
    gs1 = params["expected"]["gs1_symbology"] or ""
    kind = read_identifier(params["value"]).kind
    if gs1.startswith("EAN"):
        return kind is DataKind.RETAIL
    is_message = gs1 in {"GS1_128", "GS1_DATAMATRIX", "GS1_QR_CODE", "GS1_DATABAR"}
    return (kind is DataKind.GS1_MESSAGE) == is_message


ENGINE: dict[str, Callable[[Vector], bool]] = {
    "testProcessScanData": answers_scan,
    "processAIdata": answers_message,
    "parseAIdata": answers_message,
    "parseDLuri": answers_link,
}
BIIP: dict[str, Callable[[Vector], bool]] = {
    "test_extract_amount_payable": answers_amount,
    "test_extract_date_and_datetime": answers_date,
    "test_extract_handles_min_and_max_year_correctly": answers_date,
    "test_extract_handles_zero_day_as_last_day_of_month": answers_date,
    "test_symbology::test_extract": answers_symbology,
}


def own_checks(folder: Path) -> Iterator[tuple[str, Callable[[Vector], bool], Vector]]:
    for vector in vectors(folder, "gs1_engine.jsonl"):
        if vector["kind"] in ENGINE:
            yield vector["id"], ENGINE[vector["kind"]], vector
    for vector in vectors(folder, "gs1_linters.jsonl"):
        if vector["linter"] in LINTERS:
            yield vector["id"], answers_date_shape, vector
    for vector in vectors(folder, "biip.jsonl"):
        found = (check for name, check in BIIP.items() if name in vector["test"])
        for check in found:
            yield vector["id"], check, vector


def test_published_messages_links_and_dates_are_read_as_published(
    shared_folder: Path,
) -> None:
    cases = list(own_checks(shared_folder))
    assert len(cases) > 280
    wrong = {name: vector for name, check, vector in cases if not check(vector)}
    unnamed = {name: vector for name, vector in wrong.items() if name not in OTHERWISE}
    assert not unnamed, unnamed
    assert not set(OTHERWISE) - set(wrong), "satisfied by now: take it off the list"
    assert all(OTHERWISE.values())


def kind_of(vector: Vector) -> str:
    if "linter" in vector:
        return "gs1lint/*"
    if "kind" in vector:
        return f"gs1eng/{vector['kind']}"
    module = str(vector["test"]).partition("::")[0].rsplit(".", 1)[-1]
    return f"biip/{module}"


def test_every_published_row_is_checked_or_of_a_kind_that_is_argued(
    shared_folder: Path,
) -> None:
    asked = {
        name for name, _, _ in [*checks(shared_folder), *own_checks(shared_folder)]
    }
    files = ("biip", "gs1_engine", "gs1_linters", "odoo_scale_barcodes")
    rows = [x for file in files for x in vectors(shared_folder, f"{file}.jsonl")]
    left = [x for x in rows if x["id"] not in asked]
    assert {kind_of(x) for x in left} == set(NOT_ASKED)
    assert len(rows) - len(left) > 400
    assert case_of({"test": "a::b"}) == "b"


@pytest.mark.parametrize("wrong", ["4006381333932", "2112345015009", "12345678"])
def test_digits_of_a_trade_item_s_length_are_an_item_or_an_error(wrong: str) -> None:
    assert read_message(wrong) is None
    assert gtin_of(wrong) is None
