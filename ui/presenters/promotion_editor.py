"""The promotion being written: its sentence, the open card, what is wrong with it."""

from __future__ import annotations

from pos_app.documents.promotion_words import promotion_pieces
from pos_app.domain.item import SellingUnit
from pos_app.domain.promotion.checks import refuse_unsound
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.promotion.selector import Selector
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import N_, _, current_language
from ui.messages import explain
from ui.presenters.promotion_blanks import (
    BlankKind,
    blank_of_deal,
    can_grow,
    can_shrink,
    grown,
    kind_of_blank,
    shrunk,
    value_of,
    with_value,
    without_own_gift,
)
from ui.presenters.promotion_card_words import (
    VALUE,
    title_of,
)
from ui.presenters.promotion_cards import CardPaper, card_of
from ui.presenters.promotion_edits import Reading, edited, texts_of
from ui.presenters.promotion_goods_card import GoodsCard
from ui.presenters.promotion_names import (
    coupon_of,
    may_see_coupons,
    named,
    role_names,
    speech_for,
    without_own_words,
)
from ui.presenters.promotion_options import options_of
from ui.presenters.promotion_when import LIMIT_FIELDS, STEP_FIELDS, stepped
from ui.presenters.promotion_whom import Whom, whom_of
from ui.presenters.promotions_state import (
    EditorView,
    PromotionCard,
    SampleView,
)
from ui.presenters.workplace import Workplace

#: Blanks of a check that are shown at a blank of another name.
_SHOWN_AT = {"exclude": "goods", "steps": "off", "slots": "goods", "hours": "when"}
_PARTS = {
    "grow": N_("Another step"),
    "shrink": N_("One step less"),
    "grow_part": N_("Another part"),
    "shrink_part": N_("One part less"),
}


class PromotionEditor:
    """Holds a draft; says nothing to anybody but through its view."""

    def __init__(self, work: Workplace) -> None:
        self._work = work
        self.goods = GoodsCard(work)
        self.draft: Promotion | None = None
        self._stored: Promotion | None = None
        self.version = 0
        self.card = ""
        self._texts: dict[str, str] = {}
        self._problem = ("", "")
        self._whom, self._aim = Whom(), ""
        self._has_where = False
        self.seen = ""  # the newest version's text when it was opened

    def open(self, draft: Promotion, version: int, *, is_stored: bool) -> None:
        """Begin with a promotion.

        Args:
            draft: as it stands.
            version: that it will be stored as.
            is_stored: whether it is in the catalogue just so.
        """
        self.draft, self.version = without_own_words(draft, self._work), version
        self._stored = self.draft if is_stored else None
        self._has_where = bool(draft.stores or draft.channels)
        self.seen = self._newest_text()
        self.close_card()

    def close(self) -> None:
        """Forget the draft."""
        self.draft = self._stored = None
        self.close_card()

    def note_stored(self) -> None:
        """The draft is in the catalogue."""
        self._stored = self.draft
        self.seen = self._newest_text()

    def _newest_text(self) -> str:
        """Return the newest version as it is stored; "" for none."""
        draft = self.draft
        assert draft is not None
        found = self._work.counter.promotions.versions(draft.promotion_id)
        return found[0].version.text if found else ""

    @property
    def is_dirty(self) -> bool:
        """Tell whether the draft is not in the catalogue."""
        return self.draft is not None and self.draft != self._stored

    @property
    def how(self) -> Reading:
        """How the shop writes."""
        work = self._work
        store = work.counter.desk.shop.shop_id
        return Reading(work.currency, work.zone, work.local_now().date(), store)

    def named(self) -> Promotion:
        """Return the draft; one without a name is called by its sentence."""
        draft = self.draft
        assert draft is not None
        return named(draft, self._work)

    # --------------------------------------------------------------- what to show

    def unsound(self) -> tuple[str, str]:
        """Return why it cannot be stored, and at which blank; "" for neither."""
        if self._problem[1]:
            return self._problem
        try:
            refuse_unsound(self.named())
        except UserError as error:
            blank = str(error.params.get("blank", ""))
            shown = blank_of_deal(self.draft, _SHOWN_AT.get(blank, blank))
            return shown, explain(error, self._work.currency).sentence
        return "", ""

    def view(self, sample: SampleView, doubts: tuple[str, ...]) -> EditorView:
        """Return what the editor shows."""
        draft = self.draft
        assert draft is not None
        blank, problem = self.unsound()
        is_new = self._stored is None
        title = (
            _("New promotion") if is_new else self.named().name_in(current_language())
        )
        return EditorView(
            title=title,
            pieces=promotion_pieces(draft, speech_for(self._work), is_whole=True),
            open_blank=self.card,
            problem=problem,
            problem_blank=blank,
            doubts=() if problem else doubts,
            options=options_of(draft, self._work, has_where=self._has_where),
            card=self._card(draft),
            sample=sample,
            can_grow=can_grow(draft.deal),
            can_shrink=can_shrink(draft.deal),
            can_save=self.is_dirty and not problem,
            can_start=not problem,
        )

    def _card(self, draft: Promotion) -> PromotionCard | None:
        if not self.card:
            return None
        if kind_of_blank(self.card) is BlankKind.GOODS:
            selector: Selector = value_of(draft.deal, self.card)
            view = self.goods.view(selector)
            return PromotionCard(self.card, title_of(self.card), goods=view)
        blank, problem = self._problem
        at = blank.partition("/")[2] if problem else ""
        work = self._work
        roles = role_names(work)
        paper = CardPaper(
            draft,
            work.currency,
            self._texts,
            problem,
            at,
            roles,
            self._whom,
            self._aim,
            coupon_of(work, draft.promotion_id)[1],
            may_see_coupons(work),
        )
        return card_of(self.card, paper)

    # ----------------------------------------------------------------- what is done

    def open_card(self, key: str) -> None:
        """Open the card of a blank or an option; the open one is closed by itself."""
        draft = self.draft
        if draft is None:
            return
        self._problem, self._aim = ("", ""), ""
        self.card = "" if key == self.card else key
        self.goods.open()
        if self.card and kind_of_blank(key) is not BlankKind.GOODS:
            self._texts = texts_of(key, draft, self.how)
        if self.card == "audience":
            self._whom = whom_of(self._work)

    def close_card(self) -> None:
        """Show the sample again."""
        self.card, self._texts, self._problem = "", {}, ("", "")
        self._aim = ""

    def edit(self, field: str, value: str) -> None:
        """A field of the card says something else."""
        draft = self.draft
        if draft is None or not self.card:
            return
        self._texts[field] = value
        if field == "mode":
            self._texts["value"] = "" if value != "free" else self._texts["value"]
            if value != "free":
                return
        self._take_over(field)

    def _take_over(self, field: str) -> None:
        assert self.draft is not None
        try:
            self.draft = edited(self.card, self.draft, self._texts, self.how)
        except GuitaiError as error:
            words = explain(error, self._work.currency).sentence
            self._problem = (f"{self.card}/{field}", words)
        else:
            self._problem = ("", "")

    def step(self, field: str, by: int) -> None:
        """A day or a time of day moves on or back."""
        if field in STEP_FIELDS:
            self.edit(field, stepped(field, self._texts.get(field, ""), by))

    def toggle_day(self, day: int) -> None:
        """A weekday is chosen, or no more; all of them are every day."""
        every = [str(x) for x in range(1, 8)]
        chosen = [x for x in self._texts.get("days", "").split(",") if x] or every
        key = str(day)
        after = [x for x in every if (x in chosen) != (x == key)]
        self.edit("days", ",".join(after if len(after) < len(every) else []))

    def aim(self, field: str) -> None:
        """A field of the open card was tapped: the pad writes into it."""
        self._aim = field if field in LIMIT_FIELDS else ""

    def press(self, key: str) -> None:
        """A key of the pad writes into the card's field."""
        field = self._aim or VALUE
        text = self._texts.get(field, "")
        text = {"C": "", "⌫": text[:-1]}.get(key, text + key)
        self.edit(field, text[:12])

    def toggle_goods(self, row: str) -> None:
        """Goods are put in, or taken out."""
        draft = self.draft
        if draft is not None and kind_of_blank(self.card) is BlankKind.GOODS:
            selector = self.goods.toggled(value_of(draft.deal, self.card), row)
            self._put_goods(draft, selector)

    def take_unit(self, unit: SellingUnit) -> bool:
        """Put scanned goods in; whether the card of goods is open."""
        draft = self.draft
        if draft is None or kind_of_blank(self.card) is not BlankKind.GOODS:
            return False
        selector = self.goods.with_unit(value_of(draft.deal, self.card), unit)
        self._put_goods(draft, selector)
        return True

    def _put_goods(self, draft: Promotion, selector: Selector) -> None:
        changed = with_value(draft, self.card, selector)
        self.draft = without_own_gift(changed) if self.card == "gift" else changed

    def change_parts(self, by: int) -> None:
        """A step or part more, or one less."""
        draft = self.draft
        if draft is None:
            return
        if by > 0 and can_grow(draft.deal):
            self.draft = grown(draft)
        elif by < 0 and can_shrink(draft.deal):
            self.draft = shrunk(draft)
        self.close_card()


def parts_words(editor: EditorView) -> tuple[str, str]:
    """Return what the keys for steps or parts say."""
    has_slots = any(x.blank.startswith("goods:") for x in editor.pieces)
    end = "_part" if has_slots else ""
    return _(_PARTS[f"grow{end}"]), _(_PARTS[f"shrink{end}"])
