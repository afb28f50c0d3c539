"""Roles in the back office: what each may do, and how far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from typing_extensions import override

from pos_app.domain.permission import Permission, Role
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import N_, _, current_language, plural
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.services.roles import ROLE_NAME_LIMIT
from pos_app.values.money import format_minor, parse_minor
from pos_app.values.percentage import Percentage
from ui.format import symbol_of
from ui.presenters.office_book import OfficeBook
from ui.presenters.office_form_state import FieldKind, FieldView, OfficeKey, OfficeRow
from ui.presenters.permission_words import (
    PERMISSION_GROUPS,
    permission_words,
    right_words,
)
from ui.presenters.question_state import Answer, Question

MAY = "may_"
_PROBLEMS = {
    "role_name_missing": "name",
    "role_needs_pin": "is_supervisor",
    "percentage_unreadable": "discount_cap",
}


@dataclass(frozen=True, slots=True)
class RoleForm:
    """A role as it stands in the form; caps are as typed, "" for no limit."""

    role: Role
    discount_cap: str
    round_off_cap: str
    refund_cap: str
    paid_out_cap: str
    pattern: str = ""  # key of the role that a new one copies


class RoleBook(OfficeBook[RoleForm]):
    """Lists roles, those of many rights first."""

    key = "roles"
    title = N_("Roles")
    icon = "shield-check"
    can_order = False

    @override
    def rows(self, wanted: str) -> tuple[OfficeRow, ...]:
        language = current_language()
        everybody = self.work.counter.people.everybody()
        found = []
        for role in self.work.counter.roles.all():
            count = sum(
                x.staff.is_active and x.staff.role.key == role.key for x in everybody
            )
            people = plural("{count} person", "{count} people", count)
            rights = plural(
                "{count} permission", "{count} permissions", len(role.permissions)
            )
            words = f"{people} · {rights}"
            found.append(OfficeRow(role.key, role.name_in(language), words))
        return tuple(found)

    @override
    def read(self, key: str) -> RoleForm | None:
        for role in self.work.counter.roles.all():
            if role.key == key:
                return self._form(role)
        return None

    def _form(self, role: Role, pattern: str = "") -> RoleForm:
        limits = role.limits
        return RoleForm(
            role,
            str(limits.discount_cap).removesuffix("%"),
            self._amount(role.round_off_cap_minor),
            self._amount(limits.refund_cap_minor),
            self._amount(limits.paid_out_cap_minor),
            pattern,
        )

    def _amount(self, minor: int | None) -> str:
        return "" if minor is None else format_minor(minor, self.work.currency)

    @override
    def name(self, draft: RoleForm) -> str:
        return draft.role.name_in(current_language()) or _("A new role")

    @override
    def note(self, draft: RoleForm) -> str:
        return _("may more than you") if self._is_beyond(draft) else ""

    def _is_beyond(self, draft: RoleForm) -> bool:
        stored = self.read(draft.role.key)
        role = stored.role if stored else draft.role
        return bool(self.work.counter.roles.out_of_reach(role))

    @override
    def fields(self, draft: RoleForm, *, is_new: bool) -> Sequence[FieldView]:
        role, is_open = draft.role, not self._is_beyond(draft)
        givable = self.work.counter.roles.givable()
        beside = FieldView(
            FieldKind.SWITCH,
            "is_supervisor",
            _("Signs on with a PIN only"),
            "1" if role.is_supervisor else "",
            _("A badge alone does not let this role in"),
            is_enabled=is_open,
        )
        found = [
            FieldView(
                FieldKind.TEXT,
                "name",
                _("Name of the role"),
                role.name_in(current_language()),
                is_enabled=is_open,
                limit=ROLE_NAME_LIMIT,
            ),
            beside,
        ]
        if not is_new:
            keys = (
                OfficeKey("copy", _("Copy this role"), "users"),
                OfficeKey(
                    "delete",
                    _("Delete the role"),
                    "trash",
                    True,
                    "" if is_open else _("May more than you"),
                ),
            )
            found.append(FieldView(FieldKind.KEYS, "role_keys", keys=keys))
        found += self._caps(draft, is_open)
        for at, (title, permissions) in enumerate(PERMISSION_GROUPS):
            found.append(FieldView(FieldKind.HEAD, f"group_{at}", _(title)))
            for one in permissions:
                is_held = one in role.permissions
                found.append(
                    FieldView(
                        FieldKind.SWITCH,
                        MAY + one.value,
                        permission_words(one),
                        "1" if is_held else "",
                        is_enabled=is_open and (one in givable or is_held),
                    )
                )
        return found

    def _caps(self, draft: RoleForm, is_open: bool) -> list[FieldView]:
        head = FieldView(FieldKind.HEAD, "caps", _("How far it goes"))
        values = (
            ("discount_cap", draft.discount_cap, "%"),
            (
                "round_off_cap",
                draft.round_off_cap,
                symbol_of(self.work.currency).strip(),
            ),
            ("refund_cap", draft.refund_cap, _("empty for any amount")),
            ("paid_out_cap", draft.paid_out_cap, _("empty for any amount")),
        )
        return [
            head,
            *(
                FieldView(
                    FieldKind.TEXT,
                    key,
                    _("{what} ({unit})", what=right_words(key), unit=unit),
                    value,
                    is_enabled=is_open,
                    limit=14,
                )
                for key, value, unit in values
            ),
        ]

    # ----------------------------------------------------------------- changing

    @override
    def edited(self, draft: RoleForm, key: str, value: str) -> RoleForm:
        role = draft.role
        if key.startswith(MAY):
            one = Permission(key.removeprefix(MAY))
            held = role.permissions - {one}
            held = held | {one} if value else held
            return replace(draft, role=replace(role, permissions=held))
        if key == "name":
            here = current_language()
            names = tuple(x for x in role.names if x[0] != here)
            return replace(draft, role=replace(role, name=value, names=names))
        if key == "is_supervisor":
            return replace(draft, role=replace(role, is_supervisor=bool(value)))
        changes = {key: value}
        return replace(draft, **changes)  # type: ignore[arg-type]

    @override
    def saving(self, draft: RoleForm, *, is_new: bool) -> tuple[str, CatalogChange]:
        role = self._typed(draft)
        return role.key, self.work.counter.roles.change(role)

    def _typed(self, draft: RoleForm) -> Role:
        """Return the role with its caps as typed.

        Raises:
            UserError: "percentage_unreadable" or "role_cap_refused".
        """
        off = self._minor("round_off_cap", draft.round_off_cap)
        limits = replace(
            draft.role.limits,
            discount_cap=Percentage.parse(draft.discount_cap.strip() or "0"),
            refund_cap_minor=self._minor("refund_cap", draft.refund_cap),
            paid_out_cap_minor=self._minor("paid_out_cap", draft.paid_out_cap),
        )
        return replace(draft.role, limits=limits, round_off_cap_minor=off or 0)

    def _minor(self, cap: str, text: str) -> int | None:
        plain = text.strip()
        try:
            return parse_minor(plain, self.work.currency) if plain else None
        except UserError as error:
            raise UserError("role_cap_refused", cap=cap) from error

    @override
    def problem_field(self, error: GuitaiError) -> str:
        if error.key == "role_cap_refused":
            return str(error.params.get("cap", ""))
        return _PROBLEMS.get(error.key, "")

    @override
    def stored(self) -> None:
        self.work.counter.people.renew_session()

    @override
    def act(self, draft: RoleForm, key: str) -> None:
        if self.part.holds():
            return
        if key == "copy":
            self._copy(draft.role)
        elif key == "delete":
            name = draft.role.name_in(current_language())
            question = Question(
                "trash",
                _("Delete the role {name}?", name=name),
                _("This works only for a role that nobody has or had."),
                (
                    Answer("leave", _("Leave it"), "x"),
                    Answer("go", _("Delete it"), "trash", True),
                ),
            )
            self.part.ask(
                question, lambda x: self._delete(draft) if x == "go" else None
            )

    def _copy(self, role: Role) -> None:
        roles, made = self.work.counter.roles, [""]
        name = _("{role} (copy)", role=role.name_in(current_language()))

        def make() -> CatalogChange:
            made[0], change = roles.copy(role.key, name[:ROLE_NAME_LIMIT])
            return change

        self.part.change_now(make, lambda: self.part.on_row(made[0]))

    def _delete(self, draft: RoleForm) -> None:
        roles, key = self.work.counter.roles, draft.role.key
        self.part.change_now(lambda: roles.delete(key), self.part.close_form)
