"""Members enrolled, merged, erased, re-issued in any order: asking always agrees."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from typing_extensions import override

from pos_app.bootstrap import Till
from pos_app.domain.member.merging import MemberMerge, MergeUndone
from pos_app.domain.member.recognition import Means
from pos_app.errors import UserError
from pos_app.services.members import EnrolDraft
from tests.counter_shop import MANAGER, TEA, fresh_shop, opened, pay_cash, prove, query
from tests.effort import examples

#: Few enough to meet again; two of them end alike.
PHONES = ("13800006217", "13911116217", "13700000001", "13700000002")
NAMES = {"林可怡": "lky", "王伟": "wangwei", "Jane Smith": "janesmith", "": ""}
WHO = st.integers(0, 9)
T = TypeVar("T")


def tried(action: Callable[[], T]) -> tuple[T | None, UserError | None]:
    """Return what an action gave, or what it was refused with."""
    try:
        return action(), None
    except UserError as refused:
        return None, refused


class MemberMachine(RuleBasedStateMachine):
    """A till, and beside it who has which number and who stands for whom."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()
        folder = self._stack.enter_context(tempfile.TemporaryDirectory())
        self._shop = fresh_shop(Path(folder))
        self._opened = ExitStack()
        self._holders: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._merged: dict[str, tuple[str, str]] = {}
        self._erased: set[str] = set()
        self._sales: list[str] = []
        self._enrolled = 0
        self._start()

    def _start(self) -> None:
        self.till: Till = self._opened.enter_context(opened(self._shop, number=MANAGER))
        self.counter = self.till.counter

    def _person(self, member_id: str) -> str:
        stands_for = {gone: kept for kept, gone in self._merged.values()}
        while member_id in stands_for:
            member_id = stands_for[member_id]
        return member_id

    def _some(self, which: int) -> str:
        return list(self._names)[which % len(self._names)]

    @rule(
        phone=st.sampled_from(PHONES),
        name=st.sampled_from(sorted(NAMES)),
        is_reissued=st.booleans(),
    )
    def enrol(self, phone: str, name: str, is_reissued: bool) -> None:
        """Enrol somebody; a number that is held is refused unless it changed hands."""
        draft = EnrolDraft(phone, name, is_reissued=is_reissued)
        holder = self._holders.get(phone)
        new, refused = tried(lambda: self.counter.members.enrol(draft).result())
        self.counter.members._pending = None
        if new is None:
            assert refused is not None
            assert (refused.key, is_reissued) == ("member_phone_taken", False)
            assert refused.params["member"] == holder
            return
        assert holder is None or is_reissued
        self._holders[phone] = new.member_id
        self._names[new.member_id] = name
        self._enrolled += 1

    @precondition(lambda self: self._names)
    @rule(which=WHO)
    def buy(self, which: int) -> None:
        """Sell something to whoever it is; who was erased buys as nobody."""
        member_id = self._some(which)
        person = self._person(member_id)
        attached, refused = tried(
            lambda: self.counter.members.attach(member_id, Means.NAME)
        )
        if attached is None:
            assert refused is not None
            assert refused.key == "member_erased"
            assert person in self._erased
            return
        assert attached.glance.member_id == person
        self.counter.sale.scan(TEA)
        self._sales.append(pay_cash(self.counter).member_id)
        assert self._sales[-1] == person

    @precondition(lambda self: len(self._names) > 1)
    @rule(kept=WHO, gone=WHO)
    def merge(self, kept: int, gone: int) -> None:
        """Say that two are one person; circles and doubles are refused."""
        desk = self.counter.desk
        one, other = self._some(kept), self._some(gone)
        fact = MemberMerge(
            desk.ids.new(), one, other, desk.clock.now(), desk.session.cashier.staff_id
        )
        absorbed = {gone for _, gone in self._merged.values()}
        is_refused = one == other or other in absorbed or self._person(one) == other
        stored = desk.record(lambda unit: unit.members.add_merge(fact))
        _, refused = tried(stored.result)
        assert (refused is not None) == is_refused
        if refused is not None:
            assert refused.key.startswith("member_merge_")
            return
        self._merged[fact.merge_id] = (one, other)

    @precondition(lambda self: self._merged)
    @rule(which=WHO)
    def undo(self, which: int) -> None:
        """Take a merge back."""
        desk = self.counter.desk
        merge_id = list(self._merged)[which % len(self._merged)]
        undone = MergeUndone(merge_id, desk.clock.now(), "")
        desk.record(lambda unit: unit.members.undo_merge(undone)).result()
        del self._merged[merge_id]

    @precondition(lambda self: self._names)
    @rule(which=WHO)
    def erase(self, which: int) -> None:
        """Destroy what is personal."""
        desk, member_id = self.counter.desk, self._some(which)
        now = desk.clock.now()
        desk.record(lambda unit: unit.members.erase(member_id, now)).result()
        self._erased.add(member_id)
        self._holders = {p: m for p, m in self._holders.items() if m != member_id}

    @rule()
    def restart(self) -> None:
        """Close the till and open it again."""
        self._opened.close()
        self._opened = ExitStack()
        self._start()

    def _shown(self, ids: set[str]) -> set[str]:
        persons = {self._person(one) for one in ids - self._erased}
        return persons - self._erased

    @invariant()
    def asking_agrees_with_what_was_said(self) -> None:
        """Phones, last digits and names find exactly who has them."""

        def found(text: str) -> set[str]:
            return {x.member_id for x in self.counter.members.find(text)}

        for phone in PHONES:
            holder = self._holders.get(phone)
            assert found(phone) == self._shown({holder} if holder else set())
        for tail in {phone[-4:] for phone in PHONES}:
            ends = {m for p, m in self._holders.items() if p.endswith(tail)}
            assert found(tail) == self._shown(ends)
        for name, term in NAMES.items():
            if name:
                named = {m for m, n in self._names.items() if n == name}
                assert found(name) == found(term) == self._shown(named)

    @invariant()
    def a_number_is_one_members(self) -> None:
        """The database holds each open number once, and as many as are held."""
        (held, different), *_ = query(
            self.till,
            "SELECT count(*), count(DISTINCT digest) FROM member_phone"
            " WHERE until_ms IS NULL",
        )
        assert held == different == len(self._holders)
        count = self.counter.desk.ledger.members.count()
        assert count == self._enrolled - len(self._erased)

    @override
    def teardown(self) -> None:
        prove(self.till)
        self._opened.close()
        self._stack.close()


TestMembers = MemberMachine.TestCase
TestMembers.settings = settings(
    max_examples=examples(2, 150), stateful_step_count=12, deadline=None
)
