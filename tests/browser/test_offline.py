"""What a reader still has when the network is gone, in Chromium."""

import re

from playwright.sync_api import Page, expect

from tests.browser.hand import show_a_hand

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
    for _ in range(100):
        if len(page.evaluate(KEPT)) == 3:
            return
        page.wait_for_timeout(50)  # ms
    raise AssertionError(page.evaluate(KEPT))


def test_pages_that_were_read_stand_without_a_network(page: Page, guide: str) -> None:
    read_two_pages(page, guide)
    page.context.set_offline(True)
    page.reload()
    expect(page.locator(TITLE)).to_have_text("沒有網絡")
    expect(page.locator(NOTE)).to_contain_text(re.compile(r"這是20\d\d年\d+月\d+日.*的副本"))
    expect(page.locator(".step")).not_to_have_count(0)
    page.goto(f"{guide}/zh-hant/carriers/cmhk/")
    expect(page.locator("h1")).to_have_text("中國移動香港")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("h1")).to_have_text("中國移動香港")
    expect(page.locator(NOTE)).to_have_count(0)


def test_the_first_ten_minutes_stand_in_for_what_is_not_kept(page: Page, guide: str) -> None:
    read_two_pages(page, guide)
    page.context.set_offline(True)
    page.goto(f"{guide}/zh-hant/glossary/")
    expect(page.locator(TITLE)).to_have_text("沒有網絡")
    expect(page.locator(".loss-lines li")).not_to_have_count(0)
    page.locator(f'{NOTE} a[href$="{PROCEDURE}"]').click()
    expect(page.locator(".step")).not_to_have_count(0)


def test_what_is_a_readers_own_is_not_kept(page: Page, guide: str) -> None:
    read_two_pages(page, guide)
    before = page.evaluate(KEPT)
    page.goto(f"{guide}/zh-hant/ask/")
    page.goto(f"{guide}/admin/login/")
    page.goto(f"{guide}/zh-hant/none/")
    page.goto(f"{guide}/zh-hant/saved/")
    expect(page.locator("#saved li")).to_have_count(4)
    assert set(page.evaluate(KEPT)) == {*before, f"{guide}/zh-hant/saved/"}


def test_all_that_is_kept_can_be_deleted(page: Page, guide: str) -> None:
    read_two_pages(page, guide)
    page.goto(f"{guide}/zh-hant/saved/")
    expect(page.locator("#saved")).to_contain_text("補領儲值實體卡")
    page.get_by_role("button", name="全部刪除").click()
    expect(page.locator("#saved-none")).to_be_visible()
    expect(page.locator("#saved-some")).to_be_hidden()
    assert page.evaluate(KEPT) == []


def test_one_page_alone_costs_no_worker(page: Page, guide: str) -> None:
    page.goto(f"{guide}{PROCEDURE}")
    show_a_hand(page)
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
