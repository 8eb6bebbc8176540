"""What nearly every page shows a part of, read whole, once for each content version.

These tables are as large as the world they describe (operators and how to reach them, what can
happen, what a reader may still have, papers, what people get wrong), not as large as what is
written about it. A page asks for the version, which is one query, and finds them here; what is its
own it asks for itself. An edit moves the version in its own transaction, so that the next page
reads anew.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db import models

from esimguide.i18n import in_both
from esimguide.models import (
    Capability,
    Carrier,
    ContentVersion,
    Document,
    Misconception,
    Report,
    Situation,
    Term,
    Topic,
)
from esimguide.models.carrier import CarrierQuerySet
from esimguide.text import Aside


@dataclass(frozen=True)
class Shared:
    """The records by key, in their order; the same ones for all threads, so only to be read."""

    carriers: dict[int, Carrier]  # all of them, with the ways to reach them
    situations: dict[int, Situation]  # with what they take
    capabilities: dict[int, Capability]
    documents: dict[int, Document]
    misconceptions: dict[int, Misconception]  # published, with their evidence
    topics: dict[int, Topic]  # published, without their text
    terms: dict[int, Term]  # the misleading ones

    @cached_property
    def published_carriers(self) -> dict[str, Carrier]:
        """The carriers that lists show, by slug."""
        return {c.slug: c for c in self.carriers.values() if c.is_published}

    def brands(self, host: Carrier) -> list[Carrier]:
        """Return the published carriers on the network of ``host``."""
        return self._brands.get(host.pk, [])

    @cached_property
    def _brands(self) -> dict[int | None, list[Carrier]]:
        found: defaultdict[int | None, list[Carrier]] = defaultdict(list)
        for carrier in self.published_carriers.values():
            found[carrier.host_id].append(carrier)
        return dict(found)

    def misconceptions_about(self, carrier: Carrier) -> list[Misconception]:
        """Return those that name the carrier."""
        return [m for m in self.misconceptions.values() if carrier in m.carriers.all()]

    def misconceptions_of(
        self, situations: Iterable[Situation], carrier: Carrier | None
    ) -> list[Misconception]:
        """Return those about any of these situations; one that names carriers shows with those
        only.
        """
        asked = set(situations)
        about = [m for m in self.misconceptions.values() if asked & set(m.situations.all())]
        return [m for m in about if not m.carriers.all() or carrier in m.carriers.all()]

    def asides(self) -> list[Aside]:
        """Return what to say beside each misleading word, in the active language."""
        return [term.aside for term in self.terms.values() if term.gloss]


def shared() -> Shared:
    """Return what is shared, as it is now: one query, or some ten after an edit and each new day,
    since what readers confirm is counted in it and moves no version.
    """
    global _latest  # noqa: PLW0603 (one pair for the whole process, replaced as one)
    stamp = ContentVersion.stamp()
    if _latest is None or _latest[0] != stamp:
        # The stamp was read first: what changes in between is read again with the next one.
        _latest = (stamp, _read())
    return _latest[1]


def forget() -> None:
    """Drop what was read. For whoever brings a version back: a test that is rolled back."""
    global _latest  # noqa: PLW0603
    _latest = None


_latest: tuple[tuple[int, dt.date], Shared] | None = None


def _read() -> Shared:
    misconceptions = Misconception.objects.published().with_evidence()
    return Shared(
        carriers=by_key(_confirmed(Carrier.objects.with_host().with_channels())),
        situations=by_key(Situation.objects.prefetch_related("takes")),
        capabilities=by_key(Capability.objects.all()),
        documents=by_key(Document.objects.all()),
        misconceptions=by_key(misconceptions.prefetch_related("carriers", "situations")),
        topics=by_key(Topic.objects.published().without_text()),
        terms=by_key(Term.objects.misleading()),
    )


def _confirmed(carriers: CarrierQuerySet) -> CarrierQuerySet:
    """Write into each channel how many readers confirmed of late what it says now."""
    counts = Report.objects.filter(channel__isnull=False).confirmed()
    for channel in (channel for carrier in carriers for channel in carrier.channels.all()):
        said = in_both(lambda channel=channel: channel.statement)  # type: ignore[misc]
        channel.confirmations = sum(counts.get(words, 0) for words in said)
    return carriers


def by_key[M: models.Model](records: Iterable[M]) -> dict[int, M]:
    """Return the records by their keys, in their order."""
    return {record.pk: record for record in records}
