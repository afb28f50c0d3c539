"""The part of the slips: switches, logo, templates, and how the paper will look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer
from typing_extensions import override

from pos_app.documents.template.fields import listed
from pos_app.documents.template.forms import fields_of
from pos_app.domain.slip_form import STYLE, SlipKind, SlipStyle
from pos_app.errors import GuitaiError
from pos_app.i18n import _
from pos_app.services.slip_preview import Preview, PreviewWish
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.back_office_part import BackOfficePart, BackOfficePlace
from ui.presenters.slips_logo import SlipsLogo
from ui.presenters.slips_state import ProblemView, SlipsMode, SlipsState
from ui.presenters.slips_words import problem_words

#: Between the last key and the preview; drawing takes about 60 ms more.
PAUSE_MS = 90


class SlipsPart(BackOfficePart):
    """Holds what is typed; everything else is in force at once."""

    def __init__(self, place: BackOfficePlace) -> None:
        super().__init__(place)
        counter = self.work.counter
        self._design, self._preview = counter.slip_design, counter.slip_preview
        self._forms = counter.slip_forms
        self._mode, self._kind = SlipsMode.SIMPLE, SlipKind.RECEIPT
        self._text, self._seen_version = "", 0
        self._language, self._paper_mm = "", 0
        self._is_own_sale = False
        self._problems: tuple[ProblemView, ...] = ()
        self._png = b""
        self._asked = 0
        self.logo = SlipsLogo(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._look)

    # --------------------------------------------------------------- what to show

    @property
    @override
    def state(self) -> SlipsState:
        design, desk = self._design, self.work.counter.desk
        kind = self._kind
        return SlipsState(
            mode=self._mode,
            kind=kind,
            style=self._forms.current().style,
            shop_footer=desk.shop.slip_footer,
            text=self._text,
            problems=self._problems,
            is_own=not design.is_built_in(kind),
            is_typed=self.is_typed,
            can_undo=design.version(self._undo_kind) > 0,
            fields=tuple((code, _(words)) for code, words in listed(fields_of(kind))),
            png=self._png,
            paper_mm=self._paper_mm,
            language=self._language,
            is_own_sale=self._is_own_sale,
            has_sale=self._preview.last_sale() is not None,
            till_paper_mm=desk.device_book.paper_mm,
            logo=self.logo.view,
            is_working=self.is_working,
        )

    @property
    def is_typed(self) -> bool:
        """Tell whether the text differs from the template in force."""
        now = self._design.text(self._kind)
        return bool(self._text) and self._text.rstrip() != now.rstrip()

    @property
    def paper_mm(self) -> int:
        """The paper of the preview."""
        return self._paper_mm

    @property
    def _undo_kind(self) -> str:
        return self._kind if self._mode is SlipsMode.TEXT else STYLE

    @override
    def begin(self, subject: str = "") -> None:
        if subject in set(SlipKind):
            self._mode, self._kind = SlipsMode.TEXT, SlipKind(subject)
        book = self.work.counter.desk.device_book
        self._paper_mm = self._paper_mm or book.paper_mm
        self._language = self._language or self._forms.language()
        if not self.is_typed:
            self._read()
        self.logo.begin()
        self._look()

    def _read(self) -> None:
        self._text = self._design.text(self._kind)
        self._seen_version = self._design.version(self._kind)
        self._problems = ()

    # -------------------------------------------------------------------- unsaved

    @override
    def unsaved(self) -> str:
        if self.logo.view.is_new:
            return _("Logo")
        return _("Template") if self.is_typed else ""

    @override
    def throw_away(self) -> None:
        self._read()
        self.logo.throw_away()
        self._look()

    @override
    def save(self, then: Callable[[], None]) -> None:
        if self.logo.view.is_new:
            self.logo.on_save(then)
        else:
            self._save_text(then)

    # ------------------------------------------------------------------- looking

    def _look(self) -> None:
        """Draw the paper as it would be now; an older drawing is dropped."""
        self._asked += 1
        sale = self._preview.last_sale() if self._is_own_sale else None
        text = self._text if self._mode is SlipsMode.TEXT and self.is_typed else None
        wish = PreviewWish(self._kind, self._language, self._paper_mm, text, sale)
        work, draw = self._preview.work(wish), self.work.upkeep.draw
        logo = self.logo.png_shown if self._mode is SlipsMode.LOGO else None
        if logo is not None:
            style = replace(work.forms.style, logo=True)
            forms = replace(work.forms, logo_png=logo, style=style)
            work = replace(work, forms=forms)
        paper_mm = self._paper_mm

        def run() -> tuple[Preview, bytes]:
            preview = work.run()
            return preview, draw(preview.layout, paper_mm)

        task = self.place.runner.run(run)
        task.then(partial(self._on_drawn, self._asked))
        task.otherwise(self._on_not_drawn)

    def _on_drawn(self, asked: int, drawn: tuple[Preview, bytes]) -> None:
        if asked != self._asked:
            return
        preview, self._png = drawn
        self._problems = tuple(
            ProblemView(x.line, x.column, problem_words(x)) for x in preview.problems
        )
        self.changed.emit()

    def _on_not_drawn(self, error: GuitaiError) -> None:
        self.frame.refuse(error)

    @property
    def is_looking(self) -> bool:
        """Tell whether the preview is about to change."""
        return self._timer.isActive()

    # ------------------------------------------------------------------- intents

    def on_mode(self, key: str) -> None:
        """Another side of the page."""
        self._mode = SlipsMode(key)
        if self._mode is not SlipsMode.TEXT and self._kind not in (
            SlipKind.RECEIPT,
            SlipKind.GIFT,
        ):
            self.on_kind(SlipKind.RECEIPT)
            return
        self._look()
        self.changed.emit()

    def on_kind(self, key: str) -> None:
        """Another paper; what was typed for this one must be saved or dropped."""
        if self.is_typed and key != self._kind:
            self.frame.say(_("Save the template first, or go back to it as it was."))
            self.changed.emit()
            return
        self._kind = SlipKind(key)
        self._read()
        self._look()
        self.changed.emit()

    def on_language(self, tag: str) -> None:
        """The preview in another language."""
        self._language = tag
        self._look()
        self.changed.emit()

    def on_paper(self, paper_mm: str) -> None:
        """The preview on another width of paper."""
        self._paper_mm = int(paper_mm)
        self.logo.look_again()
        self._look()
        self.changed.emit()

    def on_source(self, key: str) -> None:
        """The preview of one's own last sale, or of the sample."""
        self._is_own_sale = key == "own"
        self._look()
        self.changed.emit()

    def on_switch(self, key: str, value: object) -> None:
        """A switch of the slips; in force at once."""
        self._restyle(lambda style: style.switched(key, is_on=bool(value)))

    def on_words(self, field: str, language: str, words: str) -> None:
        """Other words at the foot of the slips in one language."""
        clean = "\n".join(line.rstrip() for line in words.strip().split("\n"))
        self._restyle(lambda style: style.with_words(field, language, clean))

    def _restyle(self, edit: Callable[[SlipStyle], SlipStyle]) -> None:
        if edit(self._forms.current().style) == self._forms.current().style:
            return
        words = ApprovalWords(title=_("Slips"))
        self.store(lambda: self._design.set_style(edit), self._look, words)
        self.changed.emit()

    # ------------------------------------------------------------------ as text

    def on_text(self, text: str) -> None:
        """The template was typed at; the preview follows."""
        if text == self._text:
            return
        self._text = text
        self._timer.start()

    def on_save(self) -> None:
        """Put the template in force."""
        self._save_text(_nothing)

    def _save_text(self, then: Callable[[], None]) -> None:
        text, kind, seen = self._text, self._kind, self._seen_version

        def on_stored() -> None:
            typed = self._text
            self._read()
            if typed != text:
                self._text = typed  # a slow disk: what was typed since then stays
            self._look()
            self.frame.say(_("Saved: the next slip looks like this."))
            then()

        words = ApprovalWords(title=_("Slips"))
        self.store(lambda: self._design.write(kind, text, seen), on_stored, words)

    def on_built_in(self) -> None:
        """Back to the built-in paper; the own one stays among the versions."""
        kind, seen = self._kind, self._design.version(self._kind)
        if self._design.is_built_in(kind):
            self.throw_away()
            self.changed.emit()
            return
        words = ApprovalWords(title=_("Slips"))
        self.store(lambda: self._design.write(kind, "", seen), self._on_back, words)

    def on_undo(self) -> None:
        """Put in force what was before the last change."""
        kind = self._undo_kind
        words = ApprovalWords(title=_("Slips"))
        if self.is_typed and kind != STYLE:
            self.throw_away()
            self.changed.emit()
            return
        self.store(lambda: self._design.undo(kind), self._on_back, words)

    def _on_back(self) -> None:
        self._read()
        self._look()
        self.frame.say(_("As it was before."))

    def look(self) -> None:
        """Draw the preview anew."""
        self._look()


def _nothing() -> None:
    """Nothing waits for it."""
