"""Search over the whole catalogue inside one frame.

FTS5 yields the rows of a query in row order, which is best sellers first, so a
LIMIT stops early and nothing is sorted over many hits (ORDER BY rank over many
hits costs 150 to 200 ms, measured). What is sorted, exactly, is the page found.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from pos_app.domain.search_text import Term, chinese_words, fold, terms
from pos_app.persistence.catalog.chinese import simplify
from pos_app.persistence.catalog.codec import names_from_text
from pos_app.persistence.catalog.search_index import (
    LAST_SHELF,
    RETIRED_SHELF,
    UNIT_MASK,
    row_of,
)
from pos_app.persistence.catalog.shop_rows import Query

#: Rows fetched beyond the page, so that the page is the best of them.
SPARE = 4
#: Rows looked through for a run of three and more characters.
VERIFIED_LIMIT = 2000
TAILS_LIMIT = 500
#: Rows looked through for characters in order; each costs 30 microseconds.
SHORTENED_LIMIT = 200
#: Beginnings of up to so many characters have lists of their own (prefix lists, migration 0001).
PREFIX_LISTED = 4

_MATCH = (
    "SELECT rowid FROM search WHERE search MATCH ? AND rowid >= ? AND rowid < ? LIMIT ?"
)
_TAIL = (
    "SELECT b.unit_key, CASE WHEN i.is_active THEN coalesce(v.shelf, ?) ELSE ? END"
    " FROM barcode b JOIN unit u USING (unit_key) JOIN item i USING (item_key)"
    " LEFT JOIN velocity v USING (unit_key)"
    " WHERE b.tail >= ? AND b.tail < ? AND u.is_active LIMIT ?"
)
_MATCH_AMONG = (
    "SELECT rowid FROM search WHERE search MATCH ? "
    "AND rowid IN (SELECT value FROM json_each(?))"
)
_SOLD = (
    "SELECT unit_key, sold FROM velocity "
    "WHERE unit_key IN (SELECT value FROM json_each(?))"
)
_TEXTS = """
SELECT i.name, i.variant, i.spec, i.sku, i.brand, u.unit_name, i.names
FROM unit u JOIN item i USING (item_key) WHERE u.unit_key = ?
"""


class Search:
    """Answers what was typed with keys of selling units."""

    def __init__(self, query: Query) -> None:
        """Take how to run a SELECT."""
        self._query = query
        self._start, self._end = 0, row_of(0, LAST_SHELF + 1)

    def best_sellers(self, limit: int) -> list[int]:
        """Return what sells best, and touch the directory of the words on the way."""
        self._query("SELECT count(*) FROM search_idx", ())
        rows = self._query(
            "SELECT unit_key FROM velocity ORDER BY shelf, sold DESC LIMIT ?", (limit,)
        )
        return [unit_key for (unit_key,) in rows]

    def unit_keys(
        self, typed: str, limit: int, shelves: tuple[int, int] = (0, LAST_SHELF)
    ) -> Sequence[int]:
        """Return units that answer every term, best sellers first.

        Args:
            typed: any text; order of the terms does not matter.
            limit: how many at most.
            shelves: the first and the last where it is looked; RETIRED_SHELF holds
                former goods.
        """
        self._start, self._end = row_of(0, shelves[0]), row_of(0, shelves[1] + 1)
        asked = terms(typed, simplify)
        if not asked or limit <= 0:
            return ()
        found = dict.fromkeys(self._by_tail(asked))
        found.update(dict.fromkeys(self._by_words(asked, limit * SPARE)))
        if not found:
            found.update(dict.fromkeys(self._by_characters(asked, limit)))
        return self._best(list(found), limit)

    def _by_words(self, asked: Sequence[Term], wanted: int) -> list[int]:
        """Return units filed under every term, in the order of their shelves."""
        found = self._matching(asked, wanted, whole=True) if _is_long(asked) else []
        if len(found) < wanted:
            found += self._matching(asked, wanted, whole=False)
        return found

    def _matching(
        self, asked: Sequence[Term], wanted: int, *, whole: bool
    ) -> list[int]:
        expression = " ".join(_expression(term, whole=whole) for term in asked)
        must_verify = [t for t in asked if t.is_chinese and len(t.text) > 2]
        limit = VERIFIED_LIMIT if must_verify else wanted
        kept: list[int] = []
        for (row,) in self._rows(expression, limit):
            unit_key = row & UNIT_MASK
            if self._has_runs(unit_key, must_verify):
                kept.append(unit_key)
            if len(kept) == wanted:
                break
        return kept

    def _rows(self, expression: str, limit: int) -> list[Any]:
        rows: list[Any] = self._query(
            _MATCH, (expression, self._start, self._end, limit)
        )
        return rows

    def _by_characters(self, asked: Sequence[Term], wanted: int) -> Iterator[int]:
        """Yield units that have every character in order: 红牛面 for 红烧牛肉面.

        Asked only when nothing is called what was typed.
        """
        if not any(term.is_chinese and len(term.text) > 1 for term in asked):
            return
        pieces = [
            Term(piece, term.is_chinese)
            for term in asked
            for piece in (term.text if term.is_chinese else (term.text,))
        ]
        expression = " ".join(
            _expression(piece, whole=False) for piece in dict.fromkeys(pieces)
        )
        for (row,) in self._rows(expression, SHORTENED_LIMIT):
            unit_key = row & UNIT_MASK
            lines = self._texts(unit_key).splitlines()
            if all(_is_within(term, lines) for term in asked):
                yield unit_key
                wanted -= 1
            if not wanted:
                return

    def _by_tail(self, asked: Sequence[Term]) -> Iterator[int]:
        """Yield units with a barcode that ends in one term and have the others."""
        for tail in asked:
            if not tail.is_tail:
                continue
            backwards = tail.text[::-1]
            after = backwards[:-1] + chr(ord(backwards[-1]) + 1)
            shelves = (LAST_SHELF, RETIRED_SHELF)
            ending = self._query(_TAIL, (*shelves, backwards, after, TAILS_LIMIT))
            rows = [row_of(unit_key, shelf) for unit_key, shelf in ending]
            rows = [row for row in rows if self._start <= row < self._end]
            others = [term for term in asked if term is not tail]
            if others:
                expression = " ".join(_expression(t, whole=False) for t in others)
                found = self._query(_MATCH_AMONG, (expression, json.dumps(rows)))
                rows = [row for (row,) in found]
            long_runs = [t for t in others if t.is_chinese and len(t.text) > 2]
            for row in rows:
                if self._has_runs(row & UNIT_MASK, long_runs):
                    yield row & UNIT_MASK

    def _has_runs(self, unit_key: int, wanted: Sequence[Term]) -> bool:
        """Tell whether a unit's texts hold these runs as they were typed."""
        if not wanted:
            return True
        joined = self._texts(unit_key)
        return all(term.text in joined for term in wanted)

    def _texts(self, unit_key: int) -> str:
        """Return the texts of a unit, folded, one a line."""
        rows = self._query(_TEXTS, (unit_key,))
        if not rows:
            return ""
        *plain, names = rows[0]
        texts = [*plain, *(name for _, name in names_from_text(names))]
        return "\n".join(fold(text, simplify) for text in texts if text)

    def _best(self, found: list[int], limit: int) -> list[int]:
        sold: dict[int, Any] = dict(
            map(tuple, self._query(_SOLD, (json.dumps(found),)))
        )
        return sorted(found, key=lambda key: -sold.get(key, 0))[:limit]


def _is_within(term: Term, lines: Sequence[str]) -> bool:
    """Tell whether a line has the characters of a Chinese term in their order."""
    if not term.is_chinese:
        return True  # the search table has said so
    for line in lines:
        rest = iter(line)
        if all(char in rest for char in term.text):
            return True
    return False


def _is_long(asked: Sequence[Term]) -> bool:
    """Tell whether a term is longer than the prefix lists.

    Its beginnings must be merged from every word that has them (16 ms for 80,000
    rows, measured), so the word as a whole is asked for first.
    """
    return any(not t.is_chinese and len(t.text) > PREFIX_LISTED for t in asked)


def _expression(term: Term, *, whole: bool) -> str:
    """Return a term as FTS5 asks for it; quoted, so nothing in it is syntax."""
    if term.is_chinese and len(term.text) > 1:
        return " ".join(f'"{word}"' for word in chinese_words(term.text)[:-1])
    is_whole = whole and len(term.text) > PREFIX_LISTED
    return f'"{term.text}"' if is_whole else f'"{term.text}"*'
