"""Money is counted in whole numbers, and the rooms that count it only count."""

import ast

# math's exact functions; the others answer in binary fractions.
EXACT_MATH = {"gcd", "lcm", "isqrt", "comb", "perm", "factorial", "prod"}
OUTSIDE = ("pos_app.logs", "pos_app.resources")


def test_no_float_is_written_where_money_is_counted(pure_sources) -> None:
    found = [
        f"{source.path}:{node.lineno} {ast.unparse(node)}"
        for source in pure_sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex)
    ]
    assert found == []


def test_no_float_is_named_where_money_is_counted(pure_sources) -> None:
    found = [
        f"{source.path}:{node.lineno}"
        for source in pure_sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Name) and node.id in {"float", "complex"}
    ]
    assert found == []


def test_no_function_that_answers_in_floats_is_called(pure_sources) -> None:
    found = [
        f"{source.path}:{line} {name}"
        for source in pure_sources
        for line, name in source.imports()
        if name.startswith(("math.", "statistics", "cmath"))
        and name.removeprefix("math.") not in EXACT_MATH
    ]
    assert found == []


def test_only_the_rounding_room_rounds(pure_sources) -> None:
    found = [
        f"{source.path}:{node.lineno} {ast.unparse(node)}"
        for source in pure_sources
        if source.path != "pos_app/values/rounding.py"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "round"
    ]
    assert found == []


def test_no_file_is_opened_and_nothing_is_printed(pure_sources) -> None:
    found = [
        f"{source.path}:{node.lineno} {node.func.id}"
        for source in pure_sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"open", "print", "input", "exec", "eval", "__import__"}
    ]
    assert found == []


def test_they_are_handed_data_and_do_not_fetch_it(pure_sources) -> None:
    found = [
        f"{source.path}:{line} {name}"
        for source in pure_sources
        for line, name in source.imports()
        if name.startswith(OUTSIDE)
    ]
    assert found == []


def test_every_dataclass_is_frozen_and_slotted(pure_sources) -> None:
    found = []
    for source in pure_sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ClassDef):
                found += [
                    f"{source.path}:{node.lineno} {node.name}: {words}"
                    for words in map(ast.unparse, node.decorator_list)
                    if words.startswith(("dataclass", "dataclasses.dataclass"))
                    and not ("frozen=True" in words and "slots=True" in words)
                ]
    assert found == []
