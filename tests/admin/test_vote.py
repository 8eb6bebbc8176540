"""admin/vote.py: counts to read."""

import pytest
from django.test import Client
from django.utils import timezone

from esimguide.models import Vote
from tests.admin.form import rows
from tests.factories import make_procedure

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
