"""The search box in Chromium: hits while one types, and the same without scripts."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pointer import show_a_hand

ADDRESS = "/zh-hant/answer/?carrier=3hk&situation=new-phone"


def test_hits_follow_what_is_typed(page: Page, guide: str) -> None:
    page.goto(f"{guide}/zh-hant/search/")
    show_a_hand(page)
    page.get_by_label("搜尋本指南").press_sequentially("3HK 換機", delay=30)
    expect(page.locator(".way-on a")).to_have_attribute("href", ADDRESS)
    expect(page).to_have_url(f"{guide}/zh-hant/search/?q=3HK%20%E6%8F%9B%E6%A9%9F")
    expect(page.locator("#status")).to_contain_text("找到")
    expect(page.get_by_label("搜尋本指南")).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_box_of_any_page_leads_to_an_answer(
    browser: Browser,
    guide: str,
    scripts: bool,  # noqa: FBT001 (a parameter of the test)
) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto(f"{guide}/zh-hant/about/")
    page.get_by_label("搜尋本指南").fill("三香港 换手机")
    page.get_by_role("button", name="搜尋").click()
    expect(page.locator(".hit__title").first).to_be_visible()
    page.locator(".way-on a").click()
    expect(page).to_have_url(f"{guide}{ADDRESS}")
    context.close()
