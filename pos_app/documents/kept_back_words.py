"""What a promotion keeps back of a refund, in words: slip, panel, customer's window."""

from __future__ import annotations

from collections.abc import Iterable

from pos_app.documents.amounts import slip_amount
from pos_app.documents.layout import Block, Columns, Text
from pos_app.domain.returned_line import KeptBack, ReturnedLine
from pos_app.i18n import Words

#: An amount alone at the right edge takes what it needs; names get the rest.
_AMOUNT = 0


def kept_words(kept: KeptBack, currency: str, words: Words) -> str:
    """Say what is kept back, in a few words: "Buy one get one: 5.00 kept back"."""
    name = kept.name_in(words.language)
    if not kept.is_known:
        return words("{name}: rules not known here", name=name)
    amount = slip_amount(abs(kept.amount_minor), currency)
    if kept.amount_minor < 0:
        return words("{name}: {amount} more comes back", name=name, amount=amount)
    return words("{name}: {amount} kept back", name=name, amount=amount)


def kept_reason(kept: KeptBack, currency: str, words: Words) -> str:
    """Say why: what had been let go on the goods that stay, and what is now."""
    if not kept.is_known:
        return words("Each unit gives back its own price.")
    if not kept.given_minor and not kept.due_minor:
        return words("Nothing of it stays, so what was kept back is given back.")
    return words(
        "The goods that stay had {given} off in it; alone they have {due} off.",
        given=slip_amount(kept.given_minor, currency),
        due=slip_amount(kept.due_minor, currency),
    )


def kept_rows(line: ReturnedLine, currency: str, words: Words) -> Iterable[Block]:
    """Yield the rows of a slip below goods that come back."""
    for kept in filter(_is_told, line.kept_back):
        said = f"  {kept_words(kept, currency, words)}"
        if kept.shelf_minor:
            amount = slip_amount(kept.shelf_minor, currency)
            yield Columns((said, amount), (_AMOUNT,))
        else:
            yield Text(said)
        yield Text(f"  {kept_reason(kept, currency, words)}")


def kept_by_promotion(returns: Iterable[ReturnedLine]) -> tuple[KeptBack, ...]:
    """Add up what each promotion keeps back of some goods, in order of first use."""
    found: dict[tuple[str, str, int], KeptBack] = {}
    for line in returns:
        sale_id = line.origin.sale_id if line.origin else ""
        for kept in line.kept_back:
            key = (sale_id, kept.promotion_id, kept.version)
            before = found.get(key)
            found[key] = kept if before is None else _sum(before, kept)
    return tuple(filter(_is_told, found.values()))


def kept_parts(line: ReturnedLine, currency: str, words: Words) -> tuple[str, ...]:
    """Say of one line what each promotion keeps back."""
    told = filter(_is_told, line.kept_back)
    return tuple(kept_words(kept, currency, words) for kept in told)


def _is_told(kept: KeptBack) -> bool:
    return kept.is_told


def _sum(one: KeptBack, other: KeptBack) -> KeptBack:
    return KeptBack(
        one.promotion_id,
        one.version,
        one.name,
        one.amount_minor + other.amount_minor,
        one.names,
        one.shelf_minor + other.shelf_minor,
        (*one.taxes, *other.taxes),
        one.given_minor,
        one.due_minor,
        one.is_known,
    )
