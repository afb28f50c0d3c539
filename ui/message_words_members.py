"""What is said of members and points that are refused: words and one action."""

from __future__ import annotations

from pos_app.i18n import N_

#: Key of an error -> (what happened and what it means, what to do now).
MEMBER_WORDS: dict[str, tuple[str, str]] = {
    "adjustment_needs_two": (
        N_(
            "Points are put right by two people, and one of them is missing. Nothing was booked."
        ),
        N_("Ask a second person to approve it."),
    ),
    "basket_only_member": (
        N_("The customer is recognised, but nothing is in the basket yet."),
        N_("Scan the first item, or take the member out of the sale."),
    ),
    "member_birthday_locked": (
        N_(
            "The birthday was changed within the last twelve months; it stays as it is until {until}."
        ),
        N_("Change it after that day."),
    ),
    "member_birthday_shape": (
        N_("There is no such day: month {month}, day {day}."),
        N_("Type the birthday again."),
    ),
    "member_burn_needs_more": (
        N_("{points} points are more than the {limit} that may be used like this."),
        N_(
            "Let the customer show the member code on the phone, type the full phone number, or give the PIN."
        ),
    ),
    "member_card_taken": (
        N_("Another member has this card."),
        N_("Open that member, or take another card."),
    ),
    "member_card_like_badge": (
        N_("This looks like a badge of the staff, not a member's card."),
        N_("Take another card."),
    ),
    "member_card_like_payment": (
        N_(
            "These {length} digits look like a payment code, so they can be no member's card."
        ),
        N_("Use the shop's own member cards, or the phone number."),
    ),
    "member_card_mistyped": (
        N_("The card's number is mistyped or damaged; its check character is wrong."),
        N_("Scan it again or type it anew."),
    ),
    "member_card_shape": (
        N_("This is no number that a member's card may have."),
        N_("Scan the card again or take another one."),
    ),
    "member_code_damaged": (
        N_("The member code could not be read whole."),
        N_("Ask the customer to make the screen brighter and scan again."),
    ),
    "member_code_early": (
        N_(
            "The member code is {seconds} seconds ahead: the phone's clock or this till's is wrong."
        ),
        N_("Ask for the phone number, and check the clocks."),
    ),
    "member_code_forged": (
        N_("The member code was not made by this member's phone. It was not accepted."),
        N_("Ask for the phone number; the attempt can be reported."),
    ),
    "member_code_late": (
        N_(
            "The member code is {seconds} seconds old; such a code is good for a moment only."
        ),
        N_("Ask the customer to open it anew and scan again."),
    ),
    "member_code_newer": (
        N_("The member code was made by a newer program than this till's."),
        N_("Ask for the phone number, and update this till."),
    ),
    "member_code_unknown": (
        N_("No member with this code is known here."),
        N_("Ask for the phone number."),
    ),
    "member_code_used": (
        N_("This member code was used already."),
        N_("Ask the customer to open it anew and scan again."),
    ),
    "member_code_withdrawn": (
        N_("The phone that made this code was taken off the member's list."),
        N_("Ask for the phone number and the PIN."),
    ),
    "member_consent_missing": (
        N_("The customer has not agreed to be a member yet."),
        N_("Show the text and ask."),
    ),
    "member_consent_not_given": (
        N_("There is no consent to withdraw."),
        N_("Look at the list of consents again."),
    ),
    "member_consent_text": (
        N_("It is not said which text was agreed to."),
        N_("Choose the text that was shown."),
    ),
    "member_erased": (
        N_("This member's data was erased; only numbers without a name are left."),
        N_("Enrol the customer anew."),
    ),
    "member_last_four_shape": (
        N_("The last four digits are needed: four digits, no more."),
        N_("Type four digits."),
    ),
    "member_limit_negative": (
        N_("A limit below zero, or a time of nothing, makes no sense."),
        N_("Type zero or more."),
    ),
    "member_limits_order": (
        N_(
            "What a card that can be copied may use would be more than what a typed phone number may."
        ),
        N_("Make the first limit the smaller one."),
    ),
    "member_merge_circle": (
        N_(
            "The two members would stand for each other in a circle. Nothing was merged."
        ),
        N_("Choose the one that stays."),
    ),
    "member_merge_done": (
        N_("This member was merged into another one already."),
        N_("Open the one that stayed."),
    ),
    "member_merge_self": (
        N_("A member cannot be merged with himself or herself."),
        N_("Choose two members."),
    ),
    "member_merge_unknown": (
        N_("This merge is not known, so it cannot be taken back."),
        N_("Look at the member's history again."),
    ),
    "member_name_long": (
        N_("The name is longer than {most} characters."),
        N_("Type it shorter."),
    ),
    "member_newcomer_given": (
        N_(
            "The newcomer's pack was given for this phone number before; it is given once."
        ),
        N_("Go on without it."),
    ),
    "member_many": (
        N_("{count} members may be meant."),
        N_("Ask for the full phone number."),
    ),
    "member_none": (
        N_("No member is recognised in this sale."),
        N_("Ask for the phone number or scan the member code first."),
    ),
    "member_phone_or_card": (
        N_("A member needs a phone number or a card."),
        N_("Type the phone number or scan a card."),
    ),
    "member_pin_locked": (
        N_("Too many wrong PINs: this member's PIN is locked for {seconds} seconds."),
        N_("Let the customer show the member code on the phone, or wait."),
    ),
    "member_pin_none": (
        N_("This member has no PIN yet."),
        N_("Let the customer show the member code on the phone."),
    ),
    "member_pin_wrong": (
        N_("The PIN is wrong; {tries_left} more tries."),
        N_("Let the customer type it again."),
    ),
    "member_proof_wrong": (
        N_("This phone number is not the recognised member's."),
        N_("Let the customer type it again, or take the member out of the sale."),
    ),
    "member_referrer_unknown": (
        N_("No member has the friend's number or code."),
        N_("Type it again or leave it empty."),
    ),
    "member_unknown": (
        N_("Nobody here is a member with that."),
        N_("Enrol the customer, or try the phone number."),
    ),
    "member_phone_empty": (
        N_("No phone number was typed."),
        N_("Type the phone number."),
    ),
    "member_phone_long": (
        N_("The phone number has a digit too many."),
        N_("Type it again."),
    ),
    "member_phone_service": (
        N_("This is the number of a service line, nobody's own phone."),
        N_("Type the customer's own number."),
    ),
    "member_phone_short": (
        N_("The phone number has too few digits."),
        N_("Type it again."),
    ),
    "member_phone_signs": (
        N_("“{sign}” cannot stand in a phone number."),
        N_("Type digits only."),
    ),
    "member_phone_taken": (
        N_("Another member has this phone number."),
        N_("Open that member; if the number changed hands, say so there."),
    ),
    "member_phone_unknown": (
        N_("No phone network is known to have such a number."),
        N_("Look at it again; if it is right, say so."),
    ),
    "member_source_shape": (
        N_("A source code is a short word of letters and digits."),
        N_("Type it again or leave it empty."),
    ),
    "member_tag_long": (
        N_("The tag “{tag}” is longer than {most} characters."),
        N_("Type a shorter one."),
    ),
    "member_tags_many": (
        N_("A member may have {most} tags at most."),
        N_("Take one away first."),
    ),
    "member_token_known": (
        N_("This phone is on the member's list already."),
        N_("Nothing has to be done."),
    ),
    "member_token_shape": (
        N_("The phone's key could not be read."),
        N_("Show the code for pairing again."),
    ),
    "member_tokens_many": (
        N_("A member may have {most} phones at most."),
        N_("Take an old one off the list first."),
    ),
    "points_adjusted_below_zero": (
        N_("{points} points are to be taken away, but only {active} are there."),
        N_("Take away fewer."),
    ),
    "points_not_enough": (
        N_("{asked} points are to be used, but only {active} are there."),
        N_("Use fewer."),
    ),
    "points_not_whole_step": (
        N_("{points} points: they are used in steps of {step}."),
        N_("Use a multiple of it."),
    ),
    "points_too_few": (
        N_("{points} points are too few: at least {least} are used at once."),
        N_("Use more, or none."),
    ),
    "points_too_many": (
        N_("{points} points are more than the {most} that may be used here."),
        N_("Use fewer."),
    ),
    "member_data_damaged": (
        N_("The stored data of this member cannot be read; nothing was changed."),
        N_("Open the doctor; a backup may hold it."),
    ),
}
