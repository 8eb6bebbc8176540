"""manage.py forget: delete what readers sent once its time is over. Run it daily."""

from typing import override

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from esimguide.models import Inquiry, Report, Vote, ZeroResultSearch


class Command(BaseCommand):
    help = "Delete readers' messages, addresses and counts that are past their time."

    @override
    def handle(self, *args: object, **options: object) -> None:
        with transaction.atomic():
            count = sum(m.objects.forget() for m in (Report, Inquiry, Vote, ZeroResultSearch))
        # Mail tasks that were done a fortnight ago.
        call_command("prune_db_task_results", verbosity=0)
        self.stdout.write(f"forgot {count} records")
