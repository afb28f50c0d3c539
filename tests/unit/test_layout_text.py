"""Texts are placed on paper by width, wrapped and never cut."""

import pytest

from pos_app.documents.layout import (
    Align,
    Barcode,
    Columns,
    Cut,
    Feed,
    Layout,
    QrCode,
    Rule,
    RuleStyle,
    Size,
    Text,
)
from pos_app.documents.text import text_lines
from pos_app.documents.wrapping import clusters, printable, text_columns, wrap


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        pytest.param("Milk 1L", 7, id="latin counts one"),
        pytest.param("茉莉花茶", 8, id="a Chinese character counts two"),
        pytest.param("￥88", 4, id="full width counts two"),
        pytest.param("¥88", 3, id="the narrow yen sign counts one"),
        pytest.param("e\u0301", 1, id="a combining accent counts nothing"),
        pytest.param("\u200d", 0, id="a joiner counts nothing"),
        pytest.param("😀", 2, id="an emoji counts two"),
        pytest.param("مرحبا", 5, id="Arabic counts one each"),
    ],
)
def test_width(text: str, columns: int) -> None:
    assert text_columns(text) == columns


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        pytest.param("", 8, [""], id="nothing is one empty line"),
        pytest.param("two words", 6, ["two", "words"], id="breaks at a space"),
        pytest.param("纯棉圆领", 5, ["纯棉", "圆领"], id="breaks between characters"),
        pytest.param("abcdefgh", 3, ["abc", "def", "gh"], id="breaks a long word"),
        pytest.param(
            "你好，世界", 4, ["你", "好，", "世界"], id="no line starts with a comma"
        ),
        pytest.param(
            "米白（大）", 6, ["米白", "（大）"], id="no line ends with a bracket"
        ),
        pytest.param("茶500ml", 6, ["茶", "500ml"], id="keeps a size together"),
        pytest.param(
            "ab 👨\u200d👩 cd",
            5,
            ["ab", "👨\u200d👩", "cd"],
            id="keeps a family together",
        ),
        pytest.param("a\nb\tc", 9, ["a b c"], id="line breaks in a name are spaces"),
        pytest.param(
            "中", 1, ["中"], id="a character wider than the line stands alone"
        ),
    ],
)
def test_wrapping(text: str, limit: int, lines: list[str]) -> None:
    assert list(wrap(text, limit, text_columns)) == lines


def test_marks_stay_with_their_letter() -> None:
    assert clusters("e\u0301a👍🏽") == ("e\u0301", "a", "👍🏽")


def test_a_name_cannot_turn_the_amount_around() -> None:
    assert printable("茶\u202e99.9\u2066\x00\ud800") == "茶99.9 \ufffd"


@pytest.mark.parametrize(
    ("cells", "widths", "lines"),
    [
        pytest.param(
            ("茉莉花茶", "7.50"), (8,), ["茉莉花茶      7.50"], id="right-aligned"
        ),
        pytest.param(
            ("a long name of goods", "7.50"),
            (6,),
            ["a long name   7.50", "of goods"],
            id="the first cell wraps beside the amount",
        ),
        pytest.param(
            ("Net", "1", "12.00"), (4, 6), ["Net       1  12.00"], id="three cells"
        ),
        pytest.param(
            ("Total", "123456789012345"),
            (4,),
            ["Total", "   123456789012345"],
            id="a wide amount takes a line of its own",
        ),
        pytest.param(
            ("Name", "a very very long word list"),
            (4,),
            ["Name", "  a very very long", "         word list"],
            id="wraps what fits no line",
        ),
    ],
)
def test_columns(
    cells: tuple[str, ...], widths: tuple[int, ...], lines: list[str]
) -> None:
    written = text_lines(Layout((Columns(cells, widths),)), 18)
    assert [line.rstrip() for line in written] == lines


def test_every_kind_of_block_is_written() -> None:
    layout = Layout(
        (
            Text("mid", Align.CENTRE),
            Text("end", Align.RIGHT),
            Text("大", Align.CENTRE, Size.LARGE),
            Columns(("计", "9"), (1,), Size.LARGE),
            Rule(RuleStyle.DOUBLE),
            QrCode("Q"),
            Barcode("code128", "B"),
            Feed(2),
            Cut(),
        )
    )
    assert text_lines(layout, 10) == (
        "   mid",
        "       end",
        "    大",
        "计       9",
        "═" * 10,
        "  [QR Q]",
        "   [B]",
        "",
        "",
    )
