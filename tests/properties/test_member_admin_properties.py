"""However members are imported, merged and parted, nothing is doubled and nothing lost."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.bootstrap import Till
from pos_app.errors import UserError
from pos_app.ports.member_admin import MemberQuery
from pos_app.services.member_merge import MergeReason
from pos_app.services.session import ApprovalNeeded
from tests.builders_members import approve, enrolled, give_points, wait
from tests.counter_shop import MANAGER, SUPERVISOR, fresh_shop, opened
from tests.effort import examples

LINES = st.lists(
    st.tuples(
        st.integers(0, 5).map(lambda n: f"1381234000{n}"),
        st.sampled_from(["", "林可怡", "王伟"]),
        st.integers(0, 300),
        st.sampled_from(["", "K-1000", "K-2000"]),
        st.sampled_from(["", "05-17", "1999-02-30"]),
    ),
    min_size=1,
    max_size=8,
)


def take(till: Till, text: str) -> int:
    """Import a file; return how many lines changed anything."""
    file = till.folder.root.parent / "members.csv"
    file.write_text("phone,name,points,card,birthday\n" + text)
    imports = till.counter.member_admin.imports
    terms = imports.terms()
    found = imports.look(file, terms)
    if not found.to_write:
        return 0
    try:
        job = imports.decide(found, terms)
    except ApprovalNeeded as needed:
        approve(till.counter, needed, SUPERVISOR)
        job = imports.decide(found, terms)
    outcome = job.run()
    return outcome.added + outcome.changed


def picture(till: Till) -> set[tuple[str, str, int]]:
    rows = till.counter.member_admin.pages.page(MemberQuery(), limit=99).rows
    return {(row.member_id, row.name, row.points) for row in rows}


@settings(max_examples=examples(6, 60), deadline=None)
@given(lines=LINES)
def test_a_file_imported_twice_is_imported_once(
    lines: list[tuple[str, str, int, str, str]],
) -> None:
    text = "".join(",".join(map(str, line)) + "\n" for line in lines)
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(fresh_shop(Path(folder)), number=MANAGER) as till,
    ):
        take(till, text)
        before = picture(till)
        assert take(till, text) == 0
        assert picture(till) == before
        assert till.ledger.points.unproven() == []


STEPS = st.lists(
    st.tuples(st.sampled_from(["merge", "undo"]), st.integers(0, 3), st.integers(0, 3)),
    max_size=10,
)


@settings(max_examples=examples(5, 60), deadline=None)
@given(steps=STEPS)
def test_merging_and_parting_in_any_order_keep_all_points(
    steps: list[tuple[str, int, int]],
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(fresh_shop(Path(folder)), number=MANAGER) as till,
    ):
        counter, merging = till.counter, till.counter.member_admin.merging
        ids = [enrolled(counter, f"1381234000{n}") for n in range(4)]
        for n, member_id in enumerate(ids):
            give_points(counter, member_id, 10**n)
        done: list[str] = []
        for step, one, other in steps:
            with suppress(UserError):  # they are one already, or never were
                if step == "merge":
                    reason = MergeReason.SAME_PERSON
                    fact = wait(merging.merge(ids[one], ids[other], reason))
                    done.append(fact.merge_id)
                elif done:
                    wait(merging.undo(done.pop(one % len(done))))
            rows = counter.member_admin.pages.page(MemberQuery()).rows
            assert sum(row.points for row in rows) == 1111
            persons = {till.ledger.members.ids_of(x)[0] for x in ids}
            assert {row.member_id for row in rows} == persons
        for merge_id in reversed(done):
            wait(merging.undo(merge_id))
        rows = counter.member_admin.pages.page(MemberQuery()).rows
        points = {row.member_id: row.points for row in rows}
        assert [points[x] for x in ids] == [1, 10, 100, 1000]
