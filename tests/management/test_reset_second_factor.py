"""management/commands/reset_second_factor.py."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.admin.form import enter
from tests.factories import make_editor


def test_an_editor_sets_up_anew(client: Client, db: None) -> None:
    enter(client, make_editor(username="mei"))
    other = make_editor()
    TOTPDevice.objects.create(user=other, confirmed=True)
    assert client.get("/admin/").status_code == 200
    call_command("reset_second_factor", "mei", verbosity=0)
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/admin/enrol/"
    assert TOTPDevice.objects.filter(user=other).exists()


def test_a_name_that_nobody_has_is_an_error(db: None) -> None:
    with pytest.raises(CommandError, match="nobody is called x"):
        call_command("reset_second_factor", "x")
