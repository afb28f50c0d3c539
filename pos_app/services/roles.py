"""Roles: copied, renamed, given and taken permissions, never beyond one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pos_app.domain.codec import to_plain
from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Permission, Role
from pos_app.domain.staffing import KEEPERS, excess, is_above_all, refuse_rise
from pos_app.errors import UserError
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.catalog_change import change_note, differences
from pos_app.services.desk import Desk
from pos_app.services.people_change import (
    Crew,
    allowed,
    people_change,
    put_people,
    with_role,
)
from pos_app.services.typed_text import typed_text
from pos_app.values.percentage import Percentage

ROLE_NAME_LIMIT = 30
CAP_LIMIT_MINOR = 10**11
_WHOLE = Percentage(1_000_000)


class RoleService:
    """Reads and changes roles (Permission.PEOPLE)."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> tuple[Role, ...]:
        """Return every role, those of few rights last.

        Raises:
            UserError: "not_signed_on" or "not_permitted".
        """
        self._desk.session.require(Permission.PEOPLE)
        return tuple(self._desk.catalog.roles())

    def out_of_reach(self, role: Role) -> tuple[str, ...]:
        """Return what a role has that the cashier could not give: it stays shut."""
        mine = self._desk.session.cashier.role
        if is_above_all(mine, self._desk.catalog.staff()):
            return ()
        return excess(mine, role)

    def givable(self) -> frozenset[Permission]:
        """Return the permissions that the cashier could give to a role."""
        mine = self._desk.session.cashier.role
        if is_above_all(mine, self._desk.catalog.staff()):
            return frozenset(Permission)
        return mine.permissions

    def copy(self, key: str, name: str) -> tuple[str, CatalogChange]:
        """Return the new role's key, and what makes it after another role.

        Raises:
            UserError: "role_name_missing"; from the change "role_unknown",
                "role_gives_more".
            ApprovalNeeded: "not_permitted".
        """
        stamp = allowed(self._desk, key)
        called, made = _name(name), self._desk.ids.new()

        def edit(editor: ShopEditor, crew: Crew) -> Sequence[JournalNote]:
            pattern = _find(editor, key)
            role = replace(pattern, key=made, name=called, names=())
            refuse_rise(crew.giver.role, role, crew.people)
            editor.put_roles([role])
            kind = EntryKind.ROLE_CHANGED
            after = _plain(role)
            return [
                change_note(
                    self._desk, kind, stamp, before=None, after=after, role=made
                )
            ]

        return made, people_change(stamp, edit)

    def change(self, role: Role) -> CatalogChange:
        """Return what changes a role: its name, what it may and how far.

        Raises:
            UserError: what `check_role` refuses; from the change
                "role_unknown", "role_has_more", "role_gives_more", "last_manager".
            ApprovalNeeded: "not_permitted".
        """
        stamp = allowed(self._desk, role.key)
        fit = check_role(role)

        def edit(editor: ShopEditor, crew: Crew) -> Sequence[JournalNote]:
            before = _find(editor, fit.key)
            mine = crew.giver.role
            if excess(mine, before) and not is_above_all(mine, crew.people):
                raise UserError("role_has_more", role=before.name)
            refuse_rise(mine, fit, crew.people)
            old, new = differences(_plain(before), _plain(fit))
            if not new:
                return ()
            editor.put_roles([fit])
            people = with_role(crew.people, fit)
            put_people(editor, people, crew.credentials)
            kind = EntryKind.ROLE_CHANGED
            return [
                change_note(
                    self._desk, kind, stamp, before=old, after=new, role=fit.key
                )
            ]

        return people_change(stamp, edit)

    def delete(self, key: str) -> CatalogChange:
        """Return what deletes a role that nobody has or had.

        Raises:
            UserError: from the change "role_unknown", "role_has_more" or
                "role_in_use" with how many.
            ApprovalNeeded: "not_permitted".
        """
        stamp = allowed(self._desk, key)

        def edit(editor: ShopEditor, crew: Crew) -> Sequence[JournalNote]:
            before = _find(editor, key)
            mine = crew.giver.role
            if excess(mine, before) and not is_above_all(mine, crew.people):
                raise UserError("role_has_more", role=before.name)
            count = sum(x.role.key == key for x in crew.people)
            if count:
                raise UserError("role_in_use", role=before.name, count=count)
            editor.drop_role(key)
            kind, was = EntryKind.ROLE_CHANGED, _plain(before)
            return [
                change_note(self._desk, kind, stamp, before=was, after=None, role=key)
            ]

        return people_change(stamp, edit)


def check_role(role: Role) -> Role:
    """Return a role fit to be stored.

    Raises:
        UserError: "role_name_missing", "role_needs_pin" for one that runs the shop
            and would be let in by a badge alone (law 12), or "role_cap_refused" with
            the cap.
    """
    name = _name(role.name)
    if not role.is_supervisor and role.permissions & KEEPERS:
        raise UserError("role_needs_pin", role=name)
    limits = role.limits
    if not Percentage(0) <= limits.discount_cap <= _WHOLE:
        raise UserError("role_cap_refused", cap="discount_cap")
    caps = {
        "round_off_cap": role.round_off_cap_minor,
        "refund_cap": limits.refund_cap_minor,
        "paid_out_cap": limits.paid_out_cap_minor,
    }
    for key, minor in caps.items():
        if minor is not None and not 0 <= minor <= CAP_LIMIT_MINOR:
            raise UserError("role_cap_refused", cap=key)
    return replace(role, name=name)


def _name(name: str) -> str:
    called = typed_text(name, ROLE_NAME_LIMIT)
    if not called:
        raise UserError("role_name_missing")
    return called


def _find(editor: ShopEditor, key: str) -> Role:
    for role in editor.roles():
        if role.key == key:
            return role
    raise UserError("role_unknown")


def _plain(role: Role) -> dict[str, object]:
    limits = to_plain(role.limits)
    return {
        "name": role.name,
        "permissions": sorted(x.value for x in role.permissions),
        "is_supervisor": role.is_supervisor,
        "discount_cap": str(role.limits.discount_cap),
        "round_off_cap_minor": role.round_off_cap_minor,
        "refund_cap_minor": limits["refund_cap_minor"],
        "paid_out_cap_minor": limits["paid_out_cap_minor"],
    }
