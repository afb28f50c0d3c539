"""A person's data as a page that anybody can read: HTML without scripts or links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from pos_app.i18n import N_, Words

_STYLE = (
    "body{font:15px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;margin:.3em 0 1em}"
    "td,th{border:1px solid #ccc;padding:.2em .6em;text-align:left;"
    "vertical-align:top}th{background:#f4f4f4}"
)
_SECTIONS = {
    "person": N_("Who you are to us"),
    "points": N_("Points and tiers"),
    "coupons": N_("Coupons"),
    "stored_value": N_("Stored value"),
    "campaigns": N_("Groups and rewards"),
    "purchases": N_("Purchases"),
    "journal": N_("Who changed or looked at your data"),
}


def person_page(whole: Mapping[str, Any], language: str) -> str:
    """Return a page of everything that `MemberPerson.export` gave.

    Args:
        whole: of the export.
        language: tag of the page's headings.
    """
    words = Words(language)
    title = words(N_("Everything that {shop} holds of you"), shop=whole["shop"])
    parts = [f"<p>{escape(str(whole['made_at']))}</p>"]
    for key, heading in _SECTIONS.items():
        parts.append(f"<h2>{escape(words(heading))}</h2>")
        parts.append(_shown(whole[key]) or f"<p>{escape(words(N_('Nothing')))}</p>")
    return (
        f'<!DOCTYPE html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><h1>{escape(title)}</h1>{''.join(parts)}</body></html>"
    )


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        rows = [
            f"<tr><th>{escape(_word(key))}</th><td>{shown}</td></tr>"
            for key, inner in value.items()
            if (shown := _shown(inner))
        ]
        return f"<table>{''.join(rows)}</table>" if rows else ""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "".join(_shown(inner) for inner in value)
    return "" if value in (None, "", False) else f"{escape(str(value))} "


def _word(key: object) -> str:
    return str(key).replace("_", " ")
