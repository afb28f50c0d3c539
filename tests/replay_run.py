"""Runs `guitai replay` and adds its documents up again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pos_app.cli import main

Document = dict[str, Any]
Run = Callable[..., tuple[int, list[Document]]]
SIGN_ON = {"do": "sign_on", "number": "1001", "pin": "1234"}
PAY: tuple[Document, Document] = (
    {"do": "tender", "key": "cash"},
    {"do": "finish", "print": False},
)


def scan(code: str, quantity: str = "") -> Document:
    """Return a scan."""
    return {"do": "scan", "code": code, "quantity": quantity}


def replay_in(folder: Path, capsys: Any) -> Run:
    """Return what runs the command in a shop of its own: exit code and documents."""

    def run(setup: Document | None, *commands: Document | str) -> tuple[int, Any]:
        lines = [x if isinstance(x, str) else json.dumps(x) for x in commands]
        file = folder / "day.jsonl"
        file.write_text("\n".join(lines), encoding="utf-8", errors="surrogateescape")
        arguments = ["replay", "--refusals", str(file)]
        if setup is not None:
            (folder / "setup.json").write_text(json.dumps(setup), encoding="utf-8")
            arguments += ["--setup", str(folder / "setup.json")]
        code = main(arguments)
        said = capsys.readouterr()
        assert said.err == ""
        return code, [json.loads(line) for line in said.out.splitlines()]

    return run


def check_proof(sale: Document) -> None:
    """Add a document up again, from what it prints alone."""
    priced, lines = sale["priced"], [line["priced"] for line in sale["lines"]]
    net = sum(line["net_minor"] for line in lines)
    tax = sum(line["tax_minor"] for line in lines)
    assert (
        priced["total_minor"] == net + tax == priced["net_minor"] + priced["tax_minor"]
    )
    assert priced["tax_minor"] == sum(x["tax_minor"] for x in priced["taxes"])
    listed = sum(line["list_minor"] for line in lines)
    assert priced["list_minor"] - priced["discount_minor"] == listed - sum(
        line["discount_minor"] for line in lines
    )
    by_hand = sum(
        step["amount_minor"]
        for line in lines
        for step in line["steps"]
        if step["kind"] != "round_off"
    )
    assert sale["round_off_minor"] + by_hand == priced["discount_minor"]
    taken = sum(tender["amount_minor"] for tender in sale["tenders"])
    given = sum(refund["amount_minor"] for refund in sale["refunds"])
    back = sum(
        line["list_minor"] - line["discount_minor"] + line["rounding_minor"]
        for line in sale["returns"]
    )
    assert (
        priced["total_minor"] - back + sale["rounding_minor"]
        == taken - sale["change_minor"] - given
    )
    for line in lines:
        for amount in ("net_minor", "tax_minor", "discount_minor"):
            shares = (share["count"] * share[amount] for share in line["shares"])
            assert line[amount] == sum(shares)
