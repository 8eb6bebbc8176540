"""Topics: the explainers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import Topic


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    return page(request, "topic/list.html", {"topics": Topic.objects.published()})


@require_safe
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    readable = Topic.objects.readable().prefetch_related("sources")
    topic = get_object_or_404(readable, slug=slug)
    context = {
        "topic": topic,
        "facts": topic.facts.with_evidence(),
        "questions": topic.questions.published(),
        "changes": topic.changes.published(),
    }
    return page(request, "topic/detail.html", context)
