"""What is said of stored value and gift cards that are refused: words and one action."""

from __future__ import annotations

from pos_app.i18n import N_

#: Key of an error -> (what happened and what it means, what to do now).
VALUE_WORDS: dict[str, tuple[str, str]] = {
    "stored_value_unknown": (
        N_("This stored value is not known here. Nothing was booked."),
        N_("Choose another way to pay."),
    ),
    "stored_value_code_unknown": (
        N_("No gift card with this code was sold here."),
        N_("Scan it again, or choose another way to pay."),
    ),
    "stored_value_is_another": (
        N_("This stored value belongs to another member."),
        N_("Recognise that member, or choose another way to pay."),
    ),
    "stored_value_opened_twice": (
        N_("A gift card with this code was sold already."),
        N_("Take another card."),
    ),
    "stored_value_changed": (
        N_("Somebody else used this stored value at the same moment."),
        N_("Look at the balance, then do it again."),
    ),
    "stored_value_moved_twice": (
        N_("This was booked already. Nothing was booked twice."),
        N_("Nothing has to be done."),
    ),
    "stored_value_short": (
        N_("The stored value is not enough: {usable} is left."),
        N_("Take what is left, and the rest with another tender."),
    ),
    "stored_value_amount_absurd": (
        N_("{amount} is no amount for this."),
        N_("Type another amount."),
    ),
    "stored_value_held": (
        N_("An open sale has taken of this stored value: {usable} is free."),
        N_("End that sale first, or take less."),
    ),
    "stored_value_move_unknown": (
        N_("The payment that this would give back is not known here."),
        N_("Open the doctor."),
    ),
    "stored_value_too_much_back": (
        N_("So much cannot go back there: {left} is left."),
        N_("Give back less."),
    ),
    "stored_value_not_topped_up": (
        N_("No money was paid for this: it came back after it had ended."),
        N_("It can be spent, and is not paid out."),
    ),
    "stored_value_nothing_back": (
        N_("The bonus that was spent is worth more than what would be paid back."),
        N_("Pay back more at once, or nothing."),
    ),
    "stored_value_not_as_money": (
        N_("What stored value or points paid goes back to them and not out as money."),
        N_("Give it back the way it came; {most} may go back as money."),
    ),
    "stored_value_may_not_expire": (
        N_("The law does not allow that money paid in ends."),
        N_("Let only the bonus end."),
    ),
    "stored_value_nothing_expired": (
        N_("Nothing of this stored value has ended."),
        N_("Nothing has to be done."),
    ),
    "stored_value_not_proven": (
        N_("The customer has not shown that this stored value is theirs."),
        N_("Let them show their code or type their PIN; {limit} needs neither."),
    ),
    "stored_value_above_share": (
        N_("Stored value may pay only {most} of this sale."),
        N_("Take the rest with another tender."),
    ),
    "stored_value_buys_no_value": (
        N_("Stored value, gift cards and points buy no stored value."),
        N_("Take cash, a card or a phone payment."),
    ),
    "stored_value_below_least": (
        N_("Stored value is taken from {least} on."),
        N_("Choose another way to pay."),
    ),
    "stored_value_off": (
        N_("This shop does not offer that at the moment."),
        N_("The members' programme switches it on."),
    ),
    "stored_value_above_most": (
        N_("It would hold more than this shop allows: {most}."),
        N_("Take a smaller amount."),
    ),
    "stored_value_code_unfit": (
        N_("This code is something else here: goods, a member, or a payment code."),
        N_("Take a card with another code, or let the till print one."),
    ),
    "tender_of_ledger": (
        N_("Stored value and points are booked in their own ledger as they were."),
        N_("Take the goods back instead, and sell them again."),
    ),
}
