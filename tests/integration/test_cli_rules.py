"""`guitai rules`: list, presets, a file, a trial; journalled with before and after."""

import json
from pathlib import Path

import pytest

from pos_app.bootstrap import Options, Till, create_shop
from pos_app.cli import main
from pos_app.domain.barcode_presets import preset
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.setup_file import SetupFile
from pos_app.values.gs1.check_digit import check_digit

APPLES = {
    "sku": "W1", "name": "红富士", "price": "12.80", "plu": "123",
    "unit": "KGM", "unit_name": "kg", "sell_by": "weight",
}  # fmt: skip
WEIGHT_RULE = {
    "key": "mine", "name": "自家秤", "pattern": "21IIIIIWWWWWC", "kind": "weight",
    "decimals": 3,
}  # fmt: skip


@pytest.fixture
def shop(tmp_path: Path) -> ShopFolder:
    folder = ShopFolder(tmp_path / "shop")
    folder.make()
    setup = SetupFile.model_validate({"items": [APPLES]})
    create_shop(folder, setup, FileKeyStore(folder.root))
    return folder


@pytest.fixture
def ask(shop: ShopFolder, capsys):
    def run(*words: object):
        asked = ["rules", *words, "--shop", shop.root, "--json"]
        code = main([str(word) for word in asked])
        return code, json.loads(capsys.readouterr().out)

    return run


def changes(shop: ShopFolder) -> list[dict]:
    with Till(shop, Options(with_printer=False)) as till:
        connection = till.ledger.read_engine.raw_connection()
        rows = connection.cursor().execute(
            "SELECT plain(canonical) FROM journal WHERE kind = 'SettingsChanged' ORDER BY seq"
        )
        found = [json.loads(row[0])["body"]["barcode_rules"] for row in rows]
        connection.close()
    return found


def write(folder: Path, text: str) -> Path:
    file = folder / "rules.json"
    file.write_text(text, encoding="utf-8")
    return file


def label(grams: int, plu: int = 123) -> str:
    digits = f"21{plu:05d}{grams:05d}"
    return digits + check_digit(digits)


def test_a_preset_becomes_the_table_and_the_journal_knows_both(shop, ask) -> None:
    assert ask() == (0, [])
    code, table = ask("--preset", "DE")
    assert code == 0
    assert [rule["pattern"] for rule in table] == [r.pattern for r in preset("DE")]
    assert ask() == (0, table)
    assert ask("--preset", "de") == (0, table)
    (change,) = changes(shop)
    assert (change["before"], change["after"]) == ([], table)


def test_a_preset_is_added_behind_what_is_there(ask) -> None:
    ask("--preset", "DE")
    code, table = ask("--preset", "SE", "--append")
    assert code == 0
    assert len(table) == len(preset("DE")) + len(preset("SE"))
    assert ask("--preset", "SE", "--append") == (0, table)


def test_people_are_told_which_rules_nobody_confirms(shop, capsys) -> None:
    assert main(["rules", "--preset", "CN", "--shop", str(shop.root)]) == 0
    said = capsys.readouterr().out
    assert "[unverified]" in said
    assert "try one of your own labels" in said
    assert main(["rules", "--preset", "DE", "--shop", str(shop.root)]) == 0
    assert "unverified" not in capsys.readouterr().out


def test_what_is_listed_can_be_edited_and_set(ask, tmp_path: Path) -> None:
    _, table = ask("--preset", "CN")
    table[0]["is_enabled"] = False
    table.reverse()
    file = write(tmp_path, json.dumps(table, ensure_ascii=False, indent=1))
    assert ask("--set", file) == (0, table)
    assert ask() == (0, table)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        pytest.param({"pattern": "21IIIIIWWQWWC"}, "barcode_rule_letters", id="letter"),
        pytest.param({"pattern": "21WWWWWWWWWWC"}, "barcode_rule_item", id="no item"),
        pytest.param({"kind": "price"}, "barcode_rule_measure", id="no price"),
        pytest.param({"decimals": 8}, "barcode_rule_decimals", id="decimals"),
        pytest.param({"decimals": "3"}, "rule_field", id="text for a number"),
        pytest.param({"kind": "length"}, "rule_field", id="kind"),
        pytest.param({"colour": 1}, "rule_field", id="unknown"),
        pytest.param({"key": "first"}, "rule_key_twice", id="key twice"),
    ],
)
def test_a_rule_that_cannot_work_is_said_with_its_line_and_nothing_changes(
    shop, ask, tmp_path: Path, capsys, change, key
) -> None:
    from ui.messages import has_words

    assert has_words(key)
    good = json.dumps({**WEIGHT_RULE, "key": "first"}, ensure_ascii=False)
    bad = json.dumps({**WEIGHT_RULE, **change}, ensure_ascii=False)
    file = write(tmp_path, f"[\n {good},\n\n {bad}\n]\n")
    words = ["rules", "--set", str(file), "--shop", str(shop.root), "--json"]
    assert main(words) == 2
    said = capsys.readouterr()
    answer = json.loads(said.out)
    assert (answer["error"], answer["params"]["lines"]) == ("rules_refused", "4")
    assert said.err.startswith("line 4: ")
    assert ask() == (0, [])
    assert changes(shop) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("{}", 1),
        ("[\n{\n", 3),
        ('[\n{"key": 1}\n{"key": 2}]', 3),
        ("[]\n[]", 1),
        ("[" * 100_000, 1),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_its_line(
    ask, tmp_path: Path, text: str, line: int
) -> None:
    code, answer = ask("--set", write(tmp_path, text))
    assert (code, answer["error"]) == (2, "rules_unreadable")
    assert answer["params"]["line"] == str(line)


def test_a_missing_file_and_a_wrong_encoding_are_named(ask, tmp_path: Path) -> None:
    assert ask("--set", tmp_path / "none.json")[1]["error"] == "file_missing"
    file = tmp_path / "gbk.json"
    file.write_bytes('["称"]'.encode("gbk"))
    assert ask("--set", file)[1]["error"] == "rules_unreadable"


def test_a_trial_says_rule_number_weight_and_item(ask, tmp_path: Path) -> None:
    ask("--set", write(tmp_path, json.dumps([WEIGHT_RULE])))
    code, answer = ask("--try", label(650))
    assert code == 0
    assert answer["rule"]["key"] == "mine"
    assert (answer["item_digits"], answer["quantity"]) == ("00123", "0.65")
    assert (answer["item"]["sku"], answer["item"]["quantity"]) == ("W1", "0.65")
    code, answer = ask("--try", label(650, plu=9))
    assert (code, answer["item"], answer["quantity"]) == (1, None, "0.65")
    wrong = label(650)[:-1] + str((int(label(650)[-1]) + 1) % 10)
    assert ask("--try", wrong)[1]["error"] == "barcode_check_digit"
    code, answer = ask("--try", "W1")
    assert (code, answer["rule"], answer["item"]["name"]) == (0, None, "红富士")


def test_people_read_the_trial(shop, capsys) -> None:
    folder = ["--shop", str(shop.root)]
    assert main(["rules", "--preset", "CN", *folder]) == 0
    capsys.readouterr()
    assert main(["rules", "--try", label(650), *folder]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[1:] == [
        "Item number in the code: 00123",
        "Quantity: 0.65",
        "Item: W1 红富士 (kg)",
    ]
    assert main(["rules", "--try", "5", *folder]) == 1
    assert "No rule" in capsys.readouterr().out


def test_a_running_till_reads_the_new_table_at_the_next_scan(shop, ask) -> None:
    with Till(shop, Options(with_printer=False)) as till:
        assert till.catalog.scan(label(650), till.options.clock.now()) is None
        assert ask("--preset", "CN")[0] == 0
        found = till.catalog.scan(label(650), till.options.clock.now())
        assert found is not None
        assert str(found.quantity) == "0.65"
    assert len(changes(shop)) == 0  # until its daily care
    assert ask("--preset", "CN")[0] == 0
    assert len(changes(shop)) == 1
