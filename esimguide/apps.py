"""The one app of the project: the project package itself."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuideConfig(AppConfig):
    """Names the app for Django and for the admin."""

    name = "esimguide"
    verbose_name = _("Hong Kong eSIM guide")
    default_auto_field = "django.db.models.BigAutoField"
