"""PINs and questions about people: the dialogs, made when first needed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from typing_extensions import override

from ui.dialogs.question import Question, QuestionDialog
from ui.feature import Feature
from ui.pin_flow import PinFlow
from ui.presenters.back_office_part import BackOfficePart, BackOfficePlace
from ui.presenters.office_form import FormPart
from ui.screens.back_office_page import BackOfficePage


class PeopleFlow(Feature):
    """Asks what the back office and the sign-on screen want to know of people."""

    @cached_property
    def pins(self) -> PinFlow:
        """New PINs."""
        flow = self.flow
        made = PinFlow(flow.window, flow.work, flow.frame, flow.runner)
        for dialog in made.dialogs:
            flow.dialogs.own(dialog)
        return made

    @cached_property
    def question(self) -> QuestionDialog:
        """Whether something is really wanted."""
        made = QuestionDialog(self.flow.window, "officeQuestion")
        made.answered.connect(self._on_answered)
        self.flow.dialogs.own(made)
        self._then: Callable[[str], None] = lambda _answer: None
        return made

    def change_pin(self, staff_id: str) -> None:
        """Let whoever is chosen at the sign-on change their PIN."""
        self.pins.change_own(staff_id)

    def recover_pin(self, staff_id: str) -> None:
        """Let them set a new one with the recovery code."""
        self.pins.reset_by_code(staff_id)

    def ask(self, question: Question, then: Callable[[str], None]) -> None:
        """Ask; `then` is called with the key of the answer."""
        dialog = self.question
        self._then = then
        dialog.cover_all()
        dialog.ask(question)

    def _on_answered(self, answer: str) -> None:
        then, self._then = self._then, lambda _answer: None
        then(answer)

    def make_people(
        self, place: BackOfficePlace
    ) -> tuple[BackOfficePart, BackOfficePage]:
        """Make the part of staff and roles."""
        from ui.presenters.people import PeoplePart

        return self._with_page(PeoplePart(place, self._on_rights_gone), "people")

    def make_rules(
        self, place: BackOfficePlace
    ) -> tuple[BackOfficePart, BackOfficePage]:
        """Make the part of taxes, tenders and reasons."""
        from ui.presenters.shop_rules import ShopRulesPart

        return self._with_page(ShopRulesPart(place), "rules")

    def make_programme(
        self, place: BackOfficePlace
    ) -> tuple[BackOfficePart, BackOfficePage]:
        """Make the part of the members' programme."""
        from ui.presenters.programme import ProgrammePart

        return self._with_page(ProgrammePart(place), "programme")

    def make_markdown(
        self, place: BackOfficePlace
    ) -> tuple[BackOfficePart, BackOfficePage]:
        """Make the part where fresh goods are marked down."""
        from ui.presenters.markdown import MarkdownPart

        return self._with_page(MarkdownPart(place), "markdown")

    def make_coupons(
        self, place: BackOfficePlace
    ) -> tuple[BackOfficePart, BackOfficePage]:
        """Make the part of coupons, batches and partners."""
        from ui.presenters.coupon_part import CouponsPart

        return self._with_page(CouponsPart(place), "coupons")

    def make_campaigns(
        self, place: BackOfficePlace
    ) -> tuple[BackOfficePart, BackOfficePage]:
        """Make the part of campaigns and segments."""
        from ui.presenters.campaigns import CampaignsPart

        return self._with_page(CampaignsPart(place), "campaigns")

    def _with_page(
        self, part: FormPart, key: str
    ) -> tuple[BackOfficePart, BackOfficePage]:
        from ui.screens.office_form import OfficeFormPage

        page = OfficeFormPage(key)
        page.view_chosen.connect(part.on_view)
        page.filter_chosen.connect(part.on_filter)
        page.row_chosen.connect(part.on_row)
        page.added.connect(part.on_add)
        page.moved.connect(part.on_moved)
        page.stepped.connect(part.on_step)
        page.edited.connect(part.on_edited)
        page.acted.connect(part.on_act)
        page.saved.connect(part.on_save)
        page.discarded.connect(part.on_discard)
        part.question_wanted.connect(self.ask)
        part.pin_wanted.connect(self._on_pin_wanted)
        return part, page

    def _on_pin_wanted(self, name: str, then: Callable[[str], None]) -> None:
        self.pins.set_for(name, then)

    def _on_rights_gone(self) -> None:
        """Whoever is signed on gave the right away that the part needs."""
        self.flow.go_to_sale()

    @override
    def leave(self) -> None:
        if self.has_made("pins"):
            for dialog in self.pins.dialogs:
                if dialog.isVisible():
                    dialog.leave()
