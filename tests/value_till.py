"""A till with wallets and gift cards, a member, and people who may sell them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from pos_app.bootstrap import Till
from pos_app.domain.loyalty.programme import Programme, TopUpOffer, ValueRule
from pos_app.domain.member.member import Member
from pos_app.domain.member.recognition import Means
from pos_app.domain.permission import Permission, RoleLimits, Staff
from pos_app.domain.stored_value.document import ValueDocument
from pos_app.domain.stored_value.tender_rule import TenderRule
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.clock import Clock
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.member_vault import ProfileIndices
from pos_app.ports.members import NewMember
from pos_app.ports.points import ProgrammeVersion
from pos_app.services.counter import Counter
from pos_app.services.value_view import ValueMoney, ValueView
from pos_app.values.percentage import Percentage
from tests.builders_points import bring
from tests.counter_shop import MANAGER, opened, prove, query

ANNA, BERT = "member-anna", "member-bert"
CASH = (ValueMoney("cash"),)
#: Whoever pays 500 gets 50; bonuses live for thirty days.
RULE = ValueRule(
    is_on=True,
    has_gift_cards=True,
    tender=TenderRule(free_minor=50_00),
    offers=(TopUpOffer(100_00, 5_00), TopUpOffer(500_00, 50_00)),
    most_minor=2_000_00,
    bonus_days=30,
)


@contextmanager
def loyal_till(
    folder: ShopFolder, clock: Clock | None = None, rules: Programme | None = None
) -> Iterator[Till]:
    """Open a till with wallets and two members; every sum is proven when it is left."""
    with opened(folder, clock) as till:
        with_value(till.counter)
        if rules is not None:
            bring(till, rules)
        yield till
        prove_pockets(till)


def prove_pockets(till: Till) -> None:
    """Assert that the tickets hold, and every member's points, coupons and value."""
    prove(till)
    assert till.ledger.points.unproven() == []
    assert till.ledger.coupons.unproven() == []
    below = "SELECT count(*) FROM value_balance WHERE paid_minor < 0"
    assert query(till, below) == [(0,)]


def with_value(counter: Counter, rule: ValueRule = RULE) -> None:
    """Bring a programme into force, enrol two members, sign somebody able on."""
    set_rule(counter, rule)
    able(counter)
    for number, member_id in enumerate((ANNA, BERT), 1):
        enrol(counter, member_id, number)


def set_rule(counter: Counter, rule: ValueRule) -> None:
    """Bring another rule into force."""
    at = counter.desk.clock.now()

    def work(unit: UnitOfWork) -> None:
        version = unit.points.programme().version + 1
        programme = Programme(version=version, value=rule)
        unit.points.add_programme(ProgrammeVersion(programme, at, "", ""))

    counter.desk.ledger.submit(work).result()


def able(counter: Counter, *but: Permission, number: str = MANAGER) -> Staff:
    """Sign the manager, or another, on with every permission, but for some."""
    staff = counter.sign_on.by_number(number)
    permissions = frozenset(Permission) - frozenset(but)
    limits = RoleLimits(Percentage.parse("100"))
    role = replace(staff.role, permissions=permissions, limits=limits)
    found = replace(staff, role=role)
    counter.desk.session.begin(found)
    return found


def enrol(counter: Counter, member_id: str, number: int) -> None:
    """Make somebody a member."""
    at, vault = counter.desk.clock.now(), counter.desk.vault
    new = NewMember(
        Member(member_id, number, at), vault.seal(member_id, b"{}"), ProfileIndices()
    )
    counter.desk.ledger.submit(lambda unit: unit.members.add(new)).result()


def shown(
    counter: Counter, member_id: str = ANNA, means: Means = Means.ROTATING_CODE
) -> None:
    """Let a member be recognised in the open sale."""
    counter.members.attach(member_id, means)


def filled(
    counter: Counter,
    amount_minor: int = 500_00,
    money: tuple[ValueMoney, ...] = CASH,
    member_id: str = ANNA,
) -> ValueDocument:
    """Top a wallet up."""
    done = counter.stored_value.top_up(member_id, amount_minor, money, print_slip=False)
    return done.result()


def wallet(counter: Counter, member_id: str = ANNA) -> ValueView:
    """Return a member's wallet."""
    found = counter.stored_value.wallet(member_id)
    assert found is not None
    return found


def card(
    counter: Counter, code: str = "GIFT-0000-0001", amount_minor: int = 100_00
) -> ValueView:
    """Sell a gift card for cash."""
    sold = counter.stored_value.sell_gift_card(
        code, amount_minor, CASH, print_slip=False
    )
    sold.result()
    return counter.stored_value.gift_card(code)


def plant_value(counter: Counter) -> None:
    """Let there be an account, a move and a document of stored value."""
    set_rule(counter, RULE)
    able(counter)
    card(counter)
