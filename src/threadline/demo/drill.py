"""The long session: a learner and a tutor go through a stack of word cards."""

from random import Random

import msgspec

from threadline.demo.script import Call, Script, Step, Turn, filled, table

__all__ = ["drill"]

KNOWN_SHARE, PAUSE_SHARE = 0.78, 0.03
HISTORY_MESSAGES_MAX = 24
"""The tutor resends only so much: the whole history of 500 turns would cost more than it is worth."""


class Cards(msgspec.Struct, frozen=True):
    """The table `data/vocabulary.json`."""

    end_user: str
    opening: str
    opening_answer: str
    closing: str
    closing_answer: str
    questions: list[str]
    right: list[str]
    wrong: list[str]
    guesses: list[str]
    pauses: list[str]
    pauses_answer: list[str]
    words: list[tuple[str, str]]


def drill(turns: int, random: Random) -> Script:
    """A script of so many turns."""
    cards = msgspec.json.decode(table("vocabulary.json"), type=Cards)
    asked = next_card(cards, random)
    count = {"count": turns - 2}
    opening = filled(cards.opening_answer, count) + " " + question(cards, asked, random)
    played = [Turn(user=cards.opening, steps=[], assistant=opening)]
    right = 0
    while len(played) < turns - 1:
        if random.random() < PAUSE_SHARE:
            answer = filled(random.choice(cards.pauses_answer), {"english": asked[0]})
            played.append(Turn(user=random.choice(cards.pauses), steps=[], assistant=answer.strip(), pause_s=(60, 420)))
            continue
        english, spanish = asked
        known = random.random() < KNOWN_SHARE
        right += known
        said = spanish if known else wrong_answer(cards, spanish, random)
        verdict = filled(random.choice(cards.right if known else cards.wrong), {"english": english, "spanish": spanish})
        asked = next_card(cards, random)
        steps = (
            []
            if known
            else [Step(calls=[Call(tool="log_result", arguments={"item": english, "correct": False}, ms=(20, 90))])]
        )
        played.append(Turn(user=said, steps=steps, assistant=verdict + question(cards, asked, random), pause_s=(2, 11)))
    shown = count | {"right": right, "wrong": turns - 2 - right}
    played.append(Turn(user=cards.closing, steps=[], assistant=filled(cards.closing_answer, shown)))
    return Script(
        name="vocabulary",
        rows=[{"end_user": cards.end_user}],
        turns=played,
        model="gpt-4o-mini-2024-07-18",
        tags=["long"],
        history_messages_max=HISTORY_MESSAGES_MAX,
    )


def next_card(cards: Cards, random: Random) -> tuple[str, str]:
    """Any card."""
    return random.choice(cards.words)


def question(cards: Cards, card: tuple[str, str], random: Random) -> str:
    """A card as a question."""
    asked = filled(random.choice(cards.questions), {"english": card[0]})
    return asked[0].upper() + asked[1:]


def wrong_answer(cards: Cards, spanish: str, random: Random) -> str:
    """Another word, a slip or a guess."""
    if random.random() < 0.5:
        return random.choice([other for _, other in cards.words if other != spanish])
    return random.choice(cards.guesses)
