"""Reads a whole template: its lines, its blocks, its names; says what is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.documents.template.expressions import Tokens, paths_of
from pos_app.documents.template.fields import Field, FormFields, Group, Rows, nearest
from pos_app.documents.template.markup import markup_line
from pos_app.documents.template.tree import (
    CodeLine,
    ColumnsLine,
    Condition,
    For,
    If,
    Node,
    Path,
    Problem,
    SectionLine,
    TemplateLineError,
    TextLine,
    WidthsLine,
    fault,
)

#: A slip of a page has fifty lines; ten times that is no slip any more.
TEXT_LIMIT, LINE_LIMIT, LINE_CHARS = 30_000, 600, 400
DEPTH_LIMIT = 6
PROBLEM_LIMIT = 20


@dataclass(frozen=True, slots=True)
class Template:
    """A template as it was understood.

    Attributes:
        nodes: what it prints. problems: what is wrong with it, by line.
    """

    nodes: tuple[Node, ...]
    problems: tuple[Problem, ...]

    @property
    def is_usable(self) -> bool:
        """Tell whether it can be printed; unknown fields print nothing."""
        return not any(problem.is_fatal for problem in self.problems)


class _Open:
    """A block that is not closed yet."""

    def __init__(
        self,
        word: str,
        line: int,
        condition: Condition | None = None,
        loop: tuple[str, Path] | None = None,
    ) -> None:
        self.word, self.line = word, line
        self.nodes: list[Node] = []
        self.branches: list[tuple[Condition | None, tuple[Node, ...]]] = []
        self.condition = condition
        self.variable = loop[0] if loop else ""
        self.rows = loop[1] if loop else None
        self.has_else = False


def compile_template(text: str, fields: FormFields) -> Template:
    """Understand a template.

    Args:
        text: as written.
        fields: what it may name.

    Returns:
        The tree and every problem, at most `PROBLEM_LIMIT`. Never raises.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    if len(text) > TEXT_LIMIT or len(lines) > LINE_LIMIT:
        params = (("lines", str(LINE_LIMIT)), ("signs", str(TEXT_LIMIT)))
        return Template((), (Problem("template_too_long", 1, 1, params),))
    return _Compiler(fields).compile(lines if text.strip() else [])


class _Compiler:
    def __init__(self, fields: FormFields) -> None:
        self._fields = fields
        self._open: list[_Open] = [_Open("", 0)]
        self._problems: list[Problem] = []

    def compile(self, lines: list[str]) -> Template:
        for number, line in enumerate(lines, start=1):
            try:
                self._line(line, number)
            except TemplateLineError as wrong:
                self._problems.append(wrong.problem)
            if len(self._problems) >= PROBLEM_LIMIT:
                break
        for block in self._open[1:]:
            params = (("word", block.word),)
            self._problems.append(Problem("template_block_open", block.line, 1, params))
        found = sorted(self._problems, key=lambda x: (x.line, x.column))
        return Template(tuple(self._open[0].nodes), tuple(found[:PROBLEM_LIMIT]))

    def _line(self, text: str, number: int) -> None:
        if len(text) > LINE_CHARS:
            count = str(LINE_CHARS)
            raise fault("template_line_long", number, LINE_CHARS, count=count)
        stripped = text.strip()
        if stripped.startswith("{#") and stripped.endswith("#}"):
            return
        if stripped.startswith("{%"):
            self._statement(text, number)
            return
        node = markup_line(text, number)
        if node is not None:
            self._check(node, number)
            self._open[-1].nodes.append(node)

    # -------------------------------------------------------------- statements

    def _statement(self, text: str, number: int) -> None:
        start = text.index("{%")
        end = text.find("%}", start)
        if end < 0 or text[end + 2 :].strip():
            raise fault("template_statement_open", number, start + 1)
        inner = text[start + 2 : end]
        word = (inner.split() or [""])[0]
        rest = inner.find(word) + len(word)
        tokens = Tokens(inner[rest:], number, start + 3 + rest)
        match word:
            case "if":
                self._begin(_Open("if", number, condition=self._asked(tokens)))
            case "elsif" | "elif":
                self._branch(word, number, self._asked(tokens))
            case "else":
                tokens.finish()
                self._branch(word, number, None)
            case "for":
                self._begin_loop(tokens, number)
            case "endif" | "endfor":
                tokens.finish()
                self._end(word, number)
            case _:
                raise fault("template_word_unknown", number, start + 3, word=word[:20])

    def _begin(self, block: _Open) -> None:
        if len(self._open) > DEPTH_LIMIT:
            depth = str(DEPTH_LIMIT)
            # Opened all the same, so that its end is not a second problem.
            self._open.append(block)
            raise fault("template_too_deep", block.line, 1, depth=depth)
        self._open.append(block)

    def _begin_loop(self, tokens: Tokens, number: int) -> None:
        try:
            variable, rows = tokens.loop()
        except TemplateLineError:
            self._open.append(_Open("for", number))
            raise
        self._begin(_Open("for", number, loop=(variable, rows)))
        if variable in self._fields.root.fields:
            raise fault("template_name_taken", number, rows.column, name=variable)
        self._open[-1].rows = None  # its own list is named outside of it
        found = self._resolve(rows)
        self._open[-1].rows = rows
        if found is not None and not isinstance(found, Rows):
            raise fault("template_no_list", number, rows.column, name=rows.text)

    def _asked(self, tokens: Tokens) -> Condition:
        condition = tokens.condition()
        for path in paths_of(condition):
            self._resolve(path)
        return condition

    def _branch(self, word: str, number: int, condition: Condition | None) -> None:
        block = self._open[-1]
        if block.word != "if" or block.has_else:
            raise fault("template_else_alone", number, 1, word=word)
        block.branches.append((block.condition, tuple(block.nodes)))
        block.nodes, block.condition = [], condition
        block.has_else = condition is None

    def _end(self, word: str, number: int) -> None:
        block = self._open[-1]
        if block.word != word.removeprefix("end"):
            raise fault("template_end_alone", number, 1, word=word)
        self._open.pop()
        body = tuple(block.nodes)
        if word == "endif":
            branches = (*block.branches, (block.condition, body))
            self._open[-1].nodes.append(If(branches))
        elif block.rows is not None:
            self._open[-1].nodes.append(For(block.variable, block.rows, body))

    # ------------------------------------------------------------------- names

    def _check(self, node: Node, number: int) -> None:
        """Note the names of a line that nothing is behind."""
        if isinstance(node, SectionLine) and node.name not in self._fields.sections:
            self._unknown("template_section_unknown", Path((node.name,), number, 1))
        for path in _named(node):
            found = self._resolve(path)
            if isinstance(found, Rows | Group):
                params = (("name", path.text),)
                wrong = Problem("template_no_text", path.line, path.column, params)
                self._problems.append(wrong)

    def _resolve(self, path: Path) -> Field | Group | Rows | None:
        """Return what a name stands for; note it where nothing does."""
        found: Field | Group | Rows | None = self._scope()
        for name in path.names:
            inner = found.fields.get(name) if isinstance(found, Group) else None
            if inner is None:
                self._unknown("template_field_unknown", path)
                return None
            found = inner
        return found

    def _scope(self) -> Group:
        """Return the names that are known here: the facts, and the loops' rows."""
        known: dict[str, Field | Group | Rows] = dict(self._fields.root.fields)
        for block in self._open:
            if block.word == "for" and block.rows is not None:
                found: Field | Group | Rows | None = Group(known)
                for name in block.rows.names:
                    found = found.fields.get(name) if isinstance(found, Group) else None
                if isinstance(found, Rows):
                    known[block.variable] = found.row
        return Group(known)

    def _unknown(self, key: str, path: Path) -> None:
        known = self._fields.sections if "section" in key else _all_names(self._scope())
        meant = nearest(path.text, known)
        params = (("name", path.text), ("meant", meant))
        wrong = Problem(key, path.line, path.column, params, is_fatal=False)
        self._problems.append(wrong)


def _named(node: Node) -> tuple[Path, ...]:
    parts: tuple[object, ...] = ()
    if isinstance(node, TextLine | CodeLine):
        parts = node.parts
    elif isinstance(node, ColumnsLine):
        parts = tuple(part for cell in node.cells for part in cell)
    elif isinstance(node, WidthsLine):
        parts = node.widths
    return tuple(part for part in parts if isinstance(part, Path))


def _all_names(group: Group, before: str = "") -> list[str]:
    names: list[str] = []
    for name, inner in group.fields.items():
        names.append(f"{before}{name}")
        if isinstance(inner, Group):
            names += _all_names(inner, f"{before}{name}.")
    return names
