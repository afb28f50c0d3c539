"""A paper as it would be printed with a draft of its form: for the eye only."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos_app.documents.layout import Layout
from pos_app.documents.shift_report import whole
from pos_app.documents.template.forms import template_of
from pos_app.documents.template.part_forms import part_facts
from pos_app.documents.template.tree import Problem
from pos_app.domain.sale import Sale
from pos_app.domain.shop import Shop
from pos_app.domain.slip_form import SlipKind
from pos_app.i18n import Words
from pos_app.services.desk import Desk
from pos_app.services.gift import gift_layout, gifts_of
from pos_app.services.slip import SlipForm, sale_layout, tender_names
from pos_app.services.slip_design import check
from pos_app.services.slip_forms import SlipForms, SlipFormService, SlipTrouble
from pos_app.services.slip_sample_papers import Sample, sample_paper
from pos_app.services.slip_samples import sample_basket, sample_sale


@dataclass(frozen=True, slots=True)
class PreviewWish:
    """What somebody wants to look at.

    Attributes:
        kind: of paper. language: of it. paper_mm: its width.
        text: of a template that is not saved; None for what is in force.
        sale: one's own sale; None for the sample.
    """

    kind: SlipKind
    language: str
    paper_mm: int
    text: str | None = None
    sale: Sale | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What it looks like, and what is wrong with the text."""

    layout: Layout
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class PreviewWork:
    """Everything a preview needs; gathered on the catalogue's thread, run on any."""

    wish: PreviewWish
    shop: Shop
    forms: SlipForms
    form: SlipForm

    def run(self) -> Preview:
        """Check the text and lay the paper out."""
        wish, forms = self.wish, self.forms
        problems: tuple[Problem, ...] = ()
        if wish.text is not None:
            problems = check(wish.kind, wish.text, self.shop)
            own = {**forms.templates, wish.kind: template_of(wish.kind, wish.text)}
            if not wish.text.strip():
                del own[wish.kind]
            forms = replace(forms, templates=own, trouble=SlipTrouble())
        return Preview(self._layout(forms), problems)

    def _layout(self, forms: SlipForms) -> Layout:
        words, shop, kind = Words(self.wish.language), self.shop, self.wish.kind
        sale = self.wish.sale or sample_sale(shop, words)
        if kind is SlipKind.RECEIPT:
            return sale_layout(sale, replace(self.form, forms=forms))
        if kind is SlipKind.GIFT:
            with_goods = sale if sale.lines else sample_sale(shop, words)
            return gift_layout(gifts_of(with_goods)[0], shop, words, forms)
        sample = Sample(sample_sale(shop, words), sample_basket(shop, words))
        paper = sample_paper(kind, sample, shop, words)
        return forms.fill(
            kind,
            lambda: part_facts(paper, shop, words, forms.logo_png),
            lambda: whole(dict(paper.parts), words.language),
        )


class SlipPreviewService:
    """Gathers what previews need."""

    def __init__(self, desk: Desk, forms: SlipFormService) -> None:
        self._desk = desk
        self._forms = forms

    def work(self, wish: PreviewWish) -> PreviewWork:
        """Return the work of a preview, for another thread."""
        desk, tag = self._desk, wish.language
        logo = self._forms.logo_of(wish.paper_mm)
        forms = replace(self._forms.current(), logo_png=logo)
        names = self._forms.names(tag)
        form = SlipForm(desk.shop, tag, tender_names(desk, tag), forms, names)
        return PreviewWork(wish, desk.shop, forms, form)

    def last_sale(self) -> Sale | None:
        """Return this till's last sale; None before the first."""
        return self._desk.ledger.last_sale()
