"""admin/sign_in.py: the code, its first set-up, recovery codes."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.admin.form import boxes, errors, said
from tests.html import soup, texts

WRONG = "This code is not right, or has been used already."


@pytest.fixture
def halfway(client: Client, user: User) -> Client:
    """Return a client in which the password has been given, and nothing else."""
    typed = {"username": "mei", "password": "correct horse battery"}
    assert client.post("/admin/login/", typed).status_code == 302
    return client


def phone_code(device: TOTPDevice) -> str:
    """Return what the editor's app shows now."""
    return f"{totp(device.bin_key):06d}"


def set_up(client: Client) -> list[str]:
    """Go through the first set-up; return the recovery codes."""
    client.get("/admin/enrol/")
    answer = client.post("/admin/enrol/", {"otp_token": phone_code(TOTPDevice.objects.get())})
    return texts(soup(answer), ".sign-in__codes li")


def sign_out_and_half_in(client: Client) -> None:
    client.logout()
    client.post("/admin/login/", {"username": "mei", "password": "correct horse battery"})


# ---- first set-up ------------------------------------------------------------------------------


def test_the_first_sign_in_sets_up_the_second_factor(halfway: Client) -> None:
    answer = halfway.get("/admin/", follow=True)
    page = soup(answer)
    assert texts(page, "h1") == [said("Set up your second factor")]
    assert page.select("svg.qr__code") != []
    assert page.select("[style], style, script:not([src])") == []
    key = texts(page, ".sign-in__steps code")[0]
    assert re.fullmatch(r"[A-Z2-7]{4}( [A-Z2-7]{4}){7}", key)
    assert len(set_up(halfway)) == 8
    assert halfway.get("/admin/").status_code == 200
    assert TOTPDevice.objects.get().confirmed


def test_each_factor_renews_the_session(halfway: Client, user: User) -> None:
    password_only = halfway.session.session_key
    codes = set_up(halfway)
    verified = halfway.session.session_key
    sign_out_and_half_in(halfway)
    again = halfway.session.session_key
    halfway.post("/admin/code/", {"otp_token": codes[0]})
    keys = {password_only, verified, again, halfway.session.session_key}
    assert len(keys) == 4
    assert halfway.get("/admin/").status_code == 200


def test_a_foreign_next_leads_to_the_desk(client: Client, user: User) -> None:
    typed = {"username": "mei", "password": "correct horse battery", "next": "//evil.example"}
    assert client.post("/admin/login/", typed)["Location"] == "/admin/"


@pytest.mark.parametrize("typed", ["000000", "", "abc", "1" * 17, "１２３４５６", "\x00", "-1"])
def test_a_wrong_first_code_sets_up_nothing(halfway: Client, typed: str) -> None:
    halfway.get("/admin/enrol/")
    assert halfway.post("/admin/enrol/", {"otp_token": typed}).status_code == 200
    assert not TOTPDevice.objects.get().confirmed
    assert halfway.get("/admin/").status_code == 302


def test_the_key_is_shown_until_it_is_confirmed_and_never_after(halfway: Client) -> None:
    keys = {texts(soup(halfway.get("/admin/enrol/")), "code")[0] for _ in range(2)}
    assert len(keys) == 1
    set_up(halfway)
    sign_out_and_half_in(halfway)
    answer = halfway.get("/admin/enrol/", follow=True)
    assert texts(soup(answer), "h1") == [said("Enter your code")]
    assert TOTPDevice.objects.count() == 1


def test_nobody_sets_up_for_somebody_else(client: Client, user: User) -> None:
    for page in ("enrol", "code"):
        chain = client.get(f"/admin/{page}/", follow=True).redirect_chain
        assert chain[-1][0].startswith("/admin/login/")
    assert not TOTPDevice.objects.exists()


# ---- every day ---------------------------------------------------------------------------------


def come_back(client: Client, code: str) -> list[str]:
    """Sign in anew with a code; return the errors, none when the door opened."""
    sign_out_and_half_in(client)
    answer = client.post("/admin/code/", {"otp_token": code})
    if answer.status_code == 302:
        return []
    return [error for found in errors(answer).values() for error in found]


def test_a_code_opens_the_door_once(halfway: Client) -> None:
    set_up(halfway)
    device = TOTPDevice.objects.get()
    TOTPDevice.objects.update(last_t=-1)
    code = phone_code(device)
    assert come_back(halfway, f"{code[:3]} {code[3:]}") == []
    assert come_back(halfway, code) == [said(WRONG)]


def test_a_recovery_code_opens_the_door_once(halfway: Client) -> None:
    codes = set_up(halfway)
    assert come_back(halfway, codes[0].upper()) == []
    assert StaticToken.objects.count() == 7
    assert come_back(halfway, codes[0]) == [said(WRONG)]


def test_guessing_is_slowed_down(halfway: Client) -> None:
    set_up(halfway)
    come_back(halfway, "000000")
    message = "Wrong codes so far: %(failure_count)d. Wait a moment, then try again."
    expected = [said(message) % {"failure_count": 1}]
    assert come_back(halfway, phone_code(TOTPDevice.objects.get())) == expected


def test_one_leads_to_the_page_one_wanted_but_to_no_other_site(halfway: Client) -> None:
    codes = set_up(halfway)
    halfway.logout()
    typed = {"username": "mei", "password": "correct horse battery"}
    wanted = "/admin/esimguide/fact/?q=x"
    answer = halfway.post("/admin/login/", typed | {"next": wanted}, follow=True)
    page = soup(answer)
    assert boxes(page)["next"] == [wanted]
    sent = {"otp_token": codes[0], "next": wanted}
    assert halfway.post("/admin/code/", sent).headers["Location"] == wanted
    sign_out_and_half_in(halfway)
    sent = {"otp_token": codes[1], "next": "https://evil.example/"}
    assert halfway.post("/admin/code/", sent).headers["Location"] == "/admin/"


def test_new_recovery_codes_end_the_old(halfway: Client) -> None:
    old = set_up(halfway)
    page = soup(halfway.get("/admin/recovery/"))
    assert "8" in page.text
    new = texts(soup(halfway.post("/admin/recovery/")), ".sign-in__codes li")
    assert len(new) == 8
    assert set(old) & set(new) == set()
    assert come_back(halfway, old[0]) == [said(WRONG)]


def test_one_can_leave_before_the_code(halfway: Client) -> None:
    assert halfway.post("/admin/logout/").status_code == 200
    assert "_auth_user_id" not in halfway.session
