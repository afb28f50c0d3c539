"""Becoming a member in under 15 seconds: what is typed, and which step is next."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pos_app.domain.member.consent import Purpose
from pos_app.errors import UserError
from pos_app.i18n import _
from pos_app.services.members import EnrolDraft
from ui.messages import explain
from ui.presenters.member_state import EnrolField, EnrolView
from ui.presenters.pad_key import PadKey

_PAD_FIELDS = (EnrolField.PHONE, EnrolField.BIRTHDAY)
_MOST = {EnrolField.PHONE: 20, EnrolField.BIRTHDAY: 4}


def consent_words() -> str:
    """Return what a customer agrees to; read out, or shown to the customer.

    Whoever changes these words counts `CONSENT_TEXT` up: it names what somebody
    agreed to (PIPL article 14).
    """
    return _(
        "The shop keeps your phone number, and name and birthday if you give them, "
        "with your purchases, to count points and prices for members. It gives them "
        "to nobody else. You may see, correct, export or erase them here at any time."
    )


@dataclass(frozen=True, slots=True)
class EnrolTyping:
    """What is typed so far.

    Attributes:
        values: by field; the birthday as four digits, month and day.
        active: where the pad types. problems: what was refused, by field.
        is_agreed: to `consent_words`. may_write: offers may be sent, too.
        no_profile: purchases are not to be sorted into groups and suggestions.
        is_sure: the number was doubted once, and taken all the same.
    """

    values: dict[EnrolField, str] = field(default_factory=dict)
    active: EnrolField = EnrolField.PHONE
    problems: dict[EnrolField, str] = field(default_factory=dict)
    is_agreed: bool = False
    may_write: bool = False
    no_profile: bool = False
    is_sure: bool = False

    def of(self, which: EnrolField) -> str:
        """Return what is typed into a field."""
        return self.values.get(which, "")

    def with_text(self, which: EnrolField, text: str) -> EnrolTyping:
        """Return it with another text in a field."""
        problems = {k: v for k, v in self.problems.items() if k is not which}
        values = {**self.values, which: text}
        is_sure = self.is_sure and which is not EnrolField.PHONE
        return replace(self, values=values, problems=problems, is_sure=is_sure)

    def press(self, key: PadKey) -> EnrolTyping:
        """Return it after a key of the pad, which types phone or birthday."""
        which = self.active if self.active in _PAD_FIELDS else EnrolField.PHONE
        text = self.of(which)
        if key is PadKey.BACKSPACE:
            return self.with_text(which, text[:-1])
        if key is PadKey.CLEAR:
            return self.with_text(which, "")
        if not key.value.isdigit():
            return self
        return self.with_text(which, (text + key.value)[: _MOST[which]])

    def refused(self, error: UserError, currency: str) -> EnrolTyping:
        """Return it with what the service refused, at the field it belongs to."""
        which = _field_of(error.key)
        said = explain(error, currency).text
        is_sure = error.key == "member_phone_unknown"
        if is_sure:
            said = _("Unusual number: Enter takes it if it is right")
        problems = {**self.problems, which: said}
        return replace(self, problems=problems, active=which, is_sure=is_sure)

    def draft(self) -> EnrolDraft:
        """Return what the service enrols.

        Raises:
            UserError: "member_birthday_shape" for fewer than four digits.
        """
        purposes = [Purpose.MEMBERSHIP]
        refused = [Purpose.PROFILING] if self.no_profile else []
        # What was shown and left alone is no leave to send offers.
        (purposes if self.may_write else refused).append(Purpose.MARKETING)
        return EnrolDraft(
            phone=self.of(EnrolField.PHONE),
            name=self.of(EnrolField.NAME),
            birthday=self._birthday(),
            source=self.of(EnrolField.SOURCE),
            referrer=self.of(EnrolField.REFERRER),
            purposes=tuple(purposes),
            refused=tuple(refused),
            is_sure=self.is_sure,
        )

    def _birthday(self) -> tuple[int, int] | None:
        text = self.of(EnrolField.BIRTHDAY)
        if not text:
            return None
        if len(text) != _MOST[EnrolField.BIRTHDAY]:
            raise UserError("member_birthday_shape", month=text[:2], day=text[2:])
        return int(text[:2]), int(text[2:])

    def view(self) -> EnrolView:
        """Return the form."""
        shown = dict(self.values)
        birthday = shown.get(EnrolField.BIRTHDAY, "")
        if len(birthday) > 2:
            shown[EnrolField.BIRTHDAY] = f"{birthday[:2]}-{birthday[2:]}"
        return EnrolView(
            values=shown,
            active=self.active,
            problems=self.problems,
            consent_text=consent_words(),
            is_agreed=self.is_agreed,
            may_write=self.may_write,
            no_profile=self.no_profile,
        )


def _field_of(key: str) -> EnrolField:
    """Return where the words of a refusal belong."""
    for part, which in (
        ("birthday", EnrolField.BIRTHDAY),
        ("source", EnrolField.SOURCE),
        ("refer", EnrolField.REFERRER),
        ("name", EnrolField.NAME),
    ):
        if part in key:
            return which
    return EnrolField.PHONE
