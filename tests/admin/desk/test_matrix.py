"""admin/matrix.py: page by language."""

from django.contrib.auth.models import User
from django.test import Client

from tests.admin.form import enter
from tests.factories import make_topic
from tests.html import soup, texts


def test_what_is_left_to_do_is_listed(editor: Client) -> None:
    topic = make_topic(title_zh_hant="甲")
    make_topic(title_zh_hant="乙")
    topic.body_zh_hant = "新"
    topic.save()
    page = soup(editor.get("/admin/languages/?subject=topic"))
    rows = texts(page, "table:has(#matrix-pages) tbody tr")
    assert rows == ["甲齊備舊於原文"]
    everything = soup(editor.get("/admin/languages/?subject=topic&all=1"))
    assert len(texts(everything, "table:has(#matrix-pages) tbody tr")) == 2
    assert editor.get("/admin/languages/?subject=x").status_code == 200


def test_it_shows_nothing_without_rights(client: Client, db: None) -> None:
    enter(client, User.objects.create_user("guest", is_staff=True))
    assert client.get("/admin/languages/").status_code == 403
