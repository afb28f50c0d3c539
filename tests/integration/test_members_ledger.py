"""Members in the ledger: what is kept, what never changes, what nobody can read."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pos_app.bootstrap import Till
from pos_app.domain.member.merging import MemberMerge
from pos_app.domain.member.phone_holding import HoldingEnd, NewcomerGiven
from pos_app.domain.member.recognition import Means
from pos_app.persistence.key_ring import open_key_ring
from pos_app.persistence.ledger.generated_members import generate_members, made_up
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.member_phone import release_phone
from tests.builders_counter_members import LIN, enrol, pair_phone, set_pin
from tests.builders_till import SETUP, SIGN_ON, RunningTill, make_shop
from tests.counter_shop import (
    NOON,
    fresh_shop,
    opened,
    prove,
    query,
    refusal,
)

NAME = "林可怡"


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path)) as found:
        yield found


def refused(till: Till, statement: str) -> str:
    """Run a statement past all services; return what the database said."""
    with till.ledger._writer.connect() as connection:
        with pytest.raises(DatabaseError) as error:
            connection.execute(text(statement))
        connection.rollback()
    return str(error.value.orig)


def test_the_database_itself_keeps_members_as_they_were(till) -> None:
    counter = till.counter
    member_id = enrol(counter, card="OLD-7788")
    phone = pair_phone(counter, member_id)
    counter.members.attach_code(phone.shows(counter.desk.clock.now()))
    counter.members.detach()
    digest = b"d" * 32
    given = NewcomerGiven(digest, NOON)
    counter.desk.record(lambda unit: unit.members.give_newcomer(given)).result()
    counter.desk.record(
        lambda unit: unit.members.end_phone(member_id, NOON, HoldingEnd.CHANGED)
    ).result()
    for statement, why in (
        ("UPDATE member SET member_id = 'x'", "a member stays who it is"),
        ("UPDATE member SET number = 7", "a member stays who it is"),
        ("UPDATE member SET enrolled_at_ms = 7", "a member stays who it is"),
        ("DELETE FROM member", "a member is erased, never deleted"),
        ("DELETE FROM member_profile", "a profile is emptied, never deleted"),
        ("UPDATE member_phone SET until_ms = NULL", "a number that was held only ends"),
        ("UPDATE member_phone SET why = 'merged'", "a number that was held only ends"),
        ("UPDATE member_phone SET digest = x'01'", "a number that was held only ends"),
        ("DELETE FROM member_phone", "a number that was held is not forgotten"),
        ("UPDATE phone_seen SET members = 1", "a number that was seen is counted up"),
        ("DELETE FROM phone_seen", "a number that was seen is not forgotten"),
        ("UPDATE member_code_step SET step = step - 1", "a code is taken once"),
        ("DELETE FROM member_code_step", "a code is taken once"),
        ("UPDATE newcomer_given SET at_ms = 7", "newcomer_given is append-only"),
        ("UPDATE member_consent SET is_given = 0", "member_consent is append-only"),
    ):
        assert refused(till, statement) == why
    counter.desk.record(lambda unit: unit.members.erase(member_id, NOON)).result()
    for statement, why in (
        (
            "UPDATE member_profile SET wrapped_key = x'01'",
            "who was erased stays erased",
        ),
        ("UPDATE member SET erased_at_ms = NULL", "a member stays who it is"),
    ):
        assert refused(till, statement) == why
    assert (
        refusal(
            counter.desk.record(lambda unit: unit.members.give_newcomer(given)).result
        ).key
        == "member_newcomer_given"
    )


def test_nothing_in_any_row_tells_who_somebody_is(till) -> None:
    counter = till.counter
    member_id = enrol(counter, birthday=(11, 5), card="OLD-7788", source="POSTER-3")
    set_pin(counter, member_id, "2468")
    counter.members.attach(member_id, Means.PHONE_SAID)
    counter.members.find(LIN)
    counter.members.prove_phone(LIN)
    till.ledger.flush()
    tables = query(till, "SELECT name FROM sqlite_master WHERE type = 'table'")
    secrets = [LIN, NAME, "可怡", "keyi", "linke", "OLD-77", "argon2"]
    looked_at = 0
    for (table,) in tables:
        for row in query(till, f"SELECT * FROM {table}"):
            for value in row:
                plain = value if isinstance(value, bytes) else str(value).encode()
                looked_at += 1
                for secret in secrets:
                    assert secret.encode() not in plain, (table, secret)
    assert looked_at > 50
    assert query(till, "SELECT shown FROM member_card")[0][0] == "****88"


def test_an_erased_member_leaves_nothing_in_the_pages_of_the_file(till) -> None:
    counter = till.counter
    member_id = enrol(counter)
    record = counter.desk.ledger.members.of(member_id)
    assert record is not None
    wrapped, content = record.sealed.wrapped_key, record.sealed.content
    counter.desk.record(lambda unit: unit.members.erase(member_id, NOON)).result()
    till.ledger.flush()
    with till.ledger._writer.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        assert raw.execute("PRAGMA secure_delete").fetchone()[0] == 1
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        assert pages > 0
        plain = till.folder.root / "plain.db"
        raw.execute(f"ATTACH DATABASE '{plain}' AS plain KEY ''")
        raw.execute("SELECT sqlcipher_export('plain')")
        raw.execute("DETACH DATABASE plain")
    exported = plain.read_bytes()
    assert wrapped not in exported
    assert content[40:80] not in exported


def test_two_who_want_one_number_or_card_in_one_file_are_refused_whole(till) -> None:
    counter = till.counter
    enrol(counter, LIN, card="OLD-7788")
    stamp = counter.desk.stamp()
    checked = [
        counter.members._enrolment.check(draft, stamp)
        for draft in _drafts(("13700000001", "13700000001"))
    ]

    def work(unit: Any) -> None:
        for each in checked:
            counter.members._enrolment.store(unit, each, stamp)

    assert refusal(counter.desk.record(work).result).key == "member_phone_taken"
    assert counter.desk.ledger.members.count() == 1
    prove(till)


def _drafts(phones: tuple[str, ...]) -> list[Any]:
    from pos_app.services.members import EnrolDraft

    return [EnrolDraft(phone) for phone in phones]


def test_a_number_let_go_and_taken_again_by_its_member(till) -> None:
    counter, desk = till.counter, till.counter.desk
    member_id = enrol(counter)
    desk.record(
        lambda unit: release_phone(
            unit, desk.vault, member_id, NOON, HoldingEnd.CHANGED
        )
    ).result()
    assert counter.members.find(LIN) == ()
    assert counter.members.find("6217") == ()
    again = enrol(counter, LIN, "陈晨")
    assert [x.member_id for x in counter.members.find("6217")] == [again]
    first = desk.ledger.members.holdings(member_id)
    assert [(x.end, x.until) for x in first] == [
        (HoldingEnd.CHANGED, max(NOON, first[0].since))
    ]


def test_merges_far_apart_are_one_person(till) -> None:
    desk = till.counter.desk
    people = [enrol(till.counter, f"1370000000{n}", f"王小{n}") for n in range(6)]
    for n, (kept, gone) in enumerate(itertools.pairwise(people)):
        fact = MemberMerge(f"m{n}", kept, gone, NOON.plus_seconds(n), "s1")
        desk.record(lambda unit, fact=fact: unit.members.add_merge(fact)).result()
    members = desk.ledger.members
    for each in people:
        assert members.ids_of(each)[0] == people[0]
        assert set(members.ids_of(each)) == set(people)
    assert members.ids_of("nobody") == ("nobody",)
    wrong = MemberMerge("m9", people[5], people[0], NOON.plus_seconds(99), "s1")
    broken = desk.record(lambda unit: unit.members.add_merge(wrong))
    assert refusal(broken.result).key == "member_merge_circle"
    assert members.merges().facts == members.merges_of(people[3]).facts


def test_made_up_members_are_found_by_all_they_say(till) -> None:
    counter, desk = till.counter, till.counter.desk
    generate_members(desk.ledger, desk.vault, desk.ids, 300)
    assert desk.ledger.members.count() == 300
    for number in (1, 77, 300):
        someone = made_up(number)
        (by_phone,) = counter.members.find(someone.typed)
        (by_card,) = counter.members.find(someone.card)
        assert by_phone.member_id == by_card.member_id
        found = counter.members.find(someone.typed[-4:])
        assert by_phone.member_id in {x.member_id for x in found}
        found = counter.members.find(someone.name)
        assert by_phone.member_id in {x.member_id for x in found}


def test_a_till_that_was_killed_has_whole_members_and_its_customer(
    tmp_path: Path,
) -> None:
    folder, _ring = make_shop(tmp_path / "shop")
    assert SETUP["items"]

    def commands() -> Iterator[dict[str, object]]:
        yield SIGN_ON
        for number in itertools.count(1):
            phone = f"137{number:08}"
            yield {"do": "enrol", "phone": phone, "name": NAME}
            yield {"do": "scan", "code": "S1"}
            yield {"do": "tender", "key": "cash", "amount": "1000"}
            yield {"do": "finish"}
            yield {"do": "member", "phone": phone}

    running = RunningTill(folder, commands())
    sold = [running.next_answer() for _ in range(6)]
    sold += running.kill()
    with opened(ShopFolder(folder.root), number=None) as till:
        members = till.ledger.members
        counts = query(
            till,
            "SELECT (SELECT count(*) FROM member), (SELECT count(*) FROM"
            " member_profile), (SELECT count(*) FROM member_phone),"
            " (SELECT count(DISTINCT member_key) FROM member_index),"
            " (SELECT count(*) FROM member_consent),"
            " (SELECT count(*) FROM journal WHERE kind = 'MemberEnrolled')",
        )[0]
        assert len(set(counts)) == 1
        assert counts[0] >= len(sold)
        for sale in sold:
            assert members.has_bought([sale["member_id"]])
        recognition = till.counter.members.recognition
        if recognition is not None:
            assert members.of(recognition.member_id) is not None
        prove(till)
    assert open_key_ring(folder.root)
