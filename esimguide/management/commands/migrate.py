"""manage.py migrate: Django's own, then the triggers that move the content version."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from esimguide.triggers import install


class Command(Migrate):
    """Migrates as Django does, and leaves every content table with its triggers."""

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Migrate; ``--plan`` and ``--check`` change nothing, so they put no trigger either."""
        super().handle(*args, **options)
        if not (options["plan"] or options["check_unapplied"]):
            install(connections[options["database"]])
