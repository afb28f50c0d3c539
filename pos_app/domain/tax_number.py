"""Tax numbers whose check digit is known: China's and Taiwan's."""

from __future__ import annotations

from pos_app.errors import UserError

#: GB 32100-2015, table 3: the 31 characters of a unified social credit code.
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_CREDIT_LENGTH = 18
#: 財政部: 營利事業統一編號檢查碼邏輯; since 2023-04 a sum divisible by 5 will do.
_TAIWAN_WEIGHTS = (1, 2, 1, 2, 1, 2, 4, 1)
_TAIWAN_LENGTH = 8
_TAIWAN_MODULUS = 5
_TAIWAN_SPECIAL = 6  # a 7 here makes 28 = 2 + 8 = 10, which counts as 1 or 0


def written_tax_number(text: str) -> str:
    """Return a tax number without spaces and hyphens, in capitals."""
    return "".join(text.split()).replace("-", "").upper()


def check_tax_number(text: str, kind: str) -> str:
    """Check a tax number and return it in its one written form.

    Args:
        text: as typed; empty where the shop has none.
        kind: "cn" (GB 32100), "tw" (統一編號), or "" where no rule is known.

    Raises:
        UserError: "tax_number_length" with found and wanted, "tax_number_signs",
            or "tax_number_check".
    """
    number = written_tax_number(text) if kind else text.strip()
    if not number or not kind:
        return number
    wanted = _CREDIT_LENGTH if kind == "cn" else _TAIWAN_LENGTH
    if len(number) != wanted:
        raise UserError("tax_number_length", found=len(number), wanted=wanted)
    if kind == "cn":
        _check_credit_code(number)
    else:
        _check_taiwan(number)
    return number


def _check_credit_code(number: str) -> None:
    if any(sign not in _CREDIT_SIGNS for sign in number):
        raise UserError("tax_number_signs")
    values = [_CREDIT_SIGNS.index(sign) for sign in number]
    total = sum(v * w for v, w in zip(values, _CREDIT_WEIGHTS, strict=False))
    if (31 - total % 31) % 31 != values[-1]:
        raise UserError("tax_number_check")


def _check_taiwan(number: str) -> None:
    if not (number.isascii() and number.isdigit()):
        raise UserError("tax_number_signs")
    products = [int(d) * w for d, w in zip(number, _TAIWAN_WEIGHTS, strict=True)]
    total = sum(p // 10 + p % 10 for p in products)
    is_sound = total % _TAIWAN_MODULUS == 0
    if number[_TAIWAN_SPECIAL] == "7":
        is_sound = is_sound or (total + 1) % _TAIWAN_MODULUS == 0
    if not is_sound:
        raise UserError("tax_number_check")
