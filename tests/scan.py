"""Searching by looking at every text, which is slow and cannot be wrong: what search must find."""

import random
from collections.abc import Iterable

from esimguide.search.normalize import fold

type Texts = dict[int, tuple[str, str]]  # by key: all titles, all texts, each side on its own line

WORDS = (
    "補領",
    "补办",
    "驗證碼",
    "营业厅",
    "門市",
    "手機",
    "帳戶",
    "賬戶",
    "枱",
    "裏面",
    "里面",
    "eSIM",
)
LETTERS = "補领办機机裏里戶户帳账台臺枱卡領碼码驗验證证門门市營营業业廳厅甚麼什么手面"


def made(count: int) -> Texts:
    """Return texts of few letters, so that every pair and many longer pieces occur often."""
    dice = random.Random(count)  # noqa: S311 (no secret)
    some = lambda: "".join(  # noqa: E731
        dice.choice(WORDS) if dice.random() < 0.2 else dice.choice(LETTERS + "，。 a")
        for _ in range(dice.randint(1, 40))
    )
    return {n: (some(), some()) for n in range(1, count + 1)}


def queries(texts: Iterable[tuple[str, str]]) -> list[str]:
    """Return every letter of the texts, and random pieces of them of two letters and more."""
    dice = random.Random(1)  # noqa: S311 (no secret)
    joined = "".join(text for both in texts for text in both)
    han = sorted({letter for letter in joined if "一" <= letter <= "鿿"})
    starts = [dice.randrange(len(joined)) for _ in range(400)]
    pieces = [joined[s : s + dice.randint(2, 6)] for s in starts]
    mixed = ["".join(dice.choices(LETTERS, k=dice.randint(2, 3))) for _ in range(200)]
    return han + mixed + [p for p in pieces if all("一" <= letter <= "鿿" for letter in p)]


def scanned(folded: Texts, typed: str) -> set[int]:
    wanted = fold(typed)
    return {key for key, texts in folded.items() if any(wanted in text for text in texts)}


def folded(texts: Texts) -> Texts:
    return {key: (fold(title), fold(text)) for key, (title, text) in texts.items()}
