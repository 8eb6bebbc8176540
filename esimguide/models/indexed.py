"""Indexed: a record that search can find. Saving it updates the index."""

from collections.abc import Callable
from typing import Any

from django.db import models, transaction

# Called after each save. ``search/index.py`` registers itself here, since models do not import it.
AFTER_SAVE: list[Callable[[models.Model], None]] = []


class Indexed(models.Model):
    """Updates the search index in the transaction of the change.

    Deleting needs no code: the database deletes an entry with its record. Code that bypasses
    ``save`` (``update``, ``bulk_create``, ``loaddata``) must call ``search.index.rebuild``.
    """

    class Meta:
        abstract = True

    def save_base(self, raw: bool = False, **kwargs: Any) -> None:  # type: ignore[override] # noqa: ANN401, FBT001, FBT002 (Django's signature)
        """Save, then update the index. Not for ``raw`` records of a fixture: the records that they
        point to may not be loaded yet.
        """
        using = kwargs.get("using")
        with transaction.atomic(using=using, savepoint=False):
            super().save_base(raw=raw, **kwargs)
            if not raw:
                for after_save in AFTER_SAVE:
                    after_save(self)
