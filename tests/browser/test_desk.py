"""An editor's ways in Chromium, on a phone and on a desk: from the first sign-in to the queue, and
from a working copy to readers and back; axe and the width of the page at every stop.
"""

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Browser, Page, expect

from esimguide.admin.desk.desk import WORK_LISTS
from esimguide.models import Fact, LinkCheck, Procedure, Source, Status, Topic
from tests.admin.form import enter
from tests.factories import make_editor

PHONE = {"width": 360, "height": 740}
WIDE = {"width": 1280, "height": 900}

type Faults = list[tuple[str, str, str]]


def faults(page: Page, where: str) -> Faults:
    """Return what axe finds on a page, and whether it stands out of the screen at the side."""
    # jQuery makes and names the boxes that search, at times a moment after the page has loaded.
    expect(page.locator(".select2-selection[aria-labelledby^=select2-]")).to_have_count(0)
    found = Axe().run(page).response["violations"]
    wrong = [(where, fault["id"], fault["nodes"][0]["html"][:200]) for fault in found]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        wrong.append((where, "wider than the screen", ""))
    return wrong


def faults_at_both_widths(page: Page, where: str) -> Faults:
    """Return the same for a phone and for a wide screen."""
    found: Faults = []
    for size in (PHONE, WIDE):
        page.set_viewport_size(size)
        found += faults(page, f"{where}, {size['width']} px")
    return found


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
    LinkCheck.objects.create(url=url, outcome=LinkCheck.Outcome.GONE, tried_at=timezone.now())
    context = browser.new_context(viewport=PHONE, locale="zh", color_scheme=scheme)
    context.set_default_timeout(10_000)
    context.set_extra_http_headers({"Accept-Language": language})
    page = context.new_page()
    refusals: list[str] = []
    found: Faults = []
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

    expect(page.locator(".desk__section")).to_have_count(len(WORK_LISTS))
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


# ---- from a working copy to readers --------------------------------------------------------------

BOTH = pytest.mark.parametrize(
    ("language", "scheme"), [("zh-hant", "light"), ("zh-hans", "dark")], ids=["hant", "hans"]
)


def come_in(browser: Browser, guide: str, language: str, scheme: str) -> tuple[Page, list[str]]:
    """Return a page of an editor with all rights, and what its console will have complained of."""
    context = browser.new_context(
        viewport=PHONE, color_scheme=scheme, extra_http_headers={"Accept-Language": language}
    )
    context.set_default_timeout(10_000)
    session = enter(Client(), make_editor()).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": session.key, "value": session.value, "url": guide}])
    page = context.new_page()
    refusals: list[str] = []
    page.on("console", lambda m: refusals.append(m.text) if m.type == "error" else None)
    return page, refusals


def shipped_procedure() -> Procedure:
    """Return one with steps and documents, as an editor finds it."""
    found = Procedure.objects.exclude(requirements=None).exclude(steps=None).first()
    assert found is not None
    return found


def type_and_save(page: Page, **typed: str) -> None:
    """Fill in boxes of the form and save it."""
    for name, text in typed.items():
        page.locator(f"#id_{name.replace('__', '-')}").fill(text)
    page.locator("[name=_continue]").first.press("Enter")


def is_said_to_be_done(page: Page) -> None:
    expect(page.locator(".messagelist li.success")).to_be_visible()


@BOTH
def test_a_working_copy_goes_to_readers(
    browser: Browser, guide: str, language: str, scheme: str
) -> None:
    live = shipped_procedure()
    page, refusals = come_in(browser, guide, language, scheme)
    page.goto(f"{guide}/admin/esimguide/procedure/{live.pk}/change/")
    page.locator("form[action$='/start/'] button").press("Enter")
    expect(page.locator("form[action$='/discard/']")).to_have_count(1)
    found = faults_at_both_widths(page, "working copy")

    type_and_save(page, title_zh_hant="改寫", title_zh_hans="", steps__0__title_zh_hant="改寫步驟")
    expect(page.locator(".needed li")).to_have_count(1)
    expect(page.locator(".note--stale")).to_have_count(1)
    found += faults_at_both_widths(page, "working copy that lacks a text and has one out of step")
    page.locator(".moves a[href$='/publish/']").press("Enter")
    expect(page.locator(".needed li")).to_have_count(1)
    found += faults_at_both_widths(page, "publish page of a copy that is not ready")

    page.go_back()
    page.locator("#id_status").select_option(Status.REVIEW)
    type_and_save(page, title_zh_hans="改写")
    is_said_to_be_done(page)
    page.locator(".moves a[href$='/publish/']").press("Enter")
    expect(page.locator(".differences dt")).to_have_count(3)
    found += faults_at_both_widths(page, "publish page")
    page.locator("#id_public_note_zh_hant").fill("更新步驟。")
    page.locator("#id_public_note_zh_hans").fill("更新步骤。")
    page.locator(".submit-row input").press("Enter")
    is_said_to_be_done(page)
    live.refresh_from_db()
    assert (live.title_zh_hant, live.title_zh_hans) == ("改寫", "改写")
    assert (found, refusals) == ([], [])
    page.context.close()


@BOTH
def test_the_second_of_two_editors_sees_both_texts(
    browser: Browser, guide: str, language: str, scheme: str
) -> None:
    live = shipped_procedure()
    page, refusals = come_in(browser, guide, language, scheme)
    page.goto(f"{guide}/admin/esimguide/procedure/{live.pk}/change/")
    live.title_zh_hant = "別人的"
    live.save()
    type_and_save(page, title_zh_hant="我的")
    expect(page.locator(".hold__clashes div")).to_have_count(1)
    found = faults_at_both_widths(page, "form that another editor has overtaken")
    type_and_save(page)
    is_said_to_be_done(page)
    live.refresh_from_db()
    assert live.title_zh_hant == "我的"

    page.locator(".moves a[href$='/compare/']").press("Enter")
    expect(page.locator(".differences dt")).to_have_count(1)
    page.locator("#content-main summary").press("Enter")
    found += faults_at_both_widths(page, "comparison")
    assert (found, refusals) == ([], [])
    page.context.close()


@BOTH
def test_the_lists_and_the_queue_are_sound_at_both_widths(
    browser: Browser, guide: str, language: str, scheme: str
) -> None:
    live, fact = shipped_procedure(), Fact.objects.exclude(source=None).first()
    assert fact is not None
    fact.label_zh_hant, fact.check_again_on = "改寫", timezone.localdate()
    fact.save()
    page, refusals = come_in(browser, guide, language, scheme)
    found: Faults = []
    for stop in (
        *("", "languages/", "languages/?subject=fact", "desk/stale/", "check/", "coverage/"),
        *("esimguide/procedure/", f"esimguide/procedure/{live.pk}/history/"),
        *(f"esimguide/source/{fact.source_id}/uses/", "auth/user/add/"),
    ):
        answer = page.goto(f"{guide}/admin/{stop}")
        assert answer is not None
        assert answer.status == 200
        for summary in page.locator("#content-main summary").all():
            summary.press("Enter")
        found += faults_at_both_widths(page, stop)
    assert (found, refusals) == ([], [])
    page.context.close()
