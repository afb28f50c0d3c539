"""The strip above the ticket: whose sale it is (picture 02)."""

from __future__ import annotations

from dataclasses import replace

from pos_app.domain.permission import Permission
from pos_app.i18n import _, current_language
from ui.presenters.member_view import MemberView
from ui.presenters.ticket_state import BandView
from ui.presenters.workplace import Workplace


class MemberBand:
    """Builds the strip; a member is read once, not with each scan."""

    def __init__(self, work: Workplace) -> None:
        self._work = work
        self._view = MemberView(work)
        self._of: tuple[object, ...] | None = None
        self._kept = BandView("")

    def forget(self) -> None:
        """Points or wallet are others now: read them anew."""
        self._of = None

    def dress(self, band: BandView) -> BandView:
        """Return the strip with the member in it, or with the key that asks for one."""
        staff = self._work.counter.desk.session.staff
        if staff is None or not staff.may(Permission.MEMBERS):
            return band
        basket = self._work.counter.sale.basket
        if basket is None or basket.recognition is None:
            return replace(band, member_key=_("Member"))
        member_id = basket.recognition.member_id
        key = (basket.basket_id, member_id, current_language())
        if self._of != key:
            self._of, self._kept = key, self._read()
        return self._kept

    def _read(self) -> BandView:
        glance = self._work.counter.members.current
        assert glance is not None
        standing = self._work.counter.points.standing(glance.member_id)
        return BandView(
            title=glance.name_masked or glance.phone_masked,
            detail=self._view.standing_words(glance, standing),
            initial=glance.initial or "*",
            beside=glance.phone_masked if glance.name_masked else "",
            marks=self._view.marks(glance, standing),
            member_key=_("Member"),
        )
