"""management/commands/coverage.py."""

import pytest
from django.core.management import call_command

from esimguide.models import PlanType
from tests.factories import make_carrier, make_fact, make_procedure, make_situation

pytestmark = pytest.mark.django_db


def test_prints_every_cell_and_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    carrier = make_carrier(slug="cmhk")
    lost = make_situation(slug="lost")
    make_procedure(carrier=carrier, situations=[lost], line=PlanType.PREPAID)
    make_fact(carrier=carrier)
    call_command("coverage")
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines[:2] == [
        "cmhk hong-kong mainland macau overseas",
        "lost official (prepaid) unconfirmed unconfirmed unconfirmed",
    ]
    assert "fee official" in lines
    assert lines[lines.index("missing: 11") + 1] == "cmhk esim"
