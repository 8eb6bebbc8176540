"""admin/topic.py."""

import pytest
from django.test import Client

from esimguide.models import Status, Topic
from tests.admin.form import errors, rows, said, send
from tests.factories import make_source, make_topic

ROOT = "/admin/esimguide/topic/"


@pytest.mark.parametrize("column", ["title_zh_hans", "summary_zh_hant", "body_zh_hans"])
def test_a_topic_is_published_in_both_languages_only(editor: Client, column: str) -> None:
    topic = make_topic(status=Status.DRAFT, **{column: ""})
    answer = send(editor, f"{ROOT}{topic.pk}/change/", status=Status.PUBLISHED)
    assert errors(answer) == {column: [said("Fill in both languages.")]}
    assert Topic.objects.get().status == Status.DRAFT


def test_a_topic_names_its_sources(editor: Client) -> None:
    topic, source = make_topic(), make_source()
    assert send(editor, f"{ROOT}{topic.pk}/change/", sources=[source.pk]).status_code == 302
    assert list(topic.sources.all()) == [source]


def test_list_filters_by_status(editor: Client) -> None:
    make_topic(title_zh_hant="甲")
    make_topic(title_zh_hant="乙", status=Status.REVIEW)
    assert [row[0] for row in rows(editor, f"{ROOT}?status__exact=review")] == ["乙"]
