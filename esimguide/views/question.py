"""Questions: what readers ask, answered."""

from django.http import HttpResponse

from esimguide.checklist import by_theme
from esimguide.http import HttpRequest, page, require_safe
from esimguide.models import Question


@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    """List every question by theme, with its answer and what it hangs on."""
    questions = Question.objects.published().with_place()
    return page(request, "question/list.html", {"themes": by_theme(questions, Question.Theme)})
