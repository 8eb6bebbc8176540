"""revisions.py: stamps, snapshots, bringing back, and working copies."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from esimguide.editorial.revisions import (
    changed_meanwhile,
    numbers_in,
    procedure_revision_id,
    publish_working_copy,
    restore_content,
    revisions,
    snapshot,
    snapshot_at,
    start_working_copy,
)
from esimguide.models import Misconception, Procedure, State, Status, Step
from tests.factories import (
    make_capability,
    make_carrier,
    make_document,
    make_fact,
    make_misconception,
    make_procedure,
    make_requirement,
    make_situation,
    make_source,
    make_step,
    pair,
)

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


@pytest.fixture
def live() -> Procedure:
    procedure = make_procedure(
        carrier=make_carrier(slug="cmhk"), slug="replace", situations=[make_situation()]
    )
    procedure.needs.set([make_capability()])
    for title in "甲乙":
        make_step(procedure=procedure, **pair("title", title, title))
    procedure.steps.first().facts.set([make_fact(procedure=procedure)])
    make_requirement(procedure=procedure)
    return procedure


def titles(procedure: Procedure) -> list[str]:
    return [step.title_zh_hant for step in procedure.steps.all()]


# ---- stamps ------------------------------------------------------------------------------------


def test_a_stamp_moves_with_every_row_saved_or_deleted(live: Procedure) -> None:
    stamps = [procedure_revision_id(live)]
    live.save()
    stamps.append(procedure_revision_id(live))
    live.steps.first().save()
    stamps.append(procedure_revision_id(live))
    live.requirements.get().delete()
    stamps.append(procedure_revision_id(live))
    make_step()  # another procedure's
    assert len(set(stamps)) == 4
    assert procedure_revision_id(live) == stamps[-1]


@pytest.mark.parametrize("text", ["", "1-2", "1-2-3-4", "1-2-x", "1-2-²", "--"])
def test_an_odd_stamp_is_none(text: str) -> None:
    assert numbers_in(text, 3) is None


# ---- bringing back -------------------------------------------------------------------------------


def test_a_whole_version_comes_back(live: Procedure) -> None:
    before, then = snapshot(live), procedure_revision_id(live)
    keys = [step.pk for step in live.steps.all()]
    live.title_zh_hant = "新"
    live.save()
    live.needs.clear()
    live.steps.first().delete()
    make_step(procedure=live, position=9)
    live.requirements.all().delete()
    restore_content(live, snapshot_at(live, then))
    after = snapshot(Procedure.objects.get(pk=live.pk))
    assert (after.whole, after.steps) == (before.whole, before.steps)
    assert [r.columns for r in after.requirements] == [r.columns for r in before.requirements]
    assert [step.pk for step in live.steps.all()] == keys
    past = live.steps.first().history.order_by("history_id")
    assert [row.history_type for row in past] == ["+", "~", "-", "+", "~"]


def test_links_to_what_is_gone_are_let_go(live: Procedure) -> None:
    then, source = procedure_revision_id(live), live.source
    live.state, live.source, live.checked_on = State.UNKNOWN, None, None
    live.save()
    live.facts.all().delete()
    source.delete()
    with pytest.raises(ValidationError), transaction.atomic():
        restore_content(live, snapshot_at(live, then))  # official without a source
    live.refresh_from_db()
    assert live.state == State.UNKNOWN
    newer = procedure_revision_id(live)
    live.steps.first().facts.clear()
    restore_content(live, snapshot_at(live, newer))
    assert list(live.steps.first().facts.all()) == []


def test_a_published_procedure_keeps_a_step(live: Procedure) -> None:
    bare = snapshot(make_procedure())
    with pytest.raises(ValidationError):
        restore_content(live, bare)
    assert titles(live) == ["甲", "乙"]


def test_versions_fold_what_one_save_wrote(live: Procedure) -> None:
    assert [v.number for v in revisions(live)] == [1]
    live.title_zh_hant = "新"
    live.save()
    assert [(v.number, v.row.title_zh_hant) for v in revisions(live)] == [
        (2, "新"),
        (1, "補領儲值卡"),
    ]


def test_a_version_holds_the_rows_of_its_own_time(live: Procedure) -> None:
    live.title_zh_hant = "新"
    live.save()
    live.history.filter(title_zh_hant="補領儲值卡").update(
        history_date=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    )
    Step.history.update(history_date=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    step = live.steps.first()
    step.title_zh_hant = "丙"
    step.save()
    newest, oldest = revisions(live)
    found = [snapshot_at(live, v.revision_id) for v in (oldest, newest)]
    assert [[p.columns["title_zh_hant"] for p in s.steps] for s in found if s] == [
        ["甲", "乙"],
        ["丙", "乙"],
    ]


# ---- working copies ------------------------------------------------------------------------------


def test_a_copy_says_what_the_live_one_says_and_readers_see_none(live: Procedure) -> None:
    copy = start_working_copy(live)
    assert start_working_copy(live) == copy
    assert (copy.status, copy.slug, copy.carrier) == (Status.DRAFT, "replace", live.carrier)
    assert copy.steps.first().facts.get() == live.facts.get()
    assert list(copy.situations.all()) == list(live.situations.all())
    assert list(Procedure.objects.published()) == list(Procedure.objects.live()) == [live]
    assert Procedure.objects.get_by_natural_key("cmhk", "replace") == live
    with pytest.raises(IntegrityError), transaction.atomic():
        Procedure.objects.filter(pk=copy.pk).update(status=Status.PUBLISHED)


def test_publishing_a_copy_keeps_the_live_ones_keys_and_history(live: Procedure) -> None:
    first, second = live.steps.all()
    warning = make_misconception()
    warning.steps.set([second])
    copy = start_working_copy(live)
    copy.title_zh_hant, copy.title_zh_hans = "新", "新"
    copy.save()
    copy.steps.get(position=1).delete()
    moved = copy.steps.get()
    moved.position = 1
    moved.save()
    make_step(procedure=copy, position=2, **pair("title", "丙", "丙"))
    make_requirement(procedure=copy, document=make_document())
    past = live.history.count()
    published = publish_working_copy(copy, "because")
    assert (published.pk, published.title_zh_hant, titles(published)) == (
        live.pk,
        "新",
        ["乙", "丙"],
    )
    assert published.steps.first().pk == second.pk
    assert not Step.objects.filter(pk=first.pk).exists()
    assert list(Misconception.objects.get().steps.all()) == [second]
    assert published.requirements.count() == 2
    assert published.history.count() > past
    assert published.history.latest().history_change_reason == "because"
    assert list(Procedure.objects.all()) == [live]


def test_a_check_of_the_live_one_outlives_the_publication_of_a_copy(live: Procedure) -> None:
    copy = start_working_copy(live)
    live.checked_on = dt.date(2026, 11, 24)
    live.save()
    assert changed_meanwhile(copy) is None
    assert publish_working_copy(copy, "").checked_on == dt.date(2026, 11, 24)


def test_evidence_typed_into_the_copy_is_published(live: Procedure) -> None:
    copy = start_working_copy(live)
    source = copy.source = make_source()
    copy.save()
    assert publish_working_copy(copy, "").source == source


def test_a_change_of_the_live_one_is_noticed(live: Procedure) -> None:
    copy = start_working_copy(live)
    step = live.steps.first()
    step.title_zh_hant = "新"
    step.save()
    then = changed_meanwhile(copy)
    assert then is not None
    assert [part.columns["title_zh_hant"] for part in then.steps] == ["甲", "乙"]
