"""Where a shop is, for the phone numbers that people there write without a code."""

from __future__ import annotations

from pos_app.domain.shop import Shop

#: By time zone first: several countries share a currency.
_BY_ZONE = {
    "Asia/Shanghai": "CN",
    "Asia/Urumqi": "CN",
    "Asia/Taipei": "TW",
    "Asia/Hong_Kong": "HK",
    "Asia/Macau": "MO",
    "Asia/Singapore": "SG",
    "Asia/Kuala_Lumpur": "MY",
    "Asia/Bangkok": "TH",
    "Asia/Tokyo": "JP",
    "Asia/Seoul": "KR",
    "Europe/London": "GB",
    "Europe/Dublin": "IE",
    "Europe/Berlin": "DE",
    "Europe/Paris": "FR",
    "Europe/Madrid": "ES",
    "Europe/Rome": "IT",
    "Europe/Amsterdam": "NL",
    "Europe/Brussels": "BE",
    "Europe/Vienna": "AT",
    "Europe/Zurich": "CH",
    "Australia/Sydney": "AU",
    "Australia/Melbourne": "AU",
    "Pacific/Auckland": "NZ",
    "America/Toronto": "CA",
    "America/Vancouver": "CA",
}
_BY_CURRENCY = {
    "CNY": "CN",
    "TWD": "TW",
    "HKD": "HK",
    "MOP": "MO",
    "SGD": "SG",
    "MYR": "MY",
    "JPY": "JP",
    "KRW": "KR",
    "GBP": "GB",
    "CHF": "CH",
    "AUD": "AU",
    "NZD": "NZ",
    "CAD": "CA",
    "USD": "US",
    "EUR": "DE",
}
_ANYWHERE = "CN"
#: Country calling codes (ITU-T E.164) of those above.
_CALLING = {
    "CN": 86, "TW": 886, "HK": 852, "MO": 853, "SG": 65, "MY": 60, "TH": 66,
    "JP": 81, "KR": 82, "GB": 44, "IE": 353, "DE": 49, "FR": 33, "ES": 34, "IT": 39,
    "NL": 31, "BE": 32, "AT": 43, "CH": 41, "AU": 61, "NZ": 64, "CA": 1, "US": 1,
}  # fmt: skip


def region_of(shop: Shop) -> str:
    """Return the country that a shop's customers write numbers of, ISO 3166 alpha-2."""
    by_money = _BY_CURRENCY.get(shop.rules.currency, _ANYWHERE)
    return _BY_ZONE.get(shop.time_zone, by_money)


def calling_code_of(shop: Shop) -> int:
    """Return the country code that is left out when a number is shown."""
    return _CALLING[region_of(shop)]
