"""Staff in the back office: the list of people and the form of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from typing_extensions import override

from pos_app.domain.staffing import covers
from pos_app.errors import GuitaiError
from pos_app.i18n import LANGUAGES, N_, _, current_language
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.services.badges import NewBadge
from pos_app.services.people import NAME_LIMIT, NUMBER_LIMIT, StaffDraft
from ui.presenters.office_book import OfficeBook
from ui.presenters.office_form_state import (
    FieldKind,
    FieldView,
    OfficeRow,
    Option,
)
from ui.presenters.question_state import Answer, Question
from ui.presenters.staff_fields import (
    LANGUAGE_NAMES,
    StaffForm,
    entry_fields,
    language_field,
    staff_row,
    text_field,
)

FORMER = "former"
_PROBLEMS = {
    "staff_name_missing": "name",
    "staff_number_shape": "number",
    "staff_number_taken": "number",
    "role_gives_more": "role",
    "pin_shape": "pin",
    "pin_too_easy": "pin",
    "pin_is_number": "pin",
}


class StaffBook(OfficeBook[StaffForm]):
    """Lists people in the order of their tiles."""

    key = "staff"
    title = N_("Staff")
    icon = "users"
    add_words = N_("Add a person")

    @override
    def filters(self) -> tuple[tuple[str, str], ...]:
        return ("", _("At work")), (FORMER, _("Former"))

    @override
    def rows(self, wanted: str) -> tuple[OfficeRow, ...]:
        return tuple(
            staff_row(one)
            for one in self.work.counter.people.everybody()
            if one.staff.is_active != (wanted == FORMER)
        )

    @override
    def read(self, key: str) -> StaffForm | None:
        for one in self.work.counter.people.everybody():
            staff = one.staff
            if staff.staff_id == key:
                draft = StaffDraft(
                    staff.number,
                    staff.name,
                    staff.role.key,
                    staff.names,
                    staff.language,
                    staff.is_active,
                )
                flags = (one.has_pin, one.has_badge, one.can_change)
                return StaffForm(key, draft, *flags)
        return None

    @override
    def blank(self, wanted: str) -> StaffForm:
        counter = self.work.counter
        role = next(
            (x.key for x in reversed(counter.roles.all()) if self._can_give(x.key)), ""
        )
        return StaffForm("", StaffDraft(counter.people.free_number(), "", role))

    @override
    def name(self, draft: StaffForm) -> str:
        names = dict(draft.draft.names)
        name = names.get(current_language(), draft.draft.name)
        return name or _("A new person")

    @override
    def note(self, draft: StaffForm) -> str:
        return "" if draft.can_change else _("may more than you")

    @override
    def fields(self, draft: StaffForm, *, is_new: bool) -> Sequence[FieldView]:
        one, is_open = draft.draft, draft.can_change
        names, own = dict(one.names), self.work.counter.desk.shop.language
        found = [
            text_field("name", _("Name"), one.name, is_open, NAME_LIMIT),
            text_field(
                "number", _("Number to sign on with"), one.number, is_open, NUMBER_LIMIT
            ),
        ]
        if is_new:
            label = _("First PIN, 4 to 8 digits")
            found.append(text_field("pin", label, draft.pin, is_open, 8))
        found.append(
            FieldView(
                FieldKind.PICK,
                "role",
                _("Role"),
                one.role,
                options=self._roles(one.role),
                is_enabled=is_open,
            )
        )
        found.append(language_field(one.language, is_open))
        if not is_new:
            found += entry_fields(draft)
        found += [
            FieldView(FieldKind.HEAD, "names", _("Name in other languages")),
            *(
                text_field(
                    f"name_{tag}",
                    LANGUAGE_NAMES[tag],
                    names.get(tag, ""),
                    is_open,
                    NAME_LIMIT,
                )
                for tag in LANGUAGES
                if tag != own or names.get(tag)
            ),
        ]
        return found

    def _roles(self, chosen: str) -> tuple[Option, ...]:
        language = current_language()
        return tuple(
            Option(x.key, x.name_in(language), self._can_give(x.key) or x.key == chosen)
            for x in self.work.counter.roles.all()
        )

    def _can_give(self, key: str) -> bool:
        roles = self.work.counter.roles
        role = next((x for x in roles.all() if x.key == key), None)
        mine = self.work.counter.desk.session.cashier.role
        return role is not None and (covers(mine, role) or not roles.out_of_reach(role))

    # ----------------------------------------------------------------- changing

    @override
    def edited(self, draft: StaffForm, key: str, value: str) -> StaffForm:
        one = draft.draft
        if key == "pin":
            return replace(draft, pin=value)
        if key == "is_active":
            return replace(draft, draft=replace(one, is_active=bool(value)))
        if key.startswith("name_"):
            tag = key.removeprefix("name_")
            others = {**dict(one.names), tag: value}
            names = tuple((x, others[x]) for x in LANGUAGES if others.get(x))
            return replace(draft, draft=replace(one, names=names))
        changes = {key: value}
        return replace(draft, draft=replace(one, **changes))  # type: ignore[arg-type]

    @override
    def saving(self, draft: StaffForm, *, is_new: bool) -> tuple[str, CatalogChange]:
        people = self.work.counter.people
        if is_new:
            return people.add(draft.draft, draft.pin)
        return draft.staff_id, people.change(draft.staff_id, draft.draft)

    @override
    def ordering(self, keys: Sequence[str]) -> CatalogChange:
        return self.work.counter.people.order(keys)

    @override
    def problem_field(self, error: GuitaiError) -> str:
        found = _PROBLEMS.get(error.key, "")
        return found if found != "pin" or self.part.is_new else ""

    @override
    def stored(self) -> None:
        self.work.counter.people.renew_session()

    # --------------------------------------------------------------------- keys

    @override
    def act(self, draft: StaffForm, key: str) -> None:
        if self.part.holds():
            return
        if key == "pin":
            self.part.pin_wanted.emit(self.name(draft), lambda x: self._pin(draft, x))
        elif key == "badge":
            self._ask_badge(draft)
        elif key == "withdraw":
            question = Question(
                "prohibit",
                _("Withdraw the badge of {name}?", name=self.name(draft)),
                _("It lets nobody in from now on."),
                (
                    Answer("leave", _("Leave it"), "x"),
                    Answer("go", _("Withdraw it"), "prohibit", True),
                ),
            )
            self.part.ask(
                question, lambda x: self._withdraw(draft) if x == "go" else None
            )

    def _pin(self, draft: StaffForm, pin: str) -> None:
        pins = self.work.counter.pins

        def done() -> None:
            pins.forget_failures(draft.staff_id)
            self.part.frame.say(_("New PIN set: {name}", name=self.name(draft)))

        self.part.change_now(lambda: pins.set(draft.staff_id, pin), done)

    def _ask_badge(self, draft: StaffForm) -> None:
        if not draft.has_badge:
            self._print(draft)
            return
        question = Question(
            "identification-badge",
            _("Print a new badge for {name}?", name=self.name(draft)),
            _("It has a new code. The old badge lets nobody in from that moment on."),
            (
                Answer("leave", _("Leave it"), "x"),
                Answer("go", _("Print the new badge"), "printer", True),
            ),
        )
        self.part.ask(question, lambda x: self._print(draft) if x == "go" else None)

    def _print(self, draft: StaffForm) -> None:
        badges = self.work.counter.badges
        made: list[NewBadge] = []

        def make() -> CatalogChange:
            made[:] = [badges.issue(draft.staff_id)]
            return made[0].change

        def done() -> None:
            badges.print(made.pop())
            name = self.name(draft)
            self.part.frame.say(_("The badge of {name} is being printed", name=name))

        self.part.change_now(make, done)

    def _withdraw(self, draft: StaffForm) -> None:
        badges = self.work.counter.badges
        said = _("The badge of {name} lets nobody in", name=self.name(draft))
        self.part.change_now(
            lambda: badges.withdraw(draft.staff_id), lambda: self.part.frame.say(said)
        )
