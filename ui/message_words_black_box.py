"""Words for what the black box and its exports refuse."""

from __future__ import annotations

from pos_app.i18n import N_

BLACK_BOX_WORDS: dict[str, tuple[str, str]] = {
    "journal_period_empty": (
        N_("Nothing was recorded on these days. No file was written."),
        N_("Choose other days."),
    ),
    "period_backwards": (
        N_("The last day lies before the first one."),
        N_("Choose the days anew."),
    ),
    "fingerprint_unreadable": (
        N_("{text} is not a whole fingerprint. Nothing was verified."),
        N_("Type all 32 letters and digits, with or without gaps."),
    ),
    "verify_file_missing": (
        N_("There is no file {file} to verify."),
        N_("Check its name."),
    ),
    "verify_file_unreadable": (
        N_("The file {file} cannot be read."),
        N_("Copy it to this machine's own disk and try again."),
    ),
}
