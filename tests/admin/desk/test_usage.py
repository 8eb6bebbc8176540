"""admin/usage.py: where a record is used, and when it may not go."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from esimguide.admin.desk.usage import uses
from esimguide.models import Status
from tests.factories import (
    make_capability,
    make_carrier,
    make_change,
    make_channel,
    make_fact,
    make_procedure,
    make_question,
    make_requirement,
    make_source,
    make_step,
    make_term,
    make_topic,
    pair,
)
from tests.html import links, soup, texts


def root(record: Model) -> str:
    return f"/admin/esimguide/{type(record).__name__.lower()}/{record.pk}"


def capability(status: str) -> Model:
    needed = make_capability()
    make_procedure(status=status).needs.add(needed)
    return needed


def source(status: str) -> Model:
    topic = make_topic(status=status)
    topic.sources.add(make_source())
    return topic.sources.get()


USED: dict[str, Callable[[str], Model]] = {
    "capability": capability,
    "carrier": lambda status: make_procedure(status=status, carrier=make_carrier()).carrier,
    "document": lambda status: make_requirement(procedure=make_procedure(status=status)).document,
    "source": source,
    "topic": lambda status: make_question(status=status, topic=make_topic()).topic,
}


@pytest.mark.parametrize("name", USED)
def test_what_readers_would_miss_is_kept_in_words(editor: Client, name: str) -> None:
    record = USED[name](Status.PUBLISHED)
    (use,) = uses(record)
    page = editor.get(f"{root(record)}/delete/")
    assert links(soup(page), "#deleted-objects a") == [use.address]
    assert soup(page).select("[type=submit][value]:not(button)") == []
    assert editor.post(f"{root(record)}/delete/", {"post": "yes"}).status_code == 200
    ticked = {"action": "delete_selected", "_selected_action": record.pk, "post": "yes"}
    assert editor.post(f"/admin/esimguide/{name}/", ticked).status_code == 200
    assert type(record).objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize("name", sorted(set(USED) - {"document"}))
def test_what_only_drafts_use_may_go(editor: Client, name: str) -> None:
    record = USED[name](Status.DRAFT)
    assert editor.post(f"{root(record)}/delete/", {"post": "yes"}).status_code == 302
    assert not type(record).objects.filter(pk=record.pk).exists()


def test_a_document_in_a_draft_is_kept_by_the_database(editor: Client) -> None:
    document = make_requirement(procedure=make_procedure(status=Status.DRAFT)).document
    assert editor.post(f"{root(document)}/delete/", {"post": "yes"}).status_code == 200
    assert editor.get(f"{root(document)}/change/").status_code == 200


def test_what_belongs_to_a_record_leaves_with_it_unless_others_show_it(editor: Client) -> None:
    procedure = make_procedure()
    fact = make_fact(procedure=procedure)
    make_step(procedure=procedure).facts.add(fact)
    other = make_step()
    other.facts.add(fact)
    page = soup(editor.get(f"{root(procedure)}/delete/"))
    assert links(page, "#deleted-objects a") == [f"{root(other)}/change/"]
    other.facts.clear()
    assert editor.post(f"{root(procedure)}/delete/", {"post": "yes"}).status_code == 302


def test_the_page_names_every_use_what_readers_see_first(editor: Client) -> None:
    topic = make_topic(title_zh_hant="題")
    make_change(topic=topic, status=Status.DRAFT, text_zh_hant="稿")
    make_fact(topic=topic, label_zh_hant="實")
    page = soup(editor.get(f"{root(topic)}/uses/"))
    assert texts(page, "tbody th") == ["實", "稿"]
    form = soup(editor.get(f"{root(topic)}/change/"))
    assert f"{root(topic)}/uses/" in links(form, ".object-tools a")


def test_a_word_of_the_glossary_is_found_in_texts(editor: Client) -> None:
    term = make_term(**pair("word", "增值", "充值"))
    make_topic(title_zh_hans="怎样充值")
    make_channel()
    assert [use.kind for use in uses(term)] == ["主題"]
    assert editor.post(f"{root(term)}/delete/", {"post": "yes"}).status_code == 302


@pytest.mark.parametrize("key", ["999", "abc", "9" * 30])
def test_an_odd_key_is_not_found(editor: Client, key: Any) -> None:
    assert editor.get(f"/admin/esimguide/source/{key}/uses/").status_code == 404
