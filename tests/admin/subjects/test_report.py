"""admin/report.py: reports beside what the guide said."""

import pytest
from django.test import Client

from tests.admin.form import send
from tests.factories import (
    make_carrier,
    make_channel,
    make_fact,
    make_procedure,
    make_report,
)
from tests.html import links, soup

pytestmark = pytest.mark.django_db


def test_report_leads_to_the_form_of_what_it_is_about(editor: Client) -> None:
    carrier = make_carrier()
    fact, channel = make_fact(carrier=carrier), make_channel(carrier=carrier)
    procedure = make_procedure(carrier=carrier)
    for name, fields in (
        ("fact", {"fact": fact}),
        ("channel", {"channel": channel}),
        ("procedure", {"procedure": procedure, "step_number": 1}),
    ):
        report = make_report(**fields)
        page = soup(editor.get(f"/admin/esimguide/report/{report.pk}/change/"))
        target = next(iter(fields.values()))
        assert f"/admin/esimguide/{name}/{target.pk}/change/" in links(page, ".field-about a")


def test_report_can_be_moved_to_another_fact(editor: Client) -> None:
    report, other = make_report(), make_fact(carrier=make_carrier())
    send(editor, f"/admin/esimguide/report/{report.pk}/change/", fact=str(other.pk))
    report.refresh_from_db()
    assert report.fact == other
