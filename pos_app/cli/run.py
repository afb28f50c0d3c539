"""guitai run: open the till, or play the demo day where nobody can look."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from hardware.system_clock import SystemClock
from pos_app.bootstrap import Options, Till, create_shop, demo_setup
from pos_app.config import default_places
from pos_app.errors import GuitaiError, StorageError, UserError
from pos_app.logs import start_logging
from pos_app.persistence.durable_file import file_error
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.shop_folder import ShopFolder, running_till
from pos_app.persistence.shop_opening import require_shop

if TYPE_CHECKING:  # Qt is loaded when a window is opened, not before
    from ui.presenters.workplace import Workplace


#: What a sample shop is made anew for: its files or its keys are lost.
_LOST = frozenset(
    {
        "database_damaged",
        "database_foreign",
        "database_missing",
        "database_unreadable",
        "key_missing",
        "key_ring_damaged",
        "key_ring_missing",
    }
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    parser.add_argument("--demo", action="store_true", help="open the sample shop")
    parser.add_argument("--shop", type=Path, help="shop folder (default: this user's)")
    parser.add_argument("--window", action="store_true", help="do not fill the screen")
    parser.add_argument("--out", type=Path, help="where pictures go without a display")


def run(parsed: argparse.Namespace) -> int:
    """Open the till; without a display the demo day is played instead.

    Raises:
        UserError: "demo_with_shop" (the sample shop is never put into a shop's
            folder), or "no_display".
    """
    if parsed.demo and parsed.shop:
        raise UserError("demo_with_shop")
    from ui.app import has_display, make_application

    environment = dict(os.environ)
    if parsed.demo and not has_display(environment):
        from pos_app.cli.demo_day import play

        return play(parsed.out)
    # Qt aborts the process where it finds no display, unless a platform was chosen.
    if not has_display(environment) and not environment.get("QT_QPA_PLATFORM"):
        raise UserError("no_display")
    folder = ShopFolder(parsed.shop or _default_folder(is_demo=parsed.demo))
    make_application([])
    return _Start(folder, is_demo=parsed.demo, full_screen=not parsed.window).run()


def _default_folder(*, is_demo: bool) -> Path:
    places = default_places()
    return places.demo if is_demo else places.shop


class _Start:
    """Opens the till into a window, or the page that says why not."""

    def __init__(self, folder: ShopFolder, *, is_demo: bool, full_screen: bool) -> None:
        self._folder = folder
        self._is_demo = is_demo
        self._full_screen = full_screen
        self._page: object = None

    def run(self) -> int:
        """Run until the window is closed."""
        from ui.app import execute

        self._open()
        code = execute()
        self._close()
        return code

    def _open(self) -> None:
        from ui.app import TillWindow, beep, show_problem
        from ui.bridge import Bridge

        self._till: Till | None = None
        self._window: TillWindow | None = None
        bridge = Bridge()
        try:
            if self._is_demo:
                prepare_demo(self._folder)
            else:
                require_shop(self._folder)
            start_logging(self._folder.logs)
            self._till = Till(
                self._folder,
                Options(
                    on_lost=bridge.tell_lost,
                    on_print_change=bridge.tell_print,
                    on_drawer_kicked=bridge.tell_drawer,
                ),
            )
        except GuitaiError as error:
            self._page = show_problem(error, self._retry)
            return
        self._page = None
        work = workplace(self._till, beep)
        self._window = TillWindow(work, bridge)
        self._window.open(full_screen=self._full_screen)

    def _retry(self) -> None:
        old, self._page = self._page, None
        self._open()
        if hasattr(old, "hide"):
            old.hide()

    def _close(self) -> None:
        if self._window is not None:
            self._window.close()
        if self._till is not None:
            self._till.close()


def workplace(till: Till, beep: Callable[[], None]) -> Workplace:
    """Return what the screen works with, around an open till."""
    from hardware.printer.raster import PillowRasteriser
    from pos_app.cli.till_upkeep import TillUpkeep
    from ui.presenters.workplace import Workplace

    upkeep = TillUpkeep(till, PillowRasteriser())
    return Workplace(till.counter, upkeep, till.was_clean, till.is_sound, beep)


def prepare_demo(folder: ShopFolder) -> None:
    """Make the sample shop if there is none; a damaged one is moved aside first.

    Nothing is ever deleted here.

    Raises:
        StorageError: "till_already_running", or what is wrong with the disk.
    """
    if folder.is_shop:
        try:
            Till(folder, Options(with_printer=False)).close()
        except StorageError as error:
            if error.key not in _LOST:
                raise
        else:
            return
    _set_aside(folder)
    create_shop(folder, demo_setup(), FileKeyStore(folder.root))


def _set_aside(folder: ShopFolder) -> None:
    """Move what is left of a sample shop to a folder of its own beside it."""
    root = folder.root
    if not root.exists() or not any(root.iterdir()):
        return
    owner = running_till(folder)
    if owner is not None:
        raise StorageError("till_already_running", pid=owner)
    moment = "".join(sign for sign in str(SystemClock().now()) if sign not in ":-.")
    try:
        root.rename(root.with_name(f"{root.name}-{moment}"))
    except OSError as error:
        raise file_error(error, root) from error
