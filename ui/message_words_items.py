"""What items of the back office refuse: what happened, and one thing to do."""

from __future__ import annotations

from pos_app.i18n import N_

#: Key of an error -> (what happened and what it means, what to do now).
ITEM_WORDS: dict[str, tuple[str, str]] = {
    "item_changed_meanwhile": (
        N_("Somebody else changed {name} meanwhile. Nothing of yours was saved yet."),
        N_("Choose on the card: keep yours over it, or show theirs."),
    ),
    "item_has_history": (
        N_("{name} was sold or moved before, so it cannot be deleted."),
        N_("Retire it: it is sold no more."),
    ),
    "item_in_basket": (
        N_("{name} lies in an open or parked basket, so it cannot be deleted."),
        N_("Finish or void that sale first."),
    ),
    "item_has_variants": (
        N_("{name} has variants, so it cannot be deleted."),
        N_("Delete its variants first, or retire it."),
    ),
    "item_name_missing": (N_("Goods need a name."), N_("Type what it is called.")),
    "item_unit_missing": (
        N_("A unit needs a name."),
        N_("Type what it is sold by, such as piece or kg."),
    ),
    "item_text_too_long": (
        N_("This text is too long."),
        N_("Type at most {limit} characters."),
    ),
    "price_beyond_reason": (
        N_("{price} cannot be a price."),
        N_("Type it again; was it a barcode?"),
    ),
    "price_zero_unconfirmed": (
        N_("A price of zero gives the goods away."),
        N_("Confirm it, or type the price."),
    ),
    "plu_unreadable": (
        N_("A PLU is a number of at most eight digits."),
        N_("Type it again."),
    ),
    "plu_twice": (N_("PLU {code} stands here twice."), N_("Keep it in one unit.")),
    "barcode_missing": (N_("There is no barcode to add."), N_("Type or scan it.")),
    "barcode_twice": (
        N_("Barcode {code} stands on this card already."),
        N_("Keep it in one unit."),
    ),
    "barcode_typed_wrong": (
        N_("{code} is mistyped: its last digit would be {digit}."),
        N_("Type it again, or scan it."),
    ),
    "barcode_of_retired": (
        N_("{code} belongs to {name}, which is sold no more."),
        N_("Bring it back in the back office, or find other goods by name."),
    ),
    "unit_not_metric": (
        N_("{name} is no metric unit, so a scale cannot weigh by it."),
        N_("Sell by kg or g, or by the piece."),
    ),
    "unit_needs_weight": (
        N_("Goods sold by weight have kg or g as their unit."),
        N_("Type kg, or switch weighing off."),
    ),
    "unit_is_weight": (
        N_("{name} is a weight."),
        N_("Switch weighing on, or type another unit."),
    ),
    "item_measure_fixed": (
        N_("{name} was sold or moved already, counted in the unit that it has."),
        N_("Add another unit, or make a new item and stop selling this one."),
    ),
    "item_in_stock_draft": (
        N_("{name} stands in a stock document that is not booked yet."),
        N_("Book the document or take the line out, or stop selling the item."),
    ),
    "tax_category_unknown": (
        N_("This tax rate is not there any more."),
        N_("Choose another one."),
    ),
    "category_gone": (
        N_("This category is not there any more."),
        N_("Choose another one."),
    ),
    "variants_missing": (
        N_("There is nothing to make: every variant listed is there already."),
        N_("List other colours or sizes."),
    ),
    "variants_too_many": (
        N_("{count} variants at once are too many."),
        N_("List fewer: at most {most}."),
    ),
    "in_store_codes_used_up": (
        N_("The scales' labels take every range of in-store barcodes."),
        N_("Type the barcode that is on the goods."),
    ),
    "picture_unreadable": (
        N_("{file} is no PNG or JPEG picture. The item stays as it was."),
        N_("Choose another file."),
    ),
    "picture_too_large": (
        N_("{file} is too large for a picture of goods."),
        N_("Choose a smaller one."),
    ),
    "picture_not_there": (
        N_("{file} cannot be read: was the stick pulled out?"),
        N_("Choose another file."),
    ),
}
