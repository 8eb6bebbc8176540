"""An editor's way in Chromium, on a phone: first sign-in, desk, list, form, queue; axe on each."""

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Browser, Page, expect

from esimguide.admin.desk import SECTIONS
from esimguide.models import Fact, Link, Source, Status, Topic
from tests.factories import make_editor

PHONE = {"width": 360, "height": 740}


def faults(page: Page, where: str) -> list[tuple[str, str, str]]:
    """Return what axe finds on a page, and whether it stands out of the screen at the side."""
    found = Axe().run(page).response["violations"]
    wrong = [(where, fault["id"], fault["nodes"][0]["html"][:200]) for fault in found]
    if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
        wrong.append((where, "wider than the screen", ""))
    return wrong


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_editor_signs_in_and_checks_a_fact(
    browser: Browser, guide: str, language: str, scheme: str
) -> None:
    make_editor(username="mei", password="correct horse battery")
    fact = Fact.objects.exclude(source=None).first()
    assert fact is not None
    Fact.objects.filter(pk=fact.pk).update(check_again_on=timezone.localdate())
    Topic.objects.filter(pk=Topic.objects.first().pk).update(status=Status.REVIEW)
    url = Source.objects.first().url
    Link.objects.create(url=url, outcome=Link.Outcome.GONE, tried_at=timezone.now())
    context = browser.new_context(viewport=PHONE, locale="zh", color_scheme=scheme)
    context.set_default_timeout(10_000)
    context.set_extra_http_headers({"Accept-Language": language})
    page = context.new_page()
    refusals: list[str] = []
    found: list[tuple[str, str, str]] = []
    page.on("console", lambda m: refusals.append(m.text) if m.type == "error" else None)

    page.goto(f"{guide}/admin/")
    found += faults(page, "sign-in")
    page.locator("#id_username").fill("mei")
    page.locator("#id_password").fill("correct horse battery")
    page.keyboard.press("Enter")

    expect(page.locator("svg.qr__code")).to_be_visible()
    found += faults(page, "enrolment")
    code = totp(TOTPDevice.objects.get().bin_key)
    page.locator("#id_otp_token").fill(f"{code:06d}")
    page.keyboard.press("Enter")
    expect(page.locator(".sign-in__codes li")).to_have_count(8)
    found += faults(page, "recovery codes")
    page.locator("#content-main .button").press("Enter")

    expect(page.locator(".desk__section")).to_have_count(len(SECTIONS))
    found += faults(page, "desk")
    page.goto(f"{guide}/admin/desk/doubtful/")
    found += faults(page, "list of the desk")
    page.goto(f"{guide}/admin/esimguide/fact/")
    found += faults(page, "list")
    page.goto(f"{guide}/admin/esimguide/fact/{fact.pk}/change/")
    found += faults(page, "form")
    page.goto(f"{guide}/admin/esimguide/fact/import/")
    found += faults(page, "import")
    page.goto(f"{guide}/admin/check/")
    found += faults(page, "queue")
    for summary in page.locator("summary").all():
        summary.press("Enter")
    found += faults(page, "queue, all forms open")
    page.locator('[value="still"]').press("Enter")
    expect(page.locator(".messagelist li")).to_be_visible()
    fact.refresh_from_db()
    assert fact.checked_on == timezone.localdate()
    assert fact.check_again_on is not None
    assert fact.check_again_on > timezone.localdate() + dt.timedelta(days=14)
    assert (found, refusals) == ([], [])
    context.close()
