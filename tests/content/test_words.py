"""One word for one thing, in each language, in the shipped texts and in the interface.

The glossary keeps the words of the other side out. The words here belong to their side, but
another word is the guide's for the same thing. Quoted speech is held to it too.
"""

import re
from collections.abc import Iterator

import pytest

from esimguide.i18n import SIMPLIFIED, TRADITIONAL
from tests.content.shipped import Text, files, foreign_letters, texts
from tests.conventions.test_translations import CATALOGUES, messages

# The word to use, and a pattern of those that stood for the same thing.
ONE_WORD = {
    TRADITIONAL: {
        "暫停服務": "停用號碼|暫停號碼|停用這個號碼|暫停這個號碼(?!的服務)|號碼停用後",
        "參考編號": "檔案編號|個案編號",
        "櫃位": "櫃台",
        "可插拔eSIM卡": "可移除的?eSIM|可拔插|可插拔的eSIM",
        "攜號轉台、轉台": "帶着號碼轉|轉電訊商|轉到另一家",
        "補領、補發": "重新發出|重發|重新補領",
        "用戶": "用家",
        "賊人": "盜賊",
        "恢復模式": "復原模式",
        "主板": "主機板",
        "失效": "失靈",
        "持卡人證明書": "卡主證明書",
        "詞語對照": "詞彙(?!表)",
        "清除資料": "抹除",
        "號碼（不說線路）": "線路",
        "恢復其他服務": "接回",
        "可以這樣說": "照着說",
        "防止損失": "(?<!防)止損|止蝕",
        "應用程式": r"(?<![A-Za-z 伏])App(?![A-Za-z])(?! Store)",
        "日": r"\d天(?!數據)",
    },
    SIMPLIFIED: {
        "停机": "把[^，。；]{0,6}号码停|停用号码|暂停号码|停用这个号码",
        "受理编号": "参考编号|档案编号",
        "可插拔eSIM卡": "可移除的?eSIM|可拔插|可插拔的eSIM",
        "补办、补发": "重新发(?![布送])|重发|重新补办|补回来",
        "手机令牌、实体令牌": "安全编码|安全令牌|数字令牌|软令牌|保安编码(?!”)",
        "官方流程": "官方办法|官方做法",
        "锁网": "网络锁",
        "实名登记": "实名认证",
        "Apple、Google": "苹果|谷歌",
        "境外、香港以外": "外地",
        "合同": "合约(?!机)",
        "宣传单、内容、公布、法规": "单张|内文|刊宪|法例",
        "运营商": "营办商",
        "部": "[一两另那这每几]台(?!湾)",
        "逐项恢复": "接回|逐个恢复",
        "可以这样说": "照着说",
        "防止损失": "(?<!防)止损|止蚀",
        "号码（不说线路）": "线路",
        "App": "应用(?![程商市系宝于在])",
        "词语对照": "词汇",
        "流程": "手续(?!费)",
    },
}
# A shop is 营业厅; 门店 is what its staff in Hong Kong are asked for, so it stands in speech alone.
ONLY_IN_SPEECH = {SIMPLIFIED: "门店"}
_LINKS = re.compile(r"\]\([^)]*\)|https?://\S+|`[^`]*`")


def every_text() -> Iterator[Text]:
    """Yield the texts of the content but the glossary's, then those of the interface."""
    for path in files():
        yield from (t for t in texts(path) if not t.place.startswith(OTHER_WORDS))
    for language in CATALOGUES:
        for (_, message), text in messages(language).items():
            yield Text(message, language, text, "")


# The glossary and the search know the other words; a source's title is the publisher's.
OTHER_WORDS = ("esimguide.term", "esimguide.synonym", "esimguide.source")


@pytest.mark.parametrize("language", ONE_WORD)
def test_one_thing_has_one_word(language: str) -> None:
    found = [
        f"{item.place}: {match[0]}, use {word}"
        for item in every_text()
        if item.language == language
        for word, others in ONE_WORD[language].items()
        for match in re.finditer(others, _LINKS.sub("", item.text))
    ]
    assert found == []


@pytest.mark.parametrize("language", ONLY_IN_SPEECH)
def test_a_word_of_speech_stands_in_speech(language: str) -> None:
    word = ONLY_IN_SPEECH[language]
    found = [
        item.place
        for item in every_text()
        if item.language == language and not item.field.startswith("ask_")
        if word in re.sub("“[^”]*”", "", item.text)
    ]
    assert found == []


SPEECH = re.compile("「[^」]*」|“[^”]*”")
SUSPEND = re.compile("請[^。；？]{0,6}暫停|请[^。；？]{0,6}停机|要求暫停|要求停机")
NOT_CANCEL = re.compile("不要取消號碼|不是取消號碼|不要销号|不是销号")


def said(item: Text) -> list[str]:
    """Return what a reader is to say aloud: a whole sentence to ask with, or what is quoted."""
    return [item.text] if item.field.startswith("ask_") else SPEECH.findall(item.text)


def test_who_asks_to_suspend_says_not_to_cancel() -> None:
    speeches = [(item.place, words) for item in every_text() for words in said(item)]
    asking = [(place, words) for place, words in speeches if SUSPEND.search(words)]
    assert asking
    assert [(place, words) for place, words in asking if not NOT_CANCEL.search(words)] == []


def test_a_step_that_asks_to_suspend_says_not_to_cancel() -> None:
    steps = [t for t in every_text() if t.field.startswith("title_") and SUSPEND.search(t.text)]
    assert steps
    assert [t.place for t in steps if not NOT_CANCEL.search(t.text)] == []


def test_speech_holds_no_gloss() -> None:
    glosses = re.compile("（(?:香港|內地|内地)叫|（即")
    found = [t.place for t in every_text() for words in said(t) if glosses.search(words)]
    assert found == []


@pytest.mark.parametrize(
    ("text", "language", "letters"),
    [
        ("先报失，再补领。", TRADITIONAL, "报补领"),
        ("先報失，再補領。", SIMPLIFIED, "報補領"),
        ("裏面的台階，恒生銀行。", TRADITIONAL, ""),
        ("香港叫“流動保安編碼”。", SIMPLIFIED, "動編碼"),
        ("里面的台阶，恒生银行。", SIMPLIFIED, ""),
    ],
)
def test_letters_of_the_other_script_are_seen(text: str, language: str, letters: str) -> None:
    assert foreign_letters(text, language) == letters
