"""A present: what was bought and how to exchange it, and no price anywhere."""

from __future__ import annotations

import pytest

from pos_app.documents.layout import Barcode, Columns, QrCode, Text
from pos_app.domain.journal import EntryKind
from pos_app.i18n import _
from pos_app.services.gift import GIFT
from tests.journeys.screen_till import COLA_GTIN, FIRST_GTIN, SECOND_GTIN, ScreenTill


@pytest.fixture
def sold(selling: ScreenTill) -> ScreenTill:
    """Return a till that has just sold three things."""
    selling.scan(COLA_GTIN, COLA_GTIN, FIRST_GTIN, SECOND_GTIN)
    selling.pay_cash()
    selling.wait_for_slips(1)
    return selling


def gift_texts(till: ScreenTill) -> list[str]:
    return [x for x in till.slips() if _gift_title(till) in x]


def _gift_title(till: ScreenTill) -> str:
    from pos_app.i18n import Words

    return Words(till.last_sale.language)("Gift receipt")


def jobs(till: ScreenTill):
    found = till.till.ledger.print_jobs_of(till.last_sale.sale_id)
    return [job for job in found if job.kind == GIFT]


def every_price(till: ScreenTill) -> set[str]:
    """Return every amount of the sale, as it would be written."""
    sale = till.last_sale
    minors = {sale.priced.total_minor, sale.priced.tax_minor, sale.change_minor}
    for line in sale.lines:
        minors |= {line.priced.unit_price_minor, line.priced.list_minor}
        minors |= {line.priced.total_minor, line.priced.net_minor}
    minors |= {tax.tax_minor for tax in sale.priced.taxes}
    minors |= {tender.amount_minor for tender in sale.tenders}
    return {f"{minor / 100:.2f}" for minor in minors if minor}


def test_a_gift_receipt_says_what_was_bought_and_no_price(sold):
    sold.press("donePapers")
    assert sold.dialog == "papersDialog"
    sold.press("papersPrint")
    texts = sold.wait_for_slips(2)
    assert sold.dialog == ""
    (text,) = [x for x in texts if _gift_title(sold) in x]
    sale = sold.last_sale
    for line in sale.lines:
        assert dict(line.names).get(sale.language, line.name) in text
    assert sale.number in text
    for price in every_price(sold):
        assert price not in text
    (job,) = jobs(sold)
    codes = [x.data for x in job.layout.blocks if isinstance(x, Barcode | QrCode)]
    assert codes == [f"urn:uuid:{sale.sale_id}", sale.number]
    said = [x.text for x in job.layout.blocks if isinstance(x, Text)]
    cells = [y for x in job.layout.blocks if isinstance(x, Columns) for y in x.cells]
    assert not [x for x in (*said, *cells) if "¥" in x]
    (entry,) = sold.journal(EntryKind.SLIP_REPRINTED)
    assert entry["gift"] == [1, 2, 3]
    assert entry["number"] == sale.number


def test_one_for_each_item_and_only_for_the_chosen_ones(sold):
    sold.press("donePapers")
    sold.press("switch-gift-2")
    sold.press("switch-giftEach")
    sold.press("papersPrint")
    sold.wait_for_slips(3)
    lines = sold.last_sale.lines
    texts = gift_texts(sold)
    assert len(texts) == 2
    assert lines[1].name not in "".join(texts)
    assert [x["gift"] for x in sold.journal(EntryKind.SLIP_REPRINTED)] == [[1], [3]]


def test_nothing_chosen_prints_nothing(sold):
    sold.press("donePapers")
    for position in (1, 2, 3):
        sold.press(f"switch-gift-{position}")
    assert not sold.can_press("papersPrint")
    sold.press("dialogClose")
    assert jobs(sold) == []


def test_the_goods_come_back_by_the_gift_receipt(sold):
    sold.press("donePapers")
    sold.press("papersPrint")
    sold.wait_for_slips(2)
    (job,) = jobs(sold)
    code = next(x.data for x in job.layout.blocks if isinstance(x, Barcode))
    found = sold.work.counter.returns.receipts.by_code(code)
    assert [x.sale_id for x in found] == [sold.last_sale.sale_id]


def test_a_copy_in_the_customers_language_names_everything_in_it(sold):
    sold.press("donePapers")
    sold.press("segment-papersKind-copy")
    sold.press("segment-papersLanguage-en")
    sold.press("papersPrint")
    text = sold.wait_for_slips(2)[-1]
    assert "COPY 1" in text
    assert "VAT 13%" in text
    assert "Cashier 1" in text
    assert "增值税" not in text
    assert "收银员" not in text
    assert sold.message == _("A copy of the slip is on its way")
