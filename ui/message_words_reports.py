"""Words for what reports refuse."""

from __future__ import annotations

from pos_app.i18n import N_

REPORT_WORDS: dict[str, tuple[str, str]] = {
    "report_unwritable": (
        N_("The report could not be saved as {file}."),
        N_("Choose another folder, or make room on the disk."),
    ),
    "period_too_long": (
        N_("A report has at most {days} days."),
        N_("Choose days that lie closer together."),
    ),
    "period_ahead": (
        N_("These days are still to come."),
        N_("Choose days that have begun."),
    ),
    "member_states_order": (
        N_("Members are at risk before they are lost; the days say otherwise."),
        N_("Choose fewer days for the first than for the second."),
    ),
    "suspicion_limit_negative": (
        N_("A limit cannot be below zero. Nothing was changed."),
        N_("Type zero or more."),
    ),
}
