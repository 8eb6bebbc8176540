"""management/commands/load_roles.py: roles are handed out once."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from esimguide.models import GrantedPermission, Role
from esimguide.models.role import PERMISSIONS

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


def load() -> None:
    call_command("load_roles", verbosity=0)


def test_each_role_gets_what_the_table_says() -> None:
    load()
    for role in Role:
        group = Group.objects.get(name=role)
        every = group.permissions.select_related("content_type")
        found = {f"{p.content_type.app_label}.{p.codename}" for p in every}
        assert found == PERMISSIONS[role]


def test_a_second_run_changes_nothing() -> None:
    load()
    before = set(GrantedPermission.objects.values_list("pk", flat=True))
    load()
    assert set(GrantedPermission.objects.values_list("pk", flat=True)) == before
    assert Group.objects.count() == len(Role)


def test_what_an_administrator_took_or_gave_stays() -> None:
    load()
    writer = Group.objects.get(name="writer")
    taken = Permission.objects.get(codename="change_fact")
    given = Permission.objects.get(codename="delete_fact")
    writer.permissions.remove(taken)
    writer.permissions.add(given)
    Group.objects.get(name="reviewer").delete()
    load()
    assert set(writer.permissions.all()) >= {given}
    assert taken not in writer.permissions.all()
    assert not Group.objects.filter(name="reviewer").exists()


def test_what_a_later_version_adds_is_handed_out() -> None:
    load()
    writer = Group.objects.get(name="writer")
    new = Permission.objects.get(codename="view_topic")
    writer.permissions.remove(new)
    GrantedPermission.objects.filter(role="writer", permission="esimguide.view_topic").delete()
    load()
    assert new in writer.permissions.all()
