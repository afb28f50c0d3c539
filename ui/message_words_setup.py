"""What the first-run wizard says of an answer that will not do."""

from __future__ import annotations

from pos_app.i18n import N_

#: Key of an error -> (what happened and what it means, what to do now).
SETUP_WORDS: dict[str, tuple[str, str]] = {
    "setup_name_missing": (N_("The receipt needs a name at its head."), N_("Type it.")),
    "setup_person_missing": (N_("Somebody has no name yet."), N_("Type it.")),
    "setup_address_missing": (
        N_("A network printer is found by its address."),
        N_("Type it, or let the till search."),
    ),
    "setup_goods_missing": (
        N_("No file of items was read yet."),
        N_("Choose one, or begin with the sample goods."),
    ),
    "setup_goods_nothing": (
        N_("Not one line of the file can be used."),
        N_("Mend the file by the list below and choose it again."),
    ),
    "setup_goods_large": (
        N_("{file} is too large to begin with."),
        N_("Import it later in the back office."),
    ),
    "setup_text_long": (
        N_("This is too long for a receipt: at most {limit} characters."),
        N_("Shorten it."),
    ),
    "setup_number_range": (N_("A whole number from {low} to {high} is needed."), ""),
    "setup_rate_refused": (
        N_("A tax rate is a number from 0 to 100, such as 7.5."),
        "",
    ),
    "setup_till_refused": (
        N_("A till's number has up to {limit} letters or digits, such as 01."),
        "",
    ),
    "setup_zone_unknown": (
        N_("No such time zone is known."),
        N_("Write it as in Europe/Vienna."),
    ),
    "setup_staff_number": (N_("A number of up to {limit} digits is needed."), ""),
    "setup_staff_twice": (
        N_("Somebody else has this number."),
        N_("Choose another one."),
    ),
    "setup_pin_differs": (
        N_("The two PINs are not the same."),
        N_("Type both once more."),
    ),
    "setup_source_missing": (N_("No backup was chosen."), N_("Choose its file.")),
    "setup_place_empty": (
        N_("No till lies in {folder}."),
        N_("Choose the folder that the old till saved to."),
    ),
    "setup_place_several": (
        N_("More than one till lies in {folder}."),
        N_("Press Choose a folder, then touch the till that is to go on."),
    ),
    "setup_code_missing": (
        N_("Without the recovery code nobody can read a backup."),
        N_("Type it from the paper; capitals and hyphens do not matter."),
    ),
    "tax_number_length": (
        N_("This tax number has {found} signs and should have {wanted}."),
        N_("Compare it with the certificate."),
    ),
    "tax_number_signs": (
        N_("A sign in this tax number cannot be there."),
        N_("Compare it with the certificate."),
    ),
    "tax_number_check": (
        N_("The check digit does not fit: a digit is wrong or two are swapped."),
        N_("Compare it with the certificate."),
    ),
}
