"""What is said when the administration of members refuses something."""

from __future__ import annotations

from pos_app.i18n import N_

#: Key of an error -> (what happened and what it means, what to do now).
MEMBER_ADMIN_WORDS: dict[str, tuple[str, str]] = {
    "member_erase_in_sale": (
        N_("This customer is in the open sale or in a parked one."),
        N_("Finish or void that sale, then erase the data."),
    ),
    "member_erase_value": (
        N_("There is still {amount} in the wallet; it may not vanish with the person."),
        N_("Pay the wallet back first, then erase the data."),
    ),
    "member_export_needs": (
        N_("It must be said whose data are wanted, and for what purpose."),
        N_(
            "Name the member and one of the purposes: request, contact, correction, dispute, law."
        ),
    ),
    "member_export_several": (
        N_("{count} members fit these words."),
        N_("Give the full phone number, the card or the id."),
    ),
    "member_import_birthday": (
        N_("“{text}” is no birthday."),
        N_("Write month and day, as 05-17."),
    ),
    "member_import_birthday_order": (
        N_("In “{text}” month and day may be either."),
        N_("Write the birthday with its year, as 1990-05-17."),
    ),
    "member_import_by": (
        N_(
            "Whoever works with members gives their number, so that the journal can name them."
        ),
        N_("Repeat the command with --by NUMBER; the PIN is asked."),
    ),
    "member_import_columns": (
        N_("The file has no column with phone numbers or cards: {headers}"),
        N_("Name the column in the first line, or choose another file."),
    ),
    "member_import_nothing": (
        N_("Nothing in this file is new to the shop."),
        N_("Choose another file, or look at the lines that were refused."),
    ),
    "member_import_points": (
        N_("Points are a whole number, not below zero."),
        N_("Correct the number of points."),
    ),
    "member_import_points_many": (
        N_("Nobody has more than {most} points."),
        N_("Correct the number of points."),
    ),
    "member_note_long": (
        N_("The note is longer than {most} characters."),
        N_("Shorten it."),
    ),
    "member_pin_shape": (
        N_("A member's PIN has {least} to {most} digits."),
        N_("Let the customer type it again."),
    ),
    "member_pin_weak": (
        N_("This PIN is one of those that everybody tries first."),
        N_("Let the customer choose another one."),
    ),
    "staff_is_member": (
        N_(
            "{member} is said to be this one of the staff already; one person has one card."
        ),
        N_("Say of that member first that it is a customer, or merge both."),
    ),
}
