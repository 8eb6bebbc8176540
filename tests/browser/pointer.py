"""A reader's hand on the page, at whose first sign a page fetches htmx."""

from playwright.sync_api import Page

WHEN_THERE = "new Promise(then => { (look = () => window.htmx ? then() : setTimeout(look, 9))() })"


def show_a_hand(page: Page) -> None:
    """Move the pointer, and wait until htmx has come."""
    page.mouse.move(9, 9)
    page.evaluate(WHEN_THERE)
