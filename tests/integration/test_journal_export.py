"""The signed export of the journal, and `guitai verify` on a machine without a shop."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.bootstrap import Till
from pos_app.cli import main
from pos_app.cli.verify import verify
from pos_app.domain.journal import EntryKind
from pos_app.domain.journal_export import fingerprint_of, header_line, read_header
from pos_app.domain.journal_verdict import ExportVerifier, FaultKind, Verdict
from pos_app.errors import StorageError, UserError
from pos_app.persistence.engine import LEDGER_WRITER, open_engine
from pos_app.persistence.ledger.ledger import begin_epoch
from pos_app.persistence.shop_seal import ShopSeal, is_signed
from pos_app.services.replay import ReplayClock
from pos_app.values.times import Timestamp
from tests.counter_shop import (
    COLA,
    MANAGER,
    NOON,
    TEA,
    fresh_shop,
    journal_kinds,
    opened,
    query,
    sell,
)

DAYS = [date(2026, 11, day) for day in (20, 21, 22, 23)]


def at_noon(day: date) -> Timestamp:
    return Timestamp.parse(f"{day}T12:00:00+08:00")


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    """Open a till after three days of trade."""
    clock = ReplayClock(NOON)
    with opened(fresh_shop(tmp_path), clock, number=MANAGER) as found:
        for day in DAYS[1:]:
            clock.set(at_noon(day))
            sell(found.counter, TEA, COLA)
            found.counter.sale.scan(TEA)
            found.counter.checkout.void_sale("customer_left").result()
            found.counter.checkout.finished()
        yield found


@pytest.fixture
def exported(till: Till, tmp_path: Path) -> Path:
    file = tmp_path / "journal.jsonl"
    till.counter.black_box.export(DAYS[0], DAYS[-1], file)
    return file


def verdict_of(content: bytes, fingerprint: str = "") -> Verdict:
    verifier = ExportVerifier(is_signed, fingerprint)
    for line in content.splitlines(keepends=True):
        verifier.feed(line)
    return verifier.verdict()


def test_an_export_is_whole_and_says_so(till: Till, exported: Path) -> None:
    found = verify(exported)
    assert found.fault is None
    assert found.header is not None
    assert found.header.shop_id == till.catalog.shop().shop_id
    assert found.entries == query(till, "SELECT count(*) - 1 FROM journal")[0][0]
    assert fingerprint_of(found.header.public_key) == till.counter.black_box.fingerprint


def test_the_lines_are_json_and_hold_the_stored_bytes(
    till: Till, exported: Path
) -> None:
    lines = exported.read_bytes().splitlines()
    entries = [json.loads(line)["entry"] for line in lines[1:-1]]
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
    rows = query(till, "SELECT canonical, hash FROM journal ORDER BY seq")
    for line, row in zip(lines[1:-1], rows, strict=False):
        assert row.canonical in line
        assert json.loads(line)["hash"] == row.hash.hex()


def test_an_export_is_journalled_with_what_was_signed(
    till: Till, exported: Path
) -> None:
    assert journal_kinds(till)[-1] == EntryKind.JOURNAL_EXPORTED
    last = query(till, "SELECT canonical FROM journal ORDER BY seq DESC LIMIT 1")[0][0]
    body = json.loads(last)["body"]
    seal = json.loads(exported.read_bytes().splitlines()[-1])
    assert body["digest"] == seal["digest"]
    assert body["entries"] == seal["entries"]
    assert (body["first_day"], body["last_day"]) == ("2026-11-20", "2026-11-23")


def test_a_period_is_exported_from_its_first_to_its_last_entry(
    till: Till, tmp_path: Path
) -> None:
    file = tmp_path / "one.jsonl"
    till.counter.black_box.export(DAYS[2], DAYS[2], file)
    found = verify(file)
    assert found.fault is None
    assert found.first is not None
    assert found.last is not None
    assert {found.first.day, found.last.day} == {"2026-11-22"}
    assert found.first.seq > 1


def test_a_sale_that_kept_its_day_over_midnight_leaves_no_gap(tmp_path: Path) -> None:
    clock = ReplayClock(at_noon(DAYS[1]))
    with opened(fresh_shop(tmp_path), clock, number=MANAGER) as till:
        till.counter.sale.scan(TEA)
        clock.set(at_noon(DAYS[2]))
        till.counter.drawer.open(till.counter.drawer.reasons()[0].key).result()
        till.counter.checkout.take("cash", 1280)
        till.counter.checkout.finish(print_slip=False).result()
        till.counter.checkout.finished()
        file = tmp_path / "days.jsonl"
        till.counter.black_box.export(DAYS[2], DAYS[2], file)
    assert verify(file).fault is None


def test_a_restored_till_exports_both_epochs_as_one_chain(tmp_path: Path) -> None:
    folder = fresh_shop(tmp_path)
    with opened(folder, ReplayClock(NOON), number=MANAGER) as till:
        sell(till.counter, TEA)
    engine = open_engine(folder.ledger, till.ring.ledger_key, LEDGER_WRITER)
    begin_epoch(engine, 2)
    engine.dispose()
    clock = ReplayClock(at_noon(DAYS[-1]))
    with opened(folder, clock, number=MANAGER) as again:
        sell(again.counter, TEA)
        file = tmp_path / "both.jsonl"
        again.counter.black_box.export(DAYS[0], DAYS[-1], file)
    found = verify(file)
    assert found.fault is None
    assert found.last is not None
    assert found.last.epoch == 2


def test_nothing_to_export_and_days_in_the_wrong_order_are_refused(
    till: Till, tmp_path: Path
) -> None:
    box, file = till.counter.black_box, tmp_path / "none.jsonl"
    with pytest.raises(UserError, match="journal_period_empty"):
        box.export(date(2025, 1, 1), date(2025, 1, 2), file)
    with pytest.raises(UserError, match="period_backwards"):
        box.export(DAYS[2], DAYS[1], file)
    assert not file.exists()


def test_a_folder_that_is_not_there_is_named_and_nothing_is_journalled(
    till: Till, tmp_path: Path
) -> None:
    with pytest.raises(StorageError, match="folder_missing"):
        till.counter.black_box.export(DAYS[0], DAYS[-1], tmp_path / "no" / "x.jsonl")
    assert EntryKind.JOURNAL_EXPORTED not in journal_kinds(till)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_says_so_and_the_old_file_stays(till: Till, exported: Path) -> None:
    before = exported.read_bytes()
    aside = exported.with_name(exported.name + ".new")
    aside.symlink_to("/dev/full")
    with pytest.raises(StorageError, match="disk_full"):
        till.counter.black_box.export(DAYS[0], DAYS[-1], exported)
    assert exported.read_bytes() == before
    assert not aside.is_symlink()


# ------------------------------------------------------------- what is found out


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return an exported file, made once for all the damage done to copies of it."""
    root = tmp_path_factory.mktemp("export")
    clock = ReplayClock(at_noon(DAYS[1]))
    with opened(fresh_shop(root), clock, number=MANAGER) as till:
        for _ in range(4):
            sell(till.counter, TEA)
        till.counter.black_box.export(DAYS[1], DAYS[1], root / "whole.jsonl")
    content = (root / "whole.jsonl").read_bytes()
    assert verdict_of(content).fault is None
    return content


def first_sale(lines: list[bytes]) -> int:
    return next(at for at, line in enumerate(lines) if b'"SaleCompleted"' in line)


def fault_of(content: bytes) -> FaultKind | None:
    fault = verdict_of(content).fault
    return fault.kind if fault else None


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_any_flipped_bit_is_found(whole: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(whole) - 1))
    bit = data.draw(st.integers(0, 7))
    damaged = bytearray(whole)
    damaged[at] ^= 1 << bit
    assert fault_of(bytes(damaged)) is not None


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_any_other_byte_put_in_or_taken_out_is_found(
    whole: bytes, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(whole)))
    more = data.draw(st.binary(min_size=1, max_size=3))
    assert fault_of(whole[:at] + more + whole[at:]) is not None
    gone = data.draw(st.integers(1, 200))
    if at < len(whole):
        assert fault_of(whole[:at] + whole[at + gone :]) is not None


def test_any_line_dropped_doubled_or_swapped_is_found_and_named(whole: bytes) -> None:
    lines = whole.splitlines(keepends=True)
    for at in range(len(lines)):
        dropped = lines[:at] + lines[at + 1 :]
        assert fault_of(b"".join(dropped)) is not None
        doubled = lines[: at + 1] + lines[at:]
        assert fault_of(b"".join(doubled)) is not None
        swapped = [*lines]
        other = (at + 1) % len(lines)
        swapped[at], swapped[other] = swapped[other], swapped[at]
        assert fault_of(b"".join(swapped)) is not None
    assert fault_of(b"".join(lines[:3] + lines[4:])) is FaultKind.MISSING
    assert fault_of(b"".join(lines[:3] + lines[2:])) is FaultKind.OUT_OF_ORDER
    assert fault_of(b"".join(lines[:-2] + lines[-1:])) is FaultKind.MISSING
    assert fault_of(b"".join(lines[:1] + lines[2:])) is FaultKind.MISSING


def test_a_file_cut_anywhere_is_found(whole: bytes) -> None:
    lines = whole.splitlines(keepends=True)
    assert fault_of(b"".join(lines[:-1])) is FaultKind.CUT_OFF
    assert fault_of(whole[: len(whole) // 2]) is FaultKind.CUT_OFF
    assert fault_of(whole[:-1]) is FaultKind.CUT_OFF
    assert fault_of(b"") is FaultKind.NOT_AN_EXPORT


def test_whatever_is_added_after_the_end_is_found(whole: bytes) -> None:
    for more in (b"\n", b" ", b"{}\n", whole.splitlines(keepends=True)[2], b"\x00"):
        assert fault_of(whole + more) is FaultKind.APPENDED


def test_a_changed_entry_is_named_with_its_line_and_time(whole: bytes) -> None:
    lines = whole.splitlines(keepends=True)
    at = first_sale(lines)
    lines[at] = lines[at].replace(b"1280", b"1290", 1)
    fault = verdict_of(b"".join(lines)).fault
    assert fault is not None
    assert (fault.kind, fault.line) == (FaultKind.CHANGED, at + 1)
    assert fault.entry is not None
    assert fault.entry.at == "2026-11-21T04:00:00.000Z"


def test_an_entry_hashed_anew_no_longer_fits_the_next(whole: bytes) -> None:
    from pos_app.domain.journal import link

    lines = whole.splitlines(keepends=True)
    at = first_sale(lines)
    canonical = json.dumps(
        json.loads(lines[at])["entry"], ensure_ascii=False, separators=(",", ":")
    )
    forged = canonical.replace("1280", "1290", 1).encode()
    prev = json.loads(lines[at])["prev"]
    fresh = link(bytes.fromhex(prev), forged).hex()
    lines[at] = (
        f'{{"hash":"{fresh}","prev":"{prev}","entry":'.encode() + forged + b"}\n"
    )
    assert fault_of(b"".join(lines)) is FaultKind.RELINKED


def test_a_header_that_says_something_else_is_found_by_the_signature(
    whole: bytes,
) -> None:
    lines = whole.splitlines(keepends=True)
    lines[0] = lines[0].replace(b'"till":"02"', b'"till":"03"')
    assert fault_of(b"".join(lines)) is FaultKind.SIGNATURE_WRONG


def test_a_file_signed_anew_by_somebody_else_shows_another_fingerprint(
    whole: bytes, tmp_path: Path
) -> None:
    import hashlib
    from dataclasses import replace

    from pos_app.domain.journal_export import seal_line, signed_message

    lines = whole.splitlines(keepends=True)
    stranger = ShopSeal(bytes(32))
    header = read_header(lines[0])
    lines[0] = header_line(replace(header, public_key=stranger.public_key))
    digest = hashlib.sha256(b"".join(lines[:-1])).digest()
    lines[-1] = seal_line(len(lines) - 2, digest, stranger.sign(signed_message(digest)))
    forged = b"".join(lines)
    own = fingerprint_of(header.public_key)
    assert verdict_of(forged).fault is None  # it is whole: somebody signed it
    fault = verdict_of(forged, own).fault
    assert fault is not None
    assert fault.kind is FaultKind.OTHER_KEY
    assert verdict_of(whole, own).fault is None
    assert verdict_of(whole, own.lower().replace("-", " ")).fault is None


HOSTILE = {
    "random bytes": bytes(range(256)) * 40,
    "one endless line": b"a" * 1_000_000,
    "no text at all": b"\xff\xfe" * 500,
    "deep": b'{"guitai_journal":1,"shop":' + b"[" * 3000,
    "deep line": b"[" * 200_000 + b"\n",
    "a huge number": b'{"guitai_journal":' + b"9" * 9000 + b"}\n",
    "a float": b'{"guitai_journal":1.0}\n',
    "not a number": b'{"guitai_journal":NaN}\n',
    "another kind of json": b"[1,2]\n",
    "lone surrogate": b'{"guitai_journal":1,"shop":"\\ud800"}\n',
    "a newer format": b'{"guitai_journal":2}\n',
    "true for one": b'{"guitai_journal":true}\n',
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_export_gets_a_verdict_and_no_traceback(content: bytes) -> None:
    kind = fault_of(content)
    newer = kind is FaultKind.NEWER_FORMAT
    assert newer == (content == HOSTILE["a newer format"])
    assert newer or kind is FaultKind.NOT_AN_EXPORT


@settings(max_examples=150, deadline=None)
@given(junk=st.binary(max_size=300))
def test_junk_behind_a_good_header_is_found(whole: bytes, junk: bytes) -> None:
    first, second, *_rest = whole.splitlines(keepends=True)
    assert fault_of(first + junk) is not None
    assert fault_of(first + second + junk + b"\n") is not None
    assert fault_of(first + second[:157] + junk + b"}\n") is not None


# --------------------------------------------------------------- the command line


def test_the_command_answers_in_words_and_by_its_exit_code(
    whole: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.jsonl"
    file.write_bytes(whole)
    assert main(["verify", str(file)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("WHOLE")
    assert "Compare it" in said
    file.write_bytes(whole.replace(b"1280", b"1281", 1))
    assert main(["verify", str(file)]) == 1
    assert "CHANGED at line" in capsys.readouterr().out
    assert main(["verify", str(file), "--json"]) == 1
    plain = json.loads(capsys.readouterr().out)
    assert plain["whole"] is False
    assert plain["fault"] == "changed"
    assert plain["entry"]["kind"] in set(EntryKind)


def test_a_fingerprint_is_compared_and_half_a_one_refused(
    whole: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.jsonl"
    file.write_bytes(whole)
    own = fingerprint_of(read_header(whole.splitlines(keepends=True)[0]).public_key)
    assert main(["verify", str(file), "--fingerprint", own]) == 0
    assert "Compare it" not in capsys.readouterr().out
    assert main(["verify", str(file), "--fingerprint", "0" * 32]) == 1
    assert own in capsys.readouterr().out
    assert main(["verify", str(file), "--fingerprint", own[:9]]) == 2
    assert main(["verify", str(tmp_path / "none")]) == 2
    assert main(["verify", str(tmp_path)]) == 2


def test_verify_loads_no_database_no_screen_and_no_catalogue(
    whole: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "x.jsonl"
    file.write_bytes(whole)
    code = (
        "import sys; from pos_app.cli import main; "
        f"code = main(['verify', {str(file)!r}]); "
        "loaded = {'sqlalchemy', 'sqlcipher3', 'PySide6', 'pydantic'} & set(sys.modules); "
        "assert not loaded, loaded; sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "HOME": str(tmp_path / "nobody")},
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
