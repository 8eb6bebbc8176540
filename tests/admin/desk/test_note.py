"""admin/note.py: remarks under a text."""

from django.test import Client

from esimguide.models import Topic
from tests.admin.form import send
from tests.factories import make_term, make_topic, pair
from tests.html import soup, texts


def test_a_changed_source_is_shown_until_the_other_side_is_confirmed(editor: Client) -> None:
    topic = make_topic(**pair("title", "舊名", "旧名"))
    address = f"/admin/esimguide/topic/{topic.pk}/change/"
    send(editor, address, title_zh_hant="新名")
    page = soup(editor.get(address))
    assert texts(page, ".note--change") == ["舊新名"]
    assert Topic.objects.get().stale_texts == "title"
    send(editor, address, still_right="title")
    assert Topic.objects.get().stale_texts == ""
    assert texts(soup(editor.get(address)), ".note--stale") == []


def test_words_and_signs_are_remarked_on_and_not_rewritten(editor: Client) -> None:
    make_term(**pair("word", "增值", "充值"), **pair("forbidden", "充值", "增值"))
    topic = make_topic(body_zh_hant="先充值,再打。")
    page = soup(editor.get(f"/admin/esimguide/topic/{topic.pk}/change/"))
    assert len(texts(page, ".field-body_zh_hant .note--error")) >= 2
    assert Topic.objects.get().body_zh_hant == "先充值,再打。"
