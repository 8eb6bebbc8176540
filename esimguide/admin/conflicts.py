"""Held forms: shown again with all that was typed, and not saved until a person says so.

A form is held when somebody else has saved meanwhile, when drafts were filled in, and when its
sender's session had ended. Each is a ``Hold`` on the request; the form then refuses to be saved.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from simple_history.utils import get_history_manager_for_model

from esimguide.admin.bilingual import label
from esimguide.editorial.revisions import numbers_in, revision_id
from esimguide.editorial.text_checks import draft_simplified

VERSION = "_version"
DRAFT = "_draft_simplified"
TYPED_AS = {"position": "order"}  # boxes that go by another name than their column

type Rows = list[tuple[type[Model], str, str]]  # a model, its link to the owner, its rows' prefix


@dataclass
class Conflict:
    """A box in which two editors typed: what stood there, what the other typed, what you did."""

    place: str
    theirs: str
    yours: str


@dataclass
class ConcurrentSave:
    """What another editor saved meanwhile."""

    who: str
    when: dt.datetime
    record: str


@dataclass
class HeldForm:
    """Why a form is held, and what is shown about it."""

    reason: str
    saves: list[ConcurrentSave] = field(default_factory=list)
    clashes: list[Conflict] = field(default_factory=list)
    drafted: set[str] = field(default_factory=set)


def held_form(request: HttpRequest) -> HeldForm | None:
    """Return why the request's form is not to be saved, if it is not."""
    return getattr(request, "hold", None)


def hold_form(request: HttpRequest, hold: HeldForm, data: QueryDict) -> None:
    """Hold the request's form, with ``data`` as what was typed."""
    request.hold = hold  # type: ignore[attr-defined]
    request.FILES  # noqa: B018 (read now: a later first look would read POST anew as well)
    request.method, request.POST = "POST", data  # type: ignore[assignment]


# ---- drafts ------------------------------------------------------------------------------------


def fill_drafts(request: HttpRequest) -> None:
    """Fill each empty Simplified box from its Traditional one, and hold the form."""
    data, drafted = request.POST.copy(), set()
    for name, typed in request.POST.items():
        other = f"{name.removesuffix('_zh_hant')}_zh_hans"
        is_source = name.endswith("_zh_hant") and typed and "__prefix__" not in name
        if is_source and data.get(other) == "":
            data[other] = draft_simplified(str(typed))
            drafted.add(other)
    reason = _("Nothing is saved yet. Drafted texts: %(count)d. Read each of them, then save.")
    hold_form(request, HeldForm(reason % {"count": len(drafted)}, drafted=drafted), data)


# ---- two editors at once -----------------------------------------------------------------------


def detect_conflicts(request: HttpRequest, record: Model, rows: Rows) -> None:
    """Hold the form if ``record`` or its rows were saved since the form was opened.

    What only the other editor changed is taken into the form; where both typed, what this one
    typed stays in the box and the other's text is shown beside it. The form then carries the
    newest stamp, so that saving it again is done knowingly.
    """
    now = revision_id(record, *((model, link) for model, link, _prefix in rows))
    sent = request.POST.get(VERSION, "")
    if sent == now:
        return
    data, hold = request.POST.copy(), HeldForm(_("Somebody else has saved this meanwhile."))
    data[VERSION] = now
    if numbers := numbers_in(sent, 1 + len(rows)):
        hold.saves = _saves_since(record, rows, numbers)
        for part, prefix, number in _parts(data, record, rows, numbers):
            hold.clashes += _merge(data, part, prefix, number)
    hold_form(request, hold, data)


def _saves_since(record: Model, rows: Rows, numbers: list[int]) -> list[ConcurrentSave]:
    models = [(type(record), "id"), *((model, link) for model, link, _prefix in rows)]
    found = []
    for (model, link), number in zip(models, numbers, strict=True):
        history = get_history_manager_for_model(model).select_related("history_user")
        for row in history.filter(**{link: record.pk}, history_id__gt=number):
            who = str(row.history_user or _("no editor"))
            found.append(
                ConcurrentSave(who, row.history_date, f"{model._meta.verbose_name}：{_name(row)}")
            )
    return sorted(found, key=lambda save: save.when)


def _name(row: Any) -> str:  # noqa: ANN401 (a row of history)
    try:
        return str(row.instance)
    except ObjectDoesNotExist:  # its name leans on a record that is gone
        return str(row.id)


def _parts(
    data: QueryDict, record: Model, rows: Rows, numbers: list[int]
) -> Iterator[tuple[Model, str, int]]:
    yield record, "", numbers[0]
    for (model, link, prefix), number in zip(rows, numbers[1:], strict=True):
        mine = {str(row.pk): row for row in model._default_manager.filter(**{link: record.pk})}
        for place in range(_count(data.get(f"{prefix}-INITIAL_FORMS", "0"))):
            if row := mine.get(data.get(f"{prefix}-{place}-id", "")):
                yield row, f"{prefix}-{place}-", number


def _count(typed: str) -> int:
    return min(int(typed), 100) if typed.isascii() and typed.isdigit() else 0


def _merge(data: QueryDict, part: Any, prefix: str, number: int) -> list[Conflict]:  # noqa: ANN401
    history = part.history.filter(history_id__lte=number).order_by("history_id")
    if not (before := history.last()):
        return []
    found = []
    for column in part._meta.concrete_fields:
        old, new = (_typed(column.value_from_object(row)) for row in (before, part))
        box = prefix + TYPED_AS.get(column.name, column.name)
        box = box if box in data else prefix + column.name
        mine = _typed(data.get(box)) if _is_shown(data, box, column) else new
        if new in {old, mine}:
            continue
        if mine == old:
            _put(data, box, new)
        else:
            found.append(Conflict(f"{part}：{label(type(part), column.name)}", new, mine))
    return found


def _is_shown(data: QueryDict, box: str, column: Any) -> bool:  # noqa: ANN401 (a model's field)
    is_tick = column.get_internal_type() == "BooleanField"
    return box in data or (is_tick and bool(column.editable))


def _typed(value: object) -> str:
    """Return what a box sends for ``value``."""
    if value is None or value is False:
        return ""
    return "on" if value is True else str(value).replace("\r\n", "\n")


def _put(data: QueryDict, box: str, value: str) -> None:
    is_tick_taken_out = value == "" and data.get(box) == "on"
    if is_tick_taken_out:
        del data[box]
    else:
        data[box] = value
