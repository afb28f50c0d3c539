"""guitai run: open the till, or play the demo day where nobody can look."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.bootstrap import Options, Till
from pos_app.cli.demo_shop import prepare_demo
from pos_app.cli.shop_making import forget_setup
from pos_app.config import default_places
from pos_app.errors import GuitaiError, StorageError, UserError
from pos_app.logs import start_logging
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.persistence.shop_opening import require_shop

if TYPE_CHECKING:
    from hardware.sound import SystemSoundPlayer
    from pos_app.cli.setup_port import MachineSetup
    from ui.app import TillWindow
    from ui.presenters.setup_state import Opening
    from ui.setup_window import SetupWindow


#: A trade item and a lot: the example of the GS1 General Specifications.
_ANY_MESSAGE = "0109506000134352\x1d10ABC123"


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
    from ui.lean_start import start_lean

    start_lean()
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
    return TillStart(folder, is_demo=parsed.demo, full_screen=not parsed.window).run()


def _default_folder(*, is_demo: bool) -> Path:
    places = default_places()
    return places.demo if is_demo else places.shop


class TillStart:
    """Opens the till into a window, the wizard, or the page that says why not."""

    def __init__(self, folder: ShopFolder, *, is_demo: bool, full_screen: bool) -> None:
        self._folder = folder
        self._is_demo = is_demo
        self._full_screen = full_screen
        self._page: object = None
        self.till: Till | None = None
        self.window: TillWindow | None = None
        self.wizard: SetupWindow | None = None
        self._wizard_before: SetupWindow | None = None
        self._port: MachineSetup | None = None
        self._player: SystemSoundPlayer | None = None

    def run(self) -> int:
        """Run until the window is closed."""
        from ui.app import execute

        self.open()
        code = execute()
        self.close()
        return code

    def open(self) -> None:
        """Show what there is to show: the till, the wizard, or the problem."""
        try:
            if self._is_demo:
                prepare_demo(self._folder)
            elif self._wants_wizard():
                self._open_wizard()
                return
            self._open_till()
        except GuitaiError as error:
            from ui.app import show_problem

            self._page = show_problem(error, self._retry)
            return
        self._page = None

    def _open_till(self) -> None:
        from hardware.sound import SystemSoundPlayer
        from pos_app.cli.till_workplace import heard_workplace
        from ui.app import TillWindow, beep
        from ui.bridge import Bridge

        bridge = Bridge()
        if self.wizard is None and self._port is None:
            forget_setup(self._folder.root)
        start_logging(self._folder.logs)
        self.till = Till(
            self._folder,
            Options(
                on_lost=bridge.tell_lost,
                on_print_change=bridge.tell_print,
                on_drawer_kicked=bridge.tell_drawer,
                on_scan=bridge.tell_scan,
                on_report=bridge.tell_report,
                on_plugged=bridge.tell_plugged,
                devices_later=True,
            ),
        )
        self._player = SystemSoundPlayer()
        work = heard_workplace(self.till, self._player, beep)
        self.window = TillWindow(work, bridge)
        # Drivers load fonts and libraries: nobody waits for them to see the till.
        self.window.after_first_paint(self._start_behind)
        self.window.open(full_screen=self._full_screen)

    def _start_behind(self) -> None:
        """Start the devices, and know GS1 messages before the first is scanned."""
        from pos_app.values.gs1.message import read_message

        assert self.till is not None
        self.till.renew_printer()
        read_message(_ANY_MESSAGE)  # its library takes a fifth of a second to load

    # -------------------------------------------------------------- the wizard

    def _wants_wizard(self) -> bool:
        """Tell whether there is no trace of a shop: somebody sets one up."""
        try:
            require_shop(self._folder)
        except StorageError as error:
            if error.key != "shop_missing":
                raise
            return True
        return False

    def _open_wizard(self) -> None:
        from pos_app.cli.setup_port import MachineSetup
        from ui.setup_window import SetupWindow

        self._port = MachineSetup(self._folder.root)
        self.wizard = SetupWindow(self._port)
        self.wizard.finished.connect(self._on_wizard_finished)
        self.wizard.left.connect(self._on_wizard_left)
        self.wizard.open(full_screen=self._full_screen)

    def _on_wizard_left(self) -> None:
        """Somebody goes on another time: what was typed is kept."""
        from ui.setup_window import leave_program

        leave_program()

    def _on_wizard_finished(self, opening: Opening) -> None:
        """Open what the wizard made: the new shop, the old one, or the sample."""
        from ui.presenters.setup_state import WizardPage

        # It is still speaking, so it must outlive this call.
        old, self.wizard = self.wizard, None
        self._wizard_before = old
        if opening.page is WizardPage.DEMO:
            self._is_demo = True
            self._folder = ShopFolder(default_places().demo)
        self.open()
        if self.window is not None and opening.pin:
            from ui.first_sale import FirstSale

            first = FirstSale(self.window)
            first.begin(opening.number, opening.pin, practises=opening.practises)
        if old is not None:
            old.close()
        self._close_port()

    def _close_port(self) -> None:
        if self._port is not None:
            self._port.close()
            self._port = None

    def _retry(self) -> None:
        old, self._page = self._page, None
        self.open()
        if hasattr(old, "hide"):
            old.hide()

    def close(self) -> None:
        """Put away whatever is open."""
        if self.wizard is not None:
            self.wizard.close()
        self._close_port()
        if self.window is not None:
            self.window.close()
        if self._player is not None:
            self._player.close()
        if self.till is not None:
            self.till.close()
