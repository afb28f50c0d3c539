"""The doctor's words: one sentence for each finding, one for each action."""

from __future__ import annotations

from pos_app.i18n import N_
from pos_app.ports.health import Action

FINDING_WORDS: dict[str, str] = {
    # All well
    "database_opens": N_("{file} opens; it is written with synchronous={synchronous}."),
    "databases_known": N_("Both databases open and belong to this program."),
    "pages_sound": N_("Every page of {file} is as it was written."),
    "schema_newest": N_("{file} has the tables and guards of version {revision}."),
    "balances_proven": N_("Stock and money agree with their movements."),
    "print_jobs_done": N_("No slip waits for the printer."),
    "clock_plausible": N_("The clock is not behind the last entry."),
    "disk_has_room": N_("The disk has {free_mb} MB free."),
    "ballast_present": N_("The reserve for a full disk is there."),
    "backup_recent": N_("The last backup is recent: {file}."),
    "second_place_current": N_("The second place {folder} has everything."),
    "keys_in_store": N_("The keys are in the system's key store."),
    "printer_ready": N_("The slip printer is ready."),
    "printer_silent": N_("The slip printer has no way to tell how it is."),
    "templates_usable": N_("The slip templates can be used."),
    "members_sound": N_("Members: {count}; each is found by what they are."),
    "members_numbers_twice": N_(
        "A phone number is held twice by {count} members, first of all {first}."
    ),
    "promotions_sound": N_("Promotions that were ever started: {count}, all sound."),
    # Files
    "database_missing": N_("{file} is missing."),
    "database_unreadable": N_(
        "{file} cannot be read: another shop's file, a wrong key, or damage."
    ),
    "database_damaged": N_("{file} is damaged."),
    "database_foreign": N_("{file} was made by another program."),
    "database_newer": N_("{file} was written by a newer version ({found})."),
    "database_locked": N_("{file} is held by another program."),
    "database_unreachable": N_("{file} cannot be opened."),
    "folder_read_only": N_("The shop folder cannot be written ({file})."),
    "disk_full": N_("The disk is full ({file})."),
    "disk_error": N_("The disk reports an error ({file})."),
    "sqlite_too_old": N_("The database library {found} is too old to be safe."),
    "tables_damaged": N_("{file} is damaged inside: {fault}"),
    "pages_partly_checked": N_("The ledger is large; it was checked in part."),
    "schema_old": N_("{file} is of version {found}; this program needs {wanted}."),
    "schema_changed": N_("{name} in {file} is not as this program made it."),
    "template_unusable": N_("A slip template cannot be used: {template}."),
    "template_field_gone": N_("A slip template names what is not there: {template}."),
    # Journal and sums
    "journal_gap": N_("The journal has a gap before entry {epoch}/{seq}."),
    "journal_relinked": N_("Entry {epoch}/{seq} of the journal follows another one."),
    "journal_changed": N_("Entry {epoch}/{seq} of the journal was changed."),
    "journal_mislabelled": N_("Entry {epoch}/{seq} of the journal is mislabelled."),
    "journal_time_went_back": N_(
        "Entry {epoch}/{seq} of the journal is older than the one before it."
    ),
    "devices_set_up": N_("Devices set up: {count} ({names})."),
    "devices_work": N_("All other devices work: {count}."),
    "device_needs_a_look": N_("{device} works, and will soon need somebody."),
    "device_needs_you": N_("{device} cannot be used as it is."),
    "device_is_missing": N_("{device} does not answer."),
    "printer_paper_low": N_("The slip printer is low on paper."),
    "printer_paper_out": N_("The slip printer is out of paper."),
    "printer_cover_open": N_("The cover of the slip printer is open."),
    "printer_refuses": N_("The slip printer refuses to print."),
    "printer_unreachable": N_("The slip printer does not answer."),
    "recovery_unconfirmed": N_(
        "Nobody has shown that the recovery code lies where it can be found."
    ),
    # Around
    "clock_absurd": N_("The clock says {now}, which cannot be."),
    "disk_filling": N_("The disk has only {free_mb} MB free."),
    "disk_almost_full": N_("The disk is almost full: {free_mb} MB free."),
    "ballast_missing": N_("The reserve for a full disk has been used up."),
    "backup_none": N_("There is no backup yet."),
    "backup_missing": N_("The last backup has gone ({file})."),
    "backup_foreign": N_("{file} is not a backup of this program."),
    "backup_newer": N_("{file} was made by a newer version."),
    "backup_damaged": N_("The backup is damaged ({file})."),
    "second_place_none": N_("Everything lies on one disk: there is no second place."),
    "second_place_copying": N_(
        "The second place {folder} is being brought up to date."
    ),
    "second_place_empty": N_("The second place {folder} has no whole copy yet."),
    "second_place_full": N_("The second place {folder} is full."),
    "second_place_gone": N_("The second place {folder} is not there."),
    "second_place_read_only": N_("The second place {folder} cannot be written."),
    "second_place_foreign": N_("{folder} is the second place of another shop."),
    "second_place_taken": N_("A restored till goes on from {folder}."),
    "second_place_broken": N_("The second place {folder} reports errors."),
    "keys_readable": N_("Other users of this machine can read {file}."),
    "keys_in_file": N_(
        "The keys are in a file of this user: the system has no key store."
    ),
}

ACTION_WORDS: dict[Action, str] = {
    Action.NONE: N_("Nothing to do."),
    Action.MEND_TEMPLATE: N_("Mend the template in the back office, under slips."),
    Action.RESTORE_BACKUP: N_(
        "Stop selling and restore the last backup; the damaged files are kept aside."
    ),
    Action.MAKE_BACKUP: N_("Make a backup now and keep a copy elsewhere."),
    Action.ENTER_RECOVERY_CODE: N_("Enter the recovery code of the shop."),
    Action.UPDATE_PROGRAM: N_("Install the newest version of the program."),
    Action.RESTART_TILL: N_("Stop and start the till."),
    Action.FREE_DISK: N_("Delete files that nobody needs from this disk."),
    Action.MAKE_FOLDER_WRITABLE: N_("Let this user write into the shop folder."),
    Action.CHECK_DISK: N_("Make a backup and have the disk checked."),
    Action.SET_CLOCK: N_("Set the clock of this machine."),
    Action.LOOK_AT_DEVICES: N_("Look at it under Settings, Devices."),
    Action.LOOK_AT_PRINTER: N_("Look at the printer, then print again or dismiss."),
    Action.KEEP_AND_CALL: N_(
        "Make a copy of the shop folder as it is and call the support."
    ),
    Action.CONFIRM_RECOVERY_CODE: N_(
        "Take the printed recovery code and type two of its groups."
    ),
    Action.CHOOSE_SECOND_PLACE: N_(
        "Choose another disk, a stick or a network folder under Settings, Second place."
    ),
    Action.LOOK_AT_SECOND_PLACE: N_(
        "Plug the disk in and make room on it, or choose another second place."
    ),
    Action.PROTECT_MACHINE: N_(
        "Lock this user's account, and keep the disk of this machine encrypted."
    ),
}
