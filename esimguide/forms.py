"""Every query string a visitor sends passes here: typed values out, BadRequest for nonsense."""

import re
from collections.abc import Mapping

from django.core.exceptions import BadRequest


def step_number(query: Mapping[str, str]) -> int | None:
    """Return the step a reader asks for (1, 2, …), or None for all steps at once.

    Raises BadRequest when ``step`` is there and is not a whole number from 1 to 999.
    """
    raw = query.get("step")
    if raw is None:
        return None
    if not re.fullmatch("[1-9][0-9]{0,2}", raw):
        message = "step is a whole number from 1"
        raise BadRequest(message)
    return int(raw)
