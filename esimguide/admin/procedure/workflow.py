"""A procedure's way to its readers: working copy, review, publishing, withdrawing, going back."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import AnonymousUser, User
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, override
from django.views.decorators.http import require_POST

from esimguide.admin.procedure.compare import differences
from esimguide.admin.procedure.public_note import PublicNoteForm, tell_readers
from esimguide.admin.publish import PUBLISH
from esimguide.editorial.revisions import (
    changed_meanwhile,
    procedure_revision_id,
    publish_working_copy,
    restore_content,
    revisions,
    set_change_reason,
    snapshot,
    snapshot_at,
    start_working_copy,
)
from esimguide.editorial.text_checks import still_needed
from esimguide.http import PREVIEW_SALT
from esimguide.i18n import LANGUAGES
from esimguide.models import Procedure, Status

CHANGE = "esimguide.change_procedure"
REVIEW = "esimguide.review_procedure"
UNREVIEWED = "esimguide.publish_unreviewed_procedure"

type Account = User | AnonymousUser  # as on a request

# ---- who may ---------------------------------------------------------------------------------


def is_author(procedure: Procedure, user: Account) -> bool:
    """Tell whether ``user`` has written in it since it was last published."""
    return user.pk is not None and procedure.authors.filter(pk=user.pk).exists()


def is_reviewed_by_another(procedure: Procedure, user: Account) -> bool:
    """Tell whether somebody other than its authors has read it, or ``user`` does so now."""
    if procedure.status != Status.REVIEW:
        return False
    if procedure.reviewed_by_id:
        return True
    return user.has_perm(REVIEW) and not is_author(procedure, user)


def may_publish(procedure: Procedure, user: Account) -> bool:
    is_free = is_reviewed_by_another(procedure, user) or user.has_perm(UNREVIEWED)
    return bool(user.has_perm(PUBLISH) and is_free)


def reason_for(procedure: Procedure, user: Account) -> str:
    if not is_reviewed_by_another(procedure, user):
        return gettext("Published without review.")
    reader = procedure.reviewed_by or user
    return (gettext("Published; reviewed by %(name)s.") % {"name": reader})[:100]


# ---- moves --------------------------------------------------------------------------------------


@require_POST
@permission_required(CHANGE, raise_exception=True)
def start(_request: HttpRequest, pk: int) -> HttpResponse:
    """Open the working copy of a live procedure, made now if there is none."""
    copy = start_working_copy(get_object_or_404(Procedure.objects.live(), pk=pk))
    return redirect("admin:esimguide_procedure_change", copy.pk)


@require_POST
@permission_required(CHANGE, raise_exception=True)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop a working copy; its last state stays in the history."""
    copy = _copy(pk)
    live = copy.replaces
    copy.delete()
    text = gettext("The working copy is gone; the live procedure is as it was.")
    return _lead_to(request, "change", live, text)


@require_POST
@permission_required(REVIEW, raise_exception=True)
@transaction.atomic
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that somebody who has not written it has read it, as it stands, and agrees."""
    waiting = Procedure.objects.select_for_update(of=("self",)).filter(status=Status.REVIEW)
    procedure = get_object_or_404(waiting, pk=pk)
    if is_author(procedure, request.user):
        raise PermissionDenied
    if not _has_seen(request, procedure):
        return _lead_to(request, "change", procedure, _look_again(), messages.WARNING)
    procedure.reviewed_by_id = request.user.pk
    set_change_reason(procedure, gettext("Reviewed."))
    procedure.save()
    return _lead_to(request, "change", procedure, gettext("Your review is recorded."))


@require_POST
@permission_required(PUBLISH, raise_exception=True)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a procedure off the lists; its page stays, under a notice."""
    procedure = get_object_or_404(Procedure, pk=pk, status=Status.PUBLISHED)
    procedure.status = Status.WITHDRAWN
    set_change_reason(procedure, gettext("Withdrawn."))
    procedure.save()
    return _lead_to(request, "change", procedure, gettext("Withdrawn: the page says so."))


@permission_required(CHANGE, raise_exception=True)
@transaction.atomic
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a working copy would change and what it lacks; POST makes it the live one."""
    copy = _copy(pk, is_written=request.method == "POST")
    live, needed, then = copy.replaces, still_needed(copy), changed_meanwhile(copy)
    form = PublicNoteForm(request.POST or None)
    is_allowed = may_publish(copy, request.user)
    if request.method == "POST" and not is_allowed:
        raise PermissionDenied
    has_seen = _has_seen(request, copy)
    if request.method == "POST" and not has_seen:
        messages.warning(request, _look_again())
    is_known = has_seen and (then is None or "knowingly" in request.POST)
    if form.is_valid() and is_known and not needed:
        tell_readers(live, form.cleaned_data)
        live = publish_working_copy(copy, reason_for(copy, request.user))
        return _lead_to(request, "change", live, gettext("Published: readers see it now."))
    context = {
        "copy": copy,
        "stamp": procedure_revision_id(copy),
        "form": form,
        "needed": needed,
        "is_allowed": is_allowed,
        "is_reviewed": is_reviewed_by_another(copy, request.user),
        "differences": differences(snapshot(live), snapshot(copy)),
        "meanwhile": differences(then, snapshot(live)) if then else [],
    }
    return _page(request, "admin/procedure_publish.html", gettext("Publish"), copy, context)


def compare(request: HttpRequest, pk: int) -> HttpResponse:
    if not admin.site.get_model_admin(Procedure).has_view_permission(request):
        raise PermissionDenied
    procedure = get_object_or_404(Procedure, pk=pk)
    found = revisions(procedure)
    newest = found[0].revision_id if found else ""
    before = found[1].revision_id if len(found) > 1 else newest
    old, new = request.GET.get("old", before), request.GET.get("new", newest)
    then, now = snapshot_at(procedure, old), snapshot_at(procedure, new)
    if found and not (then and now):
        raise Http404
    context = {
        "procedure": procedure,
        "versions": found,
        "old": old,
        "sides": [("old", old, gettext("From")), ("new", new, gettext("to"))],
        "differences": differences(then, now) if then and now else [],
        "can_restore": _may_restore(procedure, request.user),
        "stamp": procedure_revision_id(procedure),
    }
    title = gettext("Compare versions")
    return _page(request, "admin/procedure_compare.html", title, procedure, context)


@require_POST
@transaction.atomic
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a whole version back, unless somebody has saved since the page was opened."""
    procedure = get_object_or_404(Procedure.objects.select_for_update(of=("self",)), pk=pk)
    if not _may_restore(procedure, request.user):
        raise PermissionDenied
    content = snapshot_at(procedure, request.POST.get("version", ""))
    if content is None:
        raise Http404
    if not _has_seen(request, procedure):
        text = gettext("Somebody else has saved this meanwhile. Compare again, then restore.")
        return _lead_to(request, "compare", procedure, text, messages.WARNING)
    set_change_reason(procedure, gettext("An earlier version was brought back whole."))
    procedure.reviewed_by = None
    try:
        restore_content(procedure, content)
    except ValidationError as error:
        return _lead_to(request, "compare", procedure, " ".join(error.messages), messages.ERROR)
    procedure.authors.add(request.user)  # type: ignore[arg-type] # only users come here
    text = gettext("The earlier version is back, with its steps and documents.")
    return _lead_to(request, "compare", procedure, text)


# ---- helpers ------------------------------------------------------------------------------------


def _may_restore(procedure: Procedure, user: Account) -> bool:
    return user.has_perm(CHANGE) and (not procedure.is_published or user.has_perm(UNREVIEWED))


def _copy(pk: int, *, is_written: bool = False) -> Any:  # noqa: ANN401 (a Procedure whose ``replaces`` is there)
    copies = Procedure.objects.select_related("replaces").exclude(replaces=None)
    if is_written:
        copies = copies.select_for_update(of=("self",))
    return get_object_or_404(copies, pk=pk)


def _has_seen(request: HttpRequest, procedure: Procedure) -> bool:
    """Tell whether the page that was sent showed what is stored now."""
    return request.POST.get("stamp") == procedure_revision_id(procedure)


def _look_again() -> str:
    return gettext("Somebody else has saved this meanwhile. Read it again as it stands now.")


def _lead_to(
    request: HttpRequest, page: str, procedure: Procedure, text: str, level: int = messages.SUCCESS
) -> HttpResponse:
    messages.add_message(request, level, text)
    return redirect(f"admin:esimguide_procedure_{page}", procedure.pk)


def _page(
    request: HttpRequest, template: str, title: str, procedure: Procedure, context: dict[str, Any]
) -> HttpResponse:
    shared = admin.site.each_context(request)
    more = {"title": title, "subtitle": str(procedure), "opts": Procedure._meta}
    return TemplateResponse(request, template, shared | more | context)


def preview_addresses(procedure: Procedure) -> list[tuple[str, str]]:
    """Return, for each language, its name and the address that shows ``procedure`` to anybody
    who has it, for a fortnight.
    """
    token = signing.dumps(procedure.pk, salt=PREVIEW_SALT)
    found = []
    for code, name in LANGUAGES:
        with override(code):
            found.append((name, reverse("procedure_preview", args=[token])))
    return found
