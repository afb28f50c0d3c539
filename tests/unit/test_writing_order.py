"""Arabic and Hebrew names stand on paper as they are read."""

import pytest

from hardware.printer.writing_order import stretches

COFFEE, TEA = "قهوة", "תה"


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        pytest.param("Tea 500 ml", ["Tea 500 ml"], id="nothing runs to the left"),
        pytest.param(COFFEE, [COFFEE], id="one word"),
        pytest.param(f"{COFFEE} 500", ["500", f"{COFFEE} "], id="its number is left"),
        pytest.param(
            f"{COFFEE} 12.50 {TEA}",
            [f" {TEA}", "12.50", f"{COFFEE} "],
            id="a number between words",
        ),
        pytest.param(
            f"{COFFEE} ABC 500ml", [COFFEE, " ABC 500ml"], id="a Latin name after it"
        ),
        pytest.param(f"ABC {TEA} x2", ["ABC ", TEA, " x2"], id="in the middle"),
        pytest.param("", [""], id="nothing"),
    ],
)
def test_stretches(spoken: str, written: list[str]) -> None:
    assert [stretch.text for stretch in stretches(spoken)] == written


def test_no_sign_is_lost() -> None:
    text = f"2 × {COFFEE} (500), {TEA}! 12.50 €"
    found = "".join(stretch.text for stretch in stretches(text))
    assert sorted(found) == sorted(text)


def test_words_are_turned_and_numbers_are_not() -> None:
    found = stretches(f"{COFFEE} 500")
    assert [stretch.is_reversed for stretch in found] == [False, True]
