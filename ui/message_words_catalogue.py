"""What settings, catalogue and imports say when they refuse: words and one action."""

from __future__ import annotations

from pos_app.i18n import N_

#: Key of an error -> (what happened and what it means, what to do now).
CATALOGUE_WORDS: dict[str, tuple[str, str]] = {
    # Settings, catalogue and import
    "setting_refused": (
        N_('"{value}" does not fit here. The setting stays as it was.'),
        N_("Type another value."),
    ),
    "shift_still_open": (
        N_("Shift {number} is still open, so whose it is cannot change."),
        N_("Close the shift first; then change this."),
    ),
    "four_eyes_alone": (
        N_("Only one person works here, so nobody could be the second."),
        N_("Leave this off until somebody else works here."),
    ),
    "barcode_taken": (
        N_("Barcode {code} belongs to another item."),
        N_("Use another barcode, or change that item."),
    ),
    "plu_taken": (
        N_("PLU {code} belongs to another item."),
        N_("Use another PLU, or change that item."),
    ),
    "sku_taken": (
        N_("Item number {code} belongs to another item."),
        N_("Use another number, or change that item."),
    ),
    "barcode_rule_letters": (
        N_("The barcode rule {rule} uses letters it cannot: {pattern}."),
        N_("Use digits and I, W, P, N, V, C only."),
    ),
    "barcode_rule_item": (
        N_("The barcode rule {rule} names no item: {pattern}."),
        N_("Put I where the item's digits are."),
    ),
    "barcode_rule_measure": (
        N_(
            "The barcode rule {rule} has no weight, price or count in one piece: {pattern}."
        ),
        N_("Write W, P or N without gaps."),
    ),
    "barcode_rule_verifier": (
        N_("The barcode rule {rule} has a check V that does not fit: {pattern}."),
        N_("Use one V, with four or five measure digits."),
    ),
    "barcode_rule_check_digit": (
        N_(
            "The barcode rule {rule} has its check digit C in the wrong place: {pattern}."
        ),
        N_("Put C at the end."),
    ),
    "barcode_rule_decimals": (
        N_("The barcode rule {rule} has more decimals than digits: {pattern}."),
        N_("Use fewer decimals."),
    ),
    "date_unreadable": (
        N_('"{text}" is no time.'),
        N_("Write it like 2026-11-21T14:32:00Z."),
    ),
    "date_absurd": (
        N_('"{text}" is no time.'),
        N_("Write it like 2026-11-21T14:32:00Z."),
    ),
    "time_unreadable": (
        N_('"{text}" is no time.'),
        N_("Write it like 2026-11-21T14:32:00Z."),
    ),
    "shop_not_set_up": (
        N_("This folder holds no finished shop yet."),
        N_("Set the shop up first, or open the demo shop."),
    ),
    "setup_unreadable": (
        N_("The set-up file is wrong at {place}: {why}. Nothing was set up."),
        N_("Correct that place and try again."),
    ),
    "setup_missing": (
        N_("The file {file} is not there. Nothing was set up."),
        N_("Check its name."),
    ),
    "setup_closed": (
        N_("The file {file} cannot be opened. Nothing was set up."),
        N_("Check that it is a file and that you may read it."),
    ),
    "setup_staff_missing": (
        N_(
            "The set-up file names no staff, so nobody could sign on. Nothing was set up."
        ),
        N_("Add staff, each with a number, a role and a PIN of their own."),
    ),
    "setup_pin_refused": (
        N_(
            "Staff {number} has no PIN, or one that everybody knows. Nothing was set up."
        ),
        N_("Give this person another PIN in the set-up file."),
    ),
    "replay_missing": (
        N_("There is no file {file} to replay. Nothing was sold."),
        N_("Check its name."),
    ),
    "file_missing": (
        N_("The file {file} is not there. Nothing was imported."),
        N_("Check its name."),
    ),
    "file_kind_unknown": (
        N_("{file} is neither CSV nor XLSX. Nothing was imported."),
        N_("Save it as CSV or XLSX."),
    ),
    "file_empty": (
        N_("The file has no rows. Nothing was imported."),
        N_("Choose another file."),
    ),
    "file_encoding": (
        N_(
            "{file} is neither UTF-8 nor GBK, from line {line} on. Nothing was imported."
        ),
        N_("Save it as UTF-8."),
    ),
    "file_unreadable": (
        N_("{file} cannot be read at line {line}. Nothing was imported."),
        N_("Open it in your table program and save it again."),
    ),
    "export_too_long": (
        N_("A spreadsheet holds {rows} lines and the catalogue needs more."),
        N_("Export to a .csv file."),
    ),
    "rules_unreadable": (
        N_("The file is no list of rules in JSON, from line {line} on."),
        N_("Start from what “guitai rules --json” writes."),
    ),
    "rules_refused": (
        N_("The table was not changed: {count} of its rules cannot work."),
        N_("Mend the lines named above and try again."),
    ),
    "rule_field": (
        N_("The rule's field “{field}” is missing, unknown or not what it must be."),
        N_("Look at the rules that “guitai rules --json” writes."),
    ),
    "rule_key_twice": (
        N_("Two rules have the key “{rule}”."),
        N_("Give each rule a key of its own."),
    ),
    "catalog_busy": (
        N_("Another program is changing the catalogue just now. Nothing was changed."),
        N_("Wait until its import is done, then try again."),
    ),
    "till_of_other_release": (
        N_("The till that is running is of another release. Nothing was changed."),
        N_("Close the till, then try again."),
    ),
    "import_columns_missing": (
        N_("No column for the item's name or price was found among: {headers}."),
        N_("Say with --map which column is which."),
    ),
    "import_mapping_column": (
        N_("The file has no column {column}."),
        N_("Look at the file's first row."),
    ),
    "import_mapping_field": (
        N_("There is no field {field} to import into."),
        N_("Use one of the fields that the help names."),
    ),
    "import_cap_absurd": (
        N_("A discount is at least nothing and at most the whole price."),
        N_("Write such a share, or “any”."),
    ),
    "import_yes_or_no": (
        N_("Whether this item may come back is not said by yes or no."),
        N_("Write “yes” or “no”."),
    ),
}
