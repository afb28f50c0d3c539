"""Set-up, doctor, backup and restore on the command line, on real folders."""

import io
import json
import sys
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from pos_app.bootstrap import Options, Till
from pos_app.cli import main
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.resources import resource_path

SETUP = str(resource_path("demo_shop", "shop.json"))
ITEMS = str(resource_path("demo_shop", "items.csv"))


@pytest.fixture(autouse=True)
def no_key_store():
    """Keep the keys of these shops out of the key store of whoever tests."""
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def ask(capsys):
    """Run a command with --json and return its exit code and its answer."""

    def run(*words: object):
        code = main([str(word) for word in (*words, "--json")])
        return code, json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def shop(tmp_path: Path, ask):
    root = tmp_path / "shop"
    code, made = ask("setup", SETUP, "--items", ITEMS, "--shop", root)
    assert code == 0
    return root, made["recovery_code"]


def kinds(root: Path) -> list[str]:
    """Return the kinds of the journal, oldest first, as the ledger holds them."""
    with Till(ShopFolder(root), Options(with_printer=False)) as till:
        connection = till.ledger.read_engine.raw_connection()
        rows = connection.cursor().execute(
            "SELECT kind FROM journal ORDER BY epoch, seq"
        )
        found = [row[0] for row in rows]
        connection.close()
    return found


def finding(report, key: str):
    return next(each for each in report["findings"] if each["key"] == key)


def test_a_shop_is_made_once_and_its_code_is_shown_once(tmp_path: Path, capsys) -> None:
    root = tmp_path / "new" / "shop"
    arguments = ["setup", SETUP, "--items", ITEMS, "--shop", str(root)]
    assert main(arguments) == 0
    said = capsys.readouterr().out
    (code,) = [line.strip() for line in said.splitlines() if line.count("-") > 5]
    assert not any(
        code.encode() in file.read_bytes() for file in root.rglob("*") if file.is_file()
    )
    assert kinds(root) == ["TillCommissioned"]
    assert main(arguments) == 2
    assert "already holds a shop" in capsys.readouterr().err


def test_a_set_up_file_that_is_wrong_leaves_nothing_behind(tmp_path: Path, ask) -> None:
    wrong = tmp_path / "shop.json"
    wrong.write_text('{"items": [{"name": "no number"}]}', encoding="utf-8")
    code, answer = ask("setup", wrong, "--shop", tmp_path / "shop")
    assert (code, answer["error"]) == (2, "setup_unreadable")
    wrong.write_text(
        '{"staff": [{"number": "1", "name": "a", "role": "?", "pin": ""}]}'
    )
    code, answer = ask("setup", wrong, "--shop", tmp_path / "shop")
    assert (code, answer["error"]) == (2, "setup_unreadable")
    assert answer["params"]["place"] == "staff.1.role"
    assert [each.name for each in tmp_path.iterdir()] == ["shop.json"]


def test_a_folder_with_other_files_is_not_taken_for_a_shop(tmp_path: Path, ask) -> None:
    (tmp_path / "letter.txt").write_text("private")
    code, answer = ask("setup", SETUP, "--shop", tmp_path)
    assert (code, answer["error"]) == (2, "folder_in_use")
    assert [each.name for each in tmp_path.iterdir()] == ["letter.txt"]


def test_the_doctor_finds_a_new_shop_sound(shop, ask) -> None:
    code, report = ask("doctor", "--shop", shop[0])
    assert (code, report["worst"]) == (0, "notice")
    assert finding(report, "journal_sound")["params"]["entries"] == 1


def test_the_doctor_says_each_trouble_once_and_what_to_do(shop, capsys) -> None:
    root, _ = shop
    (root / "ledger.db").write_bytes(b"not a database" * 500)
    assert main(["doctor", "--shop", str(root)]) == 2
    said = capsys.readouterr().out
    assert said.count("ledger.db cannot be read") == 1
    assert said.count("restore the last backup") == 1
    assert said.splitlines()[-1] == "1 finding asks for an action."


def test_the_doctor_asks_for_an_action_with_exit_code_one(shop, ask) -> None:
    root, _ = shop
    (root / "ballast.bin").unlink()
    code, report = ask("doctor", "--shop", root)
    assert (code, report["worst"]) == (1, "warning")
    assert finding(report, "ballast_missing")["action"] == "free_disk"


def test_a_folder_without_a_shop_is_named(tmp_path: Path, ask) -> None:
    code, answer = ask("doctor", "--shop", tmp_path)
    assert (code, answer["error"]) == (2, "key_ring_missing")


def test_a_backup_becomes_a_shop_with_its_code_alone(
    shop, ask, tmp_path: Path, monkeypatch
) -> None:
    root, recovery_code = shop
    copy, again = tmp_path / "copy.guitai", tmp_path / "again"
    code, made = ask("backup", "--shop", root, "--to", copy)
    assert (code, made["file"], made["journalled"]) == (0, str(copy), True)
    assert kinds(root) == ["TillCommissioned", "BackupMade"]
    monkeypatch.setattr(sys, "stdin", io.StringIO(recovery_code + "\n"))
    code, restored = ask("restore", copy, "--shop", again)
    assert (code, restored["epoch"], restored["entries"]) == (0, 2, 1)
    assert kinds(again) == ["TillCommissioned", "LedgerRestored"]
    assert ask("doctor", "--shop", again)[0] == 0


def test_a_wrong_code_makes_no_folder(shop, ask, tmp_path: Path) -> None:
    copy, again = tmp_path / "copy.guitai", tmp_path / "again"
    ask("backup", "--shop", shop[0], "--to", copy)
    code, answer = ask("restore", copy, "--shop", again, "--code", "AAAA")
    assert (code, answer["error"]) == (2, "recovery_code_length")
    assert not again.exists()


def test_a_shop_that_is_there_is_replaced_only_when_asked(
    shop, ask, tmp_path: Path
) -> None:
    root, recovery_code = shop
    copy = tmp_path / "copy.guitai"
    ask("backup", "--shop", root, "--to", copy)
    words = ("restore", copy, "--shop", root, "--code", recovery_code)
    code, answer = ask(*words)
    assert (code, answer["error"]) == (2, "folder_in_use")
    assert ask(*words, "--replace")[0] == 0
    assert len(list(root.glob("damaged-*/ledger.db"))) == 1


def test_commands_that_write_respect_a_running_till(shop, ask, tmp_path: Path) -> None:
    root, recovery_code = shop
    copy = tmp_path / "copies"
    copy.mkdir()
    with Till(ShopFolder(root), Options(with_printer=False)):
        code, made = ask("backup", "--shop", root, "--to", copy)
        assert (code, made["journalled"]) == (0, False)
        assert ask("doctor", "--shop", root)[0] == 0
        words = (made["file"], "--shop", root, "--code", recovery_code, "--replace")
        code, answer = ask("restore", *words)
        assert (code, answer["error"]) == (2, "till_already_running")
    assert kinds(root) == ["TillCommissioned"]
