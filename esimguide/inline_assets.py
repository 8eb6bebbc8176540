"""What every page carries inside itself: its styles, its icon and a few lines of script.

A file of its own would cost a roaming reader one more round trip before anything is seen. (On
most pages the styles for paper, and htmx on all, are files of their own, fetched after the page is
there.) The content-security policy names the hash of each text, so that no other style or script
can slip in. Nothing is read before it is asked for, and each file once; with DEBUG anew each time,
so that an edit shows at once.
"""

from base64 import b64encode
from collections.abc import Callable
from functools import cache, wraps
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from rcssmin import cssmin
from rjsmin import jsmin

STATIC = Path(__file__).resolve().parent.parent / "static"
SHEETS = ("tokens", "base", "layout", "components")  # the first names the layers' order
PARTS = ("special", "start", "procedure", "print")  # what only some pages have, and carry besides


def _kept(make: Callable[..., str]) -> Callable[..., str]:
    """Keep what ``make`` returns, by its arguments, unless DEBUG is on."""
    keeping = cache(make)

    @wraps(make)
    def inner(*names: str) -> str:
        return make(*names) if settings.DEBUG else keeping(*names)

    return inner


@_kept
def static_text(path: str) -> str:
    return (STATIC / path).read_text("utf-8")


@_kept
def styles() -> str:
    """Return the styles of every page."""
    return str(cssmin("\n".join(static_text(f"css/{name}.css") for name in SHEETS)))


@_kept
def styles_of(part: str) -> str:
    """Return the styles of one of ``PARTS``; those for paper in pages that are made for it."""
    css = static_text(f"css/{part}.css")
    return str(cssmin(f"@media print{{{css}}}" if part == "print" else css))


@_kept
def script() -> str:
    return str(jsmin(static_text("js/first.js")))


@_kept
def icon() -> str:
    """Return the site's icon as a data: address."""
    svg = static_text("img/icon.svg").strip().replace('"', "'")
    return "data:image/svg+xml," + quote(svg, safe=" ='/:.()")


def source(text: str) -> str:
    """Return what the content-security policy calls an inline ``text``: its hash, in quotes."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def sources() -> tuple[str, list[str]]:
    """Return what the policy allows inside a page: the script, and all styles."""
    return source(script()), [source(styles()), *(source(styles_of(part)) for part in PARTS)]
