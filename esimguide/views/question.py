"""Questions: what readers ask, answered."""

from django.http import Http404, HttpResponse

from esimguide.guide.checklist import by_theme
from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import Question


@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    """List every question under its theme; the answers are on the themes' pages."""
    themes = by_theme(Question.objects.published(), Question.Theme)
    return page(request, "question/list.html", {"themes": themes})


@require_safe
def question_theme(request: HttpRequest, theme: str) -> HttpResponse:
    questions = Question.objects.published().with_place().filter(theme=theme)
    if not questions:
        raise Http404
    context = {"theme": Question.Theme(theme), "questions": questions}
    return page(request, "question/theme.html", context)
