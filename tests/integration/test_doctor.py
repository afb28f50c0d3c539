"""The doctor finds what is wrong, says it in plain words, and names one action."""

import json
import string
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from pos_app.i18n import LANGUAGES, Words
from pos_app.persistence.backup import make_backup
from pos_app.persistence.ballast import Ballast
from pos_app.persistence.checks.all_checks import shop_checks
from pos_app.persistence.checks.room import CheckRoom
from pos_app.persistence.checks.startup import startup_check
from pos_app.persistence.engine import LEDGER_WRITER, open_engine
from pos_app.ports.health import Action, Finding, Severity
from pos_app.services.doctor import Report, advise, examine, report_to_plain
from pos_app.services.doctor_counted_words import COUNTED_WORDS
from pos_app.services.doctor_words import ACTION_WORDS, FINDING_WORDS
from pos_app.values.times import Timestamp
from tests.builders_ledger import OPENED, Shopkeeper, StillClock, open_ledger, open_shop

THIRD = "(SELECT sale_id FROM sale WHERE number = '02-A-000003')"
NOW = OPENED.plus_seconds(3_600)


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory):
    """Return a shop with sales, made once; tests take copies."""
    folder, ring, _ = open_shop(tmp_path_factory.mktemp("sold") / "shop")
    ledger = open_ledger(folder, ring)
    Shopkeeper(ledger).sell(12)
    ledger.close()
    Ballast(folder.ballast).restore()
    make_backup(folder, ring, OPENED)
    return folder, ring


@pytest.fixture
def room(sold, tmp_path: Path) -> CheckRoom:
    folder, ring = sold
    copy = replace(folder, root=tmp_path / "shop").make()
    for path in folder.root.iterdir():
        if path.is_file() and path != folder.ballast:
            (copy.root / path.name).write_bytes(path.read_bytes())
    copy.ballast.hardlink_to(folder.ballast)
    for path in folder.backups.iterdir():
        (copy.backups / path.name).write_bytes(path.read_bytes())
    (copy.root).chmod(0o700)
    return CheckRoom(copy, ring, StillClock(NOW), room_bytes=1)


def look(room: CheckRoom) -> Report:
    report = examine(shop_checks(room))
    room.close()
    return report


def bad(report: Report) -> dict[str, dict]:
    return {
        finding.key: dict(finding.params)
        for finding in report.findings
        if finding.severity in {Severity.WARNING, Severity.BROKEN}
    }


def tamper(room: CheckRoom, *statements: str) -> None:
    """Change the ledger behind the triggers' back and put the triggers up again."""
    engine = open_engine(room.folder.ledger, room.ring.ledger_key, LEDGER_WRITER)
    with engine.begin() as connection:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = connection.execute(text(query)).all()
        for name, _ in triggers:
            connection.execute(text(f'DROP TRIGGER "{name}"'))
        for statement in statements:
            assert connection.execute(text(statement)).rowcount
        for _, sql in triggers:
            connection.exec_driver_sql(sql)
    engine.dispose()


def test_a_sound_shop_is_sound(room: CheckRoom) -> None:
    report = look(room)
    assert bad(report) == {}
    assert report.is_sound
    assert report.worst is Severity.NOTICE  # the keys are in a file, said openly
    found = {finding.key: finding.params for finding in report.findings}
    assert found["journal_sound"]["entries"] == 12
    assert found["sales_proven"]["count"] == 12
    assert found["devices_set_up"]["count"] == 1
    assert "virtual" in found["devices_set_up"]["names"]
    assert found["numbers_gapless"]["count"] == 12
    assert found["database_opens"]["synchronous"] == "FULL"


def test_every_check_speaks(room: CheckRoom) -> None:
    checks = shop_checks(room)
    for check in checks:
        assert check.run()
    assert len({check.name for check in checks}) == len(checks) == 19


@pytest.mark.parametrize(
    ("statement", "key", "where"),
    [
        pytest.param(
            "UPDATE journal SET canonical = replace(plain(canonical), '饼干', '饼于') WHERE seq = 5",
            "journal_changed",
            5,
            id="a changed body",
        ),
        pytest.param(
            "UPDATE journal SET hash = zeroblob(32) WHERE seq = 5",
            "journal_changed",
            5,
            id="a changed hash",
        ),
        pytest.param("DELETE FROM journal WHERE seq = 5", "journal_gap", 6, id="a gap"),
        pytest.param(
            "DELETE FROM journal WHERE seq < 3", "journal_gap", 3, id="no genesis"
        ),
        pytest.param(
            "UPDATE journal SET prev_hash = zeroblob(32) WHERE seq = 5",
            "journal_relinked",
            5,
            id="another predecessor",
        ),
        pytest.param(
            "UPDATE journal SET actor = 's2' WHERE seq = 5",
            "journal_mislabelled",
            5,
            id="another actor",
        ),
        pytest.param(
            "UPDATE journal SET recorded_at_ms = 1 + recorded_at_ms WHERE seq = 5",
            "journal_mislabelled",
            5,
            id="another time",
        ),
    ],
)
def test_a_touched_journal_is_found(
    room: CheckRoom, statement: str, key: str, where: int
) -> None:
    tamper(room, statement)
    assert bad(look(room))[key]["seq"] == where


def test_a_rewritten_chain_no_longer_agrees_with_the_sales(room: CheckRoom) -> None:
    tamper(room, "DELETE FROM journal WHERE seq = 12")
    assert set(bad(look(room))) == {"sale_not_in_journal"}


@pytest.mark.parametrize(
    ("statement", "keys"),
    [
        (
            "UPDATE sale SET total_minor = 1 + total_minor WHERE number = '02-A-000003'",
            {"sale_lines_differ", "sale_tenders_differ", "sale_not_in_journal"}
            | {"sale_money_differs"},
        ),
        (
            f"UPDATE sale_line SET net_minor = net_minor - 1 WHERE sale_id = {THIRD}",
            {"sale_lines_differ", "sale_shares_differ"},
        ),
        (
            f"DELETE FROM sale_tax WHERE sale_id = {THIRD}",
            {"sale_taxes_differ"},
        ),
        (
            f"UPDATE sale_tender SET amount_minor = 1 WHERE sale_id = {THIRD}",
            {"sale_tenders_differ"},
        ),
        (
            f"DELETE FROM sale_unit_share WHERE sale_id = {THIRD}",
            {"sale_shares_differ"},
        ),
    ],
)
def test_a_sale_that_does_not_add_up_is_named(
    room: CheckRoom, statement: str, keys: set[str]
) -> None:
    tamper(room, statement)
    found = bad(look(room))
    assert set(found) == keys
    assert {params["first"] for params in found.values()} == {"02-A-000003"}


def test_a_sale_that_was_taken_out_is_missed(room: CheckRoom) -> None:
    parts = ("sale_tender", "sale_tax", "sale_unit_share", "sale_line")
    takings = [f"DELETE FROM {part} WHERE sale_id = {THIRD}" for part in parts]
    tamper(room, *takings, "DELETE FROM sale WHERE number = '02-A-000003'")
    found = bad(look(room))
    assert found["journal_sale_missing"] == {"count": 1, "first": "1/3"}
    assert found["numbers_gap"]["missing"] == 1


@pytest.mark.parametrize(
    ("statement", "key"),
    [
        (
            "UPDATE stock_balance SET thousandths = 0 WHERE item_id = 'item-3'",
            "stock_balance_differs",
        ),
        ("INSERT INTO stock_balance VALUES ('item-99', 5)", "stock_balance_differs"),
        ("DELETE FROM stock_balance WHERE item_id = 'item-3'", "stock_balance_differs"),
        (
            "UPDATE money_balance SET amount_minor = amount_minor - 1",
            "money_balance_differs",
        ),
        ("DELETE FROM number_series", "numbers_gap"),
        ("UPDATE number_series SET last = 1 + last", "numbers_gap"),
    ],
)
def test_a_balance_that_is_not_its_moves_is_found(
    room: CheckRoom, statement: str, key: str
) -> None:
    tamper(room, statement)
    assert set(bad(look(room))) == {key}


def test_a_missing_number_is_counted(room: CheckRoom) -> None:
    tamper(room, "UPDATE sale SET number = '02-A-000099' WHERE number = '02-A-000004'")
    assert bad(look(room))["numbers_gap"] == {
        "series": "02-A",
        "last": 12,
        "missing": 1,
    }


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER journal_no_update",
        "CREATE TABLE extra (id INTEGER)",
        "DROP INDEX ix_print_job_state",
    ],
)
def test_a_changed_schema_is_found(room: CheckRoom, statement: str) -> None:
    engine = open_engine(room.folder.ledger, room.ring.ledger_key, LEDGER_WRITER)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
    name = statement.split()[2]
    assert bad(look(room)) == {"schema_changed": {"file": "ledger.db", "name": name}}


def test_a_weakened_trigger_is_found(room: CheckRoom) -> None:
    engine = open_engine(room.folder.ledger, room.ring.ledger_key, LEDGER_WRITER)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER sale_no_delete"))
        weak = "CREATE TRIGGER sale_no_delete BEFORE DELETE ON sale BEGIN SELECT 1; END"
        connection.execute(text(weak))
    engine.dispose()
    found = bad(look(room))
    assert found == {"schema_changed": {"file": "ledger.db", "name": "sale_no_delete"}}


def flip_a_bit(room: CheckRoom, page: int) -> None:
    """Turn one bit over in the middle of a page of the ledger, from 1."""
    engine = open_engine(room.folder.ledger, room.ring.ledger_key, LEDGER_WRITER)
    with engine.connect() as connection:
        size = int(connection.execute(text("PRAGMA page_size")).scalar_one())
    engine.dispose()
    content = bytearray(room.folder.ledger.read_bytes())
    content[(page - 1) * size + size // 2] ^= 16
    room.folder.ledger.write_bytes(content)


def root_page(room: CheckRoom, name: str) -> int:
    """Return the page at which a table or an index begins, from 1."""
    engine = open_engine(room.folder.ledger, room.ring.ledger_key, LEDGER_WRITER)
    query = text("SELECT rootpage FROM sqlite_master WHERE name = :name")
    with engine.connect() as connection:
        page = int(connection.execute(query, {"name": name}).scalar_one())
    engine.dispose()
    return page


@pytest.mark.parametrize(
    "name", ["journal", "sale", "shift_total", "ix_stock_move_item_id"]
)
def test_a_flipped_bit_is_found_and_ends_no_check_early(
    room: CheckRoom, name: str
) -> None:
    flip_a_bit(room, root_page(room, name))
    report = look(room)
    assert bad(report)["pages_damaged"] == {"file": "ledger.db", "pages": 1}
    assert {finding.check for finding in report.findings} >= {"clock", "disk", "keys"}


def test_a_flipped_bit_in_the_list_of_tables_leaves_the_file_unreadable(
    room: CheckRoom,
) -> None:
    flip_a_bit(room, page=1)  # without it no other page can be found
    report = look(room)
    assert bad(report) == {"database_unreadable": {"file": "ledger.db"}}
    assert {finding.check for finding in report.findings} >= {"clock", "disk", "keys"}


def test_a_wrong_key_is_one_clear_finding(room: CheckRoom) -> None:
    wrong = replace(room.ring, ledger_key=bytes(32))
    report = look(CheckRoom(room.folder, wrong, room.clock, room_bytes=1))
    assert set(bad(report)) == {"database_unreadable"}


def test_a_missing_file_is_named_and_not_made(room: CheckRoom) -> None:
    room.folder.catalog.unlink()
    found = bad(look(room))
    assert found == {"database_missing": {"file": "catalog.db"}}
    assert not room.folder.catalog.exists()


def test_slips_in_doubt_are_counted(room: CheckRoom) -> None:
    rows = ", ".join(
        f"('{name}', '{name}', 'slip', 0, 'p', '', 0, '{state}', 0, '', {OPENED.unix_ms})"
        for name, state in (("a", "unknown"), ("b", "held"), ("c", "sent"))
    )
    tamper(room, f"INSERT INTO print_job VALUES {rows}")
    found = bad(look(room))
    assert found["print_jobs_unknown"] == {"count": 1}
    assert found["print_jobs_stuck"] == {"count": 1}


@pytest.mark.parametrize(
    ("now", "key"),
    [
        (OPENED.plus_seconds(-7_200), "clock_behind"),
        (Timestamp.parse("1970-01-01T00:00:09Z"), "clock_behind"),
    ],
)
def test_a_clock_that_went_back_is_found(
    room: CheckRoom, now: Timestamp, key: str
) -> None:
    report = look(replace(room, clock=StillClock(now)))
    assert bad(report)[key]["minutes"] >= 120


def test_a_full_disk_is_found(room: CheckRoom, monkeypatch) -> None:
    place = "pos_app.persistence.checks.till_checks.free_bytes"
    monkeypatch.setattr(place, lambda _folder: 3 << 20)
    assert bad(look(room)) == {"disk_almost_full": {"free_mb": 3}}
    monkeypatch.setattr(place, lambda _folder: 200 << 20)
    filling = look(replace(room, room_bytes=512 << 20))
    assert bad(filling) == {"disk_filling": {"free_mb": 200}}


def test_a_used_ballast_is_found(room: CheckRoom) -> None:
    room.folder.ballast.unlink()
    assert set(bad(look(room))) == {"ballast_missing"}


def test_an_old_backup_is_found(room: CheckRoom) -> None:
    later = StillClock(NOW.plus_seconds(5 * 86_400))
    assert bad(look(replace(room, clock=later)))["backup_old"]["days"] == 5


def test_no_backup_is_found(room: CheckRoom) -> None:
    for backup in room.folder.backups.iterdir():
        backup.unlink()
    assert set(bad(look(room))) == {"backup_none"}


def test_a_damaged_backup_is_found(room: CheckRoom) -> None:
    (backup,) = room.folder.backups.iterdir()
    backup.write_bytes(b"nothing")
    assert set(bad(look(room))) == {"backup_foreign"}


def test_keys_that_others_can_read_are_found(room: CheckRoom) -> None:
    (room.folder.root / "ring.key").chmod(0o644)
    assert "keys_readable" not in bad(look(room))  # nobody gets into the folder
    room.folder.root.chmod(0o755)
    found = bad(look(room))
    assert found["keys_readable"]["file"] in {"ring.json", "ring.key"}


def test_the_report_is_json(room: CheckRoom) -> None:
    plain = report_to_plain(look(room), Words("en"))
    again = json.loads(json.dumps(plain))
    assert again == plain
    assert again["worst"] == "notice"
    assert set(again["findings"][0]) == {
        *("check", "severity", "key", "params", "action", "what", "do")
    }


def test_every_finding_can_be_said(room: CheckRoom) -> None:
    for finding in look(room).findings:
        advice = advise(finding, Words("en"))
        assert "{" not in advice.what
        assert bool(advice.action) == (finding.action is not Action.NONE)


def test_every_action_has_words() -> None:
    assert set(ACTION_WORDS) == set(Action)


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders(language: str) -> None:
    words = Words(language)

    def names(sentence: str) -> set[str | None]:
        return {field for _, field, _, _ in string.Formatter().parse(sentence) if field}

    for sentence in FINDING_WORDS.values():
        assert names(words(sentence)) == names(sentence)


def test_one_of_something_is_said_otherwise_than_several() -> None:
    for key, forms in COUNTED_WORDS.items():
        fields = {x for _, x, _, _ in string.Formatter().parse(forms[0]) if x}
        params = {"first": "A-1", "file": "ledger.db", "folder": "/", "series": "B"}
        told = []
        for number in (1, 1_234):
            given = {x: params.get(x, number) for x in fields}
            found = Finding("check", Severity.BROKEN, key, given)
            told.append(advise(found, Words("en")).what)
        assert told[0] != told[1], key
        assert not any("{" in sentence for sentence in told)


def test_each_finding_has_words_in_one_place() -> None:
    assert not COUNTED_WORDS.keys() & FINDING_WORDS.keys()


def test_a_clean_start_is_checked_fast_and_passes(room: CheckRoom) -> None:
    findings = startup_check(room, clean=True)
    assert [each.key for each in findings] == ["databases_known", "journal_sound"]
    assert not bad(Report(findings))


def test_a_start_after_a_kill_reads_the_pages(room: CheckRoom) -> None:
    findings = startup_check(room, clean=False)
    assert [each.key for each in findings][-1] == "pages_sound"


def test_a_start_after_a_kill_finds_a_flipped_bit(room: CheckRoom) -> None:
    content = bytearray(room.folder.ledger.read_bytes())
    content[int(len(content) * 0.5)] ^= 16
    room.folder.ledger.write_bytes(content)
    findings = startup_check(room, clean=False)
    assert findings[-1].severity is Severity.BROKEN
    assert findings[-1].action is Action.RESTORE_BACKUP


def test_a_start_finds_a_changed_newest_entry(room: CheckRoom) -> None:
    tamper(room, "UPDATE journal SET hash = zeroblob(32) WHERE seq = 12")
    assert "journal_changed" in bad(Report(startup_check(room, clean=True)))


def test_a_start_stops_reading_when_its_time_is_up(
    room: CheckRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Racing(StillClock):
        def monotonic_ms(self) -> int:
            self.ticks = getattr(self, "ticks", 0) + 60_000
            return self.ticks

    monkeypatch.setattr("pos_app.persistence.checks.startup._STEPS_BETWEEN_LOOKS", 10)
    findings = startup_check(replace(room, clock=Racing(NOW)), clean=False)
    assert findings[-1].key == "pages_partly_checked"
    assert findings[-1].severity is Severity.NOTICE


def test_a_newer_ledger_stops_the_start_untouched(room: CheckRoom) -> None:
    tamper(room, "UPDATE alembic_version SET version_num = '9999'")
    before = room.folder.ledger.read_bytes()
    (finding,) = startup_check(room, clean=True)
    assert finding.key == "database_newer"
    assert finding.action is Action.UPDATE_PROGRAM
    assert room.folder.ledger.read_bytes() == before
