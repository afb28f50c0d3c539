"""The settings screen's presenter."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from pos_app.domain.permission import Demand, Permission
from pos_app.errors import GuitaiError
from pos_app.i18n import N_, _, current_language, use_language
from pos_app.services.session import ApprovalNeeded
from pos_app.services.settings import TillSettings
from ui import tasks
from ui.messages import explain
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.frame import FramePresenter
from ui.presenters.frame_state import KeyHint
from ui.presenters.settings_rules import RULE_NAMES, rule_change, rules_view
from ui.presenters.settings_state import (
    SETTING_NAMES,
    SHOP_WORDS,
    AboutView,
    CheckView,
    FieldProblem,
    SettingsState,
)
from ui.presenters.settings_views import (
    about_view,
    quick_notes_view,
    shop_view,
)
from ui.presenters.workplace import CheckResult, Workplace
from ui.tasks import Task, TaskRunner

_LOOK_KEYS = frozenset(
    {
        "theme",
        "size_percent",
        "pad",
        "contrast",
        "reduce_motion",
        "left_handed",
        "screen_um_per_px",
    }
)


class SettingsPresenter(QObject):
    """Changes settings, one at a time, each journalled."""

    state_changed = Signal()
    """The screen must show `state` anew."""
    look_changed = Signal()
    """Theme, size or pad are different."""
    language_changed = Signal()
    """All texts must be made anew."""

    def __init__(
        self, work: Workplace, frame: FramePresenter, runner: TaskRunner
    ) -> None:
        super().__init__()
        self._work = work
        self._frame = frame
        self._runner = runner
        self._problems: dict[str, str] = {}
        self._under_way = 0
        self._about = AboutView()

    @property
    def is_changing(self) -> bool:
        """Tell whether a change is on its way to the disk."""
        return self._under_way > 0

    def begin(self) -> None:
        """Open the screen: nothing is refused yet."""
        self._problems = {}
        self.refresh()

    def refresh(self) -> None:
        """Show the present state."""
        self.state_changed.emit()

    @property
    def state(self) -> SettingsState:
        """Return everything the screen shows."""
        desk = self._work.counter.desk
        now, staff = desk.settings.current, desk.session.staff
        asks = desk.needs_approval(Permission.SETTINGS)
        problems = tuple(FieldProblem(k, text) for k, text in self._problems.items())
        return SettingsState(
            frame=self._frame.state((KeyHint("Esc", _("Back")),), tab=""),
            may_change=staff is not None and (not asks or self._has_approver()),
            asks_approval=asks,
            may_look=bool(staff and staff.may(Permission.BLACK_BOX)),
            shop=shop_view(self._work),
            rules=rules_view(self._work),
            about=about_view(self._work, self._about),
            language=now.language or desk.shop.language,
            slip_language=now.slip_language,
            theme=now.theme,
            size_percent=now.size_percent,
            contrast=now.contrast,
            reduce_motion=now.reduce_motion,
            left_handed=now.left_handed,
            screen_um_per_px=now.screen_um_per_px,
            quick_notes=quick_notes_view(self._work),
            pad=now.pad,
            merge_same_items=now.merge_same_items,
            one_tap_cash=now.one_tap_cash,
            block_expired=now.block_expired,
            print_slips=now.print_slips,
            print_parked_slips=now.print_parked_slips,
            auto_lock_minutes=now.auto_lock_minutes,
            customer_screen=now.customer_screen,
            customer_language=now.customer_language,
            customer_idle_s=now.customer_idle_s,
            sounds=now.sounds,
            problems=problems,
        )

    def _has_approver(self) -> bool:
        demand = Demand(Permission.SETTINGS)
        return bool(self._work.counter.approval.approvers(demand))

    # ----------------------------------------------------------------- intents

    def on_setting_changed(self, key: str, value: object) -> None:
        """A field was changed; a refused value leaves the old one in force."""
        name = SETTING_NAMES.get(key) or RULE_NAMES.get(key, N_("Settings"))
        words = ApprovalWords(title=_(name))
        self._frame.attempt(lambda: self._change(key, value), words)
        self.refresh()  # a field shows what is in force until it is changed

    def _change(self, key: str, value: object) -> None:
        """Change one setting behind the screen; what is refused is said beside it."""
        desk, upkeep = self._work.counter.desk, self._work.upkeep
        desk.allow(Demand(Permission.SETTINGS, key))
        try:
            if key in SHOP_WORDS:
                change = upkeep.shop_change({SHOP_WORDS[key]: str(value)})
                self._await(key, self._runner.run(change))
            elif key in RULE_NAMES:
                change = rule_change(self._work, key, value)
                self._await(key, self._runner.run(change))
            else:
                future = desk.settings.begin_change(desk.stamp(), **{key: value})
                self._await(key, tasks.watch(future))
        except ApprovalNeeded:
            raise
        except GuitaiError as error:
            self._show_refusal(key, error)

    def _await(self, key: str, task: Task[Any]) -> None:
        self._under_way += 1
        task.then(partial(self._on_changed, key))
        task.otherwise(partial(self._on_refused, key)).after_bug(self._end_change)

    def _end_change(self) -> None:
        self._under_way -= 1

    def _on_changed(self, key: str, settings: TillSettings | None) -> None:
        self._end_change()
        if settings is not None:
            self._work.counter.desk.settings.adopt(settings)
        self._problems.pop(key, None)
        self._take_effect(key)
        self.refresh()

    def _on_refused(self, key: str, error: GuitaiError) -> None:
        self._end_change()
        self._show_refusal(key, error)

    def _show_refusal(self, key: str, error: GuitaiError) -> None:
        self._problems[key] = explain(error, self._work.currency).sentence
        self._work.beep()
        self.refresh()

    def _take_effect(self, key: str) -> None:
        self._work.counter.sale.refresh_rules()
        if key in _LOOK_KEYS:
            self.look_changed.emit()
        elif key == "language":
            chosen = self._work.counter.desk.settings.current.language
            use_language(chosen or self._work.counter.desk.shop.language)
            self.language_changed.emit()

    def on_back_up(self) -> None:
        """Make a backup, off the GUI thread."""
        self._about = replace(self._about, is_backing_up=True, backup_note="")
        stamp, back_up = self._work.counter.desk.stamp(), self._work.upkeep.back_up
        task = self._runner.run(lambda: back_up(stamp))
        task.then(self._on_backed_up).otherwise(self._on_backup_failed)
        self.refresh()

    def on_check(self) -> None:
        """Check the shop's data, off the GUI thread."""
        self._about = replace(self._about, is_checking=True, check=None)
        task = self._runner.run(self._work.upkeep.check)
        task.then(self._on_checked).otherwise(self._on_check_failed)
        self.refresh()

    def _on_backed_up(self, name: str) -> None:
        note = _("Saved and verified: {name}", name=name)
        self._about = replace(self._about, is_backing_up=False, backup_note=note)
        self.refresh()

    def _on_backup_failed(self, error: GuitaiError) -> None:
        note = explain(error, self._work.currency).sentence
        self._about = replace(self._about, is_backing_up=False, backup_note=note)
        self.refresh()

    def _on_checked(self, result: CheckResult) -> None:
        view = CheckView(result.is_sound, result.findings)
        self._about = replace(self._about, is_checking=False, check=view)
        self.refresh()

    def _on_check_failed(self, error: GuitaiError) -> None:
        words = explain(error, self._work.currency).sentence
        view = CheckView(is_sound=False, lines=(words,))
        self._about = replace(self._about, is_checking=False, check=view)
        self.refresh()


def language_of(work: Workplace) -> str:
    """Return the language that the screen starts in."""
    desk = work.counter.desk
    chosen = desk.settings.current.language or desk.shop.language
    return chosen or current_language()
