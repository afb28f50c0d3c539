"""The slip of a report, as the shop wants it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from pos_app.documents.heading import moment_text
from pos_app.documents.layout import Layout
from pos_app.documents.report_slip import report_parts, report_slip
from pos_app.documents.template.fields import SlipFacts
from pos_app.documents.template.part_forms import PartPaper, part_facts
from pos_app.domain.report import Report
from pos_app.domain.shop import Shop
from pos_app.domain.slip_form import SlipKind
from pos_app.i18n import Words
from pos_app.services.slip_forms import SlipForms


def report_layout(
    report: Report, shop: Shop, words: Words, cashier: str, forms: SlipForms
) -> Layout:
    """Lay a report's summary out; on any thread, with what the form has gathered.

    Args:
        report: what it says.
        shop: whose.
        words: in the paper's language.
        cashier: who printed it.
        forms: how the shop wants it.
    """
    at = report.made_at.at(ZoneInfo(shop.time_zone))

    def facts() -> SlipFacts:
        parts = report_parts(report, shop, words, cashier=cashier, local_time=at)
        paper = PartPaper(SlipKind.REPORT, parts, "", moment_text(at))
        return part_facts(paper, shop, words, forms.logo_png)

    return forms.fill(
        SlipKind.REPORT,
        facts,
        lambda: report_slip(report, shop, words, cashier=cashier, local_time=at),
    )
