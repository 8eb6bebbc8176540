"""management/commands/reindex.py."""

import pytest
from django.core.management import call_command

from esimguide.models import SearchEntry, Topic
from tests.factories import make_topic, pair

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


def test_makes_the_index_anew_from_the_content(capsys: pytest.CaptureFixture[str]) -> None:
    make_topic(**pair("title", "舊", "旧"))
    Topic.objects.update(title_zh_hant="新")
    call_command("reindex")
    assert [entry.title_zh_hant for entry in SearchEntry.objects.all()] == ["新"]
    assert capsys.readouterr().out == "search: 1 entries\n"
