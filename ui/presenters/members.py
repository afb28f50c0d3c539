"""The members' part of the back office: who they are, and what is done with them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import Signal
from typing_extensions import override

from pos_app.domain.member.phone_key import is_phone_key
from pos_app.i18n import _
from pos_app.services.member_admin import MemberAdmin
from ui import tasks
from ui.keymap import Action
from ui.presenters.back_office_part import BackOfficePlace
from ui.presenters.long_work import LongWork
from ui.presenters.member_actions import MemberActions
from ui.presenters.member_admin_words import TABS
from ui.presenters.member_file import MemberFilePage
from ui.presenters.member_joining import MemberJoining
from ui.presenters.member_list import MemberList
from ui.presenters.member_opening import MemberOpening
from ui.presenters.member_reading import MemberDraft, OpenMember
from ui.presenters.member_tabs import fields_of
from ui.presenters.members_state import MembersPage, MembersState, MembersTable
from ui.presenters.office_form_state import OfficeFormState, OfficeKey

Value = TypeVar("Value")


class MembersPart(LongWork):
    """Leads from the list to one member, to merges and to files."""

    file_wanted = Signal(bool)
    """A file must be named: True to write one person's data, False to read members."""
    question_wanted = Signal(object, object)
    """A `Question`, and what is called with the key of its answer."""
    pick_wanted = Signal(object, object)
    """(title, rows, chosen) to pick from, and what is called with what was picked."""
    pin_wanted = Signal(str, object)
    """Whose PIN is typed, and what is called with it."""

    def __init__(self, place: BackOfficePlace) -> None:
        super().__init__(place)
        self.page = MembersPage.PEOPLE
        self.list = MemberList(place, self.changed.emit)
        self.actions = MemberActions(self)
        self.joining = MemberJoining(self)
        self.file = MemberFilePage(self)
        self.member: OpenMember | None = None
        self.draft = MemberDraft()
        self.tab = TABS[0][0]
        self.opening = MemberOpening(self)

    @property
    def admin(self) -> MemberAdmin:
        """The services."""
        return self.work.counter.member_admin

    # --------------------------------------------------------------- what to show

    @property
    @override
    def state(self) -> MembersState:
        is_people = self.page is MembersPage.PEOPLE
        return MembersState(
            page=self.page,
            search=self.list.words,
            form=self._form() if is_people else None,
            table=None if is_people else self._table(),
            progress=self.progress,
        )

    def _table(self) -> MembersTable:
        if self.page is MembersPage.COLUMNS:
            return self.file.columns.view()
        is_file = self.page is MembersPage.FILE
        return self.file.view() if is_file else self.joining.view()

    def _form(self) -> OfficeFormState:
        member = self.member
        row = member.detail.row if member else None
        name = (row.name or row.phone or _("Erased")) if row else ""
        return OfficeFormState(
            views=tuple((key, _(words), icon) for key, words, icon in TABS),
            view=self.tab,
            filters=self.list.filters(),
            filter=self.list.filter,
            list_title=_("Members"),
            list_icon="users",
            rows=self.list.rows(),
            chosen=row.member_id if row else "",
            form_key=f"{self.tab}:{row.member_id if row else ''}",
            title=name,
            icon="user",
            note=_("{points} points", points=f"{row.points:,}") if row else "",
            fields=fields_of(self.tab, member, self.draft) if member else (),
            empty=self.joining.asking or _("Choose a member on the left"),
            is_dirty=self.is_dirty,
            is_working=self.is_working,
            can_save=self.tab == "profile" and bool(row and not row.is_erased),
            list_keys=self._list_keys(),
        )

    def _list_keys(self) -> tuple[OfficeKey, ...]:
        keys = [
            OfficeKey("doubles", _("Enrolled twice?"), "users"),
            OfficeKey("file", _("Members of a file"), "file-xls"),
        ]
        if self.list.has_more:
            keys.insert(0, OfficeKey("more", _("Show more"), "plus"))
        return tuple(keys)

    @property
    def is_dirty(self) -> bool:
        """Tell whether something is typed that is not stored."""
        return self.member is not None and self.draft != self.member.draft

    @override
    def unsaved(self) -> str:
        if not self.is_dirty or self.member is None:
            return ""
        return self.member.detail.row.name or _("Members")

    @override
    def throw_away(self) -> None:
        if self.member is not None:
            self.draft = self.member.draft
        self.changed.emit()

    @override
    def save(self, then: Callable[[], None]) -> None:
        def saved() -> None:
            if self.holds():  # something waits for its key
                return
            then()

        self.actions.save(saved)

    @override
    def begin(self, subject: str = "") -> None:
        """Open the part; `subject` is a member's id."""
        self.list.begin()
        if subject:
            self.page = MembersPage.PEOPLE
            self.open(subject)

    # ------------------------------------------------------------------- intents

    def on_search(self, words: str) -> None:
        """Look for members."""
        self.list.search(words)

    def on_view(self, tab: str) -> None:
        """Show another tab of the open member; what waits for a key stays typed."""
        member = self.member
        if member is None or self.draft.to_save == member.draft.to_save:
            self.tab = tab
        else:
            self.opening.say_held()
        self.changed.emit()

    def on_filter(self, key: str) -> None:
        """Show another part of the list."""
        self.list.choose(key)
        self.changed.emit()

    def on_row(self, member_id: str) -> None:
        """A member was chosen: opened, or the second one of a merge."""
        if self.joining.takes(member_id) or self.holds():
            return
        self.open(member_id)

    def on_edited(self, key: str, value: object) -> None:
        """Something was typed."""
        self.opening.typed()
        self.actions.edited(key, str(value))

    def on_table_row(self, key: str) -> None:
        """A row of a table was touched."""
        if self.page is MembersPage.DOUBLES:
            self.joining.choose(key)
        elif self.page is MembersPage.COLUMNS:
            self.file.columns.choose(key)

    def on_act(self, key: str) -> None:
        """A key was pressed."""
        if self.is_working:
            return
        wider: dict[str, Callable[[], None]] = {
            "more": self.list.more,
            "doubles": self.joining.find,
            "file": lambda: self.file_wanted.emit(False),
        }
        if key in wider:
            wider[key]()
        elif self.page in {MembersPage.FILE, MembersPage.COLUMNS}:
            self.file.act(key)
        elif self.page is not MembersPage.PEOPLE:
            self.joining.act(key)
        else:
            self.actions.act(key)

    def on_save(self) -> None:
        """What is typed shall hold."""
        self.actions.save(lambda: self.frame.say(_("Saved")))

    def holds(self) -> bool:
        """Tell whether something is typed that is not stored; say so."""
        if self.is_dirty:
            self.opening.say_held()
        return self.is_dirty

    def go(self, page: MembersPage) -> None:
        """Show a page."""
        self.page = page
        self.changed.emit()

    def back(self) -> None:
        """Go back to the list."""
        if not self.is_working:
            self.joining.forget()
            self.go(MembersPage.PEOPLE)

    def open(self, member_id: str) -> None:
        """Read a member and show it; what is typed of another one keeps that open."""
        self.opening.open(member_id)

    # ------------------------------------------------------------------ the work

    def do(
        self, make: Callable[[], Future[Value]], then: Callable[[Value], None]
    ) -> None:
        """Do something that may need consent, and go on when it is stored."""
        if not self.is_working:
            self.frame.attempt(lambda: self._do(make(), then))

    def _do(self, future: Future[Value], then: Callable[[Value], None]) -> None:
        self.is_working = True
        self.changed.emit()

        def done(value: Value) -> None:
            self.is_working = False
            then(value)
            self.changed.emit()

        task = tasks.watch(future)
        task.then(done).otherwise(self.on_refused).after_bug(self.on_stopped)

    def took(self, *names: str) -> None:
        """A key has taken what was typed into these fields."""
        self.draft = replace(self.draft, **dict.fromkeys(names, ""))
        self.renew()

    def renew(self, _done: object = None) -> None:
        """Read the open member and the list anew."""
        self.list.begin()
        if self.member is not None:
            self.open(self.member.detail.row.member_id)

    @override
    def takes_scan(self, code: str) -> bool:
        """Register a phone's key for the open member, else look for whose code it is."""
        if self.is_working or self.page is not MembersPage.PEOPLE:
            return True
        if is_phone_key(code):
            self.actions.register(code)
        else:
            self.list.search(code)
            self.changed.emit()
        return True

    @override
    def takes_action(self, action: Action) -> bool:
        """Esc goes back a page, or gives up what is typed; F12 is the main key."""
        if action is Action.ESCAPE:
            return self._escape()
        if action is not Action.PAY or self.page is MembersPage.PEOPLE:
            return False
        keys = self._table().keys
        if keys and not keys[0].reason:
            self.on_act(keys[0].key)
        return True

    def _escape(self) -> bool:
        if self.page is not MembersPage.PEOPLE:
            self.back()
        elif self.is_dirty:
            self.throw_away()
        elif self.joining.asking:
            self.joining.forget()
            self.changed.emit()
        else:
            return False
        return True
