"""session_recovery.py: a text outlives the session it was typed in."""

from http.cookies import SimpleCookie

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from esimguide.models import Carrier
from tests.admin.form import boxes, enter, said
from tests.factories import make_carrier, make_editor
from tests.html import soup, texts, words

HOME = {"HTTP_ORIGIN": "http://testserver"}


def change(carrier: Carrier) -> str:
    return f"/admin/esimguide/carrier/{carrier.pk}/change/"


@pytest.fixture
def carrier(db: None) -> Carrier:
    make_editor(username="mei")
    return make_carrier(name_zh_hant="舊")


def all_boxes(page: object) -> dict[str, list[str]]:
    """Return the sign-in form's boxes with those that stand outside of it but belong to it."""
    found = boxes(page)  # type: ignore[arg-type]
    for box in page.select("[form=login-form]"):  # type: ignore[attr-defined]
        found[box["name"]] = [box["value"]]
    return found


def give_code(client: Client, carrier: Carrier) -> HttpResponse:
    """Give the second factor after the password; return the page that it leads to."""
    code = f"{totp(TOTPDevice.objects.get().bin_key):06d}"
    asked = {"otp_token": code, "next": change(carrier)}
    answer = client.post("/admin/code/", asked, follow=True)
    assert answer.redirect_chain == [(change(carrier), 302)]
    return answer


def test_the_text_comes_back_after_the_sign_in_and_is_not_saved(
    client: Client, carrier: Carrier
) -> None:
    enter(client, User.objects.get())
    typed = boxes(soup(client.get(change(carrier)))) | {"name_zh_hant": "新"}
    client.cookies = SimpleCookie()
    asked = client.post(change(carrier), typed | {"_save": "1"})
    assert asked.status_code == 401
    page = soup(asked)
    assert said("Your session has ended.") in words(page.select_one(".hold"))
    form = all_boxes(page)
    wrong = client.post("/admin/login/", form | {"username": "mei", "password": "no"})
    form = all_boxes(soup(wrong))
    good = {"username": "mei", "password": "correct horse battery", "next": change(carrier)}
    assert client.post("/admin/login/", form | good)["Location"] == change(carrier)
    held = soup(give_code(client, carrier))
    assert texts(held, ".hold strong") == [
        said("Your session had ended. Your text is back, and not saved yet: look, then save.")
    ]
    assert boxes(held)["name_zh_hant"] == ["新"]
    assert Carrier.objects.get().name_zh_hant == "舊"

    assert client.post(change(carrier), boxes(held)).status_code == 302
    assert Carrier.objects.get().name_zh_hant == "新"
    assert boxes(soup(client.get(change(carrier))))["name_zh_hant"] == ["新"]


def test_a_form_sent_between_password_and_code_is_kept(client: Client, carrier: Carrier) -> None:
    enter(client, User.objects.get())
    typed = boxes(soup(client.get(change(carrier)))) | {"name_zh_hant": "新"}
    client.session.flush()
    client.force_login(User.objects.get())
    asked = client.post(change(carrier), typed)
    assert (asked.status_code, asked["Location"].split("?")[0]) == (302, "/admin/code/")
    assert boxes(soup(give_code(client, carrier)))["name_zh_hant"] == ["新"]
    assert Carrier.objects.get().name_zh_hant == "舊"


def test_an_old_token_from_our_own_page_keeps_the_text(carrier: Carrier) -> None:
    strict = Client(enforce_csrf_checks=True)
    enter(strict, User.objects.get())
    typed = boxes(soup(strict.get(change(carrier)))) | {
        "name_zh_hant": "新",
        "csrfmiddlewaretoken": "x" * 64,
    }
    back = strict.post(change(carrier), typed, follow=True, **HOME)
    assert boxes(soup(back))["name_zh_hant"] == ["新"]
    assert Carrier.objects.get().name_zh_hant == "舊"


@pytest.mark.parametrize("origin", [{}, {"HTTP_ORIGIN": "https://evil.example"}])
def test_a_forged_form_is_refused(carrier: Carrier, origin: dict[str, str]) -> None:
    strict = Client(enforce_csrf_checks=True)
    enter(strict, User.objects.get())
    answer = strict.post(change(carrier), {"name_zh_hant": "新"}, **origin)
    assert answer.status_code == 403
    assert "unsaved" not in strict.session


def test_deleting_and_actions_are_never_carried(client: Client, carrier: Carrier) -> None:
    for address in (f"/admin/esimguide/carrier/{carrier.pk}/delete/", "/admin/esimguide/carrier/"):
        assert client.post(address, {"post": "yes"}).status_code == 302
    assert Carrier.objects.exists()


def test_what_we_did_not_sign_is_dropped(client: Client, carrier: Carrier) -> None:
    form = {"username": "mei", "password": "correct horse battery", "unsaved": "forged"}
    assert client.post("/admin/login/", form).status_code == 302
    assert "unsaved" not in client.session
