"""guitai setup: a new shop from a set-up file, and its recovery code, once."""

from __future__ import annotations

import argparse
from pathlib import Path

from pos_app.bootstrap import Till
from pos_app.cli import add_folder_option, add_json_option, say_json, shop_path
from pos_app.cli.shop_making import (
    MadeShop,
    drop_aside,
    make_aside,
    put_in_place,
    require_free,
)
from pos_app.errors import UserError
from pos_app.i18n import _
from pos_app.services.setup_file import DEFAULT_PIN, SetupFile, read_setup


def add_options(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    parser.add_argument("file", type=Path, help="set-up file, JSON")
    parser.add_argument("--items", type=Path, help="CSV with the set-up file's items")
    add_folder_option(parser)
    add_json_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """Make the shop and print its recovery code."""
    root = shop_path(parsed)
    require_free(root)
    setup = read_setup(parsed.file, parsed.items)
    _require_people(setup)
    made = _make(root, setup)
    if parsed.json:
        facts = {"shop": str(root), "items": len(setup.items)}
        code, protection = made.code, made.protection
        say_json({**facts, "recovery_code": code, "protection": protection})
        return 0
    print(_("The shop is ready in {folder}.", folder=root))
    if made.protection == "file":
        print(_("This system has no key store: the keys lie in a file of this user."))
    print(_("The recovery code, shown this once. Print it and lock it away:"))
    print(f"\n    {made.code}\n")
    return 0


def _require_people(setup: SetupFile) -> None:
    """Refuse a shop that everybody could sign on to.

    The default person with the PIN known to all is for throw-away shops only.

    Raises:
        UserError: "setup_staff_missing", or "setup_pin_refused" with whose PIN.
    """
    if "staff" not in setup.model_fields_set or not setup.staff:
        raise UserError("setup_staff_missing")
    for person in setup.staff:
        if person.pin in ("", DEFAULT_PIN):
            raise UserError("setup_pin_refused", number=person.number)


def _make(root: Path, setup: SetupFile) -> MadeShop:
    """Make the shop aside and move it into place whole: all of it or nothing."""
    try:
        made = make_aside(root, setup, _furnish)
        put_in_place(root)
    finally:
        drop_aside(root)
    return made


def _furnish(_till: Till) -> None:
    """Leave the till's settings as they are."""
