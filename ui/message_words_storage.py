"""What disks, keys, backups and printers say: words and one action."""

from __future__ import annotations

from pos_app.i18n import N_

#: Key of an error -> (what happened and what it means, what to do now).
STORAGE_WORDS: dict[str, tuple[str, str]] = {
    # Databases and disks
    "database_unreadable": (
        N_(
            "{file} cannot be read: it is damaged, or it belongs to another shop. Nothing was changed."
        ),
        N_("Restore the last backup, or choose the right shop folder."),
    ),
    "database_damaged": (
        N_("{file} is damaged. Sales already finished are in the backups."),
        N_('Run "Check database", then restore the last backup.'),
    ),
    "database_failed": (
        N_("The database refused to write. The last step was not saved."),
        N_("Try again; if it stays so, restart the till."),
    ),
    "database_foreign": (
        N_("{file} belongs to another program. Nothing was changed."),
        N_("Choose the right shop folder."),
    ),
    "database_locked": (
        N_("Another program holds {file}. The last step was not saved."),
        N_("Close the other program and try again."),
    ),
    "database_missing": (
        N_("{file} is not in the shop folder."),
        N_("Choose the right shop folder, or restore a backup."),
    ),
    "database_newer": (
        N_("{file} was written by a newer Guitai. Nothing was changed."),
        N_("Update this till."),
    ),
    "database_unreachable": (
        N_("{file} cannot be opened."),
        N_("Check the disk and the folder's permissions."),
    ),
    "sqlite_too_old": (
        N_(
            "The database library is too old ({found}) and could lose data, so the till does not start."
        ),
        N_("Reinstall Guitai."),
    ),
    "disk_full": (
        N_("The disk is full. What was finished before is safe."),
        N_("Free some space, then try again."),
    ),
    "disk_error": (
        N_("The disk reports an error at {file}. What was finished before is safe."),
        N_("Have the disk checked, and make a backup now."),
    ),
    "folder_read_only": (
        N_("The shop folder cannot be written ({file}). The last step was not saved."),
        N_("Give this user the right to write there."),
    ),
    "till_already_running": (
        N_(
            "This shop is already open in another till on this computer. Nothing was changed."
        ),
        N_("Use the till that is open, or close it first."),
    ),
    "shop_missing": (
        N_("There is no shop in {folder} yet."),
        N_("Make one with guitai setup FILE, or look at the demo with --demo."),
    ),
    "demo_with_shop": (
        N_("--demo and --shop do not go together. Nothing was opened or changed."),
        N_("Leave out --shop for the sample shop, or --demo for your own."),
    ),
    "peer_missing": (
        N_("{name} is not installed here; there is nothing to compare with."),
        N_("Install what requirements/peers.txt lists, then start it again."),
    ),
    "no_display": (
        N_("There is no display here, so the till has no window to open."),
        N_("Start it on a desktop, or look at the demo with --demo."),
    ),
    "folder_missing": (
        N_("The folder for {file} is not there, so that file was not written."),
        N_("Make the folder, or name another one."),
    ),
    # Keys, codes and backups
    "key_missing": (
        N_("The key of this shop is not on this computer. The data are safe."),
        N_("Type the recovery code."),
    ),
    "key_ring_damaged": (
        N_("The key file of this shop is damaged. The data are safe."),
        N_("Restore it from a backup, with the recovery code."),
    ),
    "key_ring_exists": (
        N_("This folder already holds a shop. Nothing was changed."),
        N_("Open that shop, or choose an empty folder."),
    ),
    "key_ring_missing": (
        N_("This folder holds no shop."),
        N_("Choose the right shop folder."),
    ),
    "key_ring_newer": (
        N_("The key file was written by a newer Guitai. Nothing was changed."),
        N_("Update this till."),
    ),
    "key_store_refused": (
        N_("The computer's key store took no key. Nothing was changed."),
        N_("Unlock it and try again."),
    ),
    "recovery_code_length": (
        N_("The recovery code has {wanted} characters; {found} were typed."),
        N_("Type all of it."),
    ),
    "recovery_code_mistyped": (
        N_("The recovery code has a slip in group {first} or {second}."),
        N_("Look at those two groups."),
    ),
    "recovery_code_wrong": (
        N_("This is not the recovery code of this shop."),
        N_("Look for the sheet printed at set-up."),
    ),
    "backup_damaged": (
        N_("The backup {file} is damaged. Nothing was changed."),
        N_("Choose another backup."),
    ),
    "backup_foreign": (
        N_("{file} is no backup of Guitai. Nothing was changed."),
        N_("Choose a file that ends in .guitai."),
    ),
    "backup_missing": (
        N_("The backup {file} is not there."),
        N_("Look on the other disk, or choose another backup."),
    ),
    "backup_newer": (
        N_("The backup {file} was made by a newer Guitai. Nothing was changed."),
        N_("Update this till first."),
    ),
    "backup_unsound": (
        N_("{file} did not pass its check, so no backup was made. Older backups stay."),
        N_('Run "Check database".'),
    ),
    # Printing
    "barcode_impossible": (
        N_("The barcode on the slip cannot be drawn: {data}."),
        N_("Print again; the sale itself is safe."),
    ),
    "qr_too_long": (
        N_("The QR code on the slip is too long to draw."),
        N_("Shorten the slip's footer."),
    ),
    "no_cjk_font": (
        N_("This computer has no font for Chinese, so the slip waits."),
        N_("Install a Chinese font, then print again."),
    ),
    "logo_unreadable": (
        N_("The logo of the slip cannot be read."),
        N_("Choose a PNG file as logo."),
    ),
    "printer_profile_unknown": (
        N_("There is no printer profile {profile}. The setting stays as it was."),
        N_("Choose one of the list."),
    ),
    "paper_width_unknown": (
        N_("Paper of {paper_mm} mm is not supported. The setting stays as it was."),
        N_("Choose 58 or 80 mm."),
    ),
    "printer_unreachable": (
        N_("The printer at {address} does not answer. Slips wait in the queue."),
        N_("Check its power and network cable."),
    ),
    "device_gone": (
        N_("{device} stopped answering in the middle of a slip."),
        N_("Look at the slip, then say whether it is complete."),
    ),
    "device_unreachable": (
        N_("{device} does not answer. Slips wait in the queue."),
        N_("Check its power and network cable."),
    ),
    "slip_folder_unwritable": (
        N_("Slips cannot be written into {folder}. They wait in the queue."),
        N_("Choose another folder, or allow writing there."),
    ),
    "pictures_folder_unwritable": (
        N_("Pictures cannot be written into {folder}."),
        N_("Choose another folder, or allow writing there."),
    ),
    "folder_in_use": (
        N_("That folder already holds files. Nothing was changed."),
        N_("Choose an empty folder."),
    ),
    "salvage_target_exists": (
        N_("{file} is there already and is never overwritten."),
        N_("Choose another name."),
    ),
}
