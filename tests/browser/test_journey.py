"""A reader's way in Chromium: home → carrier → procedure → step by step → printed checklist."""

import re
import subprocess
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.pointer import show_a_hand

PHONE = {"width": 360, "height": 740}
LANGUAGES = pytest.mark.parametrize(
    ("language", "taps", "verdict", "sheet", "printed"),
    [
        (
            "zh-hant",
            ("中國移動香港", "手機遺失或被盜", "內地"),
            "要到香港辦理",
            "可列印的清單",
            ("卡套", "HK$10", "2945 8888", "門市"),
        ),
        (
            "zh-hans",
            ("中国移动香港", "手机丢失或被盗", "内地"),
            "要去香港办理",
            "可打印的清单",
            ("卡套", "HK$10", "+852 2945 8888", "营业厅"),
        ),
    ],
    ids=["hant", "hans"],
)


@LANGUAGES
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_reader_reaches_and_prints_a_checklist(
    browser: Browser,
    guide: str,
    tmp_path: Path,
    scripts: bool,  # noqa: FBT001 (a parameter of the test)
    language: str,
    taps: tuple[str, ...],
    verdict: str,
    sheet: str,
    printed: tuple[str, ...],
) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=scripts)
    context.set_default_timeout(10_000)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{guide}/{language}/")
    for tap in taps:
        page.locator(".choice", has_text=tap).first.click()
    expect(page.locator("h1")).to_have_text(verdict)
    expect(page.locator('a[href="tel:+85229458888"]').first).to_be_visible()
    page.locator('.card__link[href$="/prepaid-card-lost/"]').click()
    expect(page.locator(".step")).not_to_have_count(0)
    page.get_by_role("link", name=sheet).click()
    expect(page.locator("svg.qr__code")).to_be_visible()
    pdf = tmp_path / "sheet.pdf"
    page.pdf(path=pdf, format="A4", prefer_css_page_size=True)
    paper = subprocess.run(  # noqa: S603 (our own file)
        ["/usr/bin/pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True
    ).stdout
    text = re.sub(r"\s+", " ", paper)
    assert [word for word in printed if word not in text] == []
    assert f"/{language}/carriers/cmhk/prepaid-card-lost/" in text
    assert [url for url in asked if not url.startswith((guide, "data:"))] == []
    assert context.cookies() == []
    context.close()


def test_ticking_what_one_has_redraws_the_routes_and_says_so(page: Page, guide: str) -> None:
    address = f"{guide}/zh-hant/answer/?carrier=cmhk"
    rest = "&place=hong-kong&situation=lost-phone"
    page.goto(address + rest)
    show_a_hand(page)
    box = page.get_by_label("SIM卡的卡套（原裝卡板）")
    box.check()
    expect(page).to_have_url(f"{address}&have=card-holder{rest}")
    expect(page.locator("#status")).to_have_text(
        page.locator("#routes").get_attribute("data-status")
    )
    expect(box).to_be_focused()
    card = page.locator(".card", has=page.locator('a[href$="/prepaid-card-lost/"]'))
    expect(card.locator(".card__state")).to_have_text("可行")
    page.reload()
    expect(box).to_be_checked()
    page.go_back()
    expect(card.locator(".card__state")).to_have_text("須符合條件")


def test_one_step_at_a_time_swaps_focuses_and_goes_back(page: Page, guide: str) -> None:
    address = f"{guide}/zh-hant/carriers/cmhk/prepaid-card-lost/"
    page.goto(address)
    show_a_hand(page)
    everything = page.locator(".step").count()
    page.get_by_role("link", name="逐步看").click()
    expect(page).to_have_url(f"{address}?step=1")
    expect(page.locator(".step")).to_have_count(1)
    expect(page.locator(".step__title").first).to_be_focused()
    page.get_by_role("link", name="下一步").click()
    expect(page).to_have_url(f"{address}?step=2")
    page.reload()
    expect(page.locator(".step")).to_have_count(1)
    page.go_back()
    expect(page.locator("#step-1")).to_be_visible()
    page.go_back()
    expect(page.locator(".step")).to_have_count(everything)


@pytest.mark.parametrize(
    ("path", "scripts"),
    [
        ("carriers/cmhk/prepaid-card-lost/", ["guide.js", "htmx-2.min.js"]),
        ("carriers/cmhk/", ["guide.js"]),  # has nothing that can be redrawn
    ],
)
def test_who_only_reads_pays_for_no_script(
    page: Page, guide: str, path: str, scripts: list[str]
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(f"{guide}/zh-hant/{path}")
    expect(page.locator("head > link[media=print]")).to_be_attached()
    assert asked == ["", "print.css"]
    with page.expect_request(f"**/{scripts[-1]}"):
        page.mouse.move(9, 9)
    page.keyboard.press("End")
    page.wait_for_timeout(500)  # ms; long enough for one more request, were it sent
    assert asked[2:] == scripts


def test_ticks_made_before_htmx_came_are_taken_up(page: Page, guide: str) -> None:
    waiting: list[Route] = []
    page.route("**/htmx-2.min.js", lambda route: waiting.append(route))  # noqa: PLW0108 (it sets an attribute)
    page.goto(f"{guide}/zh-hant/answer/?carrier=cmhk&place=hong-kong&situation=lost-phone")
    page.get_by_label("SIM卡的卡套（原裝卡板）").check()
    while not waiting:
        page.wait_for_timeout(20)  # ms
    waiting[0].continue_()
    expect(page).to_have_url(re.compile("have=card-holder"))
    expect(page.locator("#status")).not_to_be_empty()


def test_back_lands_where_the_reader_was(page: Page, guide: str) -> None:
    page.goto(f"{guide}/zh-hant/carriers/cmhk/prepaid-card-lost/")
    show_a_hand(page)
    page.get_by_role("link", name="逐步看").click()
    page.get_by_role("link", name="下一步").click()
    expect(page.locator("#step-2")).to_be_in_viewport()
    page.go_back()
    expect(page.locator("#step-1")).to_be_in_viewport()


def test_a_tap_quicker_than_htmx_follows_the_link(page: Page, guide: str) -> None:
    page.route("**/htmx-2.min.js", lambda _route: None)  # never comes
    page.goto(f"{guide}/zh-hant/carriers/cmhk/prepaid-card-lost/")
    page.get_by_role("link", name="逐步看").click()
    page.get_by_role("link", name="下一步").click()
    expect(page).to_have_url(re.compile(r"\?step=2#steps$"))
    expect(page.locator(".step")).to_have_count(1)


def test_language_switch_keeps_page_and_query(page: Page, guide: str) -> None:
    page.goto(f"{guide}/zh-hant/carriers/cmhk/prepaid-card-lost/?step=2")
    page.get_by_role("link", name="简体").click()
    expect(page).to_have_url(f"{guide}/zh-hans/carriers/cmhk/prepaid-card-lost/?step=2")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans-CN")


PATHS = (
    *("", "carriers/", "carriers/cmhk/", "carriers/cmhk/prepaid-card-lost/", "documents/"),
    *(
        "carriers/cmhk/prepaid-card-lost/checklist/",
        "misconceptions/",
        "questions/",
        "questions/loss/",
        "codes/",
        "codes/hsbc/",
        "topics/",
    ),
    *("topics/staying-safe/", "glossary/", "changes/", "about/", "none/", "search/?q=esim"),
    *("search/?q=火星文", "compare/", "compare/?carrier=3hk&carrier=cmhk"),
    *("devices/", "devices/iphone-air-mainland/", "topics/erase-repair-restore/"),
    *(
        "ask/",
        "ask/?carrier=cmhk&place=mainland",
        "privacy/",
        "saved/",
        "report/channel/cmhk/hotline/",
    ),
    *("report/step/cmhk/prepaid-card-lost/1/", "report/thanks/"),
)


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_a_small_phone_and_pass_axe(
    browser: Browser, guide: str, language: str, scheme: str
) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme)
    page = context.new_page()
    for path in PATHS:
        page.goto(f"{guide}/{language}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        found = Axe().run(page).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == [], path
