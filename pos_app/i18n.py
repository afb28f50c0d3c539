"""Words in a person's language, through gettext.

The msgid is the English sentence with named placeholders; the catalogues are
resources/locale/<tag>/LC_MESSAGES/guitai.{po,mo}.
"""

from __future__ import annotations

import gettext as _gettext
from functools import cache

from pos_app.resources import resource_path

LANGUAGES = ("zh-CN", "zh-TW", "en")


@cache
def translation(language: str) -> _gettext.NullTranslations:
    """Return the catalogue of a language tag; English is the msgids."""
    return _gettext.translation(
        "guitai",
        localedir=resource_path("locale"),
        languages=[language.replace("-", "_")],
        fallback=True,
    )


class Words:
    """The words of one language; callable like gettext's `_`."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._translation = translation(language)

    def __call__(self, message: str, **params: object) -> str:
        """Translate `message` and fill its named placeholders."""
        text = self._translation.gettext(message)
        return text.format(**params) if params else text

    def plural(self, one: str, many: str, count: int, **params: object) -> str:
        """Translate with the plural form for `count`, written "1,284"."""
        text = self._translation.ngettext(one, many, count)
        return text.format(count=f"{count:,}", **params)


_words = Words("en")


def use_language(language: str) -> None:
    """Set the language of `_` for this process (the cashier's)."""
    global _words  # noqa: PLW0603 - gettext's `_` is one per process by design
    _words = Words(language if language in LANGUAGES else "en")


def current_language() -> str:
    """Return the language tag of `_`."""
    return _words.language


def _(message: str, **params: object) -> str:
    """Translate into the language in use and fill the named placeholders."""
    return _words(message, **params)


def plural(one: str, many: str, count: int, **params: object) -> str:
    """Translate a plural into the language in use; `{count}` is filled."""
    return _words.plural(one, many, count, **params)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark only"
    """Mark a message for extraction; translate it later."""
    return message
