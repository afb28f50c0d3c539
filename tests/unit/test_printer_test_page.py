"""A person answers what a simulated printer shows, and the till finds its profile."""

from dataclasses import dataclass, field, replace

import pytest

from hardware.printer.profile import adjusted, load_profile
from hardware.printer.test_page import LINES, PICTURES, page_bytes, questions
from hardware.printer.test_page_result import profile_from_answers
from pos_app.ports.devices import OptionValue
from pos_app.ports.printer_guide import GuideAnswers, GuideHeard
from pos_app.ports.printing import PrinterStatus
from tests.printed_text import PICTURE, Model, lines

EPSON_PAGES = {0: "cp437", 14: "cp737", 17: "cp866", 19: "cp858"}
STAR_PAGES = {1: "cp437", 4: "cp858", 10: "cp866", 15: "cp737"}
ALL = GuideHeard(PrinterStatus.READY, answers=True, confirms=True)
NOTHING = GuideHeard(PrinterStatus.UNKNOWN)
STATUS = GuideHeard(PrinterStatus.READY, answers=True)


def readable(model: Model) -> tuple[str, ...]:
    """Return the numbers of the lines that look as the screen shows them."""
    page = lines(page_bytes(model.language), replace(model, is_strict=False))
    printed = [line.rstrip() for line in page]
    right = [str(x.number) for x in LINES if f"{x.number:2}  {x.text}" in printed]
    for number, ways in PICTURES.items():
        if any(f"{PICTURE}{way}" in printed for way in ways):
            right.append(str(number))
    return tuple(right)


@dataclass
class Case:
    model: Model
    profile: str
    options: dict[str, OptionValue] = field(default_factory=dict)
    heard: GuideHeard = ALL
    codes: tuple[str, ...] = ("12", "13")
    ruler: str = "E"
    frame: str = "576"
    cut: str = "partial"


CHINESE = Model("gbk", EPSON_PAGES, starts_in_kanji=True)
CASES = {
    "a Chinese printer": Case(CHINESE, "china"),
    "a Chinese printer for 58 mm without a knife": Case(
        CHINESE, "china", {"cutter": "none"}, ruler="B", frame="384", cut="none"
    ),
    "a Chinese printer with one page of letters": Case(
        Model("gbk", {0: "cp437"}, starts_in_kanji=True), "china", {"pages": "cp437"}
    ),
    "a Taiwanese printer": Case(Model("cp950", EPSON_PAGES), "taiwan"),
    "a Japanese printer": Case(Model("shift_jis", EPSON_PAGES), "japan"),
    "a Korean printer": Case(Model("cp949", EPSON_PAGES), "korea"),
    "a Western printer": Case(Model("", EPSON_PAGES), "epson"),
    "a Western printer of 42 columns": Case(
        Model("", EPSON_PAGES),
        "epson",
        {"dots": 512, "columns": 42},
        ruler="D",
        frame="512",
    ),
    "a printer whose codes are not drawn": Case(
        Model("", EPSON_PAGES), "epson", {"codes": "drawn"}, codes=()
    ),
    "a printer that draws QR codes only": Case(
        Model("", EPSON_PAGES), "epson", {"codes": "native_qr"}, codes=("12",)
    ),
    "a printer that cuts all the way": Case(
        Model("", EPSON_PAGES), "epson", {"cutter": "full"}, cut="full"
    ),
    "a printer that never confirms": Case(
        Model("", EPSON_PAGES), "epson", {"feedback": "status"}, heard=STATUS
    ),
    "a printer that says nothing": Case(
        Model("", EPSON_PAGES), "epson", {"feedback": "none"}, heard=NOTHING
    ),
    "a printer of pictures in GS ( L": Case(
        Model("", EPSON_PAGES, pictures=frozenset({"gs_l"})),
        "epson",
        {"raster": "gs_l"},
    ),
    "a Star": Case(
        Model("", STAR_PAGES, language="star", pictures=frozenset({"star_s"})), "star"
    ),
    "a Star of Line Mode": Case(
        Model("", STAR_PAGES, language="star", pictures=frozenset({"star_k"})),
        "star",
        {"raster": "star_k"},
    ),
    "a Chinese Star": Case(
        Model("gbk", {}, language="star", pictures=frozenset({"star_s"})), "star_china"
    ),
    "a Taiwanese Star": Case(
        Model("cp950", {}, language="star", pictures=frozenset({"star_s"})),
        "star_taiwan",
    ),
    "a Japanese Star": Case(
        Model("shift_jis", {}, language="star", pictures=frozenset({"star_s"})),
        "star_japan",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_answers_name_the_printer(case: Case) -> None:
    answers = {
        "lines": readable(case.model),
        "codes": case.codes,
        "ruler": (case.ruler,),
        "frame": (case.frame,),
        "cut": (case.cut,),
    }
    result = profile_from_answers(case.model.language, answers, case.heard)
    assert result.driver == case.model.language
    options = dict(result.options)
    assert options.pop("profile") == case.profile
    assert options.pop("paper_mm") == (58 if case.frame == "384" else 80)
    assert options == case.options
    assert result.notes
    paper = result.options["paper_mm"]
    assert isinstance(paper, int)
    made = adjusted(load_profile(case.profile, paper), result.options)
    assert made.width_dots == int(case.frame)


def test_pictures_alone_make_a_printer_of_pictures() -> None:
    answers: GuideAnswers = {"lines": ("10",), "frame": ("576",)}
    assert profile_from_answers("escpos", answers, ALL).options["profile"] == "raster"
    assert (
        profile_from_answers("escpos", answers, NOTHING).options["profile"] == "silent"
    )
    assert (
        profile_from_answers("star", answers, ALL).options["profile"] == "star_raster"
    )


def test_nothing_readable_sends_one_to_the_other_language() -> None:
    star = Model("", STAR_PAGES, language="star")
    assert profile_from_answers("escpos", {"lines": ()}, ALL).driver == ""
    assert "1" in readable(star)


def test_what_is_not_answered_is_as_with_most_printers() -> None:
    result = profile_from_answers("escpos", {"lines": ("1", "6", "7", "8")}, ALL)
    assert result.options["profile"] == "epson"
    assert result.options["paper_mm"] == 80


def test_every_answer_has_its_line_and_every_line_its_number() -> None:
    asked = {question.key: question for question in questions()}
    assert set(asked) == {"lines", "codes", "ruler", "frame", "cut"}
    numbers = [choice.number for choice in asked["lines"].choices]
    assert numbers == [*range(1, 12)]
    for question in asked.values():
        values = [choice.value for choice in question.choices]
        assert len(set(values)) == len(values)


@pytest.mark.parametrize("language", ["escpos", "star"])
def test_the_page_holds_no_control_but_commands(language: str) -> None:
    lines(page_bytes(language), Model(language=language))  # the reader asserts it
