"""The promotions of the back office: listed, written in words, started, stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from typing_extensions import override

from pos_app.i18n import _, current_language
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.promotions import PromotionVersion
from pos_app.values.times import Timestamp
from ui.keymap import Action
from ui.presenters.back_office_part import BackOfficePlace
from ui.presenters.promotion_list import PromotionList, name_of, template_rows
from ui.presenters.promotion_templates import template
from ui.presenters.promotion_writing import PromotionWriting
from ui.presenters.promotions_state import (
    PromotionsMode,
    PromotionsState,
    PromotionsTab,
)


class PromotionsPart(PromotionWriting):
    """Leads from the list to the editor and back."""

    moved = Signal(int)
    """Up or down was pressed: -1 or +1 in the list that has the keyboard."""
    find_wanted = Signal()
    """The key for searching was pressed."""
    entered = Signal()
    """Enter, or the key of the next step, was pressed."""
    start_wanted = Signal(str)
    """When shall it start? What it is called."""
    started = Signal()
    """It is started, or will be."""

    def __init__(self, place: BackOfficePlace) -> None:
        super().__init__(place)
        self.list = PromotionList(self.work)
        self._mode = PromotionsMode.LIST
        #: As it was when the moment was asked for: nothing else is started.
        self._to_start: PromotionVersion | None = None

    @override
    def begin(self, subject: str = "") -> None:
        self.list.look()
        if subject:
            self._mode = PromotionsMode.LIST
            self.list.open(subject)
        self.changed.emit()

    # --------------------------------------------------------------- what to show

    @property
    @override
    def state(self) -> PromotionsState:
        editor, is_tried = None, self.dry_run.is_open
        is_edited = self._mode is PromotionsMode.EDITOR and not is_tried
        if is_edited and self.editor.draft is not None:
            doubts = self.doubts()
            editor = self.editor.view(self.trial.view(), doubts)
        is_list = self._mode is not PromotionsMode.EDITOR
        is_choosing = self._mode is PromotionsMode.TEMPLATES
        return PromotionsState(
            mode=self._mode,
            tab=self.list.tab,
            search=self.list.search,
            rows=self.list.rows() if is_list else (),
            chosen=self.list.chosen,
            counts=self.list.counts(),
            detail=self.list.detail() if self._mode is PromotionsMode.LIST else None,
            templates=template_rows(self.work) if is_choosing else (),
            editor=editor,
            is_working=self.is_working,
            dry_run=self.dry_run.state if is_tried else None,
        )

    # --------------------------------------------------------------------- the list

    def on_tab(self, key: str) -> None:
        """Another list was chosen."""
        self.list.tab, self.list.search = PromotionsTab(key), ""
        self.list.chosen = ""
        self._show_list()

    def on_search(self, text: str) -> None:
        """Something was typed into the search of the list."""
        self.list.search = text.strip()
        self._show_list()

    def on_row(self, promotion_id: str) -> None:
        """A promotion was chosen."""
        self.list.chosen = promotion_id
        self._show_list()

    def _show_list(self) -> None:
        self._mode = PromotionsMode.LIST
        self.list.look()
        self.changed.emit()

    def on_new(self) -> None:
        """A new promotion: which sentence?"""
        is_open = self._mode is PromotionsMode.TEMPLATES
        self._mode = PromotionsMode.LIST if is_open else PromotionsMode.TEMPLATES
        self.changed.emit()

    def on_template(self, key: str) -> None:
        """A new promotion begins with a sentence."""
        draft = template(key).begin(self.promotions.new_id(), self.work.currency)
        self._open_editor()
        self.editor.open(draft, 1, is_stored=False)
        self.follow()

    def on_action(self, key: str) -> None:
        """Something is done with the promotion that is chosen."""
        promotion_id = self.list.chosen
        makes: dict[str, tuple[Callable[[], CatalogChange], str]] = {
            "stop": (
                lambda: self.promotions.stop(promotion_id),
                _("Promotion stopped; open baskets keep it"),
            ),
            "unschedule": (
                lambda: self.promotions.unschedule(promotion_id),
                _("The promotion will not start"),
            ),
            "throw_away": (
                lambda: self.promotions.throw_away(promotion_id),
                _("Draft thrown away"),
            ),
        }
        leads = {"edit": self._edit, "start": self._ask_start}
        leads["coupon"] = self.to_coupon
        if key in leads:
            leads[key](promotion_id)
        elif key in makes:
            make, words = makes[key]
            self.store(make, lambda: self._on_done(promotion_id, words))

    def _on_done(self, promotion_id: str, words: str) -> None:
        self.list.look()
        self.list.open(promotion_id)
        self._mode = PromotionsMode.LIST
        self.frame.say(words)

    def _edit(self, promotion_id: str) -> None:
        history = self.promotions.versions(promotion_id)
        promotion = history[0].version.promotion if history else None
        if promotion is None:
            return
        version = self.promotions.next_version(promotion_id)
        self._open_editor()
        is_stored = version == promotion.version
        self.editor.open(
            replace(promotion, version=version), version, is_stored=is_stored
        )
        if not is_stored:
            self.editor.note_stored()  # nothing is changed yet
        self.follow()

    # ------------------------------------------------------------------- the editor

    def _open_editor(self) -> None:
        self._mode = PromotionsMode.EDITOR
        self.trial.begin()

    def on_back(self) -> None:
        """Leave the editor; what is not stored is asked for by the back office."""
        if self.editor.is_dirty:
            self.save(self._leave)
        else:
            self._leave()

    def _leave(self) -> None:
        draft = self.editor.draft
        self.editor.close()
        self._mode = PromotionsMode.LIST
        self.list.look()
        if draft is not None:
            self.list.open(draft.promotion_id)
        self.changed.emit()

    # ------------------------------------------------------------ storing, starting

    @override
    def unsaved(self) -> str:
        if not self.editor.is_dirty:
            return ""
        return self.editor.named().name

    @override
    def throw_away(self) -> None:
        self.editor.close()
        self._mode = PromotionsMode.LIST
        self.changed.emit()

    @override
    def save(self, then: Callable[[], None]) -> None:
        draft, seen = self.editor.named(), self.editor.seen

        def on_stored() -> None:
            self.editor.note_stored()
            self.frame.say(
                _("Draft stored: {name}", name=draft.name_in(current_language()))
            )
            then()

        self.store(lambda: self.promotions.save_draft(draft, seen), on_stored)

    def on_save(self) -> None:
        """Store the draft and go back to the list."""
        self.save(self._leave)

    def on_start(self) -> None:
        """Store the draft, then ask when it starts."""
        draft = self.editor.draft
        if draft is None or self.editor.unsound()[1]:
            return
        if self.editor.is_dirty:
            self.save(lambda: self._ask_start(draft.promotion_id))
        else:
            self._ask_start(draft.promotion_id)

    def _ask_start(self, promotion_id: str) -> None:
        history = self.promotions.versions(promotion_id)
        if history:
            self._to_start = history[0].version
            self.start_wanted.emit(name_of(history[0]))

    def start(self, at: Timestamp | None, until: Timestamp | None) -> None:
        """Start the newest version, now or at a moment."""
        wanted = self._to_start
        if wanted is None:
            return
        promotion_id, version = wanted.promotion_id, wanted.version

        def then() -> None:
            self.started.emit()
            self.editor.close()
            words = _("Promotion started; the next basket has it")
            if at is not None:
                words = _("The promotion will start by itself")
            self._on_done(promotion_id, words)

        start = self.promotions.start
        self.store(lambda: start(promotion_id, version, at, until, wanted.text), then)

    # ---------------------------------------------------------------- what is asked

    @override
    def takes_scan(self, code: str) -> bool:
        """Put scanned goods into the open card, or into the sample."""
        if self._mode is not PromotionsMode.EDITOR:
            return False
        self.take_code(code)
        return True

    @override
    def takes_action(self, action: Action) -> bool:
        if super().takes_action(action):
            return True
        if action in {Action.UP, Action.DOWN}:
            self.moved.emit(-1 if action is Action.UP else 1)
            return True
        if action is Action.FIND:
            self.find_wanted.emit()
            return True
        if action in {Action.ENTER, Action.PAY}:
            self._go_on(is_next_step=action is Action.PAY)
            return True
        return action is Action.ESCAPE and self._takes_escape()

    def _go_on(self, *, is_next_step: bool) -> None:
        """Enter takes what is marked; F12 is the green key of the page."""
        if is_next_step and self._mode is PromotionsMode.LIST:
            self.on_new()
        elif is_next_step and self._mode is PromotionsMode.EDITOR:
            if self.editor.card:
                self.on_card_left()
            else:
                self.on_start()
        else:
            self.entered.emit()

    def _takes_escape(self) -> bool:
        if self._mode is PromotionsMode.TEMPLATES:
            self.on_new()
            return True
        if self._mode is not PromotionsMode.EDITOR:
            return False
        if self.editor.card:
            self.on_card_left()
            return True
        if self.editor.is_dirty:
            return False  # the back office asks what becomes of it
        self._leave()
        return True
