"""The shop and its till: what stands on every slip."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.policy import ShopPolicy
from pos_app.domain.tax import PricingRules


@dataclass(frozen=True, slots=True)
class Shop:
    """The shop as the till knows it.

    Attributes:
        shop_id: UUIDv7. name: 晴川生活 · 湖滨店; `names` has other languages.
        address, phone, tax_number: for the slip's header; may be empty.
        language: the shop's language tag: zh-CN, zh-TW or en.
        time_zone: IANA name.
        day_starts_at_hour: local hour at which a business day begins.
        till: this till's number, "02".
        rules: everything that changes an amount.
        cash_notes_minor: notes and coins in use, for suggestions.
        slip_footer: words below the total; may be empty.
        policy: what the shop decides for itself.
    """

    shop_id: str
    name: str
    names: tuple[tuple[str, str], ...]
    address: str
    phone: str
    tax_number: str
    language: str
    time_zone: str
    day_starts_at_hour: int
    till: str
    rules: PricingRules
    cash_notes_minor: tuple[int, ...]
    slip_footer: str = ""
    policy: ShopPolicy = ShopPolicy()  # noqa: RUF009 - frozen value

    def name_in(self, language: str) -> str:
        """Return the name for a language tag, or the shop's own name."""
        return dict(self.names).get(language, self.name)
