"""What it takes until a customer is known, among as many members as there are goods."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos_app.bootstrap import Till, create_shop
from pos_app.cli import say_progress
from pos_app.cli.bench_counter import QUIET
from pos_app.cli.bench_figures import Figure, spread, timed_ms
from pos_app.cli.bench_shop import (
    Lab,
    Told,
    bench_setup,
    schemas,
    shops_folder,
    signed_on,
    work_shop,
)
from pos_app.domain.member.member import Member
from pos_app.domain.member.recognition import Means
from pos_app.domain.member.rotating_code import (
    signed_message,
    step_at,
    write_rotating_code,
)
from pos_app.i18n import _
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.ledger.generated_members import generate_members, made_up
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.members import EnrolDraft

#: A customer is known within two seconds; the till takes its part of that.
PROMISED_MS = 2_000
#: What a cashier waits at the end of an enrolment.
ENROLLED_MS = 1_000
_STRIDE = 2_654_435_761
_NEW_PHONE = 13_700_000_000


def cached_members(count: int, keep: Path | None) -> ShopFolder:
    """Return a shop with generated members, made when it is not there yet."""
    base = shops_folder(keep)
    folder = ShopFolder(base / f"members-{schemas()}-{count}")
    if folder.is_shop:
        return folder
    say_progress(_("making {count} members, once", count=count))
    making = ShopFolder(base / f".members-{count}")
    shutil.rmtree(making.root, ignore_errors=True)
    create_shop(making, bench_setup(), FileKeyStore(making.root))
    with signed_on(making, QUIET) as till:
        desk = till.counter.desk
        told = Told(count).on_progress
        generate_members(desk.ledger, desk.vault, desk.ids, count, told)
    making.root.rename(folder.root)
    return folder


def member_figures(lab: Lab, keep: Path | None) -> Iterator[Figure]:
    """Measure finding, recognising and enrolling."""
    count, samples = lab.scale.items, lab.scale.searches
    cached = cached_members(count, keep)
    with work_shop(cached) as folder, signed_on(folder, QUIET) as till:
        yield Figure("members in the ledger", count, "members")
        yield from _finding(till, count, samples)
        yield from _recognising(till, count, samples)
        yield from _enrolling(till, samples)


def _finding(till: Till, count: int, samples: int) -> Iterator[Figure]:
    find = till.counter.members.find
    find(made_up(1).typed)  # numbering plans and readings are loaded
    people = [made_up(number * _STRIDE % count + 1) for number in range(samples)]
    vault = till.counter.desk.vault
    asked = {
        "full phone": [one.typed for one in people],
        "last four digits": [one.typed[-4:] for one in people],
        "name": [one.name for one in people],
        "pinyin": ["".join(vault.name_key(one.name).split()) for one in people],
        "card code": [one.card for one in people],
    }
    every: list[float] = []
    for kind, texts in asked.items():
        taken = [timed_ms(partial(find, text)) for text in texts]
        every += taken
        yield from spread(f"member found by {kind}", taken, {95: 20})
    yield from spread("member found: all of these", every, {50: None, 95: 20})


def _recognising(till: Till, count: int, samples: int) -> Iterator[Figure]:
    """Measure from the code on the phone to the customer in the sale, priced."""
    members = till.counter.members
    phones = _phones(till, count, samples)
    by_phone = [made_up(number * _STRIDE % count + 1) for number in range(samples)]

    def said(typed: str) -> None:
        found = members.find(typed)
        members.attach(found[0].member_id, Means.PHONE_SAID)

    ways: dict[str, list[Callable[[], object]]] = {
        "said phone": [partial(said, one.typed) for one in by_phone],
        "static code": [partial(members.attach_code, one.card) for one in by_phone],
        "rotating code": [partial(_scanned, till, phone) for phone in phones],
    }
    every: list[float] = []
    for way, actions in ways.items():
        taken = []
        for action in actions:
            taken.append(timed_ms(action))
            members.detach()
        every += taken
        yield from spread(f"recognition by {way}", taken, {95: 20})
    yield from spread("recognition", every, {50: None, 95: PROMISED_MS})


def _scanned(till: Till, phone: Callable[[], str]) -> None:
    till.counter.members.attach_code(phone())


def _phones(till: Till, count: int, samples: int) -> list[Callable[[], str]]:
    """Pair a phone for each of some members; each shows the code of its moment."""
    desk = till.counter.desk
    phones: list[Callable[[], str]] = []
    for number in range(samples):
        someone = made_up(number * _STRIDE % count + 1)
        found = till.counter.members.find(someone.card)[0]
        record = desk.ledger.members.of(found.member_id)
        assert record is not None
        key = Ed25519PrivateKey.generate()
        public = key.public_key().public_bytes_raw()
        member = record.member.with_token(public, desk.clock.now())
        desk.ledger.submit(partial(_pair, member)).result()
        phones.append(partial(_shows, till, member.number, key))
    return phones


def _pair(member: Member, unit: UnitOfWork) -> None:
    unit.members.put_tokens(member)


def _shows(till: Till, number: int, key: Ed25519PrivateKey) -> str:
    step = step_at(till.counter.desk.clock.now())
    signature = key.sign(signed_message(number, step))
    return write_rotating_code(number, step, signature)


def _enrolling(till: Till, samples: int) -> Iterator[Figure]:
    """Measure from the last tap to the new member as the customer of the sale."""
    members = till.counter.members

    def enrol(number: int) -> None:
        draft = EnrolDraft(str(_NEW_PHONE + number), "林可怡", source="POSTER-1")
        members.enrol(draft).result()
        members.settled()

    taken = []
    for number in range(samples):
        taken.append(timed_ms(partial(enrol, number)))
        members.detach()
    yield from spread("enrolment", taken, {50: None, 95: ENROLLED_MS})
