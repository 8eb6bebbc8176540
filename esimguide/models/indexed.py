"""Indexed: a record that search can find. Saving it brings the index into step at once."""

from collections.abc import Callable
from typing import Any

from django.db import models, transaction

# What brings the index into step after a save: ``search/index.py`` registers itself here, since the
# models know nothing of search.
AFTER_SAVE: list[Callable[[models.Model], None]] = []


class Indexed(models.Model):
    """Keeps the search index in step, in the same transaction as the change itself.

    Deleting needs no code: the database drops an entry with its record. What goes past ``save``
    (``update``, ``bulk_create``, ``loaddata``) has to call ``search.index.rebuild`` afterwards.
    """

    class Meta:
        abstract = True

    def save_base(self, raw: bool = False, **kwargs: Any) -> None:  # type: ignore[override] # noqa: ANN401, FBT001, FBT002 (Django's signature)
        """Save, then make the entries of the record, and of what hangs on it, anew.

        ``raw`` is a fixture being loaded: what it points at may not be there yet.
        """
        using = kwargs.get("using")
        with transaction.atomic(using=using, savepoint=False):
            super().save_base(raw=raw, **kwargs)
            if not raw:
                for bring_into_step in AFTER_SAVE:
                    bring_into_step(self)
