"""Words for what templates, logos and gift receipts refuse."""

from __future__ import annotations

from pos_app.i18n import N_

SLIP_WORDS: dict[str, tuple[str, str]] = {
    "template_refused": (
        N_("The template has a mistake in line {line}."),
        N_("Mend it: what is wrong stands below the text."),
    ),
    "template_changed_meanwhile": (
        N_("Somebody else has changed this template meanwhile."),
        N_("Open it again and put your change in once more."),
    ),
    "template_no_older": (
        N_("There is nothing to take back."),
        N_("What is in force is how it was from the start."),
    ),
    "template_endless": (
        N_("The template prints more than any slip."),
        N_("Look for a list inside a list."),
    ),
    "logo_too_large": (
        N_("This picture is too large: {limit} MB are allowed."),
        N_("Save it smaller and choose it again."),
    ),
    "gift_nothing": (
        N_("There is nothing to give away in this sale."),
        N_("Choose at least one item."),
    ),
}
