"""guitai bench: the speeds that are promised, measured on this machine."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.cli import add_json_option, say_json, say_progress
from pos_app.i18n import _

if TYPE_CHECKING:
    from pos_app.cli.bench_figures import Figure

#: What another process of the bench does; see `bench_parts`.
PARTS = ("slips", "start", "kill", "import", "screen")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    parser.add_argument(
        "--quick", action="store_true", help="20,000 items, few samples"
    )
    parser.add_argument("--items", type=int, help="items in the catalogue")
    parser.add_argument(
        "--keep", type=Path, help="where the catalogue is kept for the next run"
    )
    parser.add_argument(
        "--peers",
        action="store_true",
        help="promotions beside django-oscar's (requirements/peers.txt)",
    )
    # The bench starts itself again for what must happen in a process of its own.
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--samples", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--shop", type=Path, help=argparse.SUPPRESS)
    add_json_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """Measure; exit code 0 also when a target is missed: a busy machine is no bug."""
    if parsed.part:
        from pos_app.cli.bench_parts import play

        return play(parsed.part, parsed.shop, parsed.items, parsed.samples)
    if parsed.peers:
        return _beside(parsed)
    from pos_app.cli.bench_figures import table_of

    figures = []
    for figure in _measured(parsed):
        say_progress(f"{figure.name}: {figure.value:.3g} {figure.unit}")
        figures.append(figure)
    if parsed.json:
        say_json([figure.plain() for figure in figures])
        return 0
    print("\n".join(table_of(figures)))
    met = [figure.met for figure in figures if figure.met is not None]
    print(_("{met} of {count} targets met", met=sum(met), count=len(met)))
    return 0


def _measured(parsed: argparse.Namespace) -> Iterator[Figure]:
    from pos_app.cli.bench_run import measure, scale_of

    return measure(scale_of(parsed), parsed.keep)


def _beside(parsed: argparse.Namespace) -> int:
    """Price the same baskets in another engine; both side by side."""
    from pos_app.cli.bench_peers import compare, peer_table

    found = []
    for each in compare(parsed.samples or (3 if parsed.quick else 10)):
        say_progress(each.name)
        found.append(each)
    if parsed.json:
        say_json([figure.plain() for each in found for figure in each.figures()])
        return 0
    print("\n".join(peer_table(found)))
    return 0
