"""Writing a promotion: what is tapped and typed goes into the draft, then is priced."""

from __future__ import annotations

from typing_extensions import override

from pos_app.domain.promotion.doubts import Doubt
from pos_app.domain.promotion.promotion import Promotion
from pos_app.errors import GuitaiError
from pos_app.i18n import _
from ui.keymap import Action
from ui.presenters.back_office_part import BackOfficePart, BackOfficePlace
from ui.presenters.dry_run import DryRunPresenter
from ui.presenters.pad_key import PadKey
from ui.presenters.promotion_doubt_words import doubt_words
from ui.presenters.promotion_editor import PromotionEditor
from ui.presenters.promotion_names import coupon_of
from ui.presenters.promotion_trial import PromotionTrial

#: Keys that the page behind a dry run would take.
_HEARD = frozenset(
    {Action.UP, Action.DOWN, Action.FIND, Action.ENTER, Action.PAY, Action.ESCAPE}
)
_TYPED = frozenset("0123456789.") | {PadKey.D00.value, "C", "⌫"}


class PromotionWriting(BackOfficePart):
    """The editor's half of the part of promotions."""

    def __init__(self, place: BackOfficePlace) -> None:
        super().__init__(place)
        self.editor, self.trial = PromotionEditor(self.work), PromotionTrial(place)
        self.trial.changed.connect(self.changed)
        self.promotions = self.work.counter.promotions
        self.dry_run = DryRunPresenter(place)
        self.dry_run.changed.connect(self.changed)
        #: What was doubted last: a dry run shows the page again and again.
        self._doubted: tuple[Promotion, tuple[Doubt, ...]] | None = None

    def follow(self) -> None:
        """Show the draft and price its basket, where it is sound."""
        if self.editor.draft is not None and not self.editor.unsound()[1]:
            self.trial.follow(self.editor.named())
        self.changed.emit()

    def on_dry_run(self) -> None:
        """Try the draft on last week's sales, stored or not."""
        if self.editor.draft is not None and not self.editor.unsound()[1]:
            self.dry_run.begin(self.editor.named())

    @property
    @override
    def manual_page(self) -> str:
        return "dry_run" if self.dry_run.is_open else ""

    @override
    def takes_action(self, action: Action) -> bool:
        """Leave the dry run; nothing behind it hears a key meanwhile."""
        if not self.dry_run.is_open:
            return False
        if action is Action.ESCAPE:
            self.dry_run.close()
        return action in _HEARD

    def on_blank(self, key: str) -> None:
        """A blank or a key below the sentence was tapped."""
        self.editor.open_card(key)
        self.follow()

    def on_card_left(self) -> None:
        """The card is done with."""
        self.editor.close_card()
        self.follow()

    def on_field(self, key: str, value: object) -> None:
        """A field of the card says something else."""
        self.editor.edit(key, str(value))
        self.follow()

    def on_step(self, key: str, by: int) -> None:
        """A day or an hour of the card moves."""
        self.editor.step(key, by)
        self.follow()

    def on_aim(self, key: str) -> None:
        """A text of the card has the keyboard now."""
        self.editor.aim(key)
        self.changed.emit()

    def on_card_key(self, key: str) -> None:
        """A key on the card leads to another part."""
        draft = self.editor.draft
        if draft is not None and key == "coupon":
            self.to_coupon(draft.promotion_id)

    def to_coupon(self, promotion_id: str) -> None:
        """Leave for the coupon that unlocks a promotion, or for all of them."""
        template_id, _name = coupon_of(self.work, promotion_id)
        self.left.emit(f"coupons:coupons/{template_id}")

    def on_day(self, day: int) -> None:
        """A weekday was tapped."""
        self.editor.toggle_day(day)
        self.follow()

    def on_pad(self, key: str) -> None:
        """A key of the card's pad."""
        if key == PadKey.ENTER:
            self.on_card_left()
        elif key in _TYPED:
            self.editor.press(key)
            self.follow()

    def on_goods(self, row: str) -> None:
        """Goods of the card were tapped."""
        self.editor.toggle_goods(row)
        self.follow()

    def on_goods_side(self, side: str) -> None:
        """What is included is shown, or what is excluded."""
        self.editor.goods.side, self.editor.goods.search = side, ""
        self.changed.emit()

    def on_goods_search(self, text: str) -> None:
        """Something was typed into the card's search."""
        self.editor.goods.search = text.strip()
        self.changed.emit()

    def on_parts(self, by: int) -> None:
        """A step or part more, or one less."""
        self.editor.change_parts(by)
        self.follow()

    def on_sample_row(self, key: str) -> None:
        """Goods of the sample were chosen."""
        self.trial.chosen = key
        self.changed.emit()

    def on_sample_count(self, by: int) -> None:
        """More or fewer of the chosen goods in the sample."""
        self.trial.change_count(by)
        self.changed.emit()

    def take_code(self, code: str) -> None:
        """Put scanned goods into the open card, or into the sample."""
        try:
            found = self.work.counter.sale.look_up(code)
        except GuitaiError as error:
            self.frame.refuse(error)
            return
        if found is None:
            self.frame.say(_("This barcode was not found"))
            return
        if not self.editor.take_unit(found.unit):
            self.trial.add(found.unit.unit_id)
        self.follow()

    def doubts(self) -> tuple[str, ...]:
        """Return the doubts about a sound draft; none while a card is open."""
        if self.editor.card or self.editor.unsound()[1]:
            return ()
        draft = self.editor.named()
        if self._doubted is None or self._doubted[0] != draft:
            self._doubted = draft, self.promotions.doubts(draft)
        return doubt_words(self._doubted[1], self.work.currency)
