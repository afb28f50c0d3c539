"""Whatever is asked of people: somebody is left who can run the shop, nobody rises."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from typing_extensions import override

from pos_app.domain.permission import Permission, Role, Staff
from pos_app.domain.staffing import KEEPERS, covers
from pos_app.errors import GuitaiError
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.services.people import StaffDraft
from pos_app.services.people_change import signs_on
from tests.counter_shop import CASHIER, MANAGER, SUPERVISOR, TRAINEE, sign_on
from tests.effort import examples
from tests.people_shop import DEPUTY, people_shop

PEOPLE = st.sampled_from([CASHIER, SUPERVISOR, MANAGER, TRAINEE, DEPUTY, "7000"])
ROLES = st.sampled_from(["trainee", "cashier", "supervisor", "manager", "deputy"])
PERMISSIONS = st.sampled_from(
    [
        Permission.PEOPLE,
        Permission.SETTINGS,
        Permission.SELL,
        Permission.SALE_VOID,
        Permission.REPORTS,
    ]
)


class PeopleMachine(RuleBasedStateMachine):
    """A shop whose people change one another in whatever order."""

    @initialize()
    def open_the_shop(self) -> None:
        self.parent = Path(tempfile.mkdtemp(prefix="guitai-crew-"))
        self.stack = ExitStack()
        self.shop = self.stack.enter_context(people_shop(self.parent))
        self.before = self.rights()

    @override
    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.stack.close()
            shutil.rmtree(self.parent, ignore_errors=True)

    # ------------------------------------------------------------------ the rules

    @rule(number=PEOPLE)
    def take_turns(self, number: str) -> None:
        staff = self.shop.desk.catalog.staff()
        if number in {x.number for x in staff}:
            sign_on(self.shop.counter, number)
            self.before = self.rights()

    @rule(number=PEOPLE, role=ROLES, is_active=st.booleans())
    def change(self, number: str, role: str, *, is_active: bool) -> None:
        person = self.person(number)
        if person is not None:
            draft = StaffDraft(number, person.name, role, is_active=is_active)
            people = self.shop.counter.people
            self.ask(lambda: people.change(person.staff_id, draft))

    @rule(role=ROLES)
    def hire(self, role: str) -> None:
        draft = StaffDraft("7000", "新人", role)
        self.ask(lambda: self.shop.counter.people.add(draft, "6183")[1])

    @rule(key=ROLES, permission=PERMISSIONS, is_given=st.booleans())
    def give_or_take(self, key: str, permission: Permission, *, is_given: bool) -> None:
        role = self.roles()[key]
        held = role.permissions - {permission}
        held = held | {permission} if is_given else held
        changed = replace(role, permissions=held)
        self.ask(lambda: self.shop.counter.roles.change(changed))

    @rule(number=PEOPLE)
    def withdraw(self, number: str) -> None:
        person = self.person(number)
        if person is not None:
            badges = self.shop.counter.badges
            self.ask(lambda: badges.withdraw(person.staff_id))

    @precondition(lambda self: self.shop.desk.session.staff is not None)
    @rule(number=PEOPLE)
    def set_pin(self, number: str) -> None:
        person = self.person(number)
        if person is None:
            return
        mine = self.shop.desk.session.cashier.role
        done = self.ask(lambda: self.shop.counter.pins.set(person.staff_id, "7415"))
        assert not done or covers(mine, person.role)

    # ----------------------------------------------------------------- invariants

    @invariant()
    def somebody_can_run_the_shop(self) -> None:
        if not hasattr(self, "shop"):
            return
        catalog = self.shop.desk.catalog
        assert any(
            staff.role.permissions >= KEEPERS
            and signs_on(staff, catalog.credential(staff.staff_id))
            for staff in catalog.staff()
        )

    @invariant()
    def whoever_acts_is_on_the_staff(self) -> None:
        if hasattr(self, "shop"):
            signed_on = self.shop.desk.session.staff
            staff = {x.staff_id: x for x in self.shop.desk.catalog.staff()}
            assert signed_on is None or staff[signed_on.staff_id] == signed_on

    # ------------------------------------------------------------------ the tools

    def ask(self, make: object) -> bool:
        """Ask for a change; a refusal is an answer, and nobody rises by one."""
        mine = self.shop.desk.session.cashier
        top = all(covers(mine.role, x.role) for x in self.shop.desk.catalog.staff())
        before = self.rights()
        done = False
        with suppress(GuitaiError):
            done = self.shop.store(_made(make))
        after = self.rights()
        if not top:
            for staff_id, rights in after.items():
                gained = rights - before.get(staff_id, frozenset())
                assert gained <= mine.role.permissions, (staff_id, gained)
        return done

    def rights(self) -> dict[str, frozenset[Permission]]:
        """Return what everybody may, former staff not at all."""
        staff = self.shop.desk.catalog.staff()
        return {x.staff_id: x.role.permissions for x in staff}

    def person(self, number: str) -> Staff | None:
        everybody = self.shop.desk.catalog.everybody()
        return next((x for x in everybody if x.number == number), None)

    def roles(self) -> dict[str, Role]:
        return {x.key: x for x in self.shop.desk.catalog.roles()}


def _made(make: object) -> CatalogChange:
    assert callable(make)
    change = make()
    assert isinstance(change, CatalogChange)
    return change


TestPeople = PeopleMachine.TestCase
TestPeople.settings = settings(
    max_examples=examples(10, 20),
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
)
