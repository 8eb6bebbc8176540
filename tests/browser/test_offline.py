"""What a reader still has when the network is gone, in Chromium."""

import re

from playwright.sync_api import Page, expect

from esimguide.models import Procedure, Status
from tests.browser.pointer import show_a_hand

PROCEDURE = "/zh-hant/carriers/cmhk/prepaid-card-lost/"
NOTE = "main .warning[role=note]"
TITLE = f"{NOTE} .warning__title"
KEPT = "caches.open('pages').then(pages => pages.keys()).then(all => all.map(one => one.url))"


def read_two_pages(page: Page, guide: str) -> None:
    """Open a carrier, then its procedure by a tap, and wait until both are kept."""
    page.goto(f"{guide}/zh-hant/carriers/cmhk/")
    page.locator(f'.card__link[href="{PROCEDURE}"]').first.click()
    page.wait_for_url(f"{guide}{PROCEDURE}")
    show_a_hand(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    wait_for_kept(page, 3)


def wait_for_kept(page: Page, count: int) -> None:
    """Wait until this many pages are kept."""
    for _ in range(100):
        if len(page.evaluate(KEPT)) == count:
            return
        page.wait_for_timeout(50)  # ms
    raise AssertionError(page.evaluate(KEPT))


def test_pages_that_were_read_stand_without_a_network(page: Page, guide: str) -> None:
    read_two_pages(page, guide)
    page.context.set_offline(True)
    page.reload()
    expect(page.locator(TITLE)).to_have_text("連不上本指南")
    expect(page.locator(NOTE)).to_contain_text(re.compile(r"這是20\d\d年\d+月\d+日.*的副本"))
    expect(page.locator(".step")).not_to_have_count(0)
    page.goto(f"{guide}/zh-hant/carriers/cmhk/")
    expect(page.locator("h1")).to_have_text("中國移動香港")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("h1")).to_have_text("中國移動香港")
    expect(page.locator(NOTE)).to_have_count(0)


def test_back_without_a_network_shows_what_stands_in_the_address(page: Page, guide: str) -> None:
    read_two_pages(page, guide)
    page.get_by_role("link", name="逐步看").click()
    page.get_by_role("link", name="下一步").click()
    expect(page.locator("#step-2")).to_be_visible()
    page.context.set_offline(True)
    for place in ("?step=1", ""):
        page.go_back()
        expect(page).to_have_url(f"{guide}{PROCEDURE}{place}")
        expect(page.locator(TITLE)).to_have_text("連不上本指南")
        page.wait_for_load_state()
    expect(page.locator("#step-1")).to_be_attached()


def test_a_part_that_cannot_be_fetched_is_followed_as_a_page(page: Page, guide: str) -> None:
    read_two_pages(page, guide)
    page.context.set_offline(True)
    page.get_by_role("link", name="逐步看").click()
    expect(page.locator(TITLE)).to_have_text("連不上本指南")
    expect(page.locator("h1")).to_have_text("補領儲值實體卡")
    expect(page.locator(".step")).not_to_have_count(0)


def test_the_first_ten_minutes_stand_in_for_what_is_not_kept(page: Page, guide: str) -> None:
    read_two_pages(page, guide)
    page.goto(f"{guide}/zh-hant/first-ten-minutes/#ring")
    page.goto(f"{guide}/zh-hant/search/?q=補領 $'")
    page.context.set_offline(True)
    page.goto(f"{guide}/zh-hant/glossary/")
    expect(page.locator(TITLE)).to_have_text("連不上本指南")
    expect(page.locator(".loss-lines li")).not_to_have_count(0)
    expect(page.locator("main")).to_have_count(1)
    page.locator(f"{NOTE} summary").click()
    expect(page.locator(f"{NOTE} li")).to_have_text(
        ["中國移動香港", re.compile("補領儲值"), "頭十分鐘怎樣做", "搜尋：補領 $'"]
    )
    page.locator(f'{NOTE} a[href$="{PROCEDURE}"]').click()
    expect(page.locator(".step")).not_to_have_count(0)


def test_each_language_has_its_own_and_else_the_other(page: Page, guide: str) -> None:
    read_two_pages(page, guide)
    page.context.set_offline(True)
    page.goto(f"{guide}/zh-hans/devices/")
    expect(page.locator("h1")).to_have_text("頭十分鐘怎樣做")
    page.context.set_offline(False)
    page.goto(f"{guide}/zh-hans/glossary/")
    wait_for_kept(page, 5)
    page.context.set_offline(True)
    page.goto(f"{guide}/10")
    expect(page.locator(TITLE)).to_have_text("連不上本指南")
    page.goto(f"{guide}/zh-hans/devices/")
    expect(page.locator("h1")).to_have_text("头十分钟怎么做")


def test_what_is_a_readers_own_is_not_kept(page: Page, guide: str) -> None:
    read_two_pages(page, guide)
    before = page.evaluate(KEPT)
    for path in ("zh-hant/ask/", "admin/login/", "zh-hant/none/", "zh-hant/saved/"):
        page.goto(f"{guide}/{path}")
    expect(page.locator("#saved li")).to_have_count(3)
    assert page.evaluate(KEPT) == before


def test_what_is_gone_from_the_guide_is_gone_from_the_phone(page: Page, guide: str) -> None:
    read_two_pages(page, guide)
    Procedure.objects.filter(slug="prepaid-card-lost").update(status=Status.DRAFT)
    page.reload()
    expect(page.locator("h1")).to_have_text("找不到這個網頁")
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("h1")).to_have_text("頭十分鐘怎樣做")


def test_all_that_is_kept_can_be_deleted(page: Page, guide: str) -> None:
    read_two_pages(page, guide)
    page.goto(f"{guide}/zh-hant/saved/")
    expect(page.locator("#saved")).to_contain_text("補領儲值實體卡")
    page.get_by_role("button", name="全部刪除").click()
    expect(page.locator("#saved-none")).to_be_visible()
    expect(page.locator("#saved-some")).to_be_hidden()
    page.reload()
    page.mouse.move(9, 9)
    page.wait_for_timeout(500)  # ms; long enough to keep something
    assert page.evaluate(KEPT) == []


def test_one_page_alone_costs_no_worker(page: Page, guide: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{guide}{PROCEDURE}")
    show_a_hand(page)
    page.wait_for_timeout(500)  # ms; long enough to ask for it
    assert [url for url in asked if url.endswith("/sw.js")] == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
