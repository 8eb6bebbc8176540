"""The typographic rules of both languages, and the words that a text uses."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from esimguide.i18n import SIMPLIFIED, TRADITIONAL

_HAN = r"[㐀-鿿豈-﫿]"
_RULES = (
    (
        re.compile(rf"{_HAN} +[A-Za-z0-9+$]|[A-Za-z0-9%] +{_HAN}"),
        _("typed space between Han and Latin"),
    ),
    (
        re.compile(rf"{_HAN}[,;:?!()]|[,;:?!(]{_HAN}|\){_HAN}|{_HAN}\.(?!\w)"),
        _("half-width punctuation"),
    ),
    (re.compile(r"[０-９Ａ-Ｚａ-ｚ]"), _("full-width digit or letter")),
    (re.compile(r"[！!]"), _("exclamation mark")),
    (re.compile(r"(?<!…)…(?!…)|…{3,}"), _("ellipsis is two signs")),
    (re.compile(r"(?<!—)—(?!—)|—{3,}"), _("dash is two signs")),
    (re.compile(r"[，。；：？、]{2,}"), _("doubled punctuation")),
    (re.compile(r"""["']"""), _("straight quotation mark")),
)
_OF_LANGUAGE = {
    TRADITIONAL: (
        (re.compile(r"[“”‘’]"), _("quotation marks are 「」 and 『』")),
        (re.compile(r"[户説啓帳裡]"), _("Hong Kong writes 戶 說 啟 賬 裏")),
    ),
    SIMPLIFIED: ((re.compile(r"[「」『』]"), _("quotation marks are “” and ‘’")),),
}
# Addresses, code and link targets follow their own rules.
_NOT_PROSE = re.compile(r"`[^`]*`|\]\([^)]*\)|https?://\S+|\S+@\S+")
_QUOTED = re.compile(r"「[^」]*」|“[^”]*”|《[^》]*》")


def typography_problems(text: str, language: str) -> list[str]:
    """Return what breaks the typographic rules of ``language``, each with its spot."""
    prose = _NOT_PROSE.sub("", text)
    rules = (*_RULES, *_OF_LANGUAGE[language])
    return [f"{problem}: …{m[0]}…" for rule, problem in rules if (m := rule.search(prose))]


# Proper names keep the Hong Kong form on both sides, so words inside them are not judged.
NAMES = (
    *("中國電信", "中国电信", "和記電訊", "和记电讯", "和記電話", "和记电话"),
    *("數碼通電訊", "数码通电讯"),
    *("環球全域電訊", "环球全域电讯", "香港寬頻", "香港宽频", "香港電訊", "香港电讯", "移動通訊"),
    *("流動電訊網絡", "電訊盈科", "電子錢包", "电讯盈科"),
    *("电讯（登记用户识别卡）规例", "電訊（登記用戶識別卡）規例"),
)


def words_used(text: str, words: Iterable[str], *, names: Iterable[str] = ()) -> list[str]:
    """Return which of ``words`` stand in ``text`` outside quotation marks and outside ``names``."""
    prose = _QUOTED.sub("", _NOT_PROSE.sub("", text))
    for name in names:
        prose = prose.replace(name, "")
    return [word for word in words if word in prose]
