"""manage.py reindex: make anew what search finds, after a change that went past ``save``."""

from typing import override

from django.core.management.base import BaseCommand

from esimguide.search.index import rebuild


class Command(BaseCommand):
    """Rebuilds the search index in one transaction; readers search the old one meanwhile."""

    help = "Make the search index anew from the content."

    @override
    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"search: {rebuild()} entries")
