"""page_cache.py: which requests share a page, what is kept, and for how long."""

import gzip
from collections.abc import Iterator

import brotli
import pytest
from django.conf import LazySettings
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from esimguide.page_cache import (
    CACHE,
    PLAIN_SHARE,
    Finished,
    FinishPages,
    Key,
    PageCache,
    best_encoding,
    find_key,
)

PAGE = b"page " * 400


def a_key(path: str = "/zh-hant/", query: str = "", fragment: str = "") -> Key:
    return Key("", False, path, query, fragment)


def asked(
    headers: dict[str, str] | None = None, *, method: str = "GET", path: str = "/zh-hant/"
) -> Key | None:
    sent = {"host": "localhost:8000", **(headers or {})}
    return find_key(method, "http", path, "a=1", lambda name: sent.get(name, ""))


# ---- keys ----------------------------------------------------------------------------------------


def test_key_holds_all_that_the_bytes_depend_on() -> None:
    assert asked() == Key("localhost:8000", False, "/zh-hant/", "a=1", "")
    assert asked({"hx-target": "steps"}) == Key(
        "localhost:8000", False, "/zh-hant/", "a=1", "steps"
    )


def test_host_is_no_part_where_the_site_has_an_address(settings: LazySettings) -> None:
    settings.SITE_URL = "https://guide.example"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert asked({"x-forwarded-proto": "https"}) == Key("", True, "/zh-hant/", "a=1", "")
    assert asked({"x-forwarded-proto": "http"}) == Key("", False, "/zh-hant/", "a=1", "")


@pytest.mark.parametrize(
    ("headers", "method", "path"),
    [
        ({"host": "evil.example"}, "GET", "/zh-hant/"),
        ({"host": ""}, "GET", "/zh-hant/"),
        ({"cookie": "a=b; sessionid=x"}, "GET", "/zh-hant/"),
        ({}, "POST", "/zh-hant/"),
        ({}, "GET", "/admin/"),
        ({}, "GET", "/"),
    ],
)
def test_only_django_answers(headers: dict[str, str], method: str, path: str) -> None:
    assert asked(headers, method=method, path=path) is None


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("", "identity"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("BR; q=1.0", "br"),
        ("*", "br"),
        ("br;q=0.000, gzip;q=0", "identity"),
        ("identity, ;;, =", "identity"),
    ],
)
def test_best_encoding(accept: str, encoding: str) -> None:
    assert best_encoding(accept) == encoding


# ---- one page ------------------------------------------------------------------------------------


def test_finished_page_in_each_encoding() -> None:
    page = Finished([(b"x-a", b"b"), (b"vary", b"c")], PAGE)
    assert brotli.decompress(page.encoded("br").body) == PAGE
    assert gzip.decompress(page.encoded("gzip").body) == PAGE
    assert page.encoded("identity").body == PAGE
    assert len({page.encoded(e).etag for e in ("br", "gzip", "identity")}) == 3
    headers = dict(page.encoded("gzip").headers)
    assert headers[b"content-encoding"] == b"gzip"
    assert headers[b"content-length"] == b"%d" % len(page.gzip.body)
    assert dict(page.encoded("identity").unchanged) == {
        b"vary": b"c",
        b"etag": page.encoded("identity").etag,
    }


def test_compressed_page_is_the_same_page_under_a_tag_of_its_own() -> None:
    text = "".join(f"第{n}步：請致電 {n * 7919}。" for n in range(600)).encode()
    page = Finished([], text)
    quick = page.br
    page.compress()
    assert brotli.decompress(page.br.body) == text
    assert len(page.br.body) < len(quick.body)
    assert page.br.etag != quick.etag


def test_reader_has_it_already() -> None:
    page = Finished([], PAGE).br
    tag = page.etag.decode()
    known = {h: page.is_known(h) for h in (tag, f"W/{tag}", f'"x", {tag}', "*", '"x"', "")}
    assert known == {
        tag: True,
        f"W/{tag}": True,
        f'"x", {tag}': True,
        "*": True,
        '"x"': False,
        "": False,
    }


def test_proxy_may_keep_an_answer_until_the_second_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 1_900_000_000.9)
    page = Finished([(b"cache-control", b"max-age=0")], PAGE)
    tag = page.encoded("identity").etag.decode()
    for sent, status in (({}, 200), ({"if-none-match": tag}, 304)):
        found, headers, _body = page.answer(lambda name, sent=sent: sent.get(name, ""))
        assert (found, headers[0]) == (status, (b"x-accel-expires", b"@1900000000"))


# ---- memory --------------------------------------------------------------------------------------


def test_longest_unread_page_goes_first() -> None:
    cache = PageCache(limit=int(2.5 * Finished([], PAGE).size / PLAIN_SHARE))
    cache.move_to((1,))
    for path in ("/a", "/b"):
        cache.put(a_key(path), Finished([], PAGE), (1,))
    assert cache.get(a_key("/a"))
    cache.put(a_key("/c"), Finished([], PAGE), (1,))
    assert [bool(cache.get(a_key(p))) for p in ("/a", "/b", "/c")] == [True, False, True]


def test_page_larger_than_all_the_room_is_not_kept() -> None:
    cache = PageCache(limit=100)
    cache.move_to((1,))
    cache.put(a_key(), Finished([], PAGE), (1,))
    assert cache.get(a_key()) is None


def test_made_up_queries_push_out_no_page() -> None:
    cache = PageCache(limit=20 * Finished([], PAGE).size)
    cache.move_to((1,))
    cache.put(a_key(), Finished([], PAGE), (1,))
    for n in range(100):
        cache.put(a_key(query=f"x={n}"), Finished([], PAGE), (1,))
    assert cache.get(a_key())
    assert sum(bool(cache.get(a_key(query=f"x={n}"))) for n in range(100)) == 5


def test_page_begun_before_an_edit_is_not_kept_after_it() -> None:
    cache = PageCache(1_000_000)
    cache.move_to((1,))
    cache.move_to((2,))
    cache.put(a_key(), Finished([], PAGE), (1,))
    assert cache.get(a_key()) is None


def test_pages_without_a_query_are_compressed_one_by_one() -> None:
    cache = PageCache(1_000_000)
    cache.move_to((1,))
    text = "".join(f"第{n}步：請致電 {n * 7919}。" for n in range(600)).encode()
    pages = {a_key("/a"): Finished([], text), a_key(query="q=1"): Finished([], text)}
    for key, page in pages.items():
        cache.put(key, page, (1,))
    before = [len(page.br.body) for page in pages.values()]
    for _ in range(3):
        cache.compress_one()
    after = [len(page.br.body) for page in pages.values()]
    assert (after[0] < before[0], after[1] == before[1]) == (True, True)


# ---- what Django's answers are kept --------------------------------------------------------------


@pytest.fixture
def client() -> Client:
    return Client(headers={"Host": "testserver"})


@pytest.fixture
def htmx() -> Client:
    return Client(headers={"Host": "testserver", "HX-Request": "true"})


@pytest.fixture
def _watched() -> Iterator[None]:
    CACHE.move_to(("a test",))
    yield
    CACHE.move_to(None)


def kept(path: str, query: str = "", fragment: str = "") -> bool:
    return bool(CACHE.get(Key("testserver", False, path, query, fragment)))


@pytest.mark.django_db
def test_nothing_is_kept_where_nobody_watches(client: Client) -> None:
    assert client.get("/zh-hant/").status_code == 200
    assert not kept("/zh-hant/")


@pytest.mark.django_db
@pytest.mark.usefixtures("_watched")
def test_public_page_is_kept_with_all_its_headers(client: Client) -> None:
    response = client.get("/zh-hant/", headers={"Accept-Encoding": "gzip, br"})
    page = CACHE.get(Key("testserver", False, "/zh-hant/", "", ""))
    assert page
    assert response.content == page.br.body
    sent = {(n.lower().encode(), v.encode()) for n, v in response.items()}
    assert {pair for pair in sent if pair[0] != b"x-accel-expires"} == set(page.br.headers)
    assert len(sent) == len(page.br.headers) + 1
    names = [n.decode() for n, _ in sent]
    assert {"content-security-policy", "x-content-type-options", "referrer-policy"} <= set(names)
    assert response["Vary"] == "HX-Request, HX-Target, Accept-Encoding"
    again = client.get(
        "/zh-hant/", headers={"Accept-Encoding": "br", "If-None-Match": response["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.django_db
@pytest.mark.usefixtures("_watched")
def test_page_that_was_finished_meanwhile_is_not_made_again(client: Client) -> None:
    made: list[HttpRequest] = []

    def django(request: HttpRequest) -> HttpResponse:
        made.append(request)
        return HttpResponse("made again")

    first = client.get("/zh-hant/", headers={"Accept-Encoding": "br"})
    ask = RequestFactory(headers={"Host": "testserver", "Accept-Encoding": "br"})
    finish = FinishPages(django)
    second = finish(ask.get("/zh-hant/"))
    assert second.content == first.content
    assert set(second.headers) == set(first.headers)
    known = finish(ask.get("/zh-hant/", headers={"If-None-Match": first["ETag"]}))
    assert (known.status_code, known.content, "Content-Type" in known) == (304, b"", False)
    assert made == []
    CACHE.move_to(("an edit",))
    assert finish(ask.get("/zh-hant/")).content == b"made again"


@pytest.mark.django_db
@pytest.mark.usefixtures("_watched")
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/zh-hant/nothing/", 404),
        ("/", 302),
        ("/admin/login/", 200),
        ("/healthz", 200),
        ("/zh-hant/answer/?x=1", 302),
    ],
)
def test_other_answers_are_not_kept(client: Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status
    bare, _, query = path.partition("?")
    assert not kept(bare, query)


@pytest.mark.django_db
@pytest.mark.usefixtures("_watched")
def test_fragment_and_page_are_kept_apart(client: Client, htmx: Client) -> None:
    fragment = htmx.get("/zh-hant/codes/", headers={"HX-Target": "services"})
    assert (kept("/zh-hant/codes/"), kept("/zh-hant/codes/", "", "services")) == (False, True)
    page = client.get("/zh-hant/codes/")
    assert kept("/zh-hant/codes/")
    assert fragment.content in page.content
    assert len(fragment.content) < len(page.content)
    # A target that no page knows gets the page, and makes no copy of it.
    htmx.get("/zh-hant/codes/", headers={"HX-Target": "elsewhere"})
    assert not kept("/zh-hant/codes/", "", "elsewhere")


@pytest.mark.django_db
@pytest.mark.usefixtures("_watched")
def test_editor_sees_and_leaves_nothing_kept(client: Client) -> None:
    client.force_login(get_user_model().objects.create_user("editor"))
    assert client.get("/zh-hant/").status_code == 200
    assert not kept("/zh-hant/")
