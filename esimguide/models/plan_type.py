"""PlanType: which kind of contract a statement is about."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanType(models.TextChoices):
    """Prepaid card, monthly plan, or both."""

    ANY = "any", _("any line")
    PREPAID = "prepaid", _("prepaid")
    POSTPAID = "postpaid", _("monthly plan")
