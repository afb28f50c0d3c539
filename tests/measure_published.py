"""What of other people's prices and promotions this till does, and why not the rest.

    python -m tests.measure_published [baskets [shared folder]]

First the published cases by kind, satisfied and listed, and the reasons of the listed
ones; then the promotions that seven chains published, mapped and not; then random
baskets of their goods (none unless a number is given), in milliseconds of the processor.
"""

from __future__ import annotations

import gc
import random
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles
from time import process_time

from pos_app.domain.pricing import price_basket
from tests.contract.published_case_runner import complaint, read_cases
from tests.contract.real_baskets import MOMENT, RULES, random_basket
from tests.contract.real_promotions import FOLDER, Import, read_all

ROOT = Path(__file__).parents[1]
CASES = "data/pricing_cases"
LISTED = ROOT / "tests" / "contract" / "published_cases_not_satisfied.toml"


def case_rows(folder: Path) -> Iterator[str]:
    """Say how many cases of each kind are satisfied, and why the others are not."""
    reasons = tomllib.loads(LISTED.read_text(encoding="utf-8"))["reason"]
    cases = read_cases(folder)
    kind_of = {case["id"]: case["kind"] for case in cases}
    satisfied = Counter(case["kind"] for case in cases if not complaint(case))
    every = Counter(kind_of.values())
    yield "published cases, by kind: satisfied, of all"
    for kind, count in sorted(every.items()):
        yield f"  {satisfied[kind]:5} of {count:4}  {kind}"
    yield f"  {satisfied.total():5} of {every.total():4}  in all"
    yield "the others, by reason"
    for reason in reasons:
        kinds = ", ".join(sorted({kind_of[name] for name in reason["cases"]}))
        yield f"  {len(reason['cases']):5}  {reason['why']} ({kinds})"


def basket_row(found: Import, count: int) -> str:
    """Price random baskets; say how long it took and how many were proven optimal."""
    chance, took, optimal, saved = random.Random(20260818), [], 0, 0
    gc.disable()  # as in the till, which looks for garbage between two scans
    for _basket in range(count):
        basket, offers = random_basket(chance, found.shops)
        before = process_time()
        promoted = price_basket(basket, RULES, MOMENT, offers).promoted
        took.append((process_time() - before) * 1000)
        optimal += promoted.is_optimal
        saved += promoted.saving_minor
    gc.enable()
    cuts = quantiles(took, n=100)
    return (
        f"{count} random baskets: p50 {cuts[49]:.2f} ms, p95 {cuts[94]:.2f} ms, "
        f"max {max(took):.1f} ms; {optimal} proven optimal; {saved / 100:,.2f} saved"
    )


def main(arguments: list[str]) -> int:
    """Print everything; ends with 1 where the data are not there."""
    count = int(arguments[0]) if arguments else 0
    shared = Path(arguments[1]) if len(arguments) > 1 else ROOT.parent / "shared"
    for name in (CASES, FOLDER):
        if not (shared / name).is_dir():
            sys.stderr.write(f"there is no folder {shared / name}\n")
            return 1
    for row in case_rows(shared / CASES):
        sys.stdout.write(row + "\n")
    found = read_all(shared / FOLDER)
    sys.stdout.write(found.told() + "\n")
    if count > 1:
        sys.stdout.write(basket_row(found, count) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
