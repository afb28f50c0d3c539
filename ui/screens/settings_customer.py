"""What the customer sees and everybody hears: the second screen, the sounds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout
from typing_extensions import override

from pos_app.i18n import LANGUAGES, _
from pos_app.ports.sounds import Sound
from ui.presenters.customer_status import DisplayStatus
from ui.presenters.settings_state import SettingsState
from ui.screens.settings_fields import ChoiceField, FactRows, Note
from ui.screens.settings_page import Page
from ui.screens.settings_pages import LANGUAGE_NAMES
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace

IDLE_SECONDS = (10, 20, 60, 300)


class CustomerPage(Page):
    """Fields on the left; where the display is, and what tries it, on the right."""

    identify_pressed = Signal()
    """Each screen shall show its number."""
    trial_pressed = Signal()
    """An example shall be shown."""
    sound_pressed = Signal(str)
    """A sound shall be heard; the `Sound`'s value."""

    def __init__(self) -> None:
        super().__init__("customer")
        self.screen_field = ChoiceField("customer_screen")
        self.language = ChoiceField("customer_language")
        self.idle = ChoiceField("customer_idle_s")
        self.sounds = ChoiceField("sounds")
        self.fields = (self.screen_field, self.language, self.idle, self.sounds)
        for field in self.fields:
            self.add(field)
        for field in (self.screen_field, self.language, self.sounds):
            field.changed.connect(self.changed)
        self.idle.changed.connect(self._on_idle)
        self.facts, self.note = FactRows("displayFacts"), Note("displayNote")
        self.pictures = Note("displayPictures")
        row = Arrangement.ROW
        self.identify = ActionButton(
            "displayIdentify", ButtonFace(icon="hash", arrangement=row)
        )
        self.trial = ActionButton(
            "displayTrial", ButtonFace(icon="monitor", arrangement=row)
        )
        self.sound_keys = {
            sound: ActionButton(f"sound_{sound.value}", ButtonFace(arrangement=row))
            for sound in (Sound.SCAN, Sound.MEMBER, Sound.ERROR, Sound.PAID)
        }
        self._lay_out()
        self.identify.clicked.connect(self.identify_pressed)
        self.trial.clicked.connect(self.trial_pressed)
        for key in self.sound_keys.values():
            key.clicked.connect(self._on_sound)

    def _lay_out(self) -> None:
        self._keys, self._heard = QHBoxLayout(), QHBoxLayout()
        self._keys.addWidget(self.identify)
        self._keys.addWidget(self.trial)
        for key in self.sound_keys.values():
            self._heard.addWidget(key)
        self.sound_note = Note("soundNote")
        for part in (self.facts, self.note):
            self.right.body.addWidget(part)
        self.right.body.addLayout(self._keys)
        self.right.body.addWidget(self.pictures)
        self.right.body.addStretch(1)
        self.right.body.addWidget(self.sound_note)
        self.right.body.addLayout(self._heard)
        for key in (self.identify, self.trial, *self.sound_keys.values()):
            key.set_size(56)
        for keys in (self._keys, self._heard):
            keys.setSpacing(theme().px(10))

    @override
    def show_state(self, state: SettingsState) -> None:
        """Show the settings in force."""
        self.show_title(state, _("Customer and sounds"), "monitor")
        self.right.set_title(_("Second screen"))
        tags = [(tag, LANGUAGE_NAMES[tag], "") for tag in LANGUAGES]
        self.language.offer(
            _("Language of the customer display"), [("", _("As the slip"), ""), *tags]
        )
        self.language.choice.show_chosen(state.customer_language)
        self.idle.offer(
            _("Pictures after"),
            [(str(x), _("{seconds} s", seconds=x), "") for x in IDLE_SECONDS],
        )
        self.idle.choice.show_chosen(str(state.customer_idle_s))
        self.sounds.offer(
            _("Sounds"),
            [
                ("off", _("Off"), ""),
                ("low", _("Quiet"), ""),
                ("normal", _("Normal"), ""),
            ],
        )
        self.sounds.choice.show_chosen(state.sounds)
        self.screen_field.choice.show_chosen(state.customer_screen)
        for field in self.fields:
            field.setEnabled(state.may_change)
            field.show_problem(state.problem_of(field.key))
        self._say()

    def _say(self) -> None:
        """Say what the keys do, in the language in use."""
        self.identify.retitle(_("Which screen?"))
        self.trial.retitle(_("Show an example"))
        self.sound_note.setText(
            _("Each sound only repeats what the screen shows; none must be heard.")
        )
        words = {
            Sound.SCAN: _("Scan"),
            Sound.MEMBER: _("Member"),
            Sound.ERROR: _("Problem"),
            Sound.PAID: _("Paid"),
        }
        for sound, key in self.sound_keys.items():
            key.retitle(words[sound])

    def show_display(
        self, status: DisplayStatus, choices: Sequence[tuple[str, str]], folder: str
    ) -> None:
        """Show where the display is.

        Args:
            status: in words.
            choices: the screens to choose from: value and words.
            folder: where the idle pictures are put.
        """
        chosen = self.screen_field.choice.chosen_key
        offered = [(key, words, "") for key, words in choices]
        self.screen_field.offer(_("Customer display"), offered)
        self.screen_field.choice.show_chosen(chosen)
        self.facts.show_rows(((_("Customer display"), status.title),))
        self.note.setText(status.detail)
        words = _("Idle pictures: PNG, JPEG or WebP files in {folder}", folder=folder)
        self.pictures.setText(words if folder else "")

    def _on_idle(self, key: str, seconds: object) -> None:
        self.changed.emit(key, int(str(seconds)))

    def _on_sound(self) -> None:
        sender = self.sender()
        assert isinstance(sender, ActionButton)
        self.sound_pressed.emit(sender.objectName().removeprefix("sound_"))
