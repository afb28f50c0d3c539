"""guitai import members, export members, export member: the till closed, PINs asked."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pos_app.cli import EXIT_REFUSED, main
from pos_app.persistence.shop_folder import ShopFolder
from tests.counter_shop import MANAGER, PINS, SUPERVISOR, fresh_shop, opened

TEXT = "手机号,姓名,积分\n13812346217,林可怡,1200\n13912340001,王伟,\n1.38E+10,坏,\n"


@pytest.fixture
def shop(tmp_path: Path) -> ShopFolder:
    (tmp_path / "members.csv").write_text(TEXT)
    return fresh_shop(tmp_path)


class Keyboard:
    """Somebody who calls guitai about a shop and types PINs as they are asked."""

    def __init__(
        self,
        shop: ShopFolder,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        self.shop, self.file = shop, str(shop.root.parent / "members.csv")
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def run(self, *words: str, pins: Sequence[str] = ()) -> int:
        """Return the exit code."""
        typed = "".join(f"{PINS[number]}\n" for number in pins)
        self._monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        self._capsys.readouterr()
        return main([*words, "--shop", str(self.shop.root), "--json"])

    def said(self) -> dict[str, Any]:
        """Return what the last call answered."""
        answer: dict[str, Any] = json.loads(self._capsys.readouterr().out)
        return answer


@pytest.fixture
def guitai(
    shop: ShopFolder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Keyboard:
    return Keyboard(shop, monkeypatch, capsys)


def test_a_dry_run_says_what_would_be_and_asks_nobody(guitai: Keyboard) -> None:
    assert guitai.run("import", "members", guitai.file, "--dry-run") == 1
    told = guitai.said()
    assert (told["added"], told["refused"], told["points"]) == (2, 1, 1200)
    assert told["written"] is None
    (problem,) = told["problems"]
    assert (problem["line"], problem["key"]) == (4, "member_import_shortened")


def test_points_need_two_pins(guitai: Keyboard) -> None:
    words = ("import", "members", guitai.file, "--by", MANAGER)
    assert guitai.run(*words, pins=[MANAGER]) == EXIT_REFUSED
    assert guitai.said()["error"] == "not_permitted"
    both = (*words, "--approved-by", SUPERVISOR)
    assert guitai.run(*both, pins=[MANAGER, SUPERVISOR]) == 1
    assert guitai.said()["written"] == {
        "added": 2,
        "changed": 0,
        "points": 1200,
        "late": [],
    }


def test_nobody_imports_without_a_name(guitai: Keyboard) -> None:
    assert guitai.run("import", "members", guitai.file) == EXIT_REFUSED
    assert guitai.said()["error"] == "member_import_by"


def test_a_till_that_runs_is_not_disturbed(guitai: Keyboard) -> None:
    with opened(guitai.shop):
        assert guitai.run("import", "members", guitai.file) == EXIT_REFUSED
    assert guitai.said()["error"] == "till_already_running"


def test_members_are_written_masked_and_in_full_only_for_a_purpose(
    guitai: Keyboard,
) -> None:
    out = guitai.shop.root.parent / "out.csv"
    taken = (
        "import",
        "members",
        guitai.file,
        "--by",
        MANAGER,
        "--approved-by",
        SUPERVISOR,
    )
    guitai.run(*taken, pins=[MANAGER, SUPERVISOR])
    words = ("export", "members", str(out), "--by", MANAGER)
    assert guitai.run(*words, pins=[MANAGER]) == 0
    masked = out.read_text(encoding="utf-8-sig")
    assert "138****6217" in masked
    assert "林可怡" not in masked
    full = (*words, "--purpose", "law")
    assert guitai.run(*full, pins=[MANAGER]) == 0
    assert "林可怡" in out.read_text(encoding="utf-8-sig")
    with opened(guitai.shop) as till:
        kinds = ["MemberRevealed"]
        (lin,) = till.counter.member_admin.pages.found("13812346217")
        assert len(till.ledger.members.entries_of([lin], kinds, 10)) == 1
    one = ("export", "member", str(out), "--member", "13812346217", "--by", MANAGER)
    assert guitai.run(*one, pins=[MANAGER]) == EXIT_REFUSED
    assert guitai.said()["error"] == "member_export_needs"
    asked = (*one, "--purpose", "request")
    assert guitai.run(*asked, pins=[MANAGER]) == 0
    whole = json.loads(out.with_suffix(".json").read_text(encoding="utf-8"))
    assert whole["person"][0]["name"] == "林可怡"
    assert "林可怡" in out.with_suffix(".html").read_text(encoding="utf-8")
