"""manage.py check_links: try every source and official address; the desk shows the dead ones."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import override

from django.core.management.base import BaseCommand
from django.utils import timezone

from esimguide.models import Channel, LinkCheck, Source
from esimguide.ops.link_checker import Answer, probe

AT_ONCE = 4  # connections; never two to one host would be kinder, but most hosts stand once


def addresses() -> list[str]:
    sources = Source.objects.values_list("url", flat=True)
    channels = Channel.objects.filter(value__startswith="http").values_list("value", flat=True)
    return sorted({*sources, *channels})


def check(try_one: Callable[[str], Answer]) -> tuple[int, int]:
    """Try all addresses by ``try_one``; return how many there are, and how many are dead.

    Addresses that the guide names no more are forgotten.
    """
    urls = addresses()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for url, answer in zip(urls, pool.map(try_one, urls), strict=True):
            kept = {
                "outcome": answer.outcome,
                "detail": answer.detail,
                "tried_at": timezone.now(),
            }
            LinkCheck.objects.update_or_create(url=url, defaults=kept)
    LinkCheck.objects.exclude(url__in=urls).delete()
    return len(urls), LinkCheck.objects.dead().count()


class Command(BaseCommand):
    """Takes up to five seconds an address; meant for a timer, once a day."""

    help = "Try every source and official address; the desk lists those that do not answer."

    @override
    def handle(self, *args: object, **options: object) -> None:
        count, dead = check(probe)
        self.stdout.write(f"links: {count} tried, {dead} dead")
