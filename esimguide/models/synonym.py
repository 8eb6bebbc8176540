"""Synonym: a word that readers type, and what it stands for here."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from esimguide.models.carrier import Carrier
from esimguide.models.fields import NormalizedCharField, one_of, optional_owner
from esimguide.models.indexed import Indexed
from esimguide.models.situation import Situation
from esimguide.models.term import Term

LINKS = ("carrier", "situation", "term")


class SynonymManager(models.Manager["Synonym"]):
    def get_by_natural_key(self, word: str) -> "Synonym":
        return self.get(word=word)


class Synonym(Indexed):
    """A word for a carrier, a situation or a term that its own texts do not hold.

    ``means`` is for everything else: the words that the texts use instead, separated by 「、」.
    """

    word = NormalizedCharField(_("word that readers type"), max_length=60, unique=True)
    carrier = optional_owner(Carrier, "search_synonyms", _("carrier"))
    situation = optional_owner(Situation, "search_synonyms", _("situation"))
    term = optional_owner(Term, "search_synonyms", _("term"))
    means = NormalizedCharField(
        _("or the words that the texts use"),
        max_length=200,
        blank=True,
        help_text=_("Several are separated by “、”."),
    )

    history = HistoricalRecords(table_name="esimguide_historicalalias")

    objects = SynonymManager()

    class Meta:
        db_table = "esimguide_alias"
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        ordering = ("word",)
        constraints = [
            models.CheckConstraint(
                condition=Q(means="") & one_of(*LINKS)
                | ~Q(means="") & Q(**{f"{link}__isnull": True for link in LINKS}),
                name="alias_stands_for_one_thing",
                violation_error_message=_(
                    "A search word stands for one thing: a carrier, a situation, a term or other"
                    " words."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.word

    def natural_key(self) -> tuple[str]:
        return (self.word,)

    @property
    def target(self) -> models.Model:
        """The record it stands for; itself where it stands for other words."""
        return self.carrier or self.situation or self.term or self
