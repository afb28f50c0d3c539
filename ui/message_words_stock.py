"""What the back office says when goods cannot be booked: words, one action."""

from __future__ import annotations

from pos_app.i18n import N_

STOCK_WORDS: dict[str, tuple[str, str]] = {
    "stock_line_gone": (
        N_("This line is no longer there."),
        N_("Scan the goods again."),
    ),
    "stock_too_many_lines": (
        N_("A document has at most {limit} lines."),
        N_("Book these, then go on in a new one."),
    ),
    "stock_no_lines": (
        N_("There is nothing to book yet."),
        N_("Scan the goods."),
    ),
    "stock_unknown_lines": (
        N_("Nobody knows {count} of the scanned codes. Nothing was booked."),
        N_("Add the items, or delete the red lines."),
    ),
    "stock_reason_missing": (
        N_("Goods are not written off or adjusted without a reason."),
        N_("Choose a reason."),
    ),
    "stock_already_booked": (
        N_("This was booked before, as {number}. Nothing moved twice."),
        N_("Look at the documents."),
    ),
    "stock_already_mirrored": (
        N_("This was undone before, by {number}. Nothing moved twice."),
        N_("Look at the documents."),
    ),
    "stock_document_gone": (
        N_("There is no such document."),
        N_("Look at the documents."),
    ),
    "stock_document_is_mirror": (
        N_("{number} undoes another document and is not undone itself."),
        N_("Write a new document."),
    ),
    "stock_code_unknown": (
        N_("Nobody knows this code."),
        N_("Look for the goods by name."),
    ),
}
