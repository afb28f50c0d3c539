"""A preview of a very long slip shows its beginning and its end."""

from pos_app.documents.layout import Layout, Text
from ui.presenters.slip_glance import MOST_BLOCKS, at_a_glance


def slip(lines: int) -> Layout:
    return Layout(tuple(Text(str(at)) for at in range(lines)), "zh-CN")


def test_a_slip_that_one_scrolls_through_is_shown_whole() -> None:
    assert at_a_glance(slip(MOST_BLOCKS)) == slip(MOST_BLOCKS)


def test_of_a_longer_one_the_middle_is_left_out_and_marked() -> None:
    blocks = at_a_glance(slip(20_000)).blocks
    assert len(blocks) == MOST_BLOCKS + 1
    assert (blocks[0], blocks[-1]) == (Text("0"), Text("19999"))
    assert isinstance(blocks[MOST_BLOCKS // 2], Text)
    assert "·" in blocks[MOST_BLOCKS // 2].text
