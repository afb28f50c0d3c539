"""What people, roles, badges and the shop's rules say when they refuse."""

from __future__ import annotations

from pos_app.i18n import N_

#: Key of an error -> (what happened and what it means, what to do now).
PEOPLE_WORDS: dict[str, tuple[str, str]] = {
    "staff_name_missing": (N_("A person needs a name."), N_("Type the name.")),
    "staff_number_shape": (
        N_("The number to sign on with has 1 to {most} digits."),
        N_("Type digits only."),
    ),
    "staff_number_taken": (
        N_("Number {number} is that of {name}."),
        N_("Type another number."),
    ),
    "staff_has_more": (
        N_("{name} may more than you, so you cannot change them."),
        N_("Ask somebody who may as much."),
    ),
    "staff_self": (
        N_("You are signed on, so you cannot take yourself off the staff."),
        N_("Let another manager do it."),
    ),
    "staff_has_open_shift": (
        N_("Shift {number} of this person is still open."),
        N_("Close the shift first."),
    ),
    "staff_is_former": (
        N_("This person does not work here any more."),
        N_("Switch on that they work here first."),
    ),
    "language_unknown": (N_("This language is not there."), N_("Choose another.")),
    "last_manager": (
        N_(
            "Then nobody could sign on and change people and settings any more. "
            "Nothing was changed."
        ),
        N_("Give somebody else that role first."),
    ),
    "role_unknown": (N_("This role is not there any more."), N_("Choose another.")),
    "role_name_missing": (N_("A role needs a name."), N_("Type the name.")),
    "role_needs_pin": (
        N_("{role} may change people or settings: a badge alone must not let it in."),
        N_("Switch on that the role signs on with a PIN only."),
    ),
    "role_cap_refused": (
        N_("This limit does not fit."),
        N_("Type an amount, or nothing for no limit."),
    ),
    "role_gives_more": (
        N_("Nobody gives more than they may themselves. Nothing was changed."),
        N_("Ask somebody who may as much."),
    ),
    "role_has_more": (
        N_("The role {role} may more than you, so you cannot change it."),
        N_("Ask somebody who may as much."),
    ),
    "role_in_use": (
        N_("{count} people have or had the role {role}, former staff too."),
        N_("Take its permissions away instead."),
    ),
    "pin_too_easy": (
        N_("This PIN is among the first that a thief tries."),
        N_("Choose one without a row, a pattern or a birthday."),
    ),
    "pin_is_number": (
        N_("The PIN must not be the staff number."),
        N_("Choose another PIN."),
    ),
    "badge_withdrawn": (
        N_("This badge is not valid any more. That it was tried is in the journal."),
        N_("Use the new badge, or sign on with the PIN."),
    ),
    "badge_none": (N_("This person has no badge."), ""),
    "recovery_code_refused": (
        N_("This is not the recovery code of this shop. {tries_left} tries left."),
        N_("Look at the paper that was printed at set-up."),
    ),
    "recovery_not_for_role": (
        N_("The recovery code is for those who may change people."),
        N_("Ask your manager for a new PIN."),
    ),
    "tax_name_missing": (N_("A tax category needs a name."), N_("Type the name.")),
    "tax_name_taken": (
        N_("There is a tax category {name} already."),
        N_("Type another name."),
    ),
    "tax_rate_refused": (
        N_("{rate} is no rate."),
        N_("Type a rate from 0 to 100 per cent."),
    ),
    "tax_from_past": (
        N_("A rate cannot change for days that are over: their slips are out."),
        N_("Type today or a later day."),
    ),
    "day_unreadable": (
        N_('"{text}" is no day.'),
        N_("Type year, month and day, such as 2027-01-31."),
    ),
    "tax_unknown": (N_("This tax category is not there any more."), ""),
    "tax_last": (
        N_("The last tax category stays: items need one."),
        N_("Change its rate instead."),
    ),
    "tax_in_use": (
        N_("{count} items are of the category {name}, former items too."),
        N_("Give them another tax category first."),
    ),
    "tax_in_basket": (
        N_("A sale that is not finished holds goods of this category."),
        N_("Finish open and parked sales first."),
    ),
    "tax_not_planned": (
        N_("This rate is in force by now."),
        N_("Announce another rate from a later day on."),
    ),
    "tax_one_at_a_time": (
        N_("Name and rate are changed one after the other."),
        N_("Empty the new rate, save the name, then type the rate."),
    ),
    "choice_name_missing": (N_("It needs a name."), N_("Type the name.")),
    "tender_name_taken": (
        N_("There is a tender {tender} already."),
        N_("Type another name."),
    ),
    "tender_second_cash": (
        N_("A drawer holds one kind of cash."),
        N_("Choose another kind."),
    ),
    "tender_last_cash": (
        N_("Cash stays: a till must be able to take it."),
        N_("Switch off another tender."),
    ),
    "tender_in_open_sale": (
        N_("The open sale has taken money with {tender}."),
        N_("Finish the sale first."),
    ),
    "reason_use_unknown": (N_("The till asks no reason for this."), ""),
    "reason_name_taken": (
        N_("There is a reason {reason} already."),
        N_("Type another name."),
    ),
    "reason_last": (
        N_("{reason} is the last reason here; without one the till cannot ask."),
        N_("Add another reason first."),
    ),
}
