"""manage.py reindex: rebuild the search index, after a change that bypassed ``save``."""

from typing import override

from django.core.management.base import BaseCommand

from esimguide.search.index import rebuild


class Command(BaseCommand):
    help = "Make the search index anew from the content."

    @override
    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"search: {rebuild()} entries")
