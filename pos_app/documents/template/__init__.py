"""Slips as the shop writes them: a small language without loops of its own making.

A template is lines. What stands on paper is written in ReceiptLine's markup (OFSC
ReceiptLine Specification: columns between `|`, `^` for size, `"` for bold, `-` for a
rule, `=` for a cut, `{code:...}`); fields stand in `{{ }}` and are put in after the
line was understood, so that no name of an item can ever become markup. `{% for %}`
goes over the lists of the slip's own facts, `{% if %}` asks for them; there is
nothing else: no arithmetic, no calls, no attributes, no files.
"""
