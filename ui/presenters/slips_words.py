"""The words of the slips' page: papers, switches, problems of a template."""

from __future__ import annotations

from collections.abc import Mapping

from pos_app.documents.template.tree import Problem
from pos_app.domain.slip_form import SlipKind
from pos_app.i18n import N_, _
from pos_app.ports.logo import Dithering

KIND_WORDS: Mapping[SlipKind, str] = {
    SlipKind.RECEIPT: N_("Sales receipt"),
    SlipKind.GIFT: N_("Gift receipt"),
    SlipKind.PARKED: N_("Parked sale"),
    SlipKind.X_REPORT: N_("X report"),
    SlipKind.Z_REPORT: N_("Z report"),
    SlipKind.REPORT: N_("Sales report"),
}
#: Switches in the order of the paper, with a line that explains where one helps.
SWITCH_WORDS: Mapping[str, tuple[str, str]] = {
    "logo": (N_("Logo"), ""),
    "address": (N_("Address"), ""),
    "phone": (N_("Phone"), ""),
    "tax_number": (N_("Tax number"), ""),
    "item_numbers": (N_("Item numbers"), N_("Before the name of each item.")),
    "line_discounts": (
        N_("Discount below each item"),
        N_("The sum of the discounts stays below the subtotal."),
    ),
    "saved": (N_("What the customer saved"), N_("Below the total.")),
    "qr": (N_("QR code"), N_("Any till finds the sale by it.")),
    "barcode": (N_("Barcode of the number"), ""),
}
WAY_WORDS: Mapping[str, str] = {
    Dithering.LINES: N_("Drawing"),
    Dithering.DIFFUSED: N_("Photo, fine"),
    Dithering.CRISP: N_("Photo, crisp"),
    Dithering.GRID: N_("Grid"),
}
DUTY_WORDS: Mapping[str, str] = {
    "shop": N_("the shop's name"),
    "number": N_("the receipt number"),
    "time": N_("date and time"),
    "copy": N_("the mark of a copy"),
    "lines": N_("the goods with their amounts"),
    "total": N_("the total"),
    "taxes": N_("the tax by rate"),
    "returns": N_("the goods that came back"),
    "title": N_("what the paper is"),
    "notice": N_("that this is no receipt"),
    "code": N_("the barcode"),
}
_PROBLEMS: Mapping[str, str] = {
    "template_too_long": N_("The template is too long: {lines} lines are allowed."),
    "template_line_long": N_("This line is too long: {count} characters are allowed."),
    "template_sign_unknown": N_("“{sign}” has no meaning between the braces."),
    "template_words_left": N_("“{words}” is too much here."),
    "template_name_missing": N_("Here a name of the list is expected."),
    "template_question_long": N_("This question is too long."),
    "template_for_wrong": N_("Write it like this: for line in lines"),
    "template_field_open": N_("These braces are never closed."),
    "template_statement_open": N_("This must stand alone on its line, braces and all."),
    "template_word_unknown": N_(
        "“{word}” is unknown: use for, if, else, endif, endfor."
    ),
    "template_too_deep": N_("Too many blocks inside each other: {depth} are allowed."),
    "template_name_taken": N_("“{name}” means something else already."),
    "template_no_list": N_("“{name}” is no list to go over."),
    "template_no_text": N_("“{name}” is no text: name one of its parts."),
    "template_else_alone": N_("This “{word}” has no if before it."),
    "template_end_alone": N_("This “{word}” closes nothing."),
    "template_block_open": N_("This “{word}” is never closed."),
    "template_property_unknown": N_("“{name}” is unknown between braces."),
    "template_property_wrong": N_("What stands behind “{name}” cannot be used."),
    "template_columns_many": N_("At most {count} columns fit on the paper."),
    "template_marks_differ": N_("All cells of a line have the same size and weight."),
    "template_size_unknown": N_("Write ^^ for tall or ^^^ for large letters."),
    "template_brace": N_("A single brace needs a backslash before it."),
    "template_endless": N_("This prints more than any slip: a list inside a list?"),
    "template_section_unknown": N_("There is no part “{name}”."),
    "template_field_unknown": N_("There is no “{name}”."),
}
_MEANT = N_("There is no “{name}”. Did you mean “{meant}”?")
_LACKS = N_("The slip must say {what}.")


def problem_words(problem: Problem) -> str:
    """Say what is wrong with a line, in the person's language."""
    params = dict(problem.params)
    if problem.key == "template_lacks":
        duty = params["duty"]
        what = DUTY_WORDS.get(duty)
        return _(_LACKS, what=_(what) if what else f"{{section:{duty}}}")
    if params.get("meant"):
        return _(_MEANT, **params)
    params.pop("meant", None)
    words = _PROBLEMS[problem.key]
    return _(words, **params)
