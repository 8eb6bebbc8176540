"""Pure: what every page carries inside itself: its styles, its icon and a few lines of script.

A file of its own would cost a roaming reader one more round trip before anything is seen. (On
most pages the styles for paper, and htmx on all, are files of their own, fetched after the page is
there.) The content-security policy names the hash of each text, so that no other style or script
can slip in.
"""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

STATIC = Path(__file__).resolve().parent.parent / "static"
SHEETS = ("tokens", "base", "layout", "components")  # the first names the layers' order
PARTS = ("special", "start", "procedure")  # what only some pages have, and carry besides

SCRIPT_COMMENT = re.compile(r"^ *//.*\n", re.MULTILINE)
QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"\s+")
# Not the space before a colon, which parts ".a :hover" from ".a:hover".
NEEDLESS = re.compile(r" ?([{};,>]) ?|(:) ")

NEEDLESS_IN_SCRIPT = re.compile(r" ?([{}(),=>:;|&]+) ?")


def minify(css: str) -> str:
    """Return ``css`` without comments and without the space that says nothing."""
    parts = QUOTED.split(COMMENT.sub("", css))
    parts[::2] = [NEEDLESS.sub(r"\1\2", SPACE.sub(" ", part)) for part in parts[::2]]
    return "".join(parts).replace(";}", "}").strip()


def joined(script: str) -> str:
    """Return ``script``, as one short line; its comments stand on lines of their own."""
    parts = QUOTED.split(re.sub(r"\n *", "", SCRIPT_COMMENT.sub("", script)))
    parts[::2] = [NEEDLESS_IN_SCRIPT.sub(r"\1", part) for part in parts[::2]]
    return "".join(parts)


def source(text: str) -> str:
    """Return what the content-security policy calls an inline ``text``: its hash, in quotes."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def sheets(*names: str) -> str:
    """Return the style sheets of these names as one small text."""
    return minify("\n".join((STATIC / f"css/{name}.css").read_text("utf-8") for name in names))


STYLES = sheets(*SHEETS)
PART_STYLES = {name: sheets(name) for name in PARTS}
PART_STYLES["print"] = f"@media print{{{sheets('print')}}}"  # in pages that are made for paper
STYLE_SOURCES = (source(STYLES), *map(source, PART_STYLES.values()))
SCRIPT = joined((STATIC / "js/first.js").read_text("utf-8"))
SCRIPT_SOURCE = source(SCRIPT)
# The icon inside the page as well, which saves a request.
ICON = "data:image/svg+xml," + quote(
    (STATIC / "img/icon.svg").read_text("utf-8").strip().replace('"', "'"), safe=" ='/:.()"
)
