"""guitai import members, export members, export member: the till closed, PINs asked."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from pos_app.cli import EXIT_REFUSED, main
from pos_app.persistence.shop_folder import ShopFolder
from tests.counter_shop import MANAGER, PINS, SUPERVISOR, fresh_shop, opened

TEXT = "手机号,姓名,积分\n13812346217,林可怡,1200\n13912340001,王伟,\n1.38E+10,坏,\n"


@pytest.fixture
def shop(tmp_path: Path) -> ShopFolder:
    (tmp_path / "members.csv").write_text(TEXT)
    return fresh_shop(tmp_path)


def run(
    shop: ShopFolder,
    monkeypatch: pytest.MonkeyPatch,
    *words: str,
    pins: Sequence[str] = (),
) -> int:
    typed = "".join(f"{PINS[number]}\n" for number in pins)
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    return main([*words, "--shop", str(shop.root), "--json"])


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


def test_a_dry_run_says_what_would_be_and_asks_nobody(
    shop: ShopFolder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = str(shop.root.parent / "members.csv")
    assert run(shop, monkeypatch, "import", "members", file, "--dry-run") == 1
    told = said(capsys)
    assert (told["added"], told["refused"], told["points"]) == (2, 1, 1200)
    assert told["written"] is None
    (problem,) = told["problems"]  # type: ignore[misc]
    assert (problem["line"], problem["key"]) == (4, "member_import_shortened")


def test_points_need_two_pins(
    shop: ShopFolder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = str(shop.root.parent / "members.csv")
    words = ("import", "members", file, "--by", MANAGER)
    assert run(shop, monkeypatch, *words, pins=[MANAGER]) == EXIT_REFUSED
    assert said(capsys)["error"] == "not_permitted"
    both = (*words, "--approved-by", SUPERVISOR)
    assert run(shop, monkeypatch, *both, pins=[MANAGER, SUPERVISOR]) == 1
    assert said(capsys)["written"] == {
        "added": 2,
        "changed": 0,
        "points": 1200,
        "late": [],
    }


def test_nobody_imports_without_a_name(
    shop: ShopFolder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = str(shop.root.parent / "members.csv")
    assert run(shop, monkeypatch, "import", "members", file) == EXIT_REFUSED
    assert said(capsys)["error"] == "member_import_by"


def test_a_till_that_runs_is_not_disturbed(
    shop: ShopFolder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = str(shop.root.parent / "members.csv")
    with opened(shop):
        assert run(shop, monkeypatch, "import", "members", file) == EXIT_REFUSED
    assert said(capsys)["error"] == "till_already_running"


def test_members_are_written_masked_and_in_full_only_for_a_purpose(
    shop: ShopFolder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    source, out = str(shop.root.parent / "members.csv"), shop.root.parent / "out.csv"
    taken = ("import", "members", source, "--by", MANAGER, "--approved-by", SUPERVISOR)
    run(shop, monkeypatch, *taken, pins=[MANAGER, SUPERVISOR])
    words = ("export", "members", str(out), "--by", MANAGER)
    assert run(shop, monkeypatch, *words, pins=[MANAGER]) == 0
    masked = out.read_text(encoding="utf-8-sig")
    assert "138****6217" in masked
    assert "林可怡" not in masked
    full = (*words, "--purpose", "law")
    assert run(shop, monkeypatch, *full, pins=[MANAGER]) == 0
    assert "林可怡" in out.read_text(encoding="utf-8-sig")
    with opened(shop) as till:
        kinds = ["MemberRevealed"]
        (lin,) = till.counter.member_admin.pages.found("13812346217")
        assert len(till.ledger.members.entries_of([lin], kinds, 10)) == 1
    capsys.readouterr()
    one = ("export", "member", str(out), "--member", "13812346217", "--by", MANAGER)
    assert run(shop, monkeypatch, *one, pins=[MANAGER]) == EXIT_REFUSED
    assert said(capsys)["error"] == "member_export_needs"
    asked = (*one, "--purpose", "request")
    assert run(shop, monkeypatch, *asked, pins=[MANAGER]) == 0
    whole = json.loads(out.with_suffix(".json").read_text(encoding="utf-8"))
    assert whole["person"][0]["name"] == "林可怡"
    assert "林可怡" in out.with_suffix(".html").read_text(encoding="utf-8")
