"""The manual: every page in every language, found by words and by screen."""

from __future__ import annotations

import re

import pytest
from PIL import Image

from pos_app.cli.manual_pictures import WIDTH_PX, scenes_named
from pos_app.errors import UserError
from pos_app.i18n import LANGUAGES
from pos_app.services.manual import FIRST_PAGE, Manual, ManualPage, plain_text

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)]*)\)")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]*)\)")
STEP = re.compile(r"\d+\. ")


@pytest.fixture(params=LANGUAGES)
def manual(request: pytest.FixtureRequest) -> Manual:
    return Manual(request.param)


def test_the_languages_have_the_same_pages_about_the_same_screens():
    pages = [[(p.key, p.screens) for p in Manual(tag).pages] for tag in LANGUAGES]
    assert pages[0]
    assert all(other == pages[0] for other in pages)


def test_a_screen_without_a_page_gets_the_first_one(manual: Manual):
    assert manual.page_for("nothing_like_it").key == FIRST_PAGE


def test_the_longest_name_of_a_screen_wins(manual: Manual):
    for page in manual.pages:
        for screen in page.screens:
            assert manual.page_for(f"{screen}_and_more").screens >= ()
            assert screen in manual.page_for(screen).screens


def test_links_lead_to_pages(manual: Manual):
    keys = {page.key for page in manual.pages}
    for page in manual.pages:
        assert set(LINK.findall(page.text)) <= keys, page.key


def test_pictures_are_there_and_say_what_they_show(manual: Manual):
    for page in manual.pages:
        for words, scene in PICTURE.findall(page.text):
            assert words, (page.key, scene)
            assert manual.picture(scene).exists(), (page.key, scene)


def test_every_page_is_found_by_its_title_and_by_its_words(manual: Manual):
    for page in manual.pages:
        assert page.key in {hit.page.key for hit in manual.find(page.title)}
        for word in page.words.split():
            assert page.key in {hit.page.key for hit in manual.find(word)}, word


def test_all_words_must_be_there_and_nothing_finds_nothing(manual: Manual):
    assert manual.find("") == ()
    assert manual.find("   ") == ()
    title = manual.pages[0].title
    assert manual.find(f"{title} zzzzzz") == ()


def test_what_is_found_shows_the_words_around(manual: Manual):
    word = plain_text(manual.pages[0].text).split()[-1][:3]
    hit = next(h for h in manual.find(word) if h.page == manual.pages[0])
    assert word.casefold() in hit.around.casefold()


def test_a_page_that_is_not_there_is_said():
    with pytest.raises(UserError, match="manual_page_missing"):
        Manual("en").page("no such page")


def test_another_language_gets_english():
    assert Manual("de").language == "en"


def shape(page: ManualPage) -> tuple[list[str], list[str], list[str], int, int]:
    """Return what a page must share with the same page of another language."""
    lines = page.text.splitlines()
    return (
        [line.split(" ")[0] for line in lines if line.startswith("#")],
        [scene for _words, scene in PICTURE.findall(page.text)],
        LINK.findall(page.text),
        sum(bool(STEP.match(line)) for line in lines),
        sum(line.startswith("- ") for line in lines),
    )


def test_a_page_has_the_same_headings_pictures_links_and_steps_in_every_language():
    pages = [Manual(tag).pages for tag in LANGUAGES]
    for several in zip(*pages, strict=True):
        first, *others = (shape(page) for page in several)
        assert all(other == first for other in others), several[0].key


def test_a_page_begins_with_no_heading_of_its_own(manual: Manual):
    for page in manual.pages:
        assert not re.search(r"^# ", page.text, re.MULTILINE), page.key


def test_every_page_can_be_reached_by_a_link_or_by_a_screen(manual: Manual):
    linked = {key for page in manual.pages for key in LINK.findall(page.text)}
    for page in manual.pages:
        assert page.screens or page.key in linked, page.key


def test_the_pages_that_the_doctor_opens_are_there(manual: Manual):
    for key in ("restore", "update", "safety"):
        assert manual.page(key).text


@pytest.mark.parametrize("words", ["退货", "退貨", "return"])
def test_the_words_of_any_language_find_the_page_about_returns(
    manual: Manual, words: str
):
    assert manual.find(words)[0].page.key == "returns"


def test_no_picture_lies_there_that_no_page_shows(manual: Manual):
    folder = manual.picture("any").parent
    kept = {file.stem for file in folder.glob("*.png")}
    assert kept == set(scenes_named(manual.language))


def test_pictures_are_small_and_as_wide_as_a_page(manual: Manual):
    for scene in scenes_named(manual.language):
        file = manual.picture(scene)
        assert file.stat().st_size < 60_000, scene
        with Image.open(file) as image:
            assert image.width <= WIDTH_PX, scene
    folder = manual.picture("any").parent.parent
    assert sum(file.stat().st_size for file in folder.rglob("*.png")) < 6_000_000
