"""The answers of the first-run wizard: typed, kept, checked, tried."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimeZone, Signal

from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import use_language
from pos_app.services.setup_draft import DraftPerson, SetupDraft
from pos_app.services.setup_draft_check import person_key, usable_draft
from ui.messages import explain
from ui.presenters.setup_devices import DeviceTrials
from ui.presenters.setup_drafting import DraftKeeper
from ui.presenters.setup_ending import ShopEnding
from ui.presenters.setup_port import GoodsCheck, SetupPort
from ui.tasks import TaskRunner

_PRINTER_KEYS = frozenset(
    {"printer_kind", "printer_address", "printer_port", "paper_mm", "found_address"}
)
_LOOK_KEYS = frozenset({"theme", "size_percent"})
_PEOPLE_LIMIT = 20


class SetupAnswers(QObject):
    """Takes answers; PINs, codes and paths stay in memory."""

    state_changed = Signal()
    """The window must show the state anew."""
    look_changed = Signal()
    """Theme or text size of the draft are different."""
    language_changed = Signal()
    """All texts must be made anew."""

    def __init__(self, port: SetupPort, runner: TaskRunner) -> None:
        super().__init__()
        self._port, self._runner = port, runner
        self.keeper = DraftKeeper(port, runner)
        self.devices = DeviceTrials(port, self.keeper, runner)
        self.ending = ShopEnding(port, runner)
        self._pins: dict[str, tuple[str, str]] = {}
        self._problems: dict[str, str] = {}
        self._typed: dict[str, str] = {}
        self._goods: GoodsCheck | None = None
        self._is_reading_goods = False
        self._trouble = ""
        self.keeper.failed.connect(self._on_trouble)
        for part in (self.devices, self.ending):
            part.changed.connect(self.state_changed)

    @property
    def draft(self) -> SetupDraft:
        """The answers so far."""
        return self.keeper.draft

    def pins_of(self, place: int) -> tuple[str, str]:
        """Return what was typed as a person's PIN; in memory only."""
        return self._pins.get(person_key(place), ("", ""))

    # ------------------------------------------------------------------ answers

    def typed(self, key: str) -> str:
        """Return what was typed and is never kept: codes, a file's name."""
        return self._typed.get(key, "")

    def on_typed(self, key: str, text: object) -> None:
        """Something was typed that stays in memory."""
        self._typed[key] = str(text)
        if self._problems.pop(key, None):
            self.state_changed.emit()

    def on_changed(self, key: str, value: object) -> None:
        """An answer was changed; it is checked when one goes on."""
        if key == "country":
            self.keeper.put(self._with_country(str(value)))
        elif not self.keeper.change(**{key: value}):
            return
        self._problems.pop(key, None)
        self._trouble = ""
        if key == "language":
            use_language(self.draft.language)
            self.language_changed.emit()
        elif key in _LOOK_KEYS:
            self.look_changed.emit()
        elif key in _PRINTER_KEYS:
            self.devices.forget_printer()
        self.state_changed.emit()

    def _with_country(self, key: str) -> SetupDraft:
        draft = self.draft.with_country(key)
        if draft.time_zone:
            return draft
        zone = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
        return draft.model_copy(update={"time_zone": zone})

    def on_person(self, place: int, field: str, text: str) -> None:
        """A person's name, number or role was changed."""
        people = list(self.draft.people)
        people[place] = people[place].model_copy(update={field: text})
        self._problems.pop(f"{person_key(place)}-{field}", None)
        self.on_changed("people", tuple(people))

    def on_pin(self, place: int, pin: str, again: str) -> None:
        """A PIN was typed; it is never kept."""
        key = person_key(place)
        self._pins[key] = (pin, again)
        if self._problems.pop(f"{key}-pin", None):
            self.state_changed.emit()

    def add_person(self) -> None:
        """Another person works here."""
        people = self.draft.people
        if len(people) < _PEOPLE_LIMIT:
            numbers = [int(x.number) for x in people if x.number.strip().isdigit()]
            number = str(max(numbers, default=1000) + 1)
            self.on_changed("people", (*people, DraftPerson(number=number)))

    def remove_person(self, place: int) -> None:
        """A person does not work here after all; the owner stays."""
        assert place > 0
        pins = [self.pins_of(at) for at in range(len(self.draft.people))]
        people = list(self.draft.people)
        del people[place], pins[place]
        self._pins = {person_key(at): pair for at, pair in enumerate(pins)}
        self._forget_problems()
        self.on_changed("people", tuple(people))

    def on_goods_file(self, path: str) -> None:
        """A file of items was named: find out what it holds."""
        if self._is_reading_goods or not path.strip():
            return
        self._is_reading_goods, self._goods = True, None
        self._problems.pop("goods_file", None)
        draft, port = self.draft, self._port
        task = self._runner.run(lambda: port.take_goods_file(path, draft))
        task.then(self._on_goods).otherwise(self._on_no_goods)
        task.after_bug(self._on_goods_bug)
        self.state_changed.emit()

    def print_code(self) -> None:
        """Print the recovery code."""
        self.ending.print_code(usable_draft(self.draft))

    # ------------------------------------------------------------------ replies

    def _on_goods(self, check: GoodsCheck) -> None:
        self._is_reading_goods, self._goods = False, check
        self.keeper.change(goods_file=check.name)
        if not check.added:
            self._refuse("goods_file", UserError("setup_goods_nothing"))
        self.state_changed.emit()

    def _on_no_goods(self, error: GuitaiError) -> None:
        self._is_reading_goods = False
        self.keeper.change(goods_file="")
        self._refuse("goods_file", error)
        self.state_changed.emit()

    def _on_goods_bug(self) -> None:
        self._is_reading_goods = False
        self.state_changed.emit()

    def _on_trouble(self, error: GuitaiError) -> None:
        self._trouble = explain(error).sentence
        self.state_changed.emit()

    def _refuse(self, field: str, error: GuitaiError) -> None:
        self._problems[field] = explain(error).sentence

    def _forget_problems(self) -> None:
        self._problems, self._trouble = {}, ""
        self.ending.trouble = ""
