"""How wide a QR code is, is known before it is drawn; who draws it needs no drawing."""

from __future__ import annotations

import sys
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.printer.codes import qr_modules, qr_size
from hardware.printer.encoding import encode
from hardware.printer.profile import load_profile
from pos_app.documents.layout import Layout, QrCode
from pos_app.errors import DeviceError
from tests.effort import examples

CORRECTIONS = ("L", "M", "Q", "H")
#: What a QR code of the largest version holds (ISO/IEC 18004, table 7).
MOST_BYTES = {"L": 2953, "M": 2331, "Q": 1663, "H": 1273}
MOST_DIGITS = {"L": 7089, "M": 5596, "Q": 3993, "H": 3057}


@settings(max_examples=examples(40, 400), deadline=None)
@given(
    st.text(max_size=200) | st.from_regex(r"[0-9A-Z $%*+\-./:]{0,200}", fullmatch=True),
    st.sampled_from(CORRECTIONS),
)
def test_the_size_is_that_of_the_code_drawn(data: str, correction: str) -> None:
    rows = qr_modules(data, correction)
    assert {qr_size(data, correction)} == {len(rows), *map(len, rows)}


@pytest.mark.parametrize("correction", CORRECTIONS)
def test_what_just_fits_has_a_size_and_what_does_not_is_refused(
    correction: str,
) -> None:
    for letter, most in (("x", MOST_BYTES), ("1", MOST_DIGITS)):
        assert qr_size(letter * most[correction], correction) == 177
        too_long = letter * (most[correction] + 1)
        for asked in (qr_size, qr_modules):
            with pytest.raises(DeviceError, match="qr_too_long"):
                asked(too_long, correction)


def functions_called(profile: str) -> set[str]:
    """Return what the library of QR codes does for one slip with a code."""
    called: set[str] = set()

    def on_event(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_globals["__name__"] == "qrcode.main":
            called.add(frame.f_code.co_name)

    layout, printer = Layout((QrCode("urn:1"),), "zh-CN"), load_profile(profile, 80)
    encode(layout, printer)  # whatever is made once
    sys.setprofile(on_event)
    try:
        encode(layout, printer)
    finally:
        sys.setprofile(None)
    return called


def test_a_code_that_the_printer_draws_is_not_drawn_here() -> None:
    assert "best_mask_pattern" not in functions_called("china")
    assert "best_mask_pattern" in functions_called("raster")
