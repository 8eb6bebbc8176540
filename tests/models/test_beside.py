"""models/beside.py: what hangs on a record comes with it, as if it had been asked for alone."""

import datetime as dt

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from esimguide.models import Carrier, Change, Document, Procedure, Question, Requirement, Status
from esimguide.models.beside import lend, unpack
from tests.factories import (
    make_capability,
    make_carrier,
    make_change,
    make_procedure,
    make_question,
    make_requirement,
    pair,
)

pytestmark = pytest.mark.django_db
ODD = '一行\n「二」 "三", \\四 {五}'


def test_rows_are_those_of_the_database_in_their_order(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    carrier = make_carrier()
    make_question(carrier=carrier, position=2, slug="b", **pair("answer", ODD, ODD))
    make_question(carrier=carrier, position=2, slug="a")
    make_question(carrier=carrier, position=10, slug="c")
    make_question(carrier=carrier, status=Status.DRAFT)
    make_question(carrier=make_carrier())
    for day in (1, 3, 2):
        make_change(carrier=carrier, made_on=dt.date(2026, 11, day))
    questions = Question.objects.published()
    whole = Carrier.objects.with_rows(questions=questions, changes=Change.objects.all())
    with django_assert_num_queries(1):
        found = whole.get(pk=carrier.pk)
        unpack(found, "questions")
        unpack(found, "changes")
        asked = [(q.pk, q.slug, q.answer, q.position, q.status) for q in found.questions.all()]
        changed = [(c.pk, c.made_on, c.text) for c in found.changes.all()]
    live = questions.filter(carrier=carrier)
    assert asked == [(q.pk, q.slug, q.answer, q.position, q.status) for q in live]
    assert [slug for _pk, slug, *_rest in asked] == ["a", "b", "c"]
    assert changed == [(c.pk, c.made_on, c.text) for c in Change.objects.filter(carrier=carrier)]


def test_rows_take_what_they_belong_to_from_a_pool() -> None:
    procedure = make_procedure()
    for position in (3, 1, 2):
        make_requirement(procedure=procedure, position=position)
    found = Procedure.objects.with_rows(requirements=Requirement.objects.all()).get()
    unpack(found, "requirements", document={d.pk: d for d in Document.objects.all()})
    wanted = procedure.requirements.select_related("document")
    shown = [(r.position, r.document.name) for r in found.requirements.all()]
    assert shown == [(r.position, r.document.name) for r in wanted]


def test_lent_records_are_those_linked_in_the_order_of_the_pool() -> None:
    first, second, third, gone = (make_capability() for _ in range(4))
    procedure, bare = make_procedure(), make_procedure()
    procedure.needs.set([gone, third, first])
    found = list(Procedure.objects.order_by("pk").with_keys("needs"))
    lend(found, needs={c.pk: c for c in (first, second, third)})
    assert [list(p.needs.all()) for p in found] == [[first, third], []]
    assert found[1] == bare
