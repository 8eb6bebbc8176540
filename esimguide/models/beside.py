"""What hangs on a record, fetched beside it in the same query instead of one query each.

``with_keys("needs")`` fetches only the keys of linked records; ``lend`` then puts the records,
which the caller has already, where ``record.needs.all()`` finds them. ``with_rows(questions=…)``
fetches the records themselves, few and short ones, as JSON; ``unpack`` puts them in their place.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, Self

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import CharField, JSONField, OuterRef, StringAgg, Subquery, TextField, Value
from django.db.models.functions import Cast, JSONObject


class BesideQuerySet[M: models.Model](models.QuerySet[M]):
    """A queryset that can fetch what hangs on its records."""

    def in_order(self) -> Self:
        """Ask for the model's own order, which Django leaves out of a query that counts."""
        return self.order_by(*(self.model._meta.ordering or ()))

    def with_keys(self, *names: str) -> Self:
        """Fetch what ``lend`` needs for the links of these names."""
        joined = StringAgg(Cast("pk", CharField()), Value(","))
        found = ((name, _related(self.model, name).objects.all()) for name in names)
        return self.annotate(
            **{f"{name}_keys": _beside(self.model, name, linked, joined) for name, linked in found}
        )

    def with_rows(self, **querysets: models.QuerySet[Any]) -> Self:
        """Fetch what ``unpack`` needs: of each name those records that its queryset has."""
        return self.annotate(
            **{
                f"{name}_rows": _beside(self.model, name, rows, _as_json(rows.model))
                for name, rows in querysets.items()
            }
        )


def _related(model: type[models.Model], name: str) -> Any:  # noqa: ANN401 (a model of ours)
    return model._meta.get_field(name).related_model


def _beside(
    model: type[models.Model], name: str, linked: models.QuerySet[Any], joined: StringAgg
) -> Subquery:
    link: Any = model._meta.get_field(name)
    back = link.remote_field.name
    mine = linked.order_by().filter(**{back: OuterRef("pk")}).values(back)
    return Subquery(mine.annotate(joined=joined).values("joined"))


def _columns(model: type[models.Model]) -> dict[str, models.Field[Any, Any]]:
    # JSON inside JSON comes back in two forms from two databases; no page shows such a column.
    return {f.attname: f for f in model._meta.concrete_fields if not isinstance(f, JSONField)}


def _as_json(model: type[models.Model]) -> StringAgg:
    row = JSONObject(**{name: name for name in _columns(model)})
    return StringAgg(Cast(row, TextField()), Value(","))


def lend(records: Iterable[models.Model], **pools: Mapping[int, models.Model]) -> None:
    """Give each record its links out of ``pools``, in their order; what a pool lacks is left out.

    The records must have been fetched ``with_keys`` of the same names.
    """
    for record in records:
        for name, pool in pools.items():
            keys = set((getattr(record, f"{name}_keys") or "").split(","))
            _place(record, name, [linked for key, linked in pool.items() if str(key) in keys])


def unpack(record: models.Model, name: str, **pools: Mapping[int, Any]) -> None:
    """Give the record what it was fetched ``with_rows`` of, in the usual order; what those rows
    belong to comes out of ``pools``.
    """
    model = _related(type(record), name)
    columns = _columns(model)
    rows = []
    for found in json.loads(f"[{getattr(record, f'{name}_rows') or ''}]"):
        values = [field.to_python(found[key]) for key, field in columns.items()]
        rows.append(model.from_db(DEFAULT_DB_ALIAS, list(columns), values))
        for owner, pool in pools.items():
            setattr(rows[-1], owner, pool[found[f"{owner}_id"]])
    _place(record, name, _sorted(rows, model._meta.ordering))


def _sorted(rows: list[Any], ordering: Sequence[str]) -> list[Any]:
    # Here, since SQLite cannot order what it joins before 3.44.
    for column in reversed(ordering):
        path = column.removeprefix("-").replace("__", ".")
        rows = sorted(rows, key=attrgetter(path), reverse=column.startswith("-"))
    return rows


def _place(record: models.Model, name: str, linked: list[Any]) -> None:
    # Where Django's own prefetch puts them.
    record.__dict__.setdefault("_prefetched_objects_cache", {})[name] = linked
