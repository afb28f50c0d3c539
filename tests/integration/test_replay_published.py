"""Baskets of a real shop through `guitai replay`, added up by a few other lines."""

from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from tests.replay_run import PAY, SIGN_ON, Document, Run, check_proof, replay_in, scan


@pytest.fixture
def replay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return replay_in(tmp_path, capsys)


def test_a_british_wholesalers_invoices_add_up(
    replay: Run, shared_folder: Path
) -> None:
    """Online Retail II: real invoices around the change of VAT on 2010-01-01."""
    parquet = pytest.importorskip("pyarrow.parquet")
    file = shared_folder / "data/online_retail_ii/online_retail_2009-12_2010-08.parquet"
    if not file.exists():
        pytest.skip("no published baskets beside the checkout")
    invoices = _invoices(parquet.read_table(file).to_pylist())
    assert len(invoices) == 60
    goods = {row["sku"]: row for rows in invoices.values() for row in rows}
    rates = [
        {"code": "15", "percentage": "15", "until": "2010-01-01"},
        {"code": "17.5", "percentage": "17.5", "from": "2010-01-01"},
    ]
    setup = {
        "shop": {"currency": "GBP", "language": "en", "time_zone": "Europe/London"},
        "tax_categories": [{"key": "standard", "rates": rates}],
        "items": [
            {"sku": sku, "name": row["name"], "price": row["price"]}
            for sku, row in goods.items()
        ],
    }
    opening: Document = {"do": "clock", "at": "2009-12-01T07:00:00+00:00"}
    commands: list[Document] = [opening, SIGN_ON]
    for rows in invoices.values():
        commands.append({"do": "clock", "at": rows[0]["at"]})
        commands += [scan(row["sku"], row["quantity"]) for row in rows]
        commands += PAY
    code, sales = replay(setup, *commands)
    assert code == 0
    for sale, rows in zip(sales, invoices.values(), strict=True):
        check_proof(sale)
        total = sum(row["pence"] * int(row["quantity"]) for row in rows)
        rate = Fraction(15) if rows[0]["at"] < "2010" else Fraction(35, 2)
        assert sale["priced"]["total_minor"] == total
        tax = int(total * rate / (100 + rate) + Fraction(1, 2))  # half up
        assert sale["priced"]["tax_minor"] == tax
    days = {sale["business_day"][:7] for sale in sales}
    assert days == {"2009-12", "2010-01"}


def _invoices(rows: list[Document]) -> dict[str, list[Document]]:
    """Return thirty invoices of December and of January; sales only."""
    found: dict[str, list[Document]] = {}
    months: Counter[str] = Counter()
    bad: set[str] = set()
    for row in rows:
        number, month = row["Invoice"], row["InvoiceDate"].isoformat()[:7]
        pence = round(row["Price"] * 100)
        if row["Quantity"] <= 0 or pence <= 0 or not number.isdigit():
            bad.add(number)
        if month > "2010-01" or number in bad:
            continue
        if number not in found:
            if months[month] == 32:
                continue
            months[month] += 1
            found[number] = []
        found[number].append(
            {
                "sku": f"{row['StockCode']}@{pence}".replace(" ", ""),
                "name": row["Description"] or "?",
                "price": f"{pence // 100}.{pence % 100:02d}",
                "pence": pence,
                "quantity": str(row["Quantity"]),
                "at": row["InvoiceDate"].isoformat() + "+00:00",
            }
        )
    good = {k: v for k, v in found.items() if k not in bad}
    parts = ("2009-12", "2010-01")
    picked = [[k for k in good if good[k][0]["at"].startswith(x)][:30] for x in parts]
    return {number: good[number] for part in picked for number in part}
