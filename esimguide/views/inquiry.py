"""A reader's question: likely answers first, then a private page with its state and the answer."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from esimguide.feedback.forms import InquiryForm
from esimguide.feedback.tasks import announce_soon
from esimguide.forms import MAX_SEARCH
from esimguide.http import HttpRequest, accept_post, form_page, require_safe
from esimguide.models import Inquiry
from esimguide.search.results import find

LIKELY = 5  # answers that are shown before a question is sent


@accept_post
def ask(request: HttpRequest) -> HttpResponse:
    """Show the form, filled in with where the reader was; likely answers; take the question."""
    if request.method != "POST":
        return form_page(
            request, "inquiry/form.html", {"form": InquiryForm(initial=_from(request))}
        )
    form = InquiryForm(request.POST, instance=Inquiry())
    sent = Inquiry.objects.filter(nonce=form.posted_nonce or None).first()
    if sent:
        return redirect(sent)
    is_good = form.is_valid()
    if not is_good or "change" in request.POST:
        status = 200 if is_good else 422
        return form_page(request, "inquiry/form.html", {"form": form}, status=status)
    typed = form.cleaned_data["text"][:MAX_SEARCH]
    likely = [] if "sure" in request.POST else find(typed).hits[:LIKELY]
    if likely:
        return form_page(request, "inquiry/likely.html", {"form": form, "likely": likely})
    inquiry = form.save()
    announce_soon()
    return redirect(inquiry)


@require_safe
def inquiry_detail(request: HttpRequest, key: str) -> HttpResponse:
    """Show one reader their question, its state and the answer; for them alone, by its address."""
    inquiry = get_object_or_404(Inquiry.objects.for_notes(), key=key)
    return form_page(request, "inquiry/detail.html", {"inquiry": inquiry})


def _from(request: HttpRequest) -> dict[str, str]:
    names = ("carrier", "situation", "procedure", "place")
    return {name: request.GET.get(name, "")[:60] for name in names}
