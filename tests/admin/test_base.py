"""admin/base.py and the frame of every editors' page."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin as django_admin
from django.contrib.admin import site
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from esimguide.admin.history import VersionedAdmin
from esimguide.models import (
    Carrier,
    ContentVersion,
    GrantedPermission,
    LinkCheck,
    Procedure,
    RateLimitCounter,
    SearchEntry,
    SearchTerm,
    Status,
    Vote,
    ZeroResultSearch,
)
from tests.admin.form import enter, notices, rows, said, send
from tests.factories import (
    make_capability,
    make_carrier,
    make_change,
    make_channel,
    make_device,
    make_document,
    make_editor,
    make_fact,
    make_inquiry,
    make_misconception,
    make_procedure,
    make_question,
    make_redirect,
    make_report,
    make_requirement,
    make_service,
    make_situation,
    make_source,
    make_step,
    make_synonym,
    make_term,
    make_topic,
    pair,
)
from tests.html import links, soup, texts

pytestmark = pytest.mark.sql

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("zh-hant", "zh-hans")


def whole_procedure() -> Procedure:
    return make_procedure(carrier=make_carrier(), situations=[make_situation()])


def whole_misconception() -> Model:
    misconception = make_misconception()
    misconception.steps.add(make_step(procedure=whole_procedure()))
    return misconception


MAKERS: dict[str, Callable[[], Model]] = {
    "synonym": lambda: make_synonym(carrier=make_carrier()),
    "capability": make_capability,
    "carrier": lambda: make_carrier(host=make_carrier()),
    "change": lambda: make_change(carrier=make_carrier(), topic=make_topic()),
    "channel": make_channel,
    "device": make_device,
    "document": make_document,
    "fact": lambda: make_fact(procedure=whole_procedure()),
    "misconception": whole_misconception,
    "redirect": make_redirect,
    "procedure": whole_procedure,
    "question": lambda: make_question(procedure=whole_procedure(), document=make_document()),
    "service": make_service,
    "situation": make_situation,
    "source": make_source,
    "term": make_term,
    "topic": make_topic,
}
PARTS: dict[str, Callable[[], Model]] = {
    "requirement": lambda: make_requirement(procedure=whole_procedure()),
    "step": lambda: make_step(procedure=whole_procedure()),
}
# What readers write or cause; editors look at it and sort it, and it has no history.
UNWRITTEN: dict[str, Callable[[], Model]] = {
    "inquiry": make_inquiry,
    "zeroresultsearch": lambda: ZeroResultSearch.objects.create(day="2026-11-25", query="火星文"),
    "report": make_report,
    "vote": lambda: Vote.objects.create(
        procedure=whole_procedure(), answer="yes", language="zh-hant", day="2026-11-25"
    ),
}
EVERY_MODEL = pytest.mark.parametrize("name", MAKERS)
EVERY_MODEL_OR_PART = pytest.mark.parametrize("name", [*MAKERS, *PARTS])


def open_page(client: Client, address: str, language: str = "zh-hant") -> HttpResponse:
    return client.get(address, headers={"Accept-Language": language})


# ---- every page --------------------------------------------------------------------------------


def test_every_model_of_the_guide_has_its_page() -> None:
    models = apps.get_app_config("esimguide").get_models()
    # Counted, derived or kept about something else: shown elsewhere, or not at all.
    without = {
        ContentVersion,
        SearchEntry,
        GrantedPermission,
        LinkCheck,
        RateLimitCounter,
        SearchTerm,
    }
    every = [m for m in models if not m.__name__.startswith("Historical") and m not in without]
    assert {m.__name__.lower() for m in every} == {*MAKERS, *PARTS, *UNWRITTEN}
    written = [m for m in every if m.__name__.lower() not in UNWRITTEN]
    assert all(isinstance(site.get_model_admin(m), VersionedAdmin) for m in written)


@pytest.mark.parametrize("language", LANGUAGES)
@EVERY_MODEL_OR_PART
def test_every_page_opens_in_both_languages(editor: Client, name: str, language: str) -> None:
    record = (MAKERS | PARTS)[name]()
    root = f"/admin/esimguide/{name}/"
    pages = ["", f"{record.pk}/change/", f"{record.pk}/history/"]
    pages += [f"{record.pk}/history/{record.history.first().pk}/"]
    pages += [] if name in PARTS else ["add/", f"{record.pk}/delete/"]
    for page in pages:
        answer = open_page(editor, f"{root}{page}", language)
        assert (page, answer.status_code) == (page, 200)
        parsed = soup(answer)
        assert parsed.html is not None
        assert parsed.html["lang"] == {"zh-hant": "zh-Hant-HK", "zh-hans": "zh-Hans-CN"}[language]
        assert (
            parsed.select("[style], style, script:not([src]):not([type='application/json'])") == []
        )
        assert parsed.select("[src*='//'], link[href*='//'], form[action*='//']") == []


@EVERY_MODEL
def test_every_editable_field_stands_in_the_form(editor: Client, name: str) -> None:
    record = MAKERS[name]()
    options = site.get_model_admin(type(record))
    request = RequestFactory().get("/")
    request.user = make_editor()
    shown = set(flatten_fieldsets(options.get_fieldsets(request, record)))
    fields = [*options.opts.concrete_fields, *options.opts.many_to_many]
    editable = {f.name for f in fields if f.editable and f.name != "id"}
    notes = {"internal_note", "public_note_zh_hant", "public_note_zh_hans"}
    # What readers say is shown beside the fields, and kept by itself.
    assert editable == shown - notes - {"what_readers_say"}


@EVERY_MODEL_OR_PART
def test_list_queries_do_not_grow(editor: Client, name: str) -> None:
    make, address = (MAKERS | PARTS)[name], f"/admin/esimguide/{name}/"
    make()
    editor.get(address)  # warms the cache of content types
    with CaptureQueriesContext(connection) as one:
        editor.get(address)
    make()
    make()
    with CaptureQueriesContext(connection) as three:
        editor.get(address)
    assert len(one) == len(three)


def test_the_frame_keeps_every_block_of_djangos() -> None:
    django_templates = Path(django_admin.__file__).parent / "templates/admin"
    theirs = (django_templates / "base.html").read_text() + (
        django_templates / "base_site.html"
    ).read_text()
    ours = (ROOT / "templates/admin/base_site.html").read_text()
    blocks = {*re.findall(r"{% block (\S+) %}", theirs)}
    # For right-to-left scripts only.
    assert blocks - {"stylesheet_rtl"} == {*re.findall(r"{% block (\S+) %}", ours)}


# ---- the header --------------------------------------------------------------------------------


def test_header_switches_the_language_and_stays_on_the_page(editor: Client) -> None:
    address = "/admin/esimguide/carrier/?status__exact=draft"
    page = soup(open_page(editor, address))
    form = page.select_one("form.language-switch")
    assert form is not None
    assert (form["method"], form["action"]) == ("post", "/admin/i18n/setlang/")
    assert [(b["value"], b["lang"], b.text) for b in form.select("button")] == [
        ("zh-hant", "zh-Hant-HK", "繁體"),
        ("zh-hans", "zh-Hans-CN", "简体"),
    ]
    following = form.select_one("[name=next]")
    assert following is not None
    answer = editor.post(
        str(form["action"]), {"language": "zh-hans", "next": following["value"]}, follow=True
    )
    assert answer.redirect_chain == [(address, 302)]
    assert soup(answer).select_one("html")["lang"] == "zh-Hans-CN"  # type: ignore[index]


def test_sign_in_page_offers_both_languages(client: Client, db: None) -> None:
    page = soup(client.get("/admin/login/"))
    assert texts(page, ".language-switch button") == ["繁體", "简体"]
    assert page.select(".subjects a") == []


def test_header_leads_to_the_guide_and_to_every_subject(editor: Client) -> None:
    page = soup(open_page(editor, "/admin/esimguide/fact/", "zh-hans"))
    assert "/zh-hans/" in links(page, "#user-tools a")
    lists = [f"/admin/esimguide/{m}/" for m in sorted([*MAKERS, *UNWRITTEN])]
    assert sorted(links(page, ".subjects a")) == [*lists, "/admin/languages/"]
    assert links(page, ".subjects a[aria-current]") == ["/admin/esimguide/fact/"]


def test_an_editor_without_rights_sees_nothing(client: Client, db: None) -> None:
    enter(client, User.objects.create_user("guest", is_staff=True))
    assert client.get("/admin/esimguide/carrier/").status_code == 403


def test_a_reviewer_may_look_but_not_write(client: Client, db: None) -> None:
    procedure = make_step(procedure=whole_procedure()).procedure
    reviewer = User.objects.create_user("reviewer", is_staff=True)
    reviewer.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    enter(client, reviewer)
    address = f"/admin/esimguide/procedure/{procedure.pk}/"
    assert client.get(f"{address}change/").status_code == 200
    assert client.post(f"{address}change/", {"slug": "x"}).status_code == 403
    version = client.get(f"{address}history/{procedure.history.first().pk}/")
    assert soup(version).select("[name=_save]") == []
    sent = client.post(f"{address}history/{procedure.history.first().pk}/", {"slug": "x"})
    assert sent.status_code == 403


# ---- the way to the public page ----------------------------------------------------------------


def public_page(client: Client, record: Model) -> list[str]:
    address = f"/admin/esimguide/{type(record).__name__.lower()}/{record.pk}/change/"
    return links(soup(open_page(client, address)), ".viewsitelink")


def test_view_on_site_leads_to_where_readers_see_it(editor: Client) -> None:
    carrier = make_carrier(slug="cmhk")
    procedure = make_procedure(slug="replace", carrier=carrier)
    general = make_procedure(slug="general")
    cmhk, replace = "/zh-hant/carriers/cmhk/", "/zh-hant/carriers/cmhk/replace/"
    assert public_page(editor, carrier) == [cmhk]
    assert public_page(editor, procedure) == [replace]
    assert public_page(editor, make_channel(carrier=carrier)) == [cmhk]
    assert public_page(editor, make_fact(carrier=carrier)) == [cmhk]
    assert public_page(editor, make_fact(procedure=procedure)) == [replace]
    assert public_page(editor, make_fact(procedure=general)) == ["/zh-hant/general/general/"]
    assert public_page(editor, make_fact(topic=make_topic(slug="esim"))) == [
        "/zh-hant/topics/esim/"
    ]
    assert public_page(editor, make_step(procedure=procedure)) == [replace]


def test_view_on_site_is_missing_while_readers_see_nothing(editor: Client) -> None:
    hidden = make_carrier(status=Status.DRAFT)
    assert public_page(editor, hidden) == []
    assert public_page(editor, make_procedure(carrier=hidden)) == []
    assert public_page(editor, make_fact(carrier=hidden)) == []
    assert public_page(editor, make_source()) == []


# ---- typography --------------------------------------------------------------------------------


def test_a_text_against_the_typography_is_saved_and_the_editor_told(editor: Client) -> None:
    carrier = make_carrier(status=Status.DRAFT)
    typed = {**pair("name", "測試 eSIM", "测试电讯"), **pair("summary", "好", "好")}
    answer = send(editor, f"/admin/esimguide/carrier/{carrier.pk}/change/", **typed)
    page = soup(editor.get(answer["Location"]))
    assert texts(page, ".messagelist .warning") == [
        "名稱（繁）: 中文與英文或數字之間多了空格: …試 e…"
    ]
    carrier.refresh_from_db()
    assert carrier.name_zh_hant == "測試 eSIM"


def test_the_rows_of_a_page_are_judged_where_they_were_changed(editor: Client) -> None:
    draft = make_carrier(status=Status.DRAFT)
    channel = make_channel(carrier=draft, **pair("label", "查詢 12580", "客服"))
    make_channel(carrier=channel.carrier, **pair("label", "投訴 12580", "客服"))
    address = f"/admin/esimguide/carrier/{channel.carrier.pk}/change/"
    answer = send(editor, address, channels__0__label_zh_hant="熱線 12580")
    page = soup(editor.get(answer["Location"]))
    assert [text[-5:] for text in texts(page, ".messagelist .warning")] == ["…線 1…"]


# ---- search and bad input ----------------------------------------------------------------------


def test_search_finds_either_language(editor: Client) -> None:
    make_carrier(name_zh_hant="中國移動香港", name_zh_hans="中国移动香港")
    make_carrier()
    for word in ("中國移動", "中国移动"):
        assert len(rows(editor, f"/admin/esimguide/carrier/?q={word}")) == 1


@EVERY_MODEL_OR_PART
@pytest.mark.parametrize(
    "query", ["a+" * 900, '"', "'" * 50, "%25_%5C", "&o=99.abc&p=abc", "&all=x&due=x&missing=x"]
)
def test_odd_searches_find_nothing_and_break_nothing(editor: Client, name: str, query: str) -> None:
    answer = editor.get(f"/admin/esimguide/{name}/?q={query}", follow=True)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("state__exact=x", 200),
        ("carrier__id__exact=abc", 200),
        ("carrier__id__exact=99999999999999999999999", 200),
        ("checked_by__password=x", 400),
        ("_to_field=slug", 400),
        ("q=%00", 400),
        ("q=" + "x" * 3000, 400),
    ],
)
def test_odd_filters_break_nothing(editor: Client, query: str, status: int) -> None:
    answer = editor.get(f"/admin/esimguide/fact/?{query}", follow=True)
    assert answer.status_code == status


@pytest.mark.parametrize("key", ["abc", "0", "99999999999999999999", "1_0", "%00"])
@pytest.mark.parametrize("page", ["change/", "history/", "delete/", "history/1/"])
def test_odd_keys_find_nothing(editor: Client, key: str, page: str) -> None:
    answer = editor.get(f"/admin/esimguide/fact/{key}/{page}")
    assert answer.status_code in {302, 400, 404}


def test_an_empty_field_for_the_key_is_none(editor: Client) -> None:
    fact = make_fact()
    answer = editor.get(f"/admin/esimguide/fact/{fact.pk}/change/?_to_field=")
    assert answer.status_code == 200


@pytest.mark.parametrize("version", ["abc", "0", "9" * 40])
def test_odd_versions_are_not_found(editor: Client, version: str) -> None:
    fact = make_fact()
    answer = editor.get(f"/admin/esimguide/fact/{fact.pk}/history/{version}/")
    assert answer.status_code == 404


@pytest.mark.parametrize("key", ["abc", "", "1.5", "9" * 30, "\x00"])
def test_an_action_on_an_odd_row_is_a_bad_request(editor: Client, key: str) -> None:
    data = {"action": "delete_selected", "_selected_action": key}
    assert editor.post("/admin/esimguide/fact/", data).status_code == 400


def test_an_action_on_no_row_says_so(editor: Client) -> None:
    make_fact()
    answer = editor.post(
        "/admin/esimguide/fact/", {"action": "delete_selected", "index": "0"}, follow=True
    )
    message = (
        "Items must be selected in order to perform actions on them. No items have been changed."
    )
    assert notices(answer) == [said(message)]


def test_autocomplete_survives_odd_input(editor: Client) -> None:
    make_source()
    field = "app_label=esimguide&model_name=fact&field_name=source"
    for rest in ("term=" + "a+" * 800, "term=&page=abc", "term=%22"):
        answer = editor.get(f"/admin/autocomplete/?{field}&{rest}")
        assert answer.status_code in {200, 404}


@pytest.mark.parametrize(
    "typed",
    [
        {"name_zh_hant": "長" * 201},
        {"summary_zh_hant": "長" * 20_001},
        {"name_zh_hant": "甲\x00"},
        {"slug": "a\x00b"},
        {"slug": "taken"},
        {"slug": "no spaces"},
        {"position": "-1"},
        {"position": "abc"},
        {"position": "9" * 40},
        {"kind": "nonsense"},
        {"host": "999"},
        {"host": "abc"},
        {"host": "1\x00"},
        {"status": "nonsense"},
    ],
)
def test_a_bad_field_is_an_error_in_the_form_and_nothing_is_saved(
    editor: Client, typed: dict[str, str]
) -> None:
    make_carrier(slug="taken")
    sent = {
        "slug": "new",
        "name_zh_hant": "新",
        "name_zh_hans": "新",
        "kind": Carrier.Kind.NETWORK,
        "status": Status.DRAFT,
        "position": "1",
        "channels-TOTAL_FORMS": "0",
        "channels-INITIAL_FORMS": "0",
    }
    answer = editor.post("/admin/esimguide/carrier/add/", sent | typed)
    assert answer.status_code == 200
    assert len(soup(answer).select(f".field-{next(iter(typed))} .errorlist li")) >= 1
    assert list(Carrier.objects.values_list("slug", flat=True)) == ["taken"]
