"""What the counter says of labels: words and one action."""

from __future__ import annotations

from pos_app.i18n import N_

#: Key of an error -> (what happened and what it means, what to do now).
LABEL_WORDS: dict[str, tuple[str, str]] = {
    "label_no_printer": (
        N_("No label printer is set up. Nothing was printed."),
        N_("Take the PDF for A4, or slip paper; or add one under Settings, Devices."),
    ),
    "label_count": (
        N_("One label is printed 1 to {limit} times. Nothing was printed."),
        N_("Want fewer."),
    ),
    "label_goods_gone": (
        N_("These goods are no longer sold. Nothing was printed."),
        N_("Take them off the list."),
    ),
    "label_no_weight": (
        N_("What {name} weighs is not known yet."),
        N_("Type the net weight in kilograms."),
    ),
    "label_no_price": (
        N_("{name} has no price for a kilogram, so a pack has none."),
        N_("Give it a price under Prices."),
    ),
    "label_no_rule": (
        N_(
            "No barcode of this shop can say what a pack of number {plu} costs or weighs."
        ),
        N_("Switch a rule for price or weight barcodes on, or choose a shelf label."),
    ),
}
