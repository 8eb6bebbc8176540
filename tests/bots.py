"""What machines and people send to a reader's form, for the test of what is refused."""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from unittest.mock import patch

from esimguide.feedback.spam import MAX_SECONDS, new_token

WORDS = (
    *("cheap", "sim", "casino", "loan", "esim", "unlock", "bonus", "free", "visa", "seo", "hotel"),
    *("平價", "貸款", "代辦", "賭場", "開戶", "優惠", "加微信", "刷單", "補領", "卡套", "門市"),
)
SITES = ("buy.example", "www.win.example", "a.example/x?y=1", "t.example", "promo.example/zh")
TEMPLATE = (
    "Hello dear webmaster, we offer first page ranking for your site, write to us for a quote today"
)


def aged(seconds: float) -> str:
    """Return a token that is so many seconds old."""
    moment = dt.datetime.now(tz=dt.UTC).timestamp() - seconds
    with patch("django.core.signing.time.time", return_value=moment):
        return new_token()


def prose(dice: random.Random) -> str:
    """Return some words that are not sent twice."""
    return " ".join([*dice.choices(WORDS, k=dice.randint(3, 30)), str(dice.random())])


type Post = dict[str, str]


def blind(dice: random.Random) -> Post:
    """Posts without ever opening the form, or with a token of its own making."""
    made_up = ("", "x", "null", f"{dice.random()}:1vNabc:{dice.random()}", aged(60)[:-1])
    return {"text": prose(dice), "token": dice.choice(made_up)}


def hasty(dice: random.Random) -> Post:
    """Opens the form and sends it at once."""
    return {"text": prose(dice), "token": aged(dice.choice((0, 0, 1)))}


def hoarder(dice: random.Random) -> Post:
    """Uses forms that it fetched days ago."""
    return {"text": prose(dice), "token": aged(MAX_SECONDS * dice.uniform(1.1, 30))}


def replayer(dice: random.Random, _stolen: tuple[str, ...] = (aged(90), aged(90))) -> Post:
    """Sends ever new texts with one of two good tokens."""
    return {"text": prose(dice), "token": dice.choice(_stolen)}


def filler(dice: random.Random) -> Post:
    """Waits like a person, and fills in every box there is."""
    site = f"https://{dice.choice(SITES)}"
    return {"text": prose(dice), "token": aged(dice.uniform(5, 900)), "homepage": site}


def linker(dice: random.Random) -> Post:
    """Waits like a person, and leaves three to nine links, written in several ways."""
    shapes = ("https://{}", "http://{}", "[url=https://{}]here[/url]", "<a href='HTTPS://{}'>x</a>")
    links = (dice.choice(shapes).format(dice.choice(SITES)) for _ in range(dice.randint(3, 9)))
    return {"text": " ".join([prose(dice), *links]), "token": aged(dice.uniform(5, 900))}


def copier(dice: random.Random) -> Post:
    """Waits like a person, and sends one text with other spaces, signs and capitals each time."""
    shapes = (str.upper, str, "{} ".format, "{}!".format, "{}。".format)
    cased = "".join(dice.choice(shapes)(letter) for letter in TEMPLATE)
    return {"text": cased, "token": aged(dice.uniform(5, 900))}


def shouter(dice: random.Random) -> Post:
    """Waits like a person, and sends the same few words."""
    return {"text": f"buy esim{'!' * dice.randint(0, 9)}", "token": aged(dice.uniform(5, 900))}


MACHINES: tuple[Callable[[random.Random], Post], ...] = (
    *(blind, hasty, hoarder, replayer, filler, linker, copier, shouter),
)


def scripted(count: int) -> Iterator[Post]:
    """Yield so many posts of machines of every kind, mixed; the same ones each time."""
    dice = random.Random(9)  # noqa: S311 (no secret)
    for number in range(count):
        yield MACHINES[number % len(MACHINES)](dice)


SAID = (
    *("點收費？", "點收費？", "收了HK$80", "收了HK$80", "急", "?", "Help 🙏"),
    "我喺內地，部手機畀人偷咗，\n張卡係儲值卡，未實名。\n\n可唔可以叫屋企人去門市攞返？",
    "官网写着可以网上补办：https://www.hk.chinamobile.com/tc/esim ，可是登录又要短信验证码。",
    "見https://www.three.com.hk/esim，同https://www.three.com.hk/faq，兩頁寫的不一樣，哪頁才對？",
    "I changed from an iPhone bought in Shenzhen to a Pixel. Is last year's QR code still good?",
    "我的號碼是九字頭的，上台兩年，合約沒完；轉台後才發現eSIM刪了，收不到銀行短訊，應先做哪樣？",
    "门市说要原卡板，没有卡板要交HK$50，今天在旺角，排了25分钟队。",
)


def people(count: int) -> Iterator[tuple[int, str]]:
    """Yield how many seconds so many persons take and what they write; some write the same."""
    for number in range(count):
        said = SAID[number % len(SAID)]
        yield 4 + number * number % 3600, said if number < len(SAID) else f"{said} {number}"
