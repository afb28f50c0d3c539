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


@pytest.fixture
def type_in(monkeypatch):
    """Give what is asked for through a pipe, as a script does."""

    def type_line(line: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO(line + "\n"))

    return type_line


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
    code, answer = ask("setup", tmp_path / "none.json", "--shop", tmp_path / "shop")
    assert (code, answer["error"]) == (2, "setup_missing")
    assert answer["words"].startswith("The file none.json is not there.")
    wrong.write_text(
        '{"staff": [{"number": "1", "name": "a", "role": "?", "pin": "86"}]}'
    )
    code, answer = ask("setup", wrong, "--shop", tmp_path / "shop")
    assert (code, answer["error"]) == (2, "setup_unreadable")
    assert answer["params"]["place"] == "staff.1.role"
    assert [each.name for each in tmp_path.iterdir()] == ["shop.json"]


PERSON = {"number": "1", "name": "店长", "role": "manager", "pin": "8642"}


@pytest.mark.parametrize(
    ("content", "key"),
    [
        pytest.param({}, "setup_staff_missing", id="nobody"),
        pytest.param({"staff": []}, "setup_staff_missing", id="an empty list"),
        pytest.param(
            {"staff": [{**PERSON, "pin": "1234"}]}, "setup_pin_refused", id="1234"
        ),
        pytest.param(
            {"staff": [{**PERSON, "pin": ""}]}, "setup_pin_refused", id="no PIN"
        ),
        pytest.param(
            {"staff": [PERSON], "tendres": []}, "setup_unreadable", id="a typo"
        ),
        pytest.param(
            {"staff": [PERSON], "shop": {"currencey": "TWD"}},
            "setup_unreadable",
            id="a typo inside",
        ),
    ],
)
def test_a_shop_is_made_for_people_with_pins_of_their_own(
    tmp_path: Path, ask, content, key: str
) -> None:
    file, root = tmp_path / "shop.json", tmp_path / "shop"
    file.write_text(json.dumps(content), encoding="utf-8")
    code, answer = ask("setup", file, "--shop", root)
    assert (code, answer["error"]) == (2, key)
    assert not root.exists()
    file.write_text(json.dumps({"staff": [PERSON]}), encoding="utf-8")
    assert ask("setup", file, "--shop", root)[0] == 0


def test_a_column_of_items_that_nobody_knows_is_refused(tmp_path: Path, ask) -> None:
    items = tmp_path / "items.csv"
    items.write_text("sku,name,prcie\n1,tea,2\n")
    words = ("setup", SETUP, "--items", items, "--shop", tmp_path / "shop")
    code, answer = ask(*words)
    assert (code, answer["error"]) == (2, "setup_unreadable")


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


@pytest.mark.parametrize("command", ["doctor", "backup", "replay", "import"])
def test_a_folder_without_a_shop_is_named_and_left_alone(
    tmp_path: Path, capsys, command: str
) -> None:
    items = tmp_path / "items.csv"
    items.write_text("sku,name,price\n1,tea,2\n")
    empty = tmp_path / "empty"
    empty.mkdir()
    files = {"import": ["items", str(items)], "replay": [str(items)]}
    for folder in (empty, tmp_path / "nowhere"):
        words = [command, *files.get(command, []), "--shop", str(folder)]
        assert main(words) == 2
        assert f"There is no shop in {folder} yet." in capsys.readouterr().err
    assert list(empty.iterdir()) == []
    assert not (tmp_path / "nowhere").exists()


def test_a_backup_becomes_a_shop_with_its_code_alone(
    shop, ask, tmp_path: Path, type_in
) -> None:
    root, recovery_code = shop
    copy, again = tmp_path / "copy.guitai", tmp_path / "again"
    code, made = ask("backup", "--shop", root, "--to", copy)
    assert (code, made["file"], made["journalled"]) == (0, str(copy), True)
    assert kinds(root) == ["TillCommissioned", "BackupMade"]
    type_in(recovery_code)
    code, restored = ask("restore", copy, "--shop", again)
    assert (code, restored["entries"]) == (0, 1)
    assert restored["epoch"] >= 2
    assert kinds(again) == ["TillCommissioned", "LedgerRestored"]
    assert ask("doctor", "--shop", again)[0] == 0


def test_a_wrong_code_makes_no_folder(shop, ask, tmp_path: Path, type_in) -> None:
    copy, again = tmp_path / "copy.guitai", tmp_path / "again"
    ask("backup", "--shop", shop[0], "--to", copy)
    type_in("AAAA")
    code, answer = ask("restore", copy, "--shop", again)
    assert (code, answer["error"]) == (2, "recovery_code_length")
    assert not again.exists()


def test_a_shop_that_is_there_is_replaced_only_when_asked(
    shop, ask, tmp_path: Path, type_in
) -> None:
    root, recovery_code = shop
    copy = tmp_path / "copy.guitai"
    ask("backup", "--shop", root, "--to", copy)
    words = ("restore", copy, "--shop", root)
    type_in(recovery_code)
    code, answer = ask(*words)
    assert (code, answer["error"]) == (2, "folder_in_use")
    type_in(recovery_code)
    assert ask(*words, "--replace")[0] == 0
    assert len(list(root.glob("damaged-*/ledger.db"))) == 1


def test_commands_that_write_respect_a_running_till(
    shop, ask, tmp_path: Path, type_in
) -> None:
    root, recovery_code = shop
    copy = tmp_path / "copies"
    copy.mkdir()
    with Till(ShopFolder(root), Options(with_printer=False)):
        code, made = ask("backup", "--shop", root, "--to", copy)
        assert (code, made["journalled"]) == (0, False)
        assert ask("doctor", "--shop", root)[0] == 0
        type_in(recovery_code)
        code, answer = ask("restore", made["file"], "--shop", root, "--replace")
        assert (code, answer["error"]) == (2, "till_already_running")
    assert kinds(root) == ["TillCommissioned"]


def test_the_recovery_code_is_no_argument(capsys) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["restore", "x.guitai", "--shop", "x", "--code", "AAAA"])
    assert refused.value.code == 2
    assert "--code" in capsys.readouterr().err


def test_a_file_to_replay_that_is_missing_is_spoken_of_as_such(capsys) -> None:
    assert main(["replay", "nowhere.jsonl"]) == 2
    said = capsys.readouterr().err
    assert "nowhere.jsonl" in said
    assert "import" not in said


def test_a_language_that_is_not_there_is_refused_with_the_choices(capsys) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["--language", "xx", "doctor"])
    assert refused.value.code == 2
    said = capsys.readouterr().err
    assert all(language in said for language in ("zh-CN", "zh-TW", "en"))


def test_a_copy_into_a_missing_folder_speaks_of_the_folder(
    shop, ask, tmp_path: Path
) -> None:
    code, answer = ask(
        "backup", "--shop", shop[0], "--to", tmp_path / "no" / "copy.guitai"
    )
    assert (code, answer["error"]) == (2, "folder_missing")
    assert "The folder for copy.guitai is not there, so" in answer["words"]


def test_a_report_into_a_missing_folder_speaks_of_the_folder(
    shop, capsys, tmp_path: Path
) -> None:
    items = tmp_path / "items.csv"
    items.write_text("sku,name,price\n1,tea,2\n")
    words = ["import", "items", str(items), "--shop", str(shop[0])]
    assert main([*words, "--report", str(tmp_path / "no" / "report.csv")]) == 2
    assert "The folder for report.csv is not there" in capsys.readouterr().err


def test_without_a_display_the_till_says_so(shop, capsys, monkeypatch) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("other systems always have a display")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main(["run", "--shop", str(shop[0])]) == 2
    assert "There is no display here" in capsys.readouterr().err
