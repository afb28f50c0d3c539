"""Reads what stands between the braces: names, comparisons, loops."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pos_app.documents.template.tree import Condition, Operand, Path, Term, fault

_NAME = r"[A-Za-z][A-Za-z0-9_]*"
_TOKEN = re.compile(
    rf"""\s*(?:(?P<name>{_NAME}(?:\.{_NAME})*)
    |(?P<number>[0-9]{{1,9}}(?![0-9A-Za-z_]))
    |(?P<text>"[^"]*"|'[^']*')
    |(?P<operator>==|!=|<=|>=|<|>))""",
    re.VERBOSE,
)
_OPERATORS = frozenset({"==", "!=", "<=", ">=", "<", ">"})
_WORDS = frozenset({"and", "or", "not", "in"})
#: Nobody asks longer questions; a longer one is a template gone wild.
TERM_LIMIT = 12
NAME_PARTS_LIMIT = 4


@dataclass(frozen=True, slots=True)
class Token:
    """A word of an expression.

    Attributes:
        kind: "name", "number", "text", "operator" or "end".
        text: as written, without quotes. column: from 1.
    """

    kind: str
    text: str
    column: int


class Tokens:
    """The words of one pair of braces, one after the other."""

    def __init__(self, text: str, line: int, column: int) -> None:
        """Take what stands between the braces.

        Args:
            text: without the braces.
            line: where it begins, from 1.
            column: likewise.
        """
        self.line = line
        self._found: list[Token] = []
        at = 0
        while text[at:].strip():
            match = _TOKEN.match(text, at)
            if match is None:
                blanks = len(text[at:]) - len(text[at:].lstrip())
                where = column + at + blanks
                sign = text[at + blanks]
                raise fault("template_sign_unknown", line, where, sign=sign)
            kind = str(match.lastgroup)
            said = match.group(kind)
            start = column + match.start(kind)
            said = said[1:-1] if kind == "text" else said
            self._found.append(Token(kind, said, start))
            at = match.end()
        self._end = Token("end", "", column + len(text))
        self._next = 0

    def peek(self) -> Token:
        """Return the next word without taking it."""
        if self._next < len(self._found):
            return self._found[self._next]
        return self._end

    def take(self) -> Token:
        """Return the next word."""
        token = self.peek()
        self._next += 1
        return token

    def finish(self) -> None:
        """Refuse what stands behind the end."""
        token = self.peek()
        if token.kind != "end":
            raise fault(
                "template_words_left", self.line, token.column, words=token.text
            )

    def path(self) -> Path:
        """Take a name of the facts."""
        token = self.take()
        is_name = token.kind == "name" and token.text not in _WORDS
        names = tuple(token.text.split("."))
        if not is_name or len(names) > NAME_PARTS_LIMIT:
            raise fault("template_name_missing", self.line, token.column)
        return Path(names, self.line, token.column)

    def operand(self) -> Operand:
        """Take a side of a comparison."""
        token = self.peek()
        if token.kind == "number":
            return int(self.take().text)
        if token.kind == "text":
            return self.take().text
        return self.path()

    def condition(self) -> Condition:
        """Take questions joined by `and` and `or`; `and` binds closer."""
        choices: list[tuple[Term, ...]] = []
        terms = [self._term()]
        count = 1
        while self.peek().text in ("and", "or") and self.peek().kind == "name":
            joint = self.take()
            count += 1
            if count > TERM_LIMIT:
                raise fault("template_question_long", self.line, joint.column)
            if joint.text == "or":
                choices.append(tuple(terms))
                terms = []
            terms.append(self._term())
        self.finish()
        return (*choices, tuple(terms))

    def _term(self) -> Term:
        is_negated = False
        if self.peek() == Token("name", "not", self.peek().column):
            self.take()
            is_negated = True
        left = self.operand()
        if self.peek().text in _OPERATORS and self.peek().kind == "operator":
            return Term(left, self.take().text, self.operand(), is_negated)
        return Term(left, is_negated=is_negated)

    def loop(self) -> tuple[str, Path]:
        """Take `line in lines`."""
        variable = self.path()
        word = self.take()
        if len(variable.names) > 1 or word.text != "in":
            raise fault("template_for_wrong", self.line, variable.column)
        rows = self.path()
        self.finish()
        return variable.names[0], rows


def paths_of(condition: Condition) -> tuple[Path, ...]:
    """Return every name in a condition."""
    sides = [x for terms in condition for t in terms for x in (t.left, t.right)]
    return tuple(side for side in sides if isinstance(side, Path))
