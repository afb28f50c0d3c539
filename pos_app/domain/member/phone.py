"""Phone numbers: many ways to write one, one number (ITU-T E.164)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from typing_extensions import override

from pos_app.errors import UserError

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber as ParsedNumber

#: How neighbours write each other's numbers, often without the plus.
_NEIGHBOUR_CODES = ("86", "852", "853", "886")
#: China's numbering plan (YD/T 1154): 1, then 3 to 9. Operators open new blocks
#: faster than a till is updated, and their customers are customers too.
_CHINA_CODE, _CHINA_MOBILE_DIGITS = 86, 11
_CHINA_SECOND_DIGITS = "3456789"
#: Longer than any number with its blanks and brackets.
_LONGEST_WRITING = 40
_SIGNS = frozenset("+-().·/ ")


@dataclass(frozen=True, slots=True, repr=False)
class Phone:
    """A phone number that somebody is reached at; never shown in full by itself.

    Attributes:
        country_code: 86, 852, 853, 886 …, as E.164 has it.
        national: the national significant number; digits only.
        trunk: what is dialled before it at home: "0" in Taiwan, else "".
    """

    country_code: int
    national: str = field(repr=False)
    trunk: str = field(default="", compare=False)

    @property
    def e164(self) -> str:
        """The one written form: "+8613812346217"."""
        return f"+{self.country_code}{self.national}"

    @property
    def at_home(self) -> str:
        """The digits as people of its country write them: "0912345678"."""
        return self.trunk + self.national

    @property
    def last_four(self) -> str:
        """The last four digits, which a cashier may ask for."""
        return self.national[-4:]

    @override
    def __repr__(self) -> str:
        return f"Phone(+{self.country_code} …)"


def read_phone(text: str, region: str, *, is_sure: bool = False) -> Phone:
    """Read a number as people write it.

    Full-width digits, blanks, hyphens and brackets, +86, 0086, 86 and a leading
    0 all give the same number.

    Args:
        text: as typed or imported.
        region: where the shop is, ISO 3166 alpha-2 in any case: "CN", "TW".
        is_sure: somebody looked at a number that no plan knows and says it is so.

    Raises:
        UserError: "member_phone_empty", "member_phone_signs" with `sign`,
            "member_phone_short", "member_phone_long", "member_phone_unknown"
            (no such number as far as is known; ask again with `is_sure`), or
            "member_phone_service" for a hotline that is nobody's own.

    Source: ITU-T E.164; the numbering plans as Google's libphonenumber keeps them.
    """
    written = _written(text)
    candidates = [
        parsed
        for reading in _readings(written)
        if (parsed := _parsed(reading, region.upper())) is not None
    ]
    for parsed in candidates:
        if _is_known(parsed):
            return _phone(parsed)
    if not candidates:
        raise UserError("member_phone_unknown")
    _refuse_length(candidates[0])
    if not is_sure:
        raise UserError("member_phone_unknown")
    return _phone(candidates[0])


def read_last_four(text: str) -> str:
    """Read the last four digits that a customer says.

    Raises:
        UserError: "member_last_four_shape".
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    digits = "".join(str(unicodedata.decimal(sign, sign)) for sign in plain)
    if len(digits) != 4 or not (digits.isascii() and digits.isdecimal()):
        raise UserError("member_last_four_shape")
    return digits


def _written(text: str) -> str:
    """Return what was typed in ASCII digits and signs."""
    plain = unicodedata.normalize("NFKC", text[: _LONGEST_WRITING + 1])
    kept = []
    for sign in plain:
        category = unicodedata.category(sign)
        if category == "Nd":
            kept.append(str(unicodedata.decimal(sign)))
        elif category in {"Pd", "Zs", "Cf", "Cc"} or sign == "\N{MINUS SIGN}":
            kept.append(" ")  # dashes of all lengths, blanks, marks of direction
        elif sign in _SIGNS:
            kept.append(sign)
        else:
            raise UserError("member_phone_signs", sign=sign)
    written = "".join(kept).strip()
    digits = sum(map(str.isdigit, written))
    if not digits:
        raise UserError("member_phone_empty")
    if len(text) > _LONGEST_WRITING or digits > 19:
        raise UserError("member_phone_long")
    return written


def _readings(written: str) -> list[str]:
    """Return what the text may mean, the likeliest first."""
    digits = "".join(filter(str.isdigit, written))
    found = [written]
    if written.startswith("+"):
        return found
    if digits.startswith("00"):
        found.append("+" + digits[2:])
    if digits.startswith(_NEIGHBOUR_CODES):
        found.append("+" + digits)
    return found


def _parsed(reading: str, region: str) -> ParsedNumber | None:
    # Late: the plans of the world are nothing for a cold start.
    from phonenumbers import NumberParseException, parse

    try:
        return parse(reading, region)
    except NumberParseException as error:
        if error.error_type in {
            NumberParseException.TOO_SHORT_NSN,
            NumberParseException.TOO_SHORT_AFTER_IDD,
            NumberParseException.NOT_A_NUMBER,
        }:
            raise UserError("member_phone_short") from None
        if error.error_type == NumberParseException.TOO_LONG:
            raise UserError("member_phone_long") from None
        return None


def _is_known(parsed: ParsedNumber) -> bool:
    from phonenumbers import is_valid_number

    return is_valid_number(parsed) or _is_china_mobile(parsed)


def _is_china_mobile(parsed: ParsedNumber) -> bool:
    digits = str(parsed.national_number)
    return (
        parsed.country_code == _CHINA_CODE
        and len(digits) == _CHINA_MOBILE_DIGITS
        and digits[0] == "1"
        and digits[1] in _CHINA_SECOND_DIGITS
    )


def _refuse_length(parsed: ParsedNumber) -> None:
    from phonenumbers import ValidationResult, is_possible_number_with_reason

    digits = str(parsed.national_number)
    if (
        parsed.country_code == _CHINA_CODE
        and digits[0] == "1"
        and digits[1:2] in (*_CHINA_SECOND_DIGITS, "")
        and len(digits) != _CHINA_MOBILE_DIGITS
    ):  # some land lines are as long; who begins so means a mobile
        is_short = len(digits) < _CHINA_MOBILE_DIGITS
        raise UserError("member_phone_short" if is_short else "member_phone_long")
    reason = is_possible_number_with_reason(parsed)
    if reason in {ValidationResult.TOO_SHORT, ValidationResult.IS_POSSIBLE_LOCAL_ONLY}:
        raise UserError("member_phone_short")
    if reason == ValidationResult.TOO_LONG:
        raise UserError("member_phone_long")
    if reason != ValidationResult.IS_POSSIBLE:
        raise UserError("member_phone_unknown")


def _phone(parsed: ParsedNumber) -> Phone:
    from phonenumbers import (
        PhoneMetadata,
        PhoneNumberType,
        national_significant_number,
        number_type,
        region_code_for_country_code,
    )

    if number_type(parsed) in {
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.UAN,
        PhoneNumberType.VOICEMAIL,
    } and not _is_china_mobile(parsed):
        raise UserError("member_phone_service")
    assert parsed.country_code is not None
    national = national_significant_number(parsed)
    region = region_code_for_country_code(parsed.country_code)
    plan = PhoneMetadata.metadata_for_region(region, None)
    has_zero = plan is not None and plan.national_prefix == "0"
    is_bare = not has_zero or _is_china_mobile(parsed)
    return Phone(parsed.country_code, national, "" if is_bare else "0")
