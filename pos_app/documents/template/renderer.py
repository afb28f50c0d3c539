"""Fills a template with the facts of one slip; bounded, and never without its duties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pos_app.documents.layout import (
    Barcode,
    Block,
    Columns,
    Cut,
    Feed,
    Image,
    Layout,
    QrCode,
    Rule,
    Text,
)
from pos_app.documents.template.compiler import Template
from pos_app.documents.template.fields import Duty, Facts, SlipFacts
from pos_app.documents.template.properties import WIDTH_LIMIT
from pos_app.documents.template.tree import (
    CodeLine,
    ColumnsLine,
    Condition,
    CutLine,
    FeedLine,
    For,
    If,
    Line,
    LogoLine,
    Node,
    Operand,
    Parts,
    Path,
    RuleLine,
    SectionLine,
    Term,
    TextLine,
    WidthsLine,
)
from pos_app.errors import UserError

#: A basket of 5,000 lines takes about 60,000 steps; a template that goes over the
#: lines once for each line is ended after a quarter of a second.
STEP_LIMIT = 250_000
BLOCK_LIMIT = 30_000
CHAR_LIMIT = 1_000_000
_CODE_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Rendered:
    """A slip that a template made.

    Attributes:
        layout: with everything that must be on it.
        missing: keys of the duties that the template itself left out.
    """

    layout: Layout
    missing: tuple[str, ...]


def render(template: Template, facts: SlipFacts) -> Rendered:
    """Fill a template.

    Args:
        template: one that `is_usable`.
        facts: of the slip.

    Raises:
        UserError: "template_endless" when it prints more than any slip has, with
            the limit.
    """
    assert template.is_usable
    run = _Run(facts)
    run.nodes(template.nodes)
    missing = run.missing_duties()
    blocks = _with_duties(run.blocks, missing)
    keys = tuple(dict.fromkeys(duty.key for duty in missing))
    return Rendered(Layout(blocks, facts.language), keys)


def _with_duties(blocks: Sequence[Block], missing: Sequence[Duty]) -> tuple[Block, ...]:
    """Add what must be there: marks on top, figures before the cut."""
    end = len(blocks)
    while end and isinstance(blocks[end - 1], Cut):
        end -= 1
    above = [block for duty in missing if duty.at_top for block in duty.blocks]
    below = [block for duty in missing if not duty.at_top for block in duty.blocks]
    return (*above, *blocks[:end], *below, Cut())


class _Run:
    """One filling: what was printed so far, and how much of it."""

    def __init__(self, facts: SlipFacts) -> None:
        self.blocks: list[Block] = []
        self._slip = facts
        self._scope: dict[str, object] = dict(facts.facts)
        self._root = facts.facts
        self._widths: tuple[int, ...] = ()
        self._printed: set[tuple[int, str]] = set()
        self._fulfilled: set[str] = set()
        self._steps = 0
        self._chars = 0

    def missing_duties(self) -> list[Duty]:
        """Return what must be on the slip and is not."""
        return [
            duty
            for duty in self._slip.duties
            if duty.key not in self._fulfilled
            and not any(way <= self._printed for way in duty.ways)
        ]

    def nodes(self, nodes: Iterable[Node]) -> None:
        """Print some lines."""
        for node in nodes:
            self._steps += 1
            if self._steps > STEP_LIMIT or len(self.blocks) > BLOCK_LIMIT:
                raise UserError("template_endless", lines=BLOCK_LIMIT)
            self._node(node)

    def _node(self, node: Node) -> None:
        match node:
            case If():
                self._branch(node)
            case For():
                self._loop(node)
            case _:
                self._line(node)

    def _line(self, node: Line) -> None:
        match node:
            case TextLine():
                self._text(node)
            case ColumnsLine():
                self._cells(node)
            case WidthsLine():
                self._widths = tuple(self._width(x) for x in node.widths)
            case SectionLine():
                self._section(node.name)
            case CodeLine():
                self._code(node)
            case _:
                self.blocks += self._plain(node)

    def _plain(self, node: RuleLine | FeedLine | CutLine | LogoLine) -> list[Block]:
        match node:
            case RuleLine():
                return [Rule(node.style)]
            case FeedLine():
                return [Feed(node.lines)]
            case CutLine():
                return [Cut()]
            case LogoLine():
                png = self._slip.logo_png
                return [Image(png)] if png else []

    # ------------------------------------------------------------------- lines

    def _text(self, node: TextLine) -> None:
        text, is_empty = self._filled(node.parts)
        if is_empty:
            return
        for line in text.split("\n"):
            self.blocks.append(Text(line, node.align, node.size, node.bold))

    def _cells(self, node: ColumnsLine) -> None:
        filled = [self._filled(cell) for cell in node.cells]
        if all(is_empty or not text.strip() for text, is_empty in filled):
            return
        count = len(filled) - 1
        widths = (*self._widths, *([0] * count))[:count]
        cells = tuple(text for text, _is_empty in filled)
        self.blocks.append(Columns(cells, widths, node.size, node.bold))

    def _filled(self, parts: Parts) -> tuple[str, bool]:
        """Return the text, and whether only empty fields stand in it."""
        texts = [x if isinstance(x, str) else self._printed_text(x) for x in parts]
        text = "".join(texts)
        self._chars += len(text)
        if self._chars > CHAR_LIMIT:
            raise UserError("template_endless", lines=BLOCK_LIMIT)
        has_field = any(isinstance(part, Path) for part in parts)
        return text, has_field and not text.strip()

    def _printed_text(self, path: Path) -> str:
        owner, value = self._look_up(path)
        if isinstance(value, bool) or not isinstance(value, str | int):
            return ""
        if owner is not None and value != "":
            self._printed.add((id(owner), path.names[-1]))
        return str(value)

    def _width(self, width: int | Path) -> int:
        value = width if isinstance(width, int) else self._look_up(width)[1]
        return min(max(0, value), WIDTH_LIMIT) if isinstance(value, int) else 0

    def _code(self, node: CodeLine) -> None:
        data, _is_empty = self._filled(node.parts)
        if not data.strip() or len(data) > _CODE_LIMIT:
            return
        if node.symbology == "qrcode":
            self.blocks.append(QrCode(data, node.size, node.correction))
        elif _is_barcode(node.symbology, data):
            code = Barcode(node.symbology, data, node.size, node.with_text)
            self.blocks.append(code)

    def _section(self, name: str) -> None:
        section = self._slip.sections.get(name)
        if section is not None:
            self.blocks += section.blocks
            self._fulfilled |= section.duties

    # ------------------------------------------------------------------ blocks

    def _branch(self, node: If) -> None:
        for condition, body in node.branches:
            if condition is None or self._holds(condition):
                self.nodes(body)
                return

    def _loop(self, node: For) -> None:
        _owner, rows = self._look_up(node.rows)
        if not isinstance(rows, Sequence) or isinstance(rows, str):
            return
        before = self._scope.get(node.variable)
        for row in rows:
            self._scope[node.variable] = row
            self._steps += 1
            self.nodes(node.body)
        self._scope[node.variable] = before

    def _holds(self, condition: Condition) -> bool:
        return any(all(map(self._answers, terms)) for terms in condition)

    def _answers(self, term: Term) -> bool:
        self._steps += 1
        left = self._operand(term.left)
        if not term.operator:
            return bool(left) is not term.is_negated
        answer = _compared(left, term.operator, self._operand(term.right))
        return answer is not term.is_negated

    def _operand(self, operand: Operand) -> object:
        return self._look_up(operand)[1] if isinstance(operand, Path) else operand

    def _look_up(self, path: Path) -> tuple[Facts | None, object]:
        """Return the mapping that holds a name, and its value; "" for neither."""
        owner: Facts | None = None
        value: object = self._scope
        for name in path.names:
            if not isinstance(value, Mapping) or name not in value:
                return None, ""
            owner, value = value, value[name]
        return (self._root if owner is self._scope else owner), value


def _compared(left: object, operator: str, right: object) -> bool:
    """Compare two texts or two numbers; anything else is only unequal."""
    if operator in ("==", "!="):
        return (left == right) is (operator == "==")
    if isinstance(left, int) and isinstance(right, int):
        signs = {"<": left < right, ">": left > right}
        signs |= {"<=": left <= right, ">=": left >= right}
        return signs[operator]
    return False


def _is_barcode(symbology: str, data: str) -> bool:
    """Tell whether a symbology can carry what the fields came to."""
    if symbology == "ean13":
        return data.isascii() and data.isdigit() and len(data) in (12, 13)
    return data.isascii() and data.isprintable() and len(data) <= 48
