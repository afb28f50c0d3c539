"""What members told and showed is sought as bytes in everything that a till leaves.

Names, numbers, birthdays, PINs and codes that nobody else has go through a whole day
of members, mistakes included. Then every file is read, every cell that SQLCipher
deciphers, every bundle unzipped, in all writings that a program may have chosen.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hardware.system_clock import SystemClock
from pos_app.bootstrap import Till
from pos_app.domain.member.recognition import Means
from pos_app.logs import start_logging, stop_logging
from pos_app.persistence.backup import make_backup
from pos_app.persistence.checks.room import CheckRoom
from pos_app.persistence.diagnostics import write_bundle
from pos_app.ports.printing import PrintJobState
from pos_app.services.coupon_drafts import CouponDraft, CouponKind
from pos_app.services.member_change import ProfileEdit
from pos_app.services.member_person import LookPurpose
from pos_app.services.members import EnrolDraft
from pos_app.services.session import ApprovalNeeded
from pos_app.services.slip import RECEIPT_PRINTER
from tests.builders_points import RULES, bring, give_points
from tests.builders_returns import (
    SHIRT_M,
    approve,
    approved,
    give_all_back,
    return_shop,
    take_back,
)
from tests.counter_shop import SUPERVISOR, finish, opened, query, refusal
from tests.coupon_shop import give, make
from tests.value_till import RULE, able, card, filled

NAME, OTHER = "欧阳金丝雀", "Canaria Quillfeather"
PHONE, OTHER_PHONE, IMPORTED = "13917283465", "13664827159", "13582716493"
TYPED = "13729485617"
CARD_CODE, GIFT, PIN = "VIP-77553311X", "GIFT-9182-7364", "73915846"
NOTE, CUSTOMER = "对花生过敏的金丝雀客人", "等候的金丝雀女士"
CANARIES = (
    *(NAME, NAME[1:], OTHER, PHONE, OTHER_PHONE, IMPORTED, TYPED, CARD_CODE),
    *(CARD_CODE.replace("-", ""), GIFT, GIFT.replace("-", ""), PIN, NOTE),
)
CSV = f"""phone,name,birthday,points,card,note
{IMPORTED},{OTHER},04-17,12,{CARD_CODE}7,{NOTE}
{IMPORTED},{NAME},31-31,x,,
=cmd|' /C calc'!A0,{NAME},,,,
{OTHER_PHONE[:-2]},{OTHER},,,,
"""


def written(secret: str) -> set[bytes]:
    """Return all the ways in which a text may lie in a file."""
    grouped = f"{secret[:3]} {secret[3:7]} {secret[7:]}" if secret.isdigit() else secret
    found = set()
    for text in {secret, grouped, secret.lower(), json.dumps(secret)[1:-1]}:
        found |= {text.encode(x) for x in ("utf-8", "utf-16-le", "utf-16-be")}
        with suppress(UnicodeEncodeError):
            found |= {text.encode(x) for x in ("gb18030", "big5")}
        found.add(text.encode().hex().encode())
    return found


def caught(where: str, content: bytes, secrets: tuple[str, ...]) -> list[str]:
    """Return the secrets that lie in some bytes, with where."""
    return [
        f"{where}: {secret}"
        for secret in secrets
        if any(form in content for form in written(secret))
    ]


def cells(till: Till) -> Iterator[tuple[str, bytes]]:
    """Yield every cell of the ledger as SQLCipher deciphers it, with its table."""
    till.ledger.flush()
    tables = query(till, "SELECT name FROM sqlite_master WHERE type = 'table'")
    for (name,) in tables:
        rows = [list(row) for row in query(till, f'SELECT * FROM "{name}"')]
        parts = [
            x if isinstance(x, bytes) else str(x).encode() for r in rows for x in r
        ]
        yield name, b"\n".join(parts)


def files(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file below a folder, and what archives hold."""
    for file in sorted(x for x in root.rglob("*") if x.is_file()):
        yield file.name, str(file).encode() + file.read_bytes()
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                for name in archive.namelist():
                    yield f"{file.name}/{name}", archive.read(name)


class Day:
    """A till with a day of members behind it; what it said is kept."""

    def __init__(self, till: Till, outside: Path) -> None:
        self.till, self.counter, self.outside = till, till.counter, outside
        self.said: list[bytes] = []

    def refused(self, action: Callable[..., Any], *what: object) -> None:
        """Do what cannot be done, and keep what was said of it."""
        error = refusal(lambda: action(*what).result())
        self.said.append(repr((error, str(error), error.params)).encode())

    def enrol(self) -> str:
        members = self.counter.members
        draft = EnrolDraft(PHONE, NAME, birthday=(3, 14), card=CARD_CODE)
        member_id = members.enrol(draft).result().member_id
        members.settled()
        self.refused(members.enrol, EnrolDraft(PHONE, OTHER))
        self.refused(members.enrol, EnrolDraft(OTHER_PHONE + "77", OTHER))
        self.refused(members.enrol, EnrolDraft(TYPED, NAME * 40))
        self.refused(members.enrol, EnrolDraft(TYPED, OTHER, card=CARD_CODE))
        change = self.counter.member_admin.changes
        change.edit(member_id, ProfileEdit(note=NOTE)).result()
        change.set_pin(member_id, PIN).result()
        self.counter.member_admin.person.look(
            member_id, LookPurpose.CORRECTION
        ).result()
        members.detach()
        return member_id

    def sell(self, member_id: str) -> None:
        counter, till = self.counter, self.till
        template = make(till, CouponDraft("ten", CouponKind.AMOUNT, amount_minor=1000))
        give_points(till, 4_000, member_id)
        filled(counter, 100_00, member_id=member_id)
        account_id = card(counter, GIFT, 30_00).account_id
        coupon = give(till, template, member_id)
        self.codes = [give(till, template).code, give(till, template).code]
        counter.sale.scan(SHIRT_M)
        for code in (PHONE, CARD_CODE, GIFT):
            self.refused(counter.sale.scan, code)
        counter.members.attach(member_id, Means.PHONE_SAID)
        self.refused(counter.members.prove_phone, TYPED)
        self.refused(counter.members.prove_pin, PIN[::-1])
        counter.members.prove_phone(PHONE)
        counter.members.prove_pin(PIN).result()
        self.refused(counter.members.attach_code, "M1" + "7" * 123)
        self.refused(counter.coupons.show, self.codes[0][:-1] + "?")
        self.refused(counter.stored_value.gift_card, GIFT + "9")
        counter.coupons.use(coupon.coupon_id)
        counter.points.give(500)
        counter.stored_value.pay(account_id)
        wallet = counter.stored_value.wallet(member_id)
        assert wallet is not None
        counter.stored_value.pay(wallet.account_id, 50_00)
        counter.checkout.take("cash", None)
        sale = finish(counter, print_slip=True)
        take_back(counter, sale)
        give_all_back(counter)
        finish(counter, print_slip=True)

    def park(self, member_id: str) -> None:
        """Leave a sale of the member open and another one parked."""
        counter = self.counter
        counter.sale.scan(SHIRT_M)
        counter.members.attach(member_id, Means.ROTATING_CODE)
        counter.park.park().result()
        counter.park.settled()

    def import_file(self) -> None:
        imports = self.counter.member_admin.imports
        file = self.outside / "new.csv"
        file.write_text(CSV, encoding="utf-8")
        found = imports.look(file, imports.terms())
        self.said += [repr((x.key, x.line)).encode() for x in found.problems]
        assert len(found.problems) >= 3
        with pytest.raises(ApprovalNeeded) as needed:
            imports.decide(found, imports.terms())
        approve(self.counter, needed.value.demand, SUPERVISOR)
        assert imports.decide(found, imports.terms()).run().added == 1
        file.unlink()


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    folder = return_shop(tmp_path)
    outside = tmp_path / "outside"
    outside.mkdir()
    start_logging(folder.root / "logs")
    try:
        with opened(folder) as till:
            able(till.counter)
            bring(till, replace(RULES, value=RULE, coupon_limit=2))
            yield Day(till, outside)
    finally:
        stop_logging()


def found_in(day: Day, secrets: tuple[str, ...]) -> list[str]:
    """Return what lies anywhere of some secrets."""
    till = day.till
    make_backup(till.folder, till.ring, SystemClock().now())
    room = CheckRoom(till.folder, till.ring, till.options.clock)
    try:
        write_bundle(day.outside / "bundle.zip", room, {}, {})
    finally:
        room.close()
    places = [*files(till.folder.root), *files(day.outside), *cells(till)]
    places += [("said", b"\n".join(day.said))]
    return [x for place, content in places for x in caught(place, content, secrets)]


def printed(till: Till) -> None:
    """Let the printer take every paper that waits."""
    queue = till.print_queue
    while (job := queue.next_job(RECEIPT_PRINTER)) is not None:
        assert queue.claim(job)
        queue.set_state(job.job_id, PrintJobState.SENT, offset_bytes=1, reason="")


def test_what_members_told_lies_nowhere_in_the_clear(day: Day) -> None:
    member_id = day.enrol()
    day.sell(member_id)
    day.park(member_id)
    day.import_file()
    secrets = (*CANARIES, *day.codes)
    waiting = found_in(day, day.codes)  # nobody has the papers yet
    assert {x.partition(":")[0] for x in waiting} == {"print_job"}
    printed(day.till)
    assert found_in(day, secrets) == []
    seen = found_in(day, (day.counter.desk.shop.name,))
    assert seen  # what is there is found


def test_of_an_erased_member_nothing_is_left_not_even_masked(day: Day) -> None:
    member_id = day.enrol()
    day.sell(member_id)
    glance = day.counter.members.glance(member_id)
    masked = (glance.name_masked, glance.phone_masked, PHONE[-4:])
    value = day.counter.stored_value
    wallet = value.wallet(member_id)
    for lot in value.lots(wallet.account_id):
        if lot.left_minor:
            whole = (wallet.account_id, lot.lot_id, lot.left_minor)
            value.refund_top_up(*whole, print_slip=True).result()
    approved(day.counter, day.counter.member_admin.erasure.erase, member_id).result()
    printed(day.till)
    assert found_in(day, (*CANARIES, *masked)) == []
