"""What templates need beyond Django's tags: typeset text, the other language, a QR code."""

import re

import segno
from django import template
from django.template import RequestContext
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, override

from esimguide import inline_assets as inline
from esimguide.forms import AnswerQuery
from esimguide.http import site_url
from esimguide.i18n import HTML_TAGS, TRADITIONAL, active_language, other_language
from esimguide.models import Channel, Kind
from esimguide.search import normalize
from esimguide.search.results import Hit
from esimguide.text import glossary, markdown

register = template.Library()
register.filter("markdown", markdown.markdown)
register.filter("typeset", markdown.typeset)


@register.simple_tag
def html_tag() -> str:
    return HTML_TAGS[active_language()]


@register.simple_tag(takes_context=True)
def page_in(context: RequestContext, language: str) -> str:
    """Return this page's path and query under ``language``; its home page where there is none."""
    request = context["request"]
    prefix, full_path = f"/{active_language()}/", request.get_full_path()
    rest = full_path.removeprefix(prefix) if full_path.startswith(prefix) else ""
    return f"/{language}/{rest}"


@register.simple_tag(takes_context=True)
def absolute(context: RequestContext, path: str) -> str:
    return f"{site_url(context['request'])}{path}"


@register.simple_tag
def answered(told: AnswerQuery, name: str, value: str) -> str:
    """Return the answer page's address with one answer set (or dropped), the others kept."""
    return f"{reverse('answer')}?{told.with_answer(name, value)}".rstrip("?")


@register.simple_tag
def contact_link(channel: Channel, css_class: str = "") -> str:
    """Return a channel's value: as a link where it leads somewhere, else as text."""
    if not channel.href:
        return channel.display_value
    attribute = format_html(' class="{}"', css_class) if css_class else ""
    return format_html('<a{} href="{}">{}</a>', attribute, channel.href, channel.display_value)


# A line's end is shown as a space, and after a full-width sign there is enough of that already.
_AFTER_SIGN = re.compile(r"(?<=[。，：；！？、）」』”])\n+")


@register.simple_tag
def marked(source: str, words: list[str], length: int = 0) -> SafeString:
    """Return plain text as HTML with the found words marked, cut to ``length`` around them."""
    return normalize.highlight(_AFTER_SIGN.sub("", source), words, length)


@register.simple_tag
def hit_url(hit: Hit) -> str:
    anchor = f"#step-{hit.number}" if hit.kind == Kind.STEP else ""
    return f"{reverse('home')}{hit.path}{anchor}"


@register.filter
def written(word: str, text: str) -> str:
    return normalize.written(text, word)


@register.simple_tag
def other() -> str:
    return other_language(active_language())


@register.inclusion_tag("components/trio.html")
def trio(message: str) -> dict[str, str]:
    """Show an interface word as a counter needs it: Traditional and English, and the reader's own.

    ``message`` is an untranslated message id, which is its English.
    """
    with override(TRADITIONAL):
        hant = gettext(message)
    own = gettext(message) if active_language() != TRADITIONAL else ""
    return {"hant": hant, "english": message, "own": own}


@register.simple_block_tag(takes_context=True)
def glossed(context: RequestContext, content: SafeString) -> SafeString:
    """Explain misleading words at their first use in the enclosed text, at most once each.

    A piece that htmx swaps is enclosed once more by itself, so that it reads the same alone: a
    word it uses is explained there, and not a second time in the page around it.
    """
    return glossary.gloss(content, context.get("asides") or ())


@register.simple_tag
def qr(address: str) -> SafeString:
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(border=0, omitsize=True, svgclass="qr__code", lineclass=None)
    return mark_safe(svg)  # noqa: S308 (segno escapes; the address is our own)


@register.simple_tag
def styles() -> SafeString:
    """Return the public style sheets as one inline element, which the policy allows by its hash."""
    return mark_safe(f"<style>{inline.styles()}</style>")  # noqa: S308 (our own files)


@register.simple_tag
def styles_of(part: str) -> SafeString:
    return mark_safe(f"<style>{inline.styles_of(part)}</style>")  # noqa: S308 (our own file)


@register.simple_tag
def script() -> SafeString:
    return mark_safe(inline.script())  # noqa: S308 (our own file)


@register.simple_tag
def icon() -> SafeString:
    return mark_safe(inline.icon())  # noqa: S308 (our own file, percent-encoded)
