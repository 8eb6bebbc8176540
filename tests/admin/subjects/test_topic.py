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


@pytest.mark.parametrize("lost", ["http://a.example/", "//a.example", "www.a.example"])
def test_a_link_that_readers_would_miss_is_refused_with_words(editor: Client, lost: str) -> None:
    topic = make_topic(body_zh_hant="舊")
    answer = send(editor, f"{ROOT}{topic.pk}/change/", body_zh_hant=f"見[官網]({lost})。")
    (words,) = errors(answer)["body_zh_hant"]
    assert words.startswith(f"讀者看不到連往「{lost}」的連結。")
    assert Topic.objects.get().body_zh_hant == "舊"
