"""What is wrong with a line of a file of members, in words."""

from __future__ import annotations

from pos_app.i18n import N_, Words
from pos_app.services.item_import_words import PROBLEM_WORDS as ITEM_PROBLEM_WORDS
from pos_app.services.item_values import RowProblem

#: Key of a line's problem -> what is wrong with it. Column and value stand beside.
PROBLEM_WORDS: dict[str, str] = {
    # Who it is
    "member_import_nobody": N_("the line has neither a phone number nor a card"),
    "member_import_shortened": N_(
        "a spreadsheet has shortened the number; format the column as text"
    ),
    "member_import_rounded": N_(
        "a spreadsheet keeps fifteen digits only; the end of this card may be wrong"
    ),
    "member_import_duplicate": N_("line {line} is this member already"),
    "member_import_card_duplicate": N_("line {line} has this card already"),
    "member_import_two_members": N_(
        "the phone number and the card belong to two different members"
    ),
    "member_import_card_taken": N_("the card belongs to another member"),
    "member_import_seen": N_(
        "this number was a member's before and is nobody's now; make sure that the "
        "person did not ask to be forgotten"
    ),
    # What differs from what the shop knows
    "member_import_name_kept": N_("the shop knows another name, which stays"),
    "member_import_birthday_kept": N_("the shop knows another birthday, which stays"),
    "member_import_points_booked": N_(
        "points were taken over before: {points}; they are not added again"
    ),
    # Phone numbers
    "member_phone_empty": N_("this is no phone number"),
    "member_phone_signs": N_("“{sign}” has no place in a phone number"),
    "member_phone_short": N_("the phone number is too short"),
    "member_phone_long": N_("the phone number is too long"),
    "member_phone_unknown": N_("there is no such phone number"),
    "member_phone_service": N_("this is a hotline, nobody's own number"),
    # Cards
    "member_card_like_payment": N_("these {length} digits look like a payment code"),
    "member_card_like_badge": N_("this looks like a badge of the staff"),
    "member_card_shape": N_("this is no number that a card may have"),
    "member_card_mistyped": N_("the check character of the card is wrong"),
    # The person
    "member_name_long": N_("the name is longer than {most} characters"),
    "member_tag_long": N_("the tag “{tag}” is longer than {most} characters"),
    "member_tags_many": N_("more than {most} tags"),
    "member_source_shape": N_("the source is no code; it was left out"),
    "member_import_birthday": N_("this is no birthday; write it as 05-17"),
    "member_import_birthday_order": N_(
        "month and day may be either; write the birthday as 1990-05-17"
    ),
    "member_import_tier": N_("the shop has no such tier"),
    "member_import_future": N_("nobody joins in the future"),
    # Points
    "member_import_points": N_("points are a whole number, not below zero"),
    "member_import_points_many": N_("nobody has more than {most} points"),
    "member_import_points_over": N_(
        "these points have expired already; the member is taken without them"
    ),
} | {
    key: ITEM_PROBLEM_WORDS[key]
    for key in ("import_formula", "import_yes_or_no", "date_unreadable", "date_absurd")
}


def explain_member_problem(problem: RowProblem, words: Words) -> str:
    """Say what is wrong with a line, in the language of `words`."""
    return words(PROBLEM_WORDS[problem.key], **dict(problem.params))
