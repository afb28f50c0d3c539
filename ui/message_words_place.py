"""What the second place says: words and one action."""

from __future__ import annotations

from pos_app.i18n import N_

#: Key of an error -> (what happened and what it means, what to do now).
PLACE_WORDS: dict[str, tuple[str, str]] = {
    "place_missing": (
        N_("The second place {folder} is not there. Selling goes on."),
        N_("Plug the disk in again, or choose another place."),
    ),
    "place_foreign": (
        N_("{folder} belongs to another shop: {shop}. Nothing was written there."),
        N_("Choose another disk or folder."),
    ),
    "place_taken": (
        N_("A restored till goes on from {folder}. Nothing more is written there."),
        N_("Choose another place for this till, or switch this till off for good."),
    ),
    "place_damaged": (
        N_("The second place {folder} is damaged. Nothing was written there."),
        N_("Choose another disk or folder."),
    ),
    "place_newer": (
        N_("The second place {folder} was made by a newer Guitai."),
        N_("Update this till."),
    ),
    "place_inside_shop": (
        N_("{folder} lies in the shop's own folder and would be lost with it."),
        N_("Choose another disk, a stick or a network folder."),
    ),
    "place_too_small": (
        N_("{folder} has {free_mb} MB free; this shop needs {needed_mb} MB."),
        N_("Make room there, or choose a larger disk."),
    ),
    "place_unsound": (
        N_("The copy of {file} at the second place is damaged. No shop was made."),
        N_("Restore the newest nightly copy from the folder copies there."),
    ),
    "place_empty": (
        N_("There is no till to restore in {folder}."),
        N_("Choose the folder or disk that was the second place."),
    ),
    "place_several": (
        N_("{folder} holds several tills: {tills}."),
        N_("Name one with --till."),
    ),
    "place_failed": (
        N_("The second place failed. Selling goes on."),
        N_("Look at the log, or choose another place."),
    ),
    "restore_source": (
        N_("Name either a backup file or, with --from, a second place."),
        N_("For example: guitai restore --from /media/stick --shop FOLDER"),
    ),
}
