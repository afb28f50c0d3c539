"""Whatever a person types, a slip stays on its paper and loses no word."""

from hypothesis import given
from hypothesis import strategies as st

from pos_app.documents.layout import Align, Columns, Layout, Size, Text
from pos_app.documents.text import text_lines
from pos_app.documents.wrapping import printable, text_columns, wrap

NASTY = st.sampled_from(
    [
        "😀",
        "👩\u200d👩\u200d👧",
        "مرحبا",
        "שלום",
        "e\u0301",
        "\u0301",
        "中",
        "龘",
        "𠮷",
        "\u202e",
        " ",
        "￥",
        "，",
        "（",
    ]
)
#: Any text at all, with what breaks slips in more than its share.
any_text = st.one_of(st.text(max_size=60), st.lists(NASTY, max_size=20).map("".join))
paper = st.sampled_from([32, 48])
blocks = st.one_of(
    st.builds(
        Text, any_text, st.sampled_from(Align), st.sampled_from(Size), st.booleans()
    ),
    st.builds(
        lambda first, others, size: Columns(
            (first, *(text for text, _ in others)), tuple(w for _, w in others), size
        ),
        any_text,
        st.lists(st.tuples(any_text, st.integers(0, 12)), min_size=1, max_size=3),
        st.sampled_from(Size),
    ),
)


def visible(text: str) -> str:
    return "".join(printable(text).split())


@given(st.lists(blocks, max_size=4), paper)
def test_no_line_is_wider_than_the_paper(layout: list, columns: int) -> None:
    lines = text_lines(Layout(tuple(layout)), columns)
    assert all(text_columns(line) <= columns for line in lines)


@given(any_text, st.integers(2, 48))
def test_wrapping_loses_nothing(text: str, limit: int) -> None:
    lines = wrap(text, limit, text_columns)
    assert visible("".join(lines)) == visible(text)
    assert all(text_columns(line) <= limit for line in lines)


@given(blocks, paper)
def test_every_word_is_on_the_slip(block: Text | Columns, columns: int) -> None:
    cells = (block.text,) if isinstance(block, Text) else block.cells
    written = visible("".join(text_lines(Layout((block,)), columns)))
    # Wrapped columns interleave, so words are counted rather than searched.
    assert sorted(written) == sorted("".join(visible(cell) for cell in cells))
