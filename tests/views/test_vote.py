"""views/vote.py: did this help?"""

import pytest
from django.test import Client

from esimguide.models import Procedure, Status, Vote
from tests.factories import make_procedure, make_step
from tests.html import soup, texts

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


@pytest.fixture
def procedure() -> Procedure:
    made = make_procedure(slug="lost")
    make_step(procedure=made, position=1)
    make_step(procedure=made, position=2)
    return made


def counts() -> set[tuple[str, int, str, int]]:
    return set(Vote.objects.values_list("answer", "step_number", "language", "count"))


def test_answers_are_counted_by_step_and_language(client: Client, procedure: Procedure) -> None:
    posts = [
        *(("zh-hant", {"answer": "yes", "step": "1"}), ("zh-hant", {"answer": "yes"})),
        *(("zh-hans", {"answer": "no"}), ("zh-hans", {"answer": "stuck", "step": "2"})),
    ]
    for language, values in posts:
        response = client.post(f"/{language}/helped/{procedure.pk}/", values)
        assert (response.status_code, bool(response.cookies)) == (200, False)
    assert counts() == {
        ("yes", 0, "zh-hant", 2),
        ("no", 0, "zh-hans", 1),
        ("stuck", 2, "zh-hans", 1),
    }


@pytest.mark.parametrize(
    "values", [{}, {"answer": "maybe"}, {"answer": "stuck", "step": "3"}, {"answer": "stuck"}]
)
def test_nonsense_is_refused(client: Client, procedure: Procedure, values: dict[str, str]) -> None:
    assert client.post(f"/zh-hant/helped/{procedure.pk}/", values).status_code == 400
    assert counts() == set()


def test_fragment_is_a_piece_of_the_page(
    client: Client, htmx: Client, procedure: Procedure
) -> None:
    address, values = f"/zh-hant/helped/{procedure.pk}/", {"answer": "yes"}
    page = client.post(address, values)
    fragment = htmx.post(address, values, headers={"HX-Target": "helped"})
    assert fragment.content.strip() in page.content
    assert texts(soup(fragment), "#helped h2") == ["已記下，多謝。"]


def test_only_what_readers_see_can_be_judged(client: Client) -> None:
    hidden = make_procedure(status=Status.DRAFT)
    assert client.post(f"/zh-hant/helped/{hidden.pk}/", {"answer": "yes"}).status_code == 404
    assert client.get("/zh-hant/helped/1/").status_code == 404


def test_an_answer_is_posted(client: Client, procedure: Procedure) -> None:
    assert client.get(f"/zh-hant/helped/{procedure.pk}/").status_code == 400
