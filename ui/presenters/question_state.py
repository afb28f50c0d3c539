"""What a question asks: named answers, never "OK"."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: what `answered` says, the words on the key, an icon."""

    key: str
    words: str
    icon: str = ""
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, what it means, and the answers; one of them is the main one."""

    icon: str
    title: str
    text: str
    answers: tuple[Answer, ...]
