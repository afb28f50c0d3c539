"""`guitai import items`: dry run, report, journal, and a till that is running."""

import json
from pathlib import Path

import pytest

from pos_app.bootstrap import Options, Till, create_shop
from pos_app.cli import main
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.setup_file import SetupFile

LINES = (
    "内部号,条码,商品名称,零售\n"
    "900001,9521234567899,测试甲,3.50\n"
    "900002,,测试乙,abc\n"
    '900003,,"=HYPERLINK(""x"")",-1\n'
)
MAP = ("--map", "内部号=sku", "--map", "4=price")


@pytest.fixture
def shop(tmp_path: Path) -> ShopFolder:
    folder = ShopFolder(tmp_path / "shop")
    folder.make()
    create_shop(folder, SetupFile(), FileKeyStore(folder.root))
    return folder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "items.csv"
    path.write_bytes(LINES.encode("gb18030"))
    return path


@pytest.fixture
def ask(shop: ShopFolder, capsys):
    def run(*words: object):
        asked = ["import", "items", *words, "--shop", shop.root, "--json"]
        code = main([str(word) for word in asked])
        return code, json.loads(capsys.readouterr().out)

    return run


def entries(shop: ShopFolder) -> list[dict]:
    with Till(shop, Options(with_printer=False)) as till:
        connection = till.ledger.read_engine.raw_connection()
        rows = connection.cursor().execute("SELECT plain(canonical) FROM journal")
        found = [json.loads(row[0]) for row in rows]
        connection.close()
    return found


def counts(answer) -> tuple[int, int, int, int]:
    return tuple(answer[k] for k in ("added", "changed", "unchanged", "refused"))


def test_a_dry_run_says_everything_and_writes_nothing(shop, file, ask) -> None:
    code, answer = ask(file, *MAP, "--dry-run")
    assert (code, counts(answer), answer["dry_run"]) == (1, (1, 0, 0, 2), True)
    assert entries(shop) == []
    assert counts(ask(file, *MAP, "--dry-run")[1]) == (1, 0, 0, 2)


def test_an_import_is_journalled_once_and_twice_changes_nothing(
    shop, file, ask
) -> None:
    assert counts(ask(file, *MAP)[1]) == (1, 0, 0, 2)
    assert counts(ask(file, *MAP)[1]) == (0, 0, 1, 2)
    (entry,) = entries(shop)
    assert entry["kind"] == "CatalogImported"
    assert entry["body"]["file"] == "items.csv"
    assert (entry["body"]["added"], entry["body"]["refused"]) == (1, 2)
    assert len(entry["body"]["sha256"]) == 64
    with Till(shop, Options(with_printer=False)) as till:
        found = till.catalog.scan("9521234567899", till.options.clock.now())
    assert found is not None
    assert found.unit.name == "测试甲"


def test_every_refusal_names_its_line_and_why(file, ask, tmp_path: Path) -> None:
    written = tmp_path / "report.csv"
    _, answer = ask(file, *MAP, "--report", written)
    refused = [(each["line"], each["key"]) for each in answer["problems"]]
    assert refused == [(3, "amount_unreadable"), (4, "import_price_negative")]
    assert answer["problems"][0]["words"] == "this is no amount"
    assert len(written.read_text("utf-8-sig").splitlines()) == 3


def test_people_read_it_in_their_language(shop, file, capsys) -> None:
    words = ["import", "items", str(file), *MAP, "--shop", str(shop.root)]
    assert main(words) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "refused: line 3 零售 “abc”: this is no amount"
    assert said[-1] == "3 lines: 1 added, 0 changed, 0 as before, 2 refused"


@pytest.mark.parametrize(
    ("mapping", "key"),
    [
        pytest.param("内部号", "import_mapping_field", id="no field said"),
        pytest.param("内部号=colour", "import_mapping_field", id="no such field"),
        pytest.param("货架=sku", "import_mapping_column", id="no such column"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused_in_words(file, ask, mapping, key) -> None:
    code, answer = ask(file, "--map", mapping)
    assert (code, answer["error"]) == (2, key)
    assert answer["words"].endswith((".", "。"))


def test_a_file_that_is_not_there_is_named(ask, tmp_path: Path) -> None:
    code, answer = ask(tmp_path / "nothing.csv")
    assert (code, answer["error"]) == (2, "file_missing")
    assert "nothing.csv" in answer["words"]
