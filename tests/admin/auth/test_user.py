"""admin/user.py: accounts and roles, and the limit of what administrators give."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client

from tests.admin.form import boxes, enter, send
from tests.factories import make_editor
from tests.html import soup, texts

ROOT = "/admin/auth/user/"


@pytest.fixture
def administrator(client: Client, db: None) -> Client:
    call_command("load_roles", verbosity=0)
    user = User.objects.create_user("ann", is_staff=True)
    user.groups.add(Group.objects.get(name="administrator"))
    return enter(client, user)


def test_an_administrator_gives_a_role(administrator: Client) -> None:
    mei = User.objects.create_user("mei", is_staff=True)
    page = soup(administrator.get(f"{ROOT}{mei.pk}/change/"))
    assert texts(page, "#id_groups label") == ["管理員", "發佈人", "審閱人", "撰稿人"]
    assert page.select("[name=_draft_simplified]") == []  # an account has no texts
    writer = Group.objects.get(name="writer")
    assert send(administrator, f"{ROOT}{mei.pk}/change/", groups=[writer.pk]).status_code == 302
    assert list(mei.groups.all()) == [writer]


def test_an_administrator_makes_no_superuser(administrator: Client) -> None:
    mei = User.objects.create_user("mei", is_staff=True)
    typed = {"is_superuser": "on", "user_permissions": ["1"]}
    assert send(administrator, f"{ROOT}{mei.pk}/change/", **typed).status_code == 302
    mei.refresh_from_db()
    assert (mei.is_superuser, mei.user_permissions.count()) == (False, 0)


@pytest.mark.parametrize("page", ["change/", "password/", "delete/"])
def test_an_administrator_touches_no_superuser(administrator: Client, page: str) -> None:
    boss = make_editor(username="boss")
    typed = {"username": "x", "password1": "correct horse 22", "password2": "correct horse 22"}
    assert administrator.post(f"{ROOT}{boss.pk}/{page}", typed | {"post": "yes"}).status_code == 403
    ticked = {"action": "delete_selected", "_selected_action": boss.pk, "post": "yes"}
    administrator.post(ROOT, ticked)
    boss.refresh_from_db()
    assert (boss.username, boss.check_password("correct horse battery")) == ("boss", True)


def test_rights_come_from_roles_alone(editor: Client) -> None:
    anna = User.objects.create_user("anna", is_staff=True)
    form = boxes(soup(editor.get(f"{ROOT}{anna.pk}/change/")))
    assert "user_permissions" not in form
    typed = form | {"user_permissions": ["1"]}
    assert editor.post(f"{ROOT}{anna.pk}/change/", typed).status_code == 302
    assert anna.user_permissions.count() == 0


def test_a_superuser_may(editor: Client) -> None:
    mei = User.objects.create_user("anna", is_staff=True)
    assert send(editor, f"{ROOT}{mei.pk}/change/", is_superuser="on").status_code == 302
    mei.refresh_from_db()
    assert mei.is_superuser


@pytest.mark.parametrize("password", ["short", "password1234", "mei-mei-mei-mei", "mei"])
def test_a_weak_password_is_refused(editor: Client, password: str) -> None:
    mei = User.objects.create_user("mei-mei-mei", is_staff=True)
    typed = {"password1": password, "password2": password, "usable_password": "true"}
    assert editor.post(f"{ROOT}{mei.pk}/password/", typed).status_code == 200
    mei.refresh_from_db()
    assert not mei.has_usable_password() or not mei.check_password(password)
