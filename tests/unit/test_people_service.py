"""Staff, roles, PINs and badges: nobody rises by their own hand, none is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from pos_app.domain.permission import Permission, RoleLimits
from pos_app.errors import GuitaiError, StorageError
from pos_app.ports.printing import PrintJobState
from pos_app.services.people import StaffDraft
from pos_app.values.percentage import Percentage
from tests.counter_shop import (
    BADGES,
    CASHIER,
    MANAGER,
    SUPERVISOR,
    refusal,
    sell,
    sign_on,
)
from tests.people_shop import DEPUTY, DEPUTY_PIN, PeopleShop, people_shop
from ui.messages import explain

PIN = "6183"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[PeopleShop]:
    with people_shop(tmp_path) as found:
        yield found


def draft_of(shop: PeopleShop, who: str, /, **changes: object) -> StaffDraft:
    person = shop.person(who)
    draft = StaffDraft(
        person.number, person.name, person.role.key, person.names, person.language
    )
    return replace(draft, **changes)  # type: ignore[arg-type]


def change(shop: PeopleShop, who: str, /, **changes: object) -> bool:
    person = shop.person(who)
    draft = draft_of(shop, who, **changes)
    return shop.store(shop.counter.people.change(person.staff_id, draft))


def refused(shop: PeopleShop, who: str, /, **changes: object) -> str:
    return refusal(lambda: change(shop, who, **changes)).key


def test_a_new_cashier_signs_on_with_their_pin(shop: PeopleShop) -> None:
    draft = StaffDraft("1042", "林小满", "cashier", language="zh-TW")
    assert shop.store(shop.counter.people.add(draft, PIN)[1])
    added = shop.person("1042")
    assert shop.counter.sign_on.with_pin(added.staff_id, PIN).language == "zh-TW"
    (body,) = shop.bodies("StaffChanged")
    assert body["staff"] == added.staff_id
    assert body["before"] is None
    assert body["after"]["role"] == "cashier"
    for secret in ("林小满", PIN):
        assert secret not in shop.whole_journal()


def test_a_number_is_one_persons_also_a_former_ones(shop: PeopleShop) -> None:
    change(shop, CASHIER, is_active=False)
    draft = StaffDraft(CASHIER, "新人", "cashier")
    error = refusal(lambda: shop.store(shop.counter.people.add(draft, PIN)[1]))
    assert error.key == "staff_number_taken"
    assert shop.counter.people.free_number() == "3002"


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"name": "  "}, "staff_name_missing"),
        ({"number": ""}, "staff_number_shape"),
        ({"number": "12a"}, "staff_number_shape"),
        ({"number": "123456789"}, "staff_number_shape"),
        ({"language": "fr"}, "language_unknown"),
        ({"role": "king"}, "role_unknown"),
        ({"number": MANAGER}, "staff_number_taken"),
    ],
)
def test_what_does_not_fit_a_person_is_refused(
    shop: PeopleShop, changes: dict[str, object], key: str
) -> None:
    assert refused(shop, CASHIER, **changes) == key
    assert shop.bodies("StaffChanged") == []


def test_the_journal_says_that_a_name_changed_not_which(shop: PeopleShop) -> None:
    assert change(shop, CASHIER, name="王芳芳", number="1010")
    (body,) = shop.bodies("StaffChanged")
    assert body["before"]["number"] == CASHIER
    assert body["after"] == {"number": "1010", "name": "changed"}
    assert "王芳芳" not in shop.whole_journal()
    assert not change(shop, "1010")  # nothing is different: nothing is written
    assert len(shop.bodies("StaffChanged")) == 1


def test_a_former_cashier_cannot_sign_on_but_old_slips_name_them(
    shop: PeopleShop,
) -> None:
    person = shop.person(CASHIER)
    change(shop, CASHIER, is_active=False)
    assert refusal(shop.counter.sign_on.by_number, CASHIER).key == "staff_unknown"
    assert person.staff_id in {x.staff_id for x in shop.desk.catalog.everybody()}
    refused_badge = refusal(shop.counter.sign_on.with_badge, BADGES[CASHIER])
    assert refused_badge.key == "badge_withdrawn"


def test_nobody_makes_themselves_former_staff(shop: PeopleShop) -> None:
    assert refused(shop, MANAGER, is_active=False) == "staff_self"


def test_whoever_has_an_open_shift_stays_until_it_is_closed(shop: PeopleShop) -> None:
    shop.upkeep.rule_change("shift_scope", "cashier")()
    person = sign_on(shop.counter, CASHIER)
    sell(shop.counter)
    (shift,) = shop.counter.shift.open_shifts()
    assert shift.drawer == person.staff_id
    sign_on(shop.counter, MANAGER)
    draft = draft_of(shop, CASHIER, is_active=False)
    error = refusal(lambda: shop.counter.people.change(person.staff_id, draft))
    assert error.key == "staff_has_open_shift"
    words = explain(error)
    assert shift.short_number in words.sentence
    assert words.action
    assert shop.person(CASHIER).is_active
    assert change(shop, SUPERVISOR, is_active=False)  # who has none may go


def test_the_tills_own_shift_holds_nobody(shop: PeopleShop) -> None:
    sign_on(shop.counter, CASHIER)
    sell(shop.counter)
    sign_on(shop.counter, MANAGER)
    assert shop.counter.shift.open_shifts()
    assert change(shop, CASHIER, is_active=False)


def test_the_last_manager_stays_whoever_asks(shop: PeopleShop) -> None:
    change(shop, DEPUTY, is_active=False)
    assert refused(shop, MANAGER, role="cashier") == "last_manager"
    (role,) = [x for x in shop.counter.roles.all() if x.key == "manager"]
    fewer = replace(role, permissions=role.permissions - {Permission.SETTINGS})
    error = refusal(lambda: shop.store(shop.counter.roles.change(fewer)))
    assert error.key == "last_manager"
    assert shop.person(MANAGER).role == role


def test_the_tiles_stand_in_the_order_that_was_chosen(shop: PeopleShop) -> None:
    wanted = [shop.person(x).staff_id for x in (MANAGER, CASHIER, DEPUTY)]
    assert shop.store(shop.counter.people.order(wanted))
    assert [x.staff_id for x in shop.desk.catalog.staff()][:3] == wanted
    assert not shop.store(shop.counter.people.order(wanted))


# ------------------------------------------------------------------ escalation


def test_whoever_lacks_a_permission_gives_it_to_nobody(shop: PeopleShop) -> None:
    sign_on(shop.counter, DEPUTY)
    people, roles = shop.counter.people, shop.counter.roles
    mine = shop.person(DEPUTY).role
    more = replace(mine, permissions=mine.permissions | {Permission.SALE_VOID})
    assert refusal(lambda: shop.store(roles.change(more))).key == "role_gives_more"
    deeper = replace(mine, limits=RoleLimits(discount_cap=Percentage(900_000)))
    assert refusal(lambda: shop.store(roles.change(deeper))).key == "role_gives_more"
    assert refused(shop, CASHIER, role="manager") == "staff_has_more"
    assert refused(shop, DEPUTY, role="manager") == "role_gives_more"
    draft = StaffDraft("1042", "新人", "supervisor")
    error = refusal(lambda: shop.store(people.add(draft, PIN)[1]))
    assert error.key == "role_gives_more"
    copied = refusal(lambda: shop.store(roles.copy("manager", "影子")[1]))
    assert copied.key == "role_gives_more"
    assert shop.bodies("RoleChanged") == []


def test_nobody_touches_whoever_may_more(shop: PeopleShop) -> None:
    sign_on(shop.counter, DEPUTY)
    manager = shop.person(MANAGER)
    pins, badges = shop.counter.pins, shop.counter.badges
    for wanted in (
        lambda: shop.store(pins.set(manager.staff_id, PIN)),
        lambda: shop.store(badges.issue(manager.staff_id).change),
        lambda: shop.store(badges.withdraw(manager.staff_id)),
        lambda: change(shop, MANAGER, name="前店长"),
    ):
        assert refusal(wanted).key == "staff_has_more"
    (role,) = [x for x in shop.counter.roles.all() if x.key == "manager"]
    lower = replace(role, permissions=frozenset({Permission.SELL}))
    error = refusal(lambda: shop.store(shop.counter.roles.change(lower)))
    assert error.key == "role_has_more"
    shop.counter.sign_on.with_pin(manager.staff_id, "3333")


def test_a_cashier_changes_nobody(shop: PeopleShop) -> None:
    sign_on(shop.counter, CASHIER)
    assert refused(shop, CASHIER, name="x") == "not_permitted"
    assert refusal(shop.counter.people.everybody).key == "not_permitted"


def test_an_approval_does_not_let_a_cashier_rise(shop: PeopleShop) -> None:
    sign_on(shop.counter, CASHIER)
    mine, manager = shop.person(CASHIER), shop.person(MANAGER)
    draft = draft_of(shop, CASHIER, role="manager")
    demand = refusal(shop.counter.people.change, mine.staff_id, draft).demand  # type: ignore[attr-defined]
    approval = shop.counter.approval.approve(demand, manager.staff_id, "3333").result()
    shop.counter.approval.admit(approval)
    ready = shop.counter.people.change(mine.staff_id, draft)
    assert refusal(shop.store, ready).key == "not_permitted"
    assert shop.person(CASHIER).role.key == "cashier"


def test_whoever_stands_above_all_gives_what_nobody_has_yet(shop: PeopleShop) -> None:
    (role,) = [x for x in shop.counter.roles.all() if x.key == "manager"]
    without = replace(role, permissions=role.permissions - {Permission.TRAINING_REVIEW})
    assert shop.store(shop.counter.roles.change(without))
    assert not shop.desk.session.cashier.may(Permission.TRAINING_REVIEW)
    assert shop.store(shop.counter.roles.change(role))
    assert shop.desk.session.cashier.may(Permission.TRAINING_REVIEW)


def test_the_session_goes_on_with_the_rights_of_now(shop: PeopleShop) -> None:
    made, copied = shop.counter.roles.copy("cashier", "资深收银")
    shop.store(copied)
    (fresh,) = [x for x in shop.counter.roles.all() if x.key == made]
    assert fresh.permissions == shop.person(CASHIER).role.permissions
    change(shop, DEPUTY, role="manager")  # so that the manager may go
    change(shop, MANAGER, role=made)
    assert not shop.desk.session.cashier.may(Permission.PEOPLE)


def test_a_role_that_somebody_has_is_not_deleted(shop: PeopleShop) -> None:
    made, copied = shop.counter.roles.copy("cashier", "临时")
    shop.store(copied)
    roles = shop.counter.roles
    error = refusal(lambda: shop.store(roles.delete("cashier")))
    assert (error.key, error.params["count"]) == ("role_in_use", 1)
    assert shop.store(roles.delete(made))
    assert made not in {x.key for x in roles.all()}


@pytest.mark.parametrize(
    ("limits", "off", "key"),
    [
        (RoleLimits(discount_cap=Percentage(1_000_001)), 0, "discount_cap"),
        (RoleLimits(refund_cap_minor=-1), 0, "refund_cap"),
        (RoleLimits(paid_out_cap_minor=10**12), 0, "paid_out_cap"),
        (RoleLimits(), -1, "round_off_cap"),
    ],
)
def test_a_cap_that_is_none_is_refused(
    shop: PeopleShop, limits: RoleLimits, off: int, key: str
) -> None:
    role = shop.person(CASHIER).role
    wrong = replace(role, limits=limits, round_off_cap_minor=off)
    error = refusal(shop.counter.roles.change, wrong)
    assert (error.key, error.params["cap"]) == ("role_cap_refused", key)


# ------------------------------------------------------------------------ PINs


@pytest.mark.parametrize("keeper", [Permission.PEOPLE, Permission.SETTINGS])
def test_a_badge_alone_never_lets_in_whoever_runs_the_shop(
    shop: PeopleShop, keeper: Permission
) -> None:
    roles = {role.key: role for role in shop.counter.roles.all()}
    open_door = replace(roles["manager"], is_supervisor=False)
    risen = roles["cashier"].permissions | {keeper}
    for role in (open_door, replace(roles["cashier"], permissions=risen)):
        assert refusal(shop.counter.roles.change, role).key == "role_needs_pin"
    shop.counter.roles.change(
        replace(roles["cashier"], permissions=risen, is_supervisor=True)
    )


def test_a_set_pin_replaces_the_old_and_lets_a_locked_person_in(
    shop: PeopleShop,
) -> None:
    person = shop.person(CASHIER)
    for _try in range(5):
        refusal(shop.counter.sign_on.with_pin, person.staff_id, "0000")
    shop.store(shop.counter.pins.set(person.staff_id, PIN))
    shop.counter.pins.forget_failures(person.staff_id).result()
    assert refusal(shop.counter.sign_on.with_pin, person.staff_id, "1111").key == (
        "pin_wrong"
    )
    assert shop.counter.sign_on.with_pin(person.staff_id, PIN) == person


def test_an_easy_pin_is_refused_before_anything_is_written(shop: PeopleShop) -> None:
    person = shop.person(CASHIER)
    for pin, key in (("1234", "pin_too_easy"), (CASHIER, "pin_is_number")):
        assert refusal(shop.counter.pins.set, person.staff_id, pin).key == key
    assert shop.bodies("StaffChanged") == []


def test_a_person_changes_their_own_pin_by_giving_the_old(shop: PeopleShop) -> None:
    shop.counter.sign_on.sign_off()
    person, pins = shop.person(CASHIER), shop.counter.pins
    wrong = pins.check_own(person.staff_id, "8888").result()
    assert refusal(pins.renew, wrong, PIN).key == "pin_wrong"
    proof = pins.check_own(person.staff_id, "1111").result()
    assert refusal(pins.renew, proof, "1111").key == "pin_too_easy"
    assert shop.store(pins.renew(proof, PIN))
    assert shop.counter.sign_on.with_pin(person.staff_id, PIN) == person
    assert shop.bodies("StaffChanged")[-1]["after"] == {"pin": "pin"}


def test_the_recovery_code_gives_the_owner_a_new_pin(shop: PeopleShop) -> None:
    shop.counter.sign_on.sign_off()
    manager, pins = shop.person(MANAGER), shop.counter.pins
    proof = pins.check_recovery(manager.staff_id, lambda: None).result()
    assert shop.store(pins.renew(proof, PIN))
    assert shop.counter.sign_on.with_pin(manager.staff_id, PIN) == manager
    assert shop.bodies("StaffChanged")[-1]["after"] == {"pin": "recovery_code"}


def test_wrong_recovery_codes_are_journalled_and_lock(shop: PeopleShop) -> None:
    manager, pins = shop.person(MANAGER), shop.counter.pins

    def wrong() -> None:
        raise StorageError("recovery_code_wrong")

    keys = []
    for _try in range(6):
        error = pins.check_recovery(manager.staff_id, wrong).result().error
        assert error is not None
        keys.append(error.key)
    assert keys == ["recovery_code_refused"] * 4 + ["pin_locked"] * 2
    locked = pins.check_recovery(manager.staff_id, lambda: None).result()
    assert refusal(pins.renew, locked, PIN).key == "pin_locked"
    said = shop.bodies("SignOnFailed")
    assert [x["by"] for x in said] == ["recovery_code"] * 5
    # Somebody else's PIN is not locked by it.
    shop.counter.sign_on.with_pin(shop.person(DEPUTY).staff_id, DEPUTY_PIN)


def test_a_slip_of_the_pen_in_the_code_costs_no_try(shop: PeopleShop) -> None:
    def mistyped() -> None:
        raise StorageError("recovery_code_mistyped", first=1, second=2)

    manager, pins = shop.person(MANAGER), shop.counter.pins
    for _try in range(9):
        error = pins.check_recovery(manager.staff_id, mistyped).result().error
        assert error is not None
        assert error.key == "recovery_code_mistyped"
    assert shop.bodies("SignOnFailed") == []


def test_the_recovery_code_is_for_whoever_runs_the_shop(shop: PeopleShop) -> None:
    cashier = shop.person(CASHIER)
    error = refusal(shop.counter.pins.check_recovery, cashier.staff_id, lambda: None)
    assert error.key == "recovery_not_for_role"


# ---------------------------------------------------------------------- badges


def test_a_badge_printed_twice_leaves_only_the_second(shop: PeopleShop) -> None:
    badges, person = shop.counter.badges, shop.person(CASHIER)
    first = badges.issue(person.staff_id)
    shop.store(first.change)
    shop.counter.sign_on.with_badge(first.code)
    sign_on(shop.counter, MANAGER)
    second = badges.issue(person.staff_id)
    shop.store(second.change)
    assert first.code != second.code
    assert refusal(shop.counter.sign_on.with_badge, first.code).key == (
        "badge_withdrawn"
    )
    assert shop.counter.sign_on.with_badge(second.code) == person
    (body,) = shop.bodies("SignOnFailed")
    assert body == {"by": "badge", "why": "badge_withdrawn"}
    assert refusal(badges.print, first).key == "badge_withdrawn"


def test_an_unknown_badge_is_journalled_without_its_code(shop: PeopleShop) -> None:
    code = "GTB9999999999999999"
    assert refusal(shop.counter.sign_on.with_badge, code).key == "badge_unknown"
    (body,) = shop.bodies("SignOnFailed")
    assert body["why"] == "badge_unknown"
    assert code not in shop.whole_journal()


@pytest.mark.parametrize(
    "ended", [PrintJobState.CONFIRMED, PrintJobState.SENT, PrintJobState.UNKNOWN]
)
def test_a_printed_badge_leaves_its_code_nowhere(
    shop: PeopleShop, ended: PrintJobState
) -> None:
    badges, person = shop.counter.badges, shop.person(CASHIER)
    badge = badges.issue(person.staff_id)
    shop.store(badge.change)
    job = badges.print(badge).result()
    ledger = shop.till.ledger
    assert badge.code in _layouts(shop)
    ledger.submit(
        lambda unit: unit.set_print_job_state(
            job.job_id, ended, offset_bytes=9, reason=""
        )
    ).result()
    assert badge.code not in _layouts(shop)
    assert badge.code not in shop.whole_journal()
    assert badge.code not in repr(badge)
    if ended is PrintJobState.UNKNOWN:
        (waiting,) = ledger.open_print_jobs()
        shop.counter.slip.answer_unknown(waiting, printed=False).result()
        assert not ledger.open_print_jobs()  # it is not printed again: a new one is


def _layouts(shop: PeopleShop) -> str:
    with shop.till.ledger.read_engine.connect() as connection:
        return "".join(
            connection.execute(text("SELECT plain(layout) FROM print_job")).scalars()
        )


def test_a_withdrawn_badge_lets_nobody_in(shop: PeopleShop) -> None:
    person, badges = shop.person(CASHIER), shop.counter.badges
    shop.store(badges.withdraw(person.staff_id))
    assert refusal(shop.counter.sign_on.with_badge, BADGES[CASHIER]).key == (
        "badge_withdrawn"
    )
    again = refusal(lambda: shop.store(badges.withdraw(person.staff_id)))
    assert again.key == "badge_none"


def test_no_badge_is_made_for_former_staff(shop: PeopleShop) -> None:
    change(shop, SUPERVISOR, is_active=False)
    former = shop.person(SUPERVISOR)
    issued = shop.counter.badges.issue(former.staff_id)
    error: GuitaiError = refusal(shop.store, issued.change)
    assert error.key == "staff_is_former"
