"""The importer's words: what is wrong with a line of an item file."""

from __future__ import annotations

from pos_app.i18n import N_, Words
from pos_app.services.item_values import RowProblem

#: Key of a line's problem -> what is wrong with it. Column and value stand beside.
PROBLEM_WORDS: dict[str, str] = {
    # Numbers
    "import_number_missing": N_("the line has no item number, barcode or PLU"),
    "import_number_too_long": N_("the number is too long"),
    "import_barcode_scientific": N_(
        "a spreadsheet has shortened the barcode; format the column as text"
    ),
    "import_check_digit": N_("the check digit is wrong; imported as it stands"),
    "import_duplicate": N_("line {line} has this number already"),
    "import_same_item": N_("line {line} means the same item"),
    "import_barcode_taken": N_("the barcode belongs to {sku} {name}"),
    "barcode_taken": N_("another item has this barcode"),
    "plu_taken": N_("another item has this PLU"),
    "sku_taken": N_("another item has this number"),
    "import_first_line_refused": N_("line {line} describes this item and was refused"),
    "import_item_gone": N_("the item of this line is no longer there"),
    "import_emptied": N_("this cell may not be emptied; the line was left out"),
    "import_formula": N_(
        "a formula nobody worked out; open and save the file in a spreadsheet first"
    ),
    "import_zeros_lost": N_("leading zeros were lost; found by what is left"),
    # Texts and units
    "import_name_missing": N_("a new item needs a name"),
    "import_text_too_long": N_("the text is too long"),
    "import_unit_not_metric": N_("this unit is not metric; price it by kg or g"),
    "import_unit_code": N_("this is no unit code, such as H87, KGM or XBX"),
    "import_unit_half_kilogram": N_("sold by kg from now on, at twice the price"),
    # Amounts
    "amount_unreadable": N_("this is no amount"),
    "amount_too_precise": N_("the amount has too many decimals"),
    "amount_absurd": N_("the amount cannot be"),
    "import_price_negative": N_("the amount is less than zero"),
    "import_price_absurd": N_("the amount cannot be; is it in the right column?"),
    "import_price_zero": N_("the price is zero"),
    "import_cost_above_price": N_("the cost is higher than the price"),
    "quantity_unreadable": N_("this is no quantity"),
    "quantity_too_precise": N_("the quantity has more than three decimals"),
    "quantity_absurd": N_("the quantity cannot be"),
    # When prices hold
    "date_unreadable": N_("this is no date; write it as 2026-11-22"),
    "date_absurd": N_("the date cannot be"),
    "import_period_backwards": N_("the price would end before it begins"),
    "import_period_over": N_("the time of this price is over; not imported"),
    "import_price_overtaken": N_("a price that began later is in force and stays"),
    "import_price_over_period": N_("it replaces the price that was for a time"),
    # Variants
    "import_parent_missing": N_(
        "no item has the parent's number; put its line before this one"
    ),
    "import_parent_itself": N_("an item cannot be its own variant"),
    "import_parent_is_variant": N_("the parent is a variant itself"),
    # Boxes and tax
    "import_box_pieces_missing": N_("how many pieces are in the box is missing"),
    "import_box_same_barcode": N_("box and piece have the same barcode"),
    "import_tax_unknown": N_("the shop has no such tax rate"),
    # Rules of the counter
    "percentage_unreadable": N_("this is no percentage"),
    "import_cap_absurd": N_("a discount is at most the whole price"),
    "import_yes_or_no": N_("write yes or no"),
}


def explain_problem(problem: RowProblem, words: Words) -> str:
    """Say what is wrong with a line, in the language of `words`."""
    return words(PROBLEM_WORDS[problem.key], **dict(problem.params))
