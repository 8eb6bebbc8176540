"""admin/site.py: who comes in, and what is told to who tried too often."""

import pytest
from django.conf import LazySettings
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.utils.translation import override

from esimguide.admin.auth.site import ORDER
from esimguide.admin.desk.work_lists import WORK_LISTS
from tests.admin.form import enter, said
from tests.factories import make_editor
from tests.html import links, soup, texts


def test_a_password_alone_opens_nothing(client: Client, user: User) -> None:
    client.force_login(user)
    for address in ("/admin/", "/admin/esimguide/fact/", "/admin/check/", "/admin/recovery/"):
        answer = client.get(address, follow=True)
        assert [hop for hop, _ in answer.redirect_chain][-1] == "/admin/enrol/"


def test_without_the_setting_a_password_is_enough(
    client: Client, user: User, settings: LazySettings
) -> None:
    settings.ADMIN_OTP = False
    client.force_login(user)
    assert client.get("/admin/").status_code == 200


def test_who_is_no_staff_stays_outside(client: Client, db: None) -> None:
    enter(client, User.objects.create_user("reader"))
    assert client.get("/admin/").status_code == 302


def test_who_may_see_nothing_still_sees_an_empty_desk(client: Client, db: None) -> None:
    enter(client, User.objects.create_user("guest", is_staff=True))
    page = soup(client.get("/admin/"))
    assert texts(page, ".desk__count") == ["0"] * len(WORK_LISTS)


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
def test_too_many_passwords_are_answered_in_words(client: Client, db: None, language: str) -> None:
    make_editor(username="mei")
    typed = {"username": "mei", "password": "wrong"}
    headers = {"Accept-Language": language}
    statuses = [client.post("/admin/login/", typed, headers=headers).status_code for _ in range(8)]
    assert statuses == [200] * 7 + [429]
    right = typed | {"password": "correct horse battery"}
    answer = client.post("/admin/login/", right, headers=headers)
    assert answer.status_code == 429
    expected = {"zh-hant": said("Too many attempts"), "zh-hans": "尝试次数太多"}
    assert texts(soup(answer), "h1") == [expected[language]]
    assert "user" not in client.session


def test_the_desk_has_every_subject_in_the_order_of_the_house(editor: Client) -> None:
    page = soup(editor.get("/admin/"))
    subjects = [f"/admin/esimguide/{name.lower()}/" for name in ORDER]
    assert links(page, ".subjects a") == [*subjects, "/admin/languages/"]
    assert texts(page, "h1") == [said("Desk")]


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
def test_every_list_has_a_chinese_name(language: str) -> None:
    with override(language):
        names = [str(model._meta.verbose_name_plural) for model in admin.site._registry]  # noqa: SLF001 (it has no other name)
    assert [name for name in names if name.isascii()] == []
