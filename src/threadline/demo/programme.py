"""Which conversations there are, and when in the last seven days each was held."""

from collections.abc import Iterator
from random import Random

import msgspec

from threadline.demo.draft import SpanDraft
from threadline.demo.drill import drill
from threadline.demo.play import moved, play
from threadline.demo.scene import Cast, Scene
from threadline.demo.script import PROJECTS, Profile, Review, Script, profiles, read

__all__ = ["Conversation", "conversations"]

SEED = 20_261_122
LONG_SESSION_TURNS = 500
MINUTE = 60 * 1_000_000_000
HOUR, DAY = 60 * MINUTE, 24 * 60 * MINUTE
LATEST_MINUTES = (1, 4, 9, 17, 31, 52, 80, 125)
"""How long ago the newest ended, so that the page has something fresh at the top."""
BUSY_HOURS = (8, 9, 9, 10, 10, 11, 11, 12, 13, 14, 14, 15, 15, 16, 17, 18, 19, 20, 20, 21, 22)
"""Hours of the day (UTC), the busy ones more than once."""


class Conversation(msgspec.Struct, frozen=True):
    """A session: its spans, and what a colleague wrote on it."""

    project: str
    session_id: str
    """Empty for what belongs to no session."""
    spans: list[SpanDraft]
    review: Review | None = None


def conversations(now_ns: int, *, long_session_turns: int = LONG_SESSION_TURNS) -> Iterator[Conversation]:
    """One session after the other, oldest first; all end before `now_ns`."""
    every = profiles()
    sessions: list[Conversation] = []
    for project in PROJECTS:
        for script in read(project):
            for number in range(len(script.rows)):
                random = seeded(f"{project}/{script.name}/{number}")
                sessions.append(one(every[project], project, script, number, random))
    shown, *others = sessions  # the first script's first row: what a newcomer should open stays on top
    seeded("order").shuffle(others)
    sessions = [shown, *others]
    played = [with_spans(each, placed(each.spans, place, now_ns)) for place, each in enumerate(sessions)]
    random = seeded("long")
    long = one(every["language-tutor"], "language-tutor", drill(long_session_turns, random), 0, random)
    over_ns = now_ns - 25 * MINUTE - max(span.end_ns for span in long.spans)
    played.append(with_spans(long, [span.later(over_ns) for span in long.spans]))
    played.append(Conversation("docs-assistant", "", indexing(every["docs-assistant"], now_ns)))
    yield from sorted(played, key=lambda each: each.spans[0].start_ns)


def with_spans(conversation: Conversation, spans: list[SpanDraft]) -> Conversation:
    """The same conversation at another time."""
    return msgspec.structs.replace(conversation, spans=spans)


def seeded(what: str) -> Random:
    """Chance that falls the same way every time."""
    return Random(f"{SEED}/{what}")  # noqa: S311 (nothing secret)


def one(profile: Profile, project: str, script: Script, number: int, random: Random) -> Conversation:
    """One session, played at time 0."""
    row = script.rows[number]
    cast = Cast(
        project=project,
        session_id=session_id(project, random),
        end_user=row["end_user"],
        environment=random.choice(profile.environments),
        model=script.model or random.choice(profile.models),
        profile=profile,
        tags=(random.choice(profile.tags), *script.tags),
        metadata={key: random.choice(values) for key, values in profile.metadata.items()} | script.metadata,
    )
    review = script.review if number % 2 == 0 else None
    return Conversation(project, cast.session_id, play(cast, script, row, random, start_ns=0), review)


def session_id(project: str, random: Random) -> str:
    """Every application makes its ids in its own way."""
    token = random.randbytes(8).hex()
    if project == "support-bot":
        return f"s-{token[:6]}"
    if project == "travel-agent":
        return f"{token[:8]}-{token[8:12]}-4{token[12:15]}-a{random.randbytes(2).hex()[:3]}-{random.randbytes(6).hex()}"
    return f"thread-{token[:10]}" if project == "docs-assistant" else f"lesson/{token[:5]}"


def placed(spans: list[SpanDraft], place: int, now_ns: int) -> list[SpanDraft]:
    """The session at its time: the first few just now, the others by day."""
    length_ns = max(span.end_ns for span in spans)
    random = seeded(str(place))
    if place < len(LATEST_MINUTES):
        ago_ns = LATEST_MINUTES[place] * MINUTE + random.randrange(MINUTE)
        return [span.later(now_ns - ago_ns - length_ns) for span in spans]
    midnight_ns = now_ns // DAY * DAY - random.randrange(7) * DAY
    start_ns = midnight_ns + random.choice(BUSY_HOURS) * HOUR + random.randrange(HOUR)
    if start_ns + length_ns > now_ns:
        start_ns -= DAY
    start_ns = max(start_ns, now_ns - 7 * DAY + random.randrange(HOUR))
    return moved([span.later(start_ns) for span in spans], now_ns - MINUTE)


def indexing(profile: Profile, now_ns: int) -> list[SpanDraft]:
    """Traces without a session id: a nightly job that embeds the documentation."""
    random = seeded("indexing")
    spans: list[SpanDraft] = []
    for night in range(3):
        cast = Cast("docs-assistant", "", "", "production", "", profile, (), {})
        start_ns = now_ns // DAY * DAY - (night + 1) * DAY + 2 * HOUR + random.randrange(MINUTE)
        scene = Scene(cast, random, "docs-index", random.randbytes(16), b"", [], {}, start_ns, spans=spans)
        job = scene.within()
        for page in ("timeouts", "transports", "errors"):
            begun_ns = job.clock_ns
            job.wait(120, 480)
            job.add(
                "CreateEmbeddings",
                begun_ns,
                {
                    "openinference.span.kind": "EMBEDDING",
                    "embedding.model_name": "text-embedding-3-small",
                    "embedding.embeddings.0.embedding.text": f"advanced/{page}.md",
                    "llm.token_count.prompt": 900 + random.randrange(400),
                },
            )
        scene.clock_ns = job.clock_ns
        root = {"openinference.span.kind": "CHAIN", "input.value": "3 pages", "output.value": "indexed"}
        scene.add("index documentation", start_ns, root, span_id=job.parent_span_id)
    return spans
