"""SearchEntry: one thing that search finds. SearchTerm: one word for something the guide knows.

Both are made from the content by ``search/index.py`` and hold nothing of their own.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from esimguide.i18n import Translated


class Kind(models.IntegerChoices):
    """What a hit is, in the order in which readers see hits; the names are those of the models."""

    CARRIER = 1, _("carrier")
    PROCEDURE = 2, _("procedure")
    TOPIC = 3, _("topic")
    SERVICE = 4, _("service")
    DEVICE = 5, _("device")
    DOCUMENT = 6, _("document")
    STEP = 7, _("step")
    CHANNEL = 8, _("channel")
    FACT = 9, _("fact")
    MISCONCEPTION = 10, _("misconception")
    QUESTION = 11, _("question")
    TERM = 12, _("term")


# An entry's key is its kind and its record's key, so that keys sort the way hits are shown.
KEYS_A_KIND = 2**40


def entry_key(kind: Kind, key: int) -> int:
    return kind * KEYS_A_KIND + key


def _owner(model: str) -> "models.ForeignKey[Any, Any]":
    """Return a link with which the database itself drops what was made from a deleted record."""
    return models.ForeignKey(
        f"esimguide.{model}", models.DB_CASCADE, null=True, editable=False, related_name="+"
    )


class SearchEntry(models.Model):
    """What readers see of a hit, in both languages, and the tokens by which it is found.

    ``weight`` says which of two equal hits comes later: the longer or the unconfirmed one.
    """

    is_content = False  # made from content, and moved with it

    id = models.BigAutoField(primary_key=True)  # always given; "auto" makes it SQLite's row number
    kind = models.PositiveSmallIntegerField(choices=Kind)
    weight = models.PositiveIntegerField()
    carrier = _owner("Carrier")
    procedure = _owner("Procedure")
    topic = _owner("Topic")
    service = _owner("Service")
    device = _owner("Device")
    document = _owner("Document")
    step = _owner("Step")
    channel = _owner("Channel")
    fact = _owner("Fact")
    misconception = _owner("Misconception")
    question = _owner("Question")
    term = _owner("Term")
    path = models.CharField(max_length=300)  # under a language's home page
    title_zh_hant = models.TextField()
    title_zh_hans = models.TextField()
    title = Translated()
    about_zh_hant = models.TextField()
    about_zh_hans = models.TextField()
    about = Translated()
    text_zh_hant = models.TextField()
    text_zh_hans = models.TextField()
    text = Translated()
    title_tokens = models.TextField()
    text_tokens = models.TextField()

    class Meta:
        db_table = "esimguide_entry"

    def __str__(self) -> str:
        return self.title


class SearchTerm(models.Model):
    """One way to name a carrier, a situation, a term, or what a synonym means.

    ``folded`` is its folded runs with a space between; words with one ``concept`` widen a query
    for each other. ``name`` and ``slug`` are those of what it stands for.
    """

    is_content = False  # made from content, and moved with it

    folded = models.CharField(max_length=200)
    concept = models.CharField(max_length=100, db_index=True)
    carrier = _owner("Carrier")
    situation = _owner("Situation")
    term = _owner("Term")
    synonym = _owner("Synonym")
    slug = models.CharField(max_length=60)
    name_zh_hant = models.CharField(max_length=200)
    name_zh_hans = models.CharField(max_length=200)
    name = Translated()

    class Meta:
        db_table = "esimguide_word"

    def __str__(self) -> str:
        return self.folded
