"""Changes of the slips' forms: checked, kept in versions, journalled, undone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pos_app.documents.template.forms import built_in_text, template_of
from pos_app.documents.template.renderer import render
from pos_app.documents.template.tree import Problem
from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Demand, Permission
from pos_app.domain.shop import Shop
from pos_app.domain.slip_form import (
    STYLE,
    ShopLogo,
    SlipKind,
    SlipStyle,
    StoredTemplate,
)
from pos_app.errors import UserError
from pos_app.i18n import LANGUAGES, Words
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.ledger import Stamp
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.catalog_change import change_note
from pos_app.services.desk import Desk
from pos_app.services.slip_forms import style_of, style_text
from pos_app.services.slip_samples import sample_facts

WORDS_LIMIT = 400
WORDS_LINES = 8
LOGO = "logo"


@dataclass(frozen=True, slots=True)
class PreparedLogo:
    """A picture made ready: as it is kept, and as each width of paper prints it."""

    original: bytes
    dithering: str
    prints: tuple[tuple[int, bytes], ...]


class SlipDesignService:
    """What a manager may do with templates, switches and logo."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # ------------------------------------------------------------------ reading

    def text(self, kind: SlipKind) -> str:
        """Return a template as it is written; the built-in one where there is none."""
        stored = self._desk.catalog.templates().get(kind)
        return stored.text if stored and stored.text else built_in_text(kind)

    def version(self, kind: str) -> int:
        """Return the version in force; 0 where none was ever written."""
        stored = self._desk.catalog.templates().get(kind)
        return stored.version if stored else 0

    def is_built_in(self, kind: SlipKind) -> bool:
        """Tell whether no own template is in force."""
        stored = self._desk.catalog.templates().get(kind)
        return stored is None or not stored.text

    def versions(self, kind: str) -> Sequence[StoredTemplate]:
        """Return every version, newest first."""
        return self._desk.catalog.template_versions(kind)

    # ----------------------------------------------------------------- changing

    def write(self, kind: SlipKind, text: str, seen_version: int) -> CatalogChange:
        """Check a template and return what puts it in force.

        Args:
            kind: of paper.
            text: as written; that of the built-in paper, or none, goes back to it.
            seen_version: the version in force when the person began.

        Raises:
            UserError: "not_permitted"; "template_refused" with the problem's key,
                its line and column. From the change: "template_changed_meanwhile".
        """
        self._allow(kind)
        clean = text.replace("\r\n", "\n").rstrip()
        is_built_in = not clean or clean == built_in_text(kind).rstrip()
        if not is_built_in:
            problems = check(kind, clean, self._desk.shop)
            if problems:
                first = problems[0]
                raise UserError(
                    "template_refused",
                    line=first.line,
                    column=first.column,
                    problem=first.key,
                )
        return self._replace(kind, "" if is_built_in else clean + "\n", seen_version)

    def undo(self, kind: str) -> CatalogChange:
        """Return what puts the version before this one in force again, as a new one.

        Raises:
            UserError: "not_permitted", or "template_no_older".
        """
        self._allow(kind)
        versions = self.versions(kind)
        if not versions:
            raise UserError("template_no_older")
        older = versions[1].text if len(versions) > 1 else ""
        return self._replace(kind, older, versions[0].version)

    def set_style(self, edit: Callable[[SlipStyle], SlipStyle]) -> CatalogChange:
        """Return what changes the switches and words.

        Args:
            edit: makes the style as it shall be of the style as it is.

        Raises:
            UserError: "not_permitted", or "setting_refused" for too many words.
        """
        self._allow(STYLE)
        _check_words(edit(style_of(self._desk.catalog.templates().get(STYLE))))
        stamp = self._desk.stamp()

        def work(editor: ShopEditor) -> Sequence[JournalNote]:
            before = editor.template(STYLE)
            style = edit(style_of(before))
            _check_words(style)
            text = "" if style == SlipStyle() else style_text(style)
            return self._stored(editor, before, (STYLE, text), stamp)

        return CatalogChange(stamp, work)

    def set_logo(self, logo: PreparedLogo | None) -> CatalogChange:
        """Return what changes the logo, or takes it away.

        Raises:
            UserError: "not_permitted".
        """
        self._allow(LOGO)
        stamp = self._desk.stamp()
        fresh = logo or PreparedLogo(b"", "", ())

        def work(editor: ShopEditor) -> Sequence[JournalNote]:
            before = editor.logo()
            old = before or ShopLogo(0, b"", "", ())
            if (old.original, old.dithering) == (fresh.original, fresh.dithering):
                return ()
            made = ShopLogo(
                old.version + 1, fresh.original, fresh.dithering, fresh.prints
            )
            editor.put_logo(made, stamp.at, stamp.actor)
            return (self._note(LOGO, _logo_told(before), _logo_told(made), stamp),)

        return CatalogChange(stamp, work)

    # ------------------------------------------------------------------- inside

    def _allow(self, subject: str) -> None:
        self._desk.allow(Demand(Permission.SETTINGS, subject))

    def _replace(self, kind: str, text: str, seen_version: int) -> CatalogChange:
        stamp = self._desk.stamp()

        def work(editor: ShopEditor) -> Sequence[JournalNote]:
            before = editor.template(kind)
            if (before.version if before else 0) != seen_version:
                raise UserError("template_changed_meanwhile")
            return self._stored(editor, before, (kind, text), stamp)

        return CatalogChange(stamp, work)

    def _stored(
        self,
        editor: ShopEditor,
        before: StoredTemplate | None,
        fresh: tuple[str, str],
        stamp: Stamp,
    ) -> Sequence[JournalNote]:
        kind, text = fresh
        if text == (before.text if before else ""):
            return ()
        version = before.version + 1 if before else 1
        made = StoredTemplate(kind, version, text, stamp.at, stamp.actor)
        editor.put_template(made)
        return (self._note(kind, _told(before), _told(made), stamp),)

    def _note(
        self,
        kind: str,
        before: dict[str, object] | None,
        after: dict[str, object] | None,
        stamp: Stamp,
    ) -> JournalNote:
        return change_note(
            self._desk,
            EntryKind.TEMPLATE_CHANGED,
            stamp,
            before=before,
            after=after,
            template=kind,
        )


def check(kind: SlipKind, text: str, shop: Shop) -> tuple[Problem, ...]:
    """Return everything that is wrong with a template; none where it may be saved.

    It is filled with samples of every kind of ticket, too: what the law wants on the
    paper must be on each of them, and none may come out endless. On any thread.
    """
    template = template_of(kind, text)
    if template.problems:
        return template.problems
    last = text.rstrip("\n").count("\n") + 1
    missing: dict[str, None] = {}
    for facts in sample_facts(kind, shop, Words(shop.language)):
        try:
            missing |= dict.fromkeys(render(template, facts).missing)
        except UserError as error:
            return (Problem(error.key, last, 1),)
    return tuple(
        Problem("template_lacks", last, 1, (("duty", key),)) for key in missing
    )


def _check_words(style: SlipStyle) -> None:
    for language, words in (*style.footers, *style.gift_words):
        is_long = len(words) > WORDS_LIMIT or words.count("\n") >= WORDS_LINES
        if language not in LANGUAGES or is_long:
            raise UserError("setting_refused", setting="slip_footer", value=words[:40])


def _told(stored: StoredTemplate | None) -> dict[str, object] | None:
    """Return a version for the journal: its text, and the hash of it."""
    if stored is None:
        return None
    digest = hashlib.sha256(stored.text.encode()).hexdigest()
    return {"version": stored.version, "sha256": digest, "text": stored.text}


def _logo_told(logo: ShopLogo | None) -> dict[str, object] | None:
    if logo is None:
        return None
    digest = hashlib.sha256(logo.original).hexdigest() if logo.original else ""
    return {"version": logo.version, "sha256": digest, "dithering": logo.dithering}
