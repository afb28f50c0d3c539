"""What every line of `guitai replay` has in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class ReplayCommand(BaseModel):
    """One thing that somebody does at the counter."""

    # A number where digits are meant ("quantity": 3) is as good as its text.
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)
