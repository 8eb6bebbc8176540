"""Whole versions of a procedure: with its steps and documents, now or at an earlier time.

A *stamp* says how far the history of a record and of its rows had come: ``"12-5-7"``. Two equal
stamps mean that nobody has saved in between. A *snapshot* is a procedure's content as plain data,
taken from the present, from a working copy or from the history, and it can be brought back.
"""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, ForeignKey, Max, Model
from django.utils.translation import gettext as _
from simple_history.utils import get_history_manager_for_model

from esimguide.models import Procedure, Requirement, Status, Step

ROWS = (Step, Requirement)
SAME_SAVE = dt.timedelta(seconds=1)  # saving one form writes several rows of history, this near
BEYOND = 10_000  # a place in the order that no row has

# What a procedure is, rather than what it says: neither copied nor brought back.
IDENTITY = {"id", "status", "slug", "carrier", "replaces", "copied_from", "reviewed_by"}
EVIDENCE = ("source_id", "state", "checked_on", "checked_by_id", "check_again_on")
ROW_IDENTITY = {"id", "procedure", "replaces"}

# ---- stamps ------------------------------------------------------------------------------------


def revision_id(record: Model, *rows: tuple[type[Model], str]) -> str:
    """Return the stamp of ``record`` and its ``rows``: pairs of a model and its link's name."""
    numbers = [_latest(type(record), id=record.pk)]
    numbers += [_latest(model, **{link: record.pk}) for model, link in rows]
    return "-".join(map(str, numbers))


def procedure_revision_id(procedure: Procedure) -> str:
    return revision_id(procedure, *((model, "procedure_id") for model in ROWS))


def numbers_in(text: str, count: int) -> list[int] | None:
    """Return the ``count`` numbers of a stamp that was sent; None if it is none."""
    parts = text.split("-")
    is_stamp = len(parts) == count and all(p.isascii() and p.isdigit() for p in parts)
    return [int(part[:18]) for part in parts] if is_stamp else None


def _latest(model: type[Model], **which: object) -> int:
    found = get_history_manager_for_model(model).filter(**which)
    return found.aggregate(top=Max("history_id"))["top"] or 0


def set_change_reason(record: Any, reason: str) -> None:  # noqa: ANN401 (any model with a history)
    """Say why the next save of ``record`` is done; its row of history keeps 100 characters of it.

    The attribute is django-simple-history's documented way, whatever its name looks like.
    """
    record._change_reason = reason[:100]  # noqa: SLF001


# ---- snapshots ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """One record's columns, and the keys its many-to-many links lead to."""

    key: int | None
    columns: dict[str, Any]
    links: dict[str, list[int]]


@dataclass(frozen=True)
class Snapshot:
    """A procedure's content."""

    whole: Part
    steps: list[Part]
    requirements: list[Part]


@dataclass(frozen=True)
class Revision:
    """One saved state of a procedure: when, by whom, why, and its stamp."""

    number: int
    row: Any
    revision_id: str


def snapshot(procedure: Procedure) -> Snapshot:
    return Snapshot(
        _part(Procedure, procedure),
        [_part(Step, step) for step in procedure.steps.all()],
        [_part(Requirement, row) for row in procedure.requirements.all()],
    )


def snapshot_at(procedure: Procedure, at: str) -> Snapshot | None:
    """Return what a procedure said at the stamp ``at``; None if there was no such time."""
    numbers = numbers_in(at, 1 + len(ROWS))
    past = procedure.history.filter(history_id=numbers[0]).first() if numbers else None
    if numbers is None or past is None:
        return None
    steps, requirements = (
        _rows_at(model, procedure, top) for model, top in zip(ROWS, numbers[1:], strict=True)
    )
    return Snapshot(_part(Procedure, past), steps, requirements)


def _rows_at(model: type[Model], procedure: Procedure, top: int) -> list[Part]:
    history = get_history_manager_for_model(model)
    rows = history.filter(procedure_id=procedure.pk, history_id__lte=top).order_by("history_id")
    latest = {row.id: row for row in rows}
    left = [row for row in latest.values() if row.history_type != "-"]
    return [_part(model, row) for row in sorted(left, key=lambda row: row.position)]


def _part(model: type[Model], row: Any) -> Part:  # noqa: ANN401 (a record or its history)
    apart = IDENTITY if model is Procedure else ROW_IDENTITY
    fields = [field for field in model._meta.concrete_fields if field.name not in apart]
    columns = {field.attname: getattr(row, field.attname) for field in fields}
    shared = [field for field in model._meta.many_to_many if field.editable]
    return Part(row.id, columns, {field.name: _targets(row, field) for field in shared})


def _targets(row: Any, field: Any) -> list[int]:  # noqa: ANN401 (Django's and the history's own)
    linked = getattr(row, field.name).all()
    if isinstance(row, field.model):
        return sorted(target.pk for target in linked)
    return sorted(getattr(link, f"{field.m2m_reverse_field_name()}_id") for link in linked)


# ---- the list of versions ----------------------------------------------------------------------


def revisions(procedure: Procedure) -> list[Revision]:
    """Return every saved state, newest first, numbered from 1."""
    rows = list(procedure.history.select_related("history_user").order_by("history_id"))
    following = [*rows[1:], None]
    kept = [(row, after) for row, after in zip(rows, following, strict=True) if _ends(row, after)]
    found = [
        Revision(number, row, _stamp_until(procedure, row, after))
        for number, (row, after) in enumerate(kept, start=1)
    ]
    return found[::-1]


def _ends(row: Any, after: Any) -> bool:  # noqa: ANN401 (rows of history)
    """Tell whether ``after`` belongs to another save; rows for ticks repeat the columns."""
    if after is None or row.history_user_id != after.history_user_id:
        return True
    is_near = after.history_date - row.history_date < SAME_SAVE
    fields = [field.attname for field in Procedure._meta.concrete_fields]
    return not (is_near and all(getattr(row, name) == getattr(after, name) for name in fields))


def _stamp_until(procedure: Procedure, row: Any, after: Any) -> str:  # noqa: ANN401
    until = {"history_date__lt": after.history_date} if after else {}
    tops = [_latest(model, procedure_id=procedure.pk, **until) for model in ROWS]
    return "-".join(map(str, (row.history_id, *tops)))


# ---- bringing content to a procedure -----------------------------------------------------------


@transaction.atomic
def restore_content(procedure: Procedure, content: Snapshot) -> None:
    """Overwrite ``procedure`` with a snapshot; clear links to deleted records.

    Rows whose key the procedure has are changed in place, which continues their history. Raises
    ValidationError, and changes nothing, if a rule is broken.
    """
    if procedure.is_published and not content.steps:
        raise ValidationError(_("A published procedure needs at least one step."))
    _fill(procedure, content.whole)
    _bring_rows(Step, procedure, content.steps)
    _bring_rows(Requirement, procedure, _by_document(procedure, content.requirements))


def _by_document(procedure: Procedure, parts: list[Part]) -> list[Part]:
    mine = {row.document_id: row.pk for row in procedure.requirements.all()}
    return [replace(part, key=mine.get(part.columns["document_id"])) for part in parts]


def _bring_rows(model: type[Model], procedure: Procedure, parts: list[Part]) -> None:
    mine = model._default_manager.filter(procedure=procedure)
    for row in mine.exclude(pk__in=[part.key for part in parts if part.key]):
        row.delete()
    mine.update(position=F("position") + BEYOND)
    rows = {row.pk: row for row in mine}
    for part in parts:
        row = rows.get(part.key) or model(pk=part.key, procedure=procedure)
        _fill(row, part)


def _fill(record: Any, part: Part) -> None:  # noqa: ANN401 (a procedure or one of its rows)
    for name, value in part.columns.items():
        setattr(record, name, value)
    _clear_dead_links(record)
    record.full_clean(validate_unique=False)
    record.save()
    for name, keys in part.links.items():
        links = getattr(record, name)
        links.set(links.model.objects.filter(pk__in=keys))


def _clear_dead_links(record: Model) -> None:
    for field in record._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.null:
            target: Any = field.related_model
            if not target.objects.filter(pk=getattr(record, field.attname)).exists():
                setattr(record, field.name, None)


# ---- working copies ----------------------------------------------------------------------------


@transaction.atomic
def start_working_copy(live: Procedure) -> Procedure:
    """Return the working copy of ``live``; makes it if there is none yet."""
    if existing := Procedure.objects.filter(replaces=live).first():
        return existing
    content = snapshot(live)
    copy = Procedure(
        replaces=live, slug=live.slug, carrier=live.carrier, copied_from=procedure_revision_id(live)
    )
    restore_content(copy, _without_keys(content))
    for step, part in zip(copy.steps.all(), content.steps, strict=True):
        step.replaces_id = part.key
        step.save()
    return copy


def _without_keys(content: Snapshot) -> Snapshot:
    return Snapshot(
        content.whole,
        [replace(part, key=None) for part in content.steps],
        [replace(part, key=None) for part in content.requirements],
    )


def changed_meanwhile(copy: Procedure) -> Snapshot | None:
    """Return the live procedure as it was when it was copied, or None if it has not changed since.
    A check of the evidence is no change.
    """
    live = Procedure.objects.get(working_copy=copy)
    then, now = snapshot_at(live, copy.copied_from), snapshot(live)
    return then if then and _said(then) != _said(now) else None


def _said(content: Snapshot) -> tuple[Any, ...]:
    columns = {k: v for k, v in content.whole.columns.items() if k not in EVIDENCE}
    return (columns, content.whole.links, content.steps, content.requirements)


@transaction.atomic
def publish_working_copy(copy: Procedure, reason: str) -> Procedure:
    """Overwrite the live procedure with its working copy, and delete the copy. The live one keeps
    its key, address and history, and its evidence if the copy did not change that.
    """
    live = Procedure.objects.select_for_update(of=("self",)).get(working_copy=copy)
    content = snapshot(copy)
    then = snapshot_at(live, copy.copied_from)
    untouched = then and {k: then.whole.columns[k] for k in EVIDENCE} == {
        k: content.whole.columns[k] for k in EVIDENCE
    }
    kept = {k: getattr(live, k) for k in EVIDENCE} if untouched else {}
    whole = replace(content.whole, columns=content.whole.columns | kept)
    keys = {step.pk: step.replaces_id for step in copy.steps.all()}
    steps = [replace(part, key=keys[part.key]) for part in content.steps]  # type: ignore[index]
    live.status, live.reviewed_by = Status.PUBLISHED, copy.reviewed_by
    set_change_reason(live, reason)
    copy.delete()
    restore_content(live, replace(content, whole=whole, steps=steps))
    live.authors.clear()
    return live
