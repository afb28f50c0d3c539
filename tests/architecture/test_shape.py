"""Small files, short functions, whole words, nothing left for later."""

import ast
import re

MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 70
MAX_ARGUMENTS = 5
# Names that say nothing, so that everything ends up in them.
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}
FOR_LATER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplemented(Error)?\b")
A_MACHINES_PATH = re.compile(
    r"(?<![\w.])/(?:home|root|Users|work|tmp|opt)/\w|[A-Za-z]:\\\\?Users"
)
# What must outlive any fault: the program, worker threads, and loading drivers of others.
LAST_RESORTS = re.compile(
    r"(^|/)(app|__main__|tasks|\w*worker|\w*_thread|registry)\.py$"
)


def functions(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of the body; a docstring explains and is free."""
    first = node.body[0]
    documented = ast.get_docstring(node, clean=False) is not None
    start = first.end_lineno if documented else first.lineno - 1
    return (node.end_lineno or 0) - (start or 0)


def catches_everything(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    names = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
    return bool(names & {"Exception", "BaseException"})


def passes_on(handler: ast.ExceptHandler) -> bool:
    """Tell whether the handler tidies up and lets the fault go on."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_no_file_is_long(sources) -> None:
    lines = {
        source.path: len(source.text.splitlines())
        for source in sources
        if not source.is_migration  # one schema is one listing, and never edited again
    }
    found = {path: n for path, n in lines.items() if n > MAX_FILE_LINES}
    assert found == {}


def test_no_function_is_long(sources) -> None:
    found = {
        f"{source.path}:{node.lineno} {node.name}": length(node)
        for source in sources
        if not source.is_migration
        for node in functions(source.tree)
        if length(node) > MAX_FUNCTION_LINES
    }
    assert found == {}


def test_no_module_has_an_empty_name(sources) -> None:
    found = [
        source.path
        for source in sources
        if EMPTY_NAMES & set(source.path.removesuffix(".py").split("/"))
    ]
    assert found == []


def test_nothing_is_left_for_later(sources) -> None:
    found = [
        f"{source.path}:{number} {line.strip()}"
        for source in sources
        for number, line in enumerate(source.text.splitlines(), 1)
        if FOR_LATER.search(line)
    ]
    assert found == []


def test_no_machines_own_path_is_written_down(sources) -> None:
    found = [
        f"{source.path}:{number} {line.strip()}"
        for source in sources
        for number, line in enumerate(source.text.splitlines(), 1)
        if A_MACHINES_PATH.search(line)
    ]
    assert found == []


def test_only_loops_of_last_resort_catch_everything(sources) -> None:
    found = [
        f"{source.path}:{node.lineno}"
        for source in sources
        if not LAST_RESORTS.search(source.path)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler)
        and catches_everything(node)
        and not passes_on(node)
    ]
    assert found == []


def test_every_public_function_is_typed(sources) -> None:
    found = [
        f"{source.path}:{node.lineno} {node.name}"
        for source in sources
        for node in functions(source.tree)
        if node.returns is None
    ]
    assert found == []


def test_a_painter_ends_whatever_happens(sources) -> None:
    """One that is left when painting fails ends the whole program later on."""
    made = re.compile(r"(?<!with )\bQPainter\(\w")
    found = [
        f"{source.path}:{number}"
        for source in sources
        for number, line in enumerate(source.text.splitlines(), 1)
        if made.search(line)
    ]
    assert found == []
