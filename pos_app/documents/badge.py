"""A badge on paper: whose it is, for which shop, and the bars that let them in."""

from __future__ import annotations

from pos_app.documents.layout import (
    Align,
    Barcode,
    Block,
    Cut,
    Feed,
    Layout,
    Rule,
    RuleStyle,
    Size,
    Text,
)
from pos_app.domain.permission import Staff
from pos_app.domain.shop import Shop
from pos_app.i18n import Words

#: 20 mm at 203 dpi: a badge that swings from a ribbon is still read.
_BAR_DOTS = 160


def badge_layout(shop: Shop, staff: Staff, code: str, words: Words) -> Layout:
    """Lay out a badge to cut out and laminate.

    Args:
        shop: whose name stands on top.
        staff: whose it is.
        code: what the bars say; it is not written below them.
        words: in the slip's language.
    """
    language = words.language
    blocks: tuple[Block, ...] = (
        Rule(RuleStyle.SOLID),
        Text(shop.name_in(language), Align.CENTRE, bold=True),
        Feed(),
        Text(staff.name_in(language), Align.CENTRE, Size.LARGE, bold=True),
        Text(
            words(
                "No. {number} · {role}",
                number=staff.number,
                role=staff.role.name_in(language),
            ),
            Align.CENTRE,
        ),
        Feed(),
        Barcode("code128", code, height_dots=_BAR_DOTS, with_text=False),
        Feed(),
        Text(words("Lost? Tell the manager at once."), Align.CENTRE),
        Rule(RuleStyle.SOLID),
        Cut(),
    )
    return Layout(blocks, language)
