"""Topics: the explainers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import Change, Question, Topic
from esimguide.models.beside import unpack


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    """List every topic."""
    return page(request, "topic/list.html", {"topics": Topic.objects.published()})


@require_safe
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one topic with its facts, sources and questions."""
    with_few = Topic.objects.readable().with_rows(
        questions=Question.objects.published(), changes=Change.objects.published()
    )
    topic = get_object_or_404(with_few.prefetch_related("sources"), slug=slug)
    unpack(topic, "questions")
    unpack(topic, "changes")
    context = {
        "topic": topic,
        "facts": topic.facts.with_evidence(),
        "questions": topic.questions.all(),
        "changes": topic.changes.all(),
    }
    return page(request, "topic/detail.html", context)
