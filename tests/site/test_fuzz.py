"""Anything at all, to every address and every form: an answer, a refusal, never a fault."""

import os
import random
from functools import cache

import pytest
from django.apps import apps
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests.admin.form import boxes, enter
from tests.factories import make_editor
from tests.html import soup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]
FAULT = 500
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "300"))  # of each kind; CONTRIBUTING.md
PARTS = {"step", "requirement"}
NASTY = (
    *("", " ", "0", "-1", "1", "２", "9" * 30, str(2**63), "1e309", "NaN", "null", "true", "[]"),
    *("%00", "\x00", "\ud800", "\u202e", "\ufeff", "é", "\U0001f600", "豈", "ﷺ", "ß", "İ"),
    *("'", '"', "`", "\\", "%", "%%", "_", "*", "?", "&", "#", ";", "--", "' OR 1=1 --", "/*"),
    *("../../etc/passwd", "..%2f..%2f", "<script>", "{{7*7}}", "${7*7}", "NEAR(", "AND", '"a'),
    *("x" * 1999, "字" * 600, "a,b,,c", "a=b&c=d", "\r\nX: y", "2026-13-45", "0000-00-00"),
)
NAMES = (
    *("q", "step", "carrier", "have", "line", "place", "situation", "device", "region", "page"),
    *("p", "o", "e", "all", "_popup", "_to_field", "next", "status__exact", "missing", "id__in"),
    *("term", "app_label", "model_name", "field_name", "language", "pk", "_changelist_filters"),
)
odd = st.one_of(st.sampled_from(NASTY), st.text(max_size=40))
bounded = {
    "deadline": None,
    "database": None,
    "suppress_health_check": list(HealthCheck),
}


@cache
def routes() -> list[str]:
    """Return every route of the URL map, the admin's included, as its template."""

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> list[str]:
        found = []
        for pattern in patterns:
            path = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                found += walk(pattern.url_patterns, path)
            else:
                found.append(path)
        return found

    return sorted(set(walk(get_resolver().url_patterns, "/")))


@pytest.fixture
def editor(client: Client) -> Client:
    enter(client, make_editor())
    client.raise_request_exception = False
    return client


def address(route: str, parts: list[str]) -> str:
    """Return ``route`` with its placeholders filled."""
    pieces, path = iter([*parts, *"1" * 9]), ""
    for piece in route.replace("^", "").replace("$", "").split("<"):
        before, closing, after = piece.partition(">")
        path += next(pieces) + after if closing else before
    return path


@pytest.mark.parametrize("signed_in", [False, True], ids=["reader", "editor"])
def test_every_address_stands_any_query(editor: Client, signed_in: bool) -> None:  # noqa: FBT001
    client = editor if signed_in else Client(raise_request_exception=False)
    asked = []

    @seed(8)
    @settings(max_examples=EXAMPLES, **bounded)
    @given(
        st.sampled_from(routes()),
        st.lists(odd, max_size=4),
        st.lists(st.tuples(st.sampled_from(NAMES), odd), max_size=4),
        st.sampled_from(["", "main", "routes", "steps", "\u202e"]),
    )
    def ask(route: str, parts: list[str], query: list[tuple[str, str]], target: str) -> None:
        path = address(route, parts).encode("utf-8", "replace").decode() or "/"
        data = [(n, v.encode("utf-8", "replace").decode()) for n, v in query]
        headers = {"HX-Request": "true", "HX-Target": target} if target else {}
        safe = {k: v.encode("utf-8").decode("latin-1") for k, v in headers.items()}
        response = client.get(path if path.startswith("/") else f"/{path}", data, headers=safe)
        asked.append(response.status_code)
        assert response.status_code < FAULT, (path, data)

    ask()
    assert len(asked) >= EXAMPLES


MODELS = {m._meta.model_name: m for m in apps.get_app_config("esimguide").get_models()}
# Steps and requirements are rows of a procedure's form.
FORMS = sorted(n for n, m in MODELS.items() if site.is_registered(m) and n not in PARTS)


def test_every_form_of_the_editors_stands_anything(editor: Client) -> None:
    empty = {name: boxes(soup(editor.get(f"/admin/esimguide/{name}/add/"))) for name in FORMS}
    empty = {name: form for name, form in empty.items() if form}  # some lists take no additions
    first = {name: _first(name) for name in empty}
    changes = {n: f"/admin/esimguide/{n}/{key}/change/" for n, key in first.items() if key}
    filled = {n: boxes(soup(editor.get(where))) for n, where in changes.items()}
    sent = []

    @seed(8)
    @settings(max_examples=EXAMPLES, **bounded)
    @given(
        st.sampled_from(sorted(empty)), st.integers(0, 2**32), st.lists(odd, min_size=1, max_size=6)
    )
    def send(name: str, choice: int, values: list[str]) -> None:
        dice = random.Random(choice)  # noqa: S311 (no secret hangs on it)
        is_change = name in filled and dice.random() < 0.5
        start = filled[name] if is_change else empty[name]
        form = {k: list(v) for k, v in start.items()}
        for value in values:
            form[dice.choice(sorted(form))] = [value.encode("utf-8", "replace").decode()]
        where = changes[name] if is_change else f"/admin/esimguide/{name}/add/"
        response = editor.post(where, form)
        sent.append(response.status_code)
        assert response.status_code < FAULT, (name, form)

    send()
    assert len(sent) >= EXAMPLES
    assert {200, 302} <= set(sent)


def _first(name: str) -> int | None:
    record = MODELS[name].objects.first()
    return record.pk if record else None


def test_sign_in_and_language_forms_stand_anything() -> None:
    client = Client(raise_request_exception=False)
    seen = set()

    @seed(8)
    @settings(max_examples=200, **bounded)
    @given(odd, odd, odd)
    def send(name: str, password: str, way: str) -> None:
        sent = [x.encode("utf-8", "replace").decode() for x in (name, password, way)]
        form = {"username": sent[0], "password": sent[1], "next": sent[2], "language": sent[1]}
        for path in ("/admin/login/", "/admin/i18n/setlang/"):
            response = client.post(path, form)
            seen.add(response.status_code)
            assert response.status_code < FAULT, (path, form)
            assert not response.headers.get("Location", "/").startswith(("//", "http", "\\"))

    send()
    assert 429 in seen
    assert User.objects.count() == 0
