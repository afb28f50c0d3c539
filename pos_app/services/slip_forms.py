"""The slips' forms in force: switches, templates, logo, ready to be used anywhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock

from pos_app.documents.layout import Layout
from pos_app.documents.slip_names import SlipNames, names_in
from pos_app.documents.template.compiler import Template
from pos_app.documents.template.fields import SlipFacts
from pos_app.documents.template.forms import template_of
from pos_app.documents.template.renderer import render
from pos_app.domain.codec import from_plain, to_plain
from pos_app.domain.slip_form import STYLE, SlipKind, SlipStyle, StoredTemplate
from pos_app.errors import UserError
from pos_app.services.desk import Desk


class SlipTrouble:
    """Which templates failed while a slip was printed; any thread may tell."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._failed: dict[SlipKind, str] = {}

    def note(self, kind: SlipKind, why: str) -> None:
        """Remember that a template could not be used."""
        with self._lock:
            self._failed[kind] = why

    def clear(self, kind: SlipKind) -> None:
        """Forget it: the template is another one now."""
        with self._lock:
            self._failed.pop(kind, None)

    @property
    def failed(self) -> Mapping[SlipKind, str]:
        """The kinds whose template failed, each with the key of the problem."""
        with self._lock:
            return dict(self._failed)


@dataclass(frozen=True, slots=True)
class SlipForms:
    """What the shop has decided about its papers, as of one moment.

    Attributes:
        style: the switches. logo_png: for the paper in use; None for none.
        templates: compiled, of the kinds that have an own one.
        trouble: told when one fails.
    """

    style: SlipStyle = SlipStyle()  # noqa: RUF009 - frozen value
    logo_png: bytes | None = None
    templates: Mapping[SlipKind, Template] = field(default_factory=dict)
    trouble: SlipTrouble = field(default_factory=SlipTrouble)

    def fill(
        self,
        kind: SlipKind,
        facts: Callable[[], SlipFacts],
        built_in: Callable[[], Layout],
    ) -> Layout:
        """Lay a paper out by the shop's template; by the built-in one if it fails.

        A sale never waits for a template: what it cannot print is printed as ever,
        and `trouble` says so to a manager.

        Args:
            kind: of paper.
            facts: makes what a template is filled with.
            built_in: lays the paper out without one.
        """
        template = self.templates.get(kind)
        if template is None:
            return built_in()
        if not template.is_usable:
            self.trouble.note(kind, template.problems[0].key)
            return built_in()
        try:
            return render(template, facts()).layout
        except UserError as error:
            self.trouble.note(kind, error.key)
            return built_in()


class SlipFormService:
    """Reads the forms; on the catalogue's thread, once for each change of it."""

    def __init__(self, desk: Desk, old_logo: bytes | None = None) -> None:
        """Take the desk.

        Args:
            desk: of the till.
            old_logo: of a shop whose logo still lies beside the databases.
        """
        self._desk = desk
        self._old_logo = old_logo
        self._version = -1
        self._paper_mm = 0
        self._forms = SlipForms()
        self._names: dict[str, SlipNames] = {}
        self._compiled: dict[tuple[SlipKind, int], Template] = {}
        self.trouble = SlipTrouble()

    def current(self) -> SlipForms:
        """Return the forms in force."""
        self._refresh()
        return self._forms

    def language(self) -> str:
        """Return the language of slips: the till's choice or the shop's."""
        return self._desk.settings.current.slip_language or self._desk.shop.language

    def names(self, language: str) -> SlipNames:
        """Return the names that the shop has given in a language."""
        self._refresh()
        if language not in self._names:
            desk = self._desk
            own = desk.shop.language == language
            names = SlipNames()
            if not own:
                names = names_in(language, desk.catalog.everybody(), desk.shop.rules)
            self._names[language] = names
        return self._names[language]

    def logo_of(self, paper_mm: int) -> bytes | None:
        """Return the logo as a width of paper prints it; None for none."""
        logo = self._desk.catalog.logo()
        return self._old_logo if logo is None else logo.print_for(paper_mm)

    def _refresh(self) -> None:
        version = self._desk.catalog.version()
        paper_mm = self._desk.device_book.paper_mm
        if (version, paper_mm) == (self._version, self._paper_mm):
            return
        stored = self._desk.catalog.templates()
        self._names = {}
        self._forms = SlipForms(
            style=style_of(stored.get(STYLE)),
            logo_png=self.logo_of(paper_mm),
            templates={
                kind: self._template(kind, stored[kind])
                for kind in SlipKind
                if kind in stored and stored[kind].text
            },
            trouble=self.trouble,
        )
        self._version, self._paper_mm = version, paper_mm

    def _template(self, kind: SlipKind, stored: StoredTemplate) -> Template:
        key = (kind, stored.version)
        if key not in self._compiled:
            self._compiled[key] = template_of(kind, stored.text)
            self.trouble.clear(kind)
        return self._compiled[key]


def style_of(stored: StoredTemplate | None) -> SlipStyle:
    """Read the switches; a till that does not know them all keeps what it knows."""
    if stored is None or not stored.text:
        return SlipStyle()
    plain = json.loads(stored.text)
    known = {key: plain[key] for key in SlipStyle.__dataclass_fields__ if key in plain}
    return from_plain(SlipStyle, known)


def style_text(style: SlipStyle) -> str:
    """Write the switches, one way only."""
    return json.dumps(to_plain(style), ensure_ascii=False, sort_keys=True)
