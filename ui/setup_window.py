"""The first-run wizard in its window: presenter, screen, scanner."""

from __future__ import annotations

from time import monotonic_ns

from PySide6.QtCore import QCoreApplication, QLocale, QObject, Signal

from pos_app.i18n import _, current_language
from pos_app.services.setup_draft import SetupStep
from ui.main_window import MainWindow, room_for_window
from ui.presenters.setup_port import SetupPort
from ui.presenters.setup_state import WizardPage
from ui.presenters.setup_wizard import SetupWizard
from ui.scanning.scan_meter import ScanMeter
from ui.scanning.wedge import Wedge
from ui.screens.setup_wizard import SetupScreen
from ui.tasks import TaskRunner
from ui.theme.host import theme_host


def system_language() -> str:
    """Return the till's language that is nearest to the machine's."""
    here = QLocale.system()
    if here.language() is not QLocale.Language.Chinese:
        return "en"
    is_traditional = here.script() is QLocale.Script.TraditionalHanScript
    return "zh-TW" if is_traditional else "zh-CN"


def leave_program() -> None:
    """End the program; what was typed is kept."""
    QCoreApplication.quit()


def _now_ms() -> int:
    return monotonic_ns() // 1_000_000


class SetupWindow(QObject):
    """The wizard's window with everything behind it.

    Args:
        port: what the wizard asks of the machine.
        language: the one to begin with; "" for the machine's.
    """

    finished = Signal(object)
    """The wizard is over: an `Opening` says what is opened now."""
    left = Signal()
    """Somebody goes on another time."""

    def __init__(self, port: SetupPort, language: str = "") -> None:
        super().__init__()
        self.runner = TaskRunner()
        self.wizard = SetupWizard(port, self.runner, language or system_language())
        theme_host().use_language(current_language())
        self._dress()
        theme_host().fit(room_for_window())
        self.window = MainWindow(_("Guitai till"))
        self.screen = SetupScreen()
        self.window.add(self.screen)
        self.wedge = Wedge(_now_ms)
        self.meter = ScanMeter(self.wedge, _now_ms)
        self._is_listening = False
        self._connect()

    def open(self, *, full_screen: bool) -> None:
        """Show the window."""
        self.window.show_screen(self.screen)
        self.show_state()
        if full_screen:
            self.window.resize(room_for_window())
            self.window.showMaximized()
        else:
            self.window.show()

    def close(self) -> None:
        """Let what runs behind finish; the window goes."""
        self._listen(is_wanted=False)
        self.runner.close()
        self.wizard.blockSignals(True)
        self.window.blockSignals(True)
        self.window.close()

    def show_state(self) -> None:
        """Show the present state; a scan counts where a scanner is tried."""
        state = self.wizard.state
        self.screen.show_state(state)
        is_devices = state.step is SetupStep.DEVICES
        self._listen(is_wanted=state.page is WizardPage.STEPS and is_devices)

    def _listen(self, *, is_wanted: bool) -> None:
        if is_wanted == self._is_listening:
            return
        self._is_listening = is_wanted
        if is_wanted:
            self.wedge.install()
            self.meter.install()  # later, so that it sees the keys first
        else:
            self.meter.remove()
            self.wedge.remove()

    def _connect(self) -> None:
        wizard, screen = self.wizard, self.screen
        wizard.state_changed.connect(self.show_state)
        wizard.look_changed.connect(self._dress)
        wizard.language_changed.connect(self._on_language)
        wizard.finished.connect(self.finished)
        wizard.ending.made.connect(screen.code.forget)
        self.meter.measured.connect(wizard.devices.take_scan)
        screen.next_pressed.connect(self._on_next)
        screen.back_pressed.connect(wizard.go_back)
        screen.later_pressed.connect(wizard.go_later)
        screen.rail.step_pressed.connect(wizard.go_to)
        screen.rail.leave_pressed.connect(self.left)
        self.window.closing.connect(self.left)
        for page in screen.pages:
            page.changed.connect(wizard.on_changed)
            page.typed.connect(wizard.on_typed)
        screen.welcome.chosen.connect(wizard.choose)
        screen.devices.printer_pressed.connect(self._on_printer)
        screen.devices.drawer_pressed.connect(self._on_drawer)
        screen.devices.search_pressed.connect(wizard.devices.search)
        screen.devices.found_pressed.connect(wizard.devices.take_found)
        screen.devices.scale_pressed.connect(wizard.devices.find_scale)
        screen.devices.opened.connect(wizard.devices.look_at_usb)
        screen.goods.file_named.connect(wizard.on_goods_file)
        screen.people.person_changed.connect(wizard.on_person)
        screen.people.pin_typed.connect(wizard.on_pin)
        screen.people.add_pressed.connect(wizard.add_person)
        screen.people.removed.connect(self._on_removed)
        screen.restore.folder_chosen.connect(wizard.look_into)
        screen.sale.practise_pressed.connect(wizard.practise)
        screen.code.print_pressed.connect(wizard.print_code)

    def _on_next(self) -> None:
        """Go on; a frame that was looked at and left is as large as the card."""
        draft = self.wizard.draft
        on_screen = self.wizard.page is WizardPage.STEPS
        if on_screen and draft.step is SetupStep.SCREEN:
            um = self.screen.screen_page.measure()
            self.wizard.on_changed("screen_um_per_px", um)
        self.wizard.go_on()

    def _on_printer(self, answer: str) -> None:
        if answer == "try":
            self.wizard.devices.try_printer()
        else:
            self.wizard.devices.answer_printer(answer)

    def _on_drawer(self, answer: str) -> None:
        if answer == "try":
            self.wizard.devices.try_drawer()
        else:
            self.wizard.devices.answer_drawer(answer)

    def _on_removed(self, place: int) -> None:
        self.wizard.remove_person(place)
        people = range(len(self.wizard.draft.people))
        self.screen.people.show_pins([self.wizard.pins_of(at) for at in people])

    def _on_language(self) -> None:
        theme_host().use_language(current_language())
        self.window.setWindowTitle(_("Guitai till"))

    def _dress(self) -> None:
        draft = self.wizard.draft
        theme_host().use_look(draft.theme, draft.size_percent)
