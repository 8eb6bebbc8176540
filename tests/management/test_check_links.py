"""management/commands/check_links.py: every address once, its answer kept."""

import pytest
from django.core.management import call_command

from esimguide.management.commands.check_links import addresses, check
from esimguide.models import LinkCheck, Source
from esimguide.ops.link_checker import Answer
from tests.factories import make_channel, make_source

pytestmark = pytest.mark.django_db


def test_every_source_and_official_address_is_tried_once() -> None:
    source = make_source(url="https://a.example/")
    make_channel(source=source, value="https://b.example/")
    make_channel(source=source, value="https://a.example/")
    make_channel(source=source, value="29458888")
    Source.objects.exclude(pk=source.pk).delete()
    assert addresses() == ["https://a.example/", "https://b.example/"]


def test_answers_are_kept_and_old_ones_forgotten() -> None:
    make_source(url="https://a.example/")
    source = make_source(url="https://b.example/")
    answers = {
        "https://a.example/": Answer(LinkCheck.Outcome.GOOD, "200"),
        "https://b.example/": Answer(LinkCheck.Outcome.GONE, "404"),
    }
    assert check(answers.__getitem__) == (2, 1)
    assert [(link.url, link.detail) for link in LinkCheck.objects.dead()] == [
        ("https://b.example/", "404")
    ]
    source.delete()
    assert check(answers.__getitem__) == (1, 0)
    assert list(LinkCheck.objects.values_list("url", "outcome")) == [("https://a.example/", "good")]


def test_the_command_goes_nowhere_inside_this_network(capsys: pytest.CaptureFixture[str]) -> None:
    make_source(url="http://127.0.0.1:8000/")
    call_command("check_links")
    assert capsys.readouterr().out == "links: 1 tried, 1 dead\n"
    assert LinkCheck.objects.get().outcome == LinkCheck.Outcome.REFUSED
