"""What the printer prints while a shop is set up: a trial page, the recovery code."""

from __future__ import annotations

from pos_app.documents.layout import (
    Align,
    Block,
    Columns,
    Cut,
    Feed,
    Layout,
    Rule,
    RuleStyle,
    Size,
    Text,
)
from pos_app.i18n import Words

#: Both scripts whatever the shop's language, and figures to line up.
SAMPLE = "商品 小票 測試 收銀 ABC 123"
GROUPS_ON_A_LINE = 2


def trial_page(words: Words) -> Layout:
    """Lay out a short page whose characters somebody is asked about."""
    blocks: list[Block] = [
        Text("Guitai", Align.CENTRE, Size.LARGE, bold=True),
        Text(words("Printer test page"), Align.CENTRE),
        Rule(RuleStyle.DOUBLE),
        Text(SAMPLE, Align.CENTRE, Size.TALL),
        Text(SAMPLE, Align.CENTRE),
        Rule(),
        *(Columns((f"商品 {row}", "1", "8.80"), (4, 8)) for row in (1, 2)),
        Rule(RuleStyle.SOLID),
        Text(words("Do the characters above look right?"), Align.CENTRE),
        Feed(1),
        Cut(),
    ]
    return Layout(tuple(blocks), words.language)


def recovery_slip(shop_name: str, code: str, words: Words) -> Layout:
    """Lay out the recovery code large; never as a code that a camera could read.

    Args:
        shop_name: whose it is.
        code: eight groups with hyphens.
        words: language of the slip.
    """
    groups = code.split("-")
    lines = [
        "   ".join(f"{at + 1}  {groups[at]}" for at in range(start, start + 2))
        for start in range(0, len(groups), GROUPS_ON_A_LINE)
    ]
    blocks: list[Block] = [
        Text(shop_name, Align.CENTRE, Size.TALL, bold=True),
        Text(words("Recovery code"), Align.CENTRE, Size.LARGE, bold=True),
        Rule(RuleStyle.DOUBLE),
        *(Text(line, Align.CENTRE, Size.TALL, bold=True) for line in lines),
        Rule(RuleStyle.DOUBLE),
        Text(words("Lock this slip away. It opens every backup of this shop.")),
        Text(words("Whoever has it and a backup has all of the shop's data.")),
        Feed(1),
        Cut(),
    ]
    return Layout(tuple(blocks), words.language)
