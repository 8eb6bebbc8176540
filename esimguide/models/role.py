"""Role: what writers, reviewers, publishers and administrators may do, and what was handed out."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# What editors write, by model.
TEXTS = (
    *("capability", "carrier", "change", "channel", "device", "document", "fact"),
    *("misconception", "procedure", "question", "requirement", "service", "situation", "source"),
    *("step", "synonym", "term", "topic"),
)
# Which the answer to every reader hangs on: adding or removing one is no writer's job.
PILLARS = ("capability", "situation")
# What readers write: every editor reads, sorts and answers it.
MESSAGES = ("inquiry", "report")


def _on(verb: str, models_: tuple[str, ...] = TEXTS) -> frozenset[str]:
    return frozenset(f"esimguide.{verb}_{name}" for name in models_)


class Role(models.TextChoices):
    """A group that ships with the guide; each may do what the one before it may, and more."""

    WRITER = "writer", pgettext_lazy("role", "writer")
    REVIEWER = "reviewer", pgettext_lazy("role", "reviewer")
    PUBLISHER = "publisher", pgettext_lazy("role", "publisher")
    ADMINISTRATOR = "administrator", pgettext_lazy("role", "administrator")


_WRITER = (
    _on("view")
    | _on("view", ("zeroresultsearch", "redirect", "vote", *MESSAGES))
    | _on("change", MESSAGES)
    | _on("change")
    | _on("add", tuple(name for name in TEXTS if name not in PILLARS))
    # Rows are taken out in the procedure's form.
    | _on("delete", ("requirement", "step"))
)
_REVIEWER = _WRITER | {"esimguide.review_procedure"}
_PUBLISHER = (
    _REVIEWER
    | _on("delete")
    | _on("delete", (*MESSAGES, "redirect"))
    | _on("add", (*TEXTS, "redirect"))
    | _on("change", ("redirect",))
    | {"esimguide.publish_procedure"}
)
_ADMINISTRATOR = _PUBLISHER | {
    "esimguide.publish_unreviewed_procedure",
    *(f"auth.{verb}_user" for verb in ("view", "add", "change", "delete")),
    "auth.view_group",
}
PERMISSIONS = {
    Role.WRITER: _WRITER,
    Role.REVIEWER: _REVIEWER,
    Role.PUBLISHER: _PUBLISHER,
    Role.ADMINISTRATOR: _ADMINISTRATOR,
}


class GrantedPermission(models.Model):
    """One permission that one role was given when it shipped. It is given once: an administrator
    who takes it away again has the last word.
    """

    is_content = False  # readers never see it

    role = models.CharField(_("role"), max_length=20, choices=Role)
    permission = models.CharField(_("permission"), max_length=150)

    class Meta:
        db_table = "esimguide_grant"
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints = [models.UniqueConstraint(fields=("role", "permission"), name="grant_once")]

    def __str__(self) -> str:
        return f"{self.role}: {self.permission}"
