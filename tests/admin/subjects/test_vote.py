"""admin/vote.py: counts to read."""

import pytest
from django.test import Client
from django.utils import timezone

from esimguide.models import Vote
from tests.admin.form import rows
from tests.factories import make_procedure, pair
from tests.html import soup, texts

pytestmark = pytest.mark.django_db


def test_counts_can_be_read_and_not_changed(editor: Client) -> None:
    vote = Vote.objects.create(
        procedure=make_procedure(),
        answer="stuck",
        step_number=2,
        language="zh-hans",
        day=timezone.localdate(),
        count=3,
    )
    root = "/admin/esimguide/vote/"
    assert [row[1:3] + row[5:] for row in rows(editor, root)] == [["卡在某一步", "2", "3"]]
    assert editor.get(f"{root}add/").status_code == 403
    assert editor.post(f"{root}{vote.pk}/change/", {"count": 9}).status_code == 403


def test_totals_stand_above_and_follow_the_filter(editor: Client) -> None:
    good, bad = (make_procedure(**pair("title", name, name)) for name in ("甲", "乙"))
    for procedure, answer, step, language in (
        (good, "yes", 0, "zh-hant"),
        (good, "yes", 0, "zh-hant"),
        (good, "no", 0, "zh-hans"),
        (bad, "stuck", 2, "zh-hant"),
        (bad, "stuck", 2, "zh-hans"),
        (bad, "stuck", 3, "zh-hans"),
    ):
        Vote.objects.add(procedure, answer, step, language)

    def told(query: str) -> list[list[str]]:
        page = soup(editor.get(f"/admin/esimguide/vote/{query}"))
        return [texts(row, "th, td") for row in page.select(".totals tbody tr")]

    assert told("") == [
        ["乙", "0%", "0", "0", "3第2步：2第3步：1"],
        ["甲", "67%", "2", "1", "0"],
    ]
    assert told("?language=zh-hant") == [
        ["乙", "0%", "0", "0", "1第2步：1"],
        ["甲", "100%", "2", "0", "0"],
    ]
    assert told("?answer=yes") == [["甲", "100%", "2", "0", "0"]]
