"""What the counter says when something cannot be done: words and one action."""

from __future__ import annotations

from pos_app.i18n import N_

#: Key of an error -> (what happened and what it means, what to do now).
COUNTER_WORDS: dict[str, tuple[str, str]] = {
    # Baskets, lines and prices
    "basket_empty": (
        N_("The basket is empty."),
        N_("Scan or choose an item first."),
    ),
    "basket_full": (
        N_("This basket is full: {limit} lines. The last item was not added."),
        N_("Take payment, then start another sale."),
    ),
    "unknown_lines": (
        N_("Line {line} has a barcode that was not found. Nothing was charged."),
        N_("Find the item by name, or delete the line."),
    ),
    "quantity_absurd": (
        N_("{quantity} is no quantity for one line. The line stays as it was."),
        N_("Type the quantity again."),
    ),
    "quantity_fixed_by_label": (
        N_("The label on {name} fixes its quantity. The line stays as it was."),
        N_("Scan each pack."),
    ),
    "quantity_not_whole": (
        N_("{quantity} is no whole number of pieces. The line stays as it was."),
        N_("Type a whole number."),
    ),
    "quantity_too_precise": (
        N_("{quantity} has more than three decimals. The line stays as it was."),
        N_("Type at most three decimals."),
    ),
    "quantity_unreadable": (
        N_('"{text}" is no quantity. The line stays as it was.'),
        N_("Type digits."),
    ),
    "item_without_price": (
        N_("{name} has no price, so it was not added."),
        N_("Ask the manager to set its price."),
    ),
    "price_missing": (
        N_("{name} has no price today. Nothing was charged."),
        N_("Delete the line, or ask the manager to set its price."),
    ),
    "label_needs_own_scan": (
        N_("The label on {name} counts for one pack only."),
        N_("Scan each pack without a quantity."),
    ),
    "barcode_check_digit": (
        N_("Misread: the check digit of {code} is wrong. Nothing was added."),
        N_("Scan it again."),
    ),
    "code_missing": (
        N_("No code was read. Nothing was added."),
        N_("Scan or type it again."),
    ),
    "badge_not_an_item": (
        N_("That is a staff badge, not an item. Nothing was added."),
        N_("Scan the item."),
    ),
    "payment_code_not_an_item": (
        N_("That is a payment code or card number, not an item. Nothing was kept."),
        N_("Take payment first, then choose how the customer pays."),
    ),
    "member_number_not_an_item": (
        N_("That is a member's number or card, not an item. Nothing was kept."),
        N_("Choose Member, then scan or type it again."),
    ),
    "gift_card_not_an_item": (
        N_("That is a gift card, not an item. Nothing was kept."),
        N_("Take payment first, then scan the card."),
    ),
    "note_holds_payment_code": (
        N_("A payment code or card number is never kept. The note was not saved."),
        N_("Write the note without it."),
    ),
    "nothing_to_weigh": (
        N_("No line here is sold by weight."),
        N_("Choose the weighed item first."),
    ),
    "weight_absurd": (
        N_("{quantity} is no weight for the counter. The line stays as it was."),
        N_("Weigh again."),
    ),
    "line_unknown": (
        N_("That line is no longer there."),
        N_("Choose a line of the basket."),
    ),
    "note_too_long": (
        N_("A note has at most {limit} characters. It was not saved."),
        N_("Shorten the note."),
    ),
    "nothing_to_undo": (
        N_("There is nothing to take back."),
        "",
    ),
    "round_off_absurd": (
        N_("That is not an amount one can round off. The total stays as it was."),
        N_("Choose a smaller amount."),
    ),
    "round_off_exceeds_total": (
        N_("The round-off is more than the total. The total stays as it was."),
        N_("Choose a smaller amount."),
    ),
    "round_off_over_cap": (
        N_("You may round off at most {cap}. The total stays as it was."),
        N_("Round off less, or ask the manager."),
    ),
    # Payment
    "amount_absurd": (
        N_("That amount is too large for a till. Nothing was charged."),
        N_("Check the amount."),
    ),
    "amount_too_precise": (
        N_("{text} has too many decimals; this currency has {places}."),
        N_("Type the amount again."),
    ),
    "amount_unreadable": (
        N_('"{text}" is no amount.'),
        N_("Type digits."),
    ),
    "percentage_unreadable": (
        N_('"{text}" is no percentage.'),
        N_("Type digits, such as 13."),
    ),
    "nothing_due": (
        N_("Nothing is due any more."),
        N_("Finish the sale."),
    ),
    "nothing_taken": (
        N_("No money has been taken yet."),
        N_("Choose how the customer pays."),
    ),
    "not_settled": (
        N_("{due} is still due. The sale is not finished."),
        N_("Take the rest."),
    ),
    "over_tender": (
        N_("Only cash may be more than the {due} due. Nothing was charged."),
        N_("Type {due} or less."),
    ),
    "tender_amount_absurd": (
        N_("That is not an amount one can take. Nothing was charged."),
        N_("Type the amount again."),
    ),
    "tender_unknown": (
        N_("The shop does not take this kind of payment. Nothing was charged."),
        N_("Choose another one."),
    ),
    "reference_missing": (
        N_("{tender} needs its number. Nothing was charged."),
        N_("Type the last four digits or the voucher number."),
    ),
    "reference_is_card_number": (
        N_("A full card number is never kept. Nothing was charged."),
        N_("Type only its last four digits."),
    ),
    "reference_too_long": (
        N_(
            "The reference is too long: at most {limit} characters. Nothing was charged."
        ),
        N_("Shorten it."),
    ),
    "money_already_taken": (
        N_("Money was already taken for this sale."),
        N_("Take the payments back first."),
    ),
    "reason_unknown": (
        N_("That reason is not on the list. The sale stays open."),
        N_("Choose a reason."),
    ),
    "sale_not_found": (
        N_("That sale is not on this till."),
        N_("Check the number on the slip."),
    ),
    "correction_too_late": (
        N_(
            "Slip {number} belongs to a closed shift; its payment cannot be corrected any more."
        ),
        N_("Ask the manager."),
    ),
    "tender_already_corrected": (
        N_("The payment of slip {number} was corrected before."),
        N_("Correct the newer one."),
    ),
    "tender_same": (
        N_("It was already paid by {tender}. Nothing was changed."),
        N_("Choose another one."),
    ),
    "cash_step": (
        N_("Cash here is paid in steps of {step}. Nothing was charged."),
        N_("Type such an amount."),
    ),
    "cash_step_correction": (
        N_(
            "Cash here is paid in steps of {step}, so this cannot have been cash. Nothing was changed."
        ),
        N_("Choose another one."),
    ),
    # People
    "not_signed_on": (
        N_("Nobody is signed on."),
        N_("Sign on first."),
    ),
    "not_permitted": (
        N_("Your role may not do this. Nothing was changed."),
        N_("Ask the manager to sign on."),
    ),
    "staff_unknown": (
        N_("Nobody here has that number."),
        N_("Check the number, or choose your name."),
    ),
    "pin_wrong": (
        N_("Wrong PIN. {tries_left} more tries before a lock."),
        N_("Type your PIN again."),
    ),
    "pin_locked": (
        N_("Locked after too many wrong PINs, for {seconds} more seconds."),
        N_("Wait, or let somebody else sign on."),
    ),
    "pin_shape": (
        N_("A PIN has {shortest} to {longest} digits."),
        N_("Type it again."),
    ),
    "badge_unknown": (
        N_("Nobody here has this badge."),
        N_("Choose your name and type your PIN."),
    ),
    "badge_needs_pin": (
        N_("{name} signs on with badge and PIN."),
        N_("Type the PIN now."),
    ),
    "manual_page_missing": (
        N_("The manual has no such page."),
        N_("Search in it, or begin on its first page."),
    ),
    "clock_behind": (
        N_("This computer's clock is behind the last sale."),
        N_("Set the clock, then let the manager confirm it."),
    ),
    "goods_expired": (
        N_("{name} expired on {day}; it was NOT added."),
        N_("Take it off the shelf."),
    ),
    "goods_expired_since": (
        N_("{name} expired on {day}, while this sale waited."),
        N_("Delete the line; it may not be sold any more."),
    ),
}
