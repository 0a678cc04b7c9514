r"""Values as they are written: quotation marks, escapes, and the star that stands for any run of characters.

In `Term.value` of a pattern, `\*` is a star and `\\` a backslash; any other backslash is itself.
"""

import re

from threadline.sessions.text import folded

__all__ = ["fits", "literal", "pieces", "read_value", "unquoted"]

_ESCAPED_IN_PHRASE = re.compile(r"\\([\\\"])")
_PIECES = re.compile(r"\\[\\*\"]|\*|[^\\*]+|\\")


def unquoted(written: str) -> str:
    r"""The text between quotation marks, `\"` and `\\` undone."""
    return _ESCAPED_IN_PHRASE.sub(r"\1", written[1:-1])


def read_value(written: str) -> tuple[str, bool]:
    """The value as `Term` holds it, and whether it is a pattern."""
    parts = pieces(written[1:-1] if written[:1] == '"' else written)
    return ("*".join(literal(part) for part in parts), True) if len(parts) > 1 else (parts[0], False)


def pieces(pattern: str) -> tuple[str, ...]:
    """The literal texts between the stars of a pattern: `a*b` is ("a", "b"), `*` is ("", "")."""
    found = [""]
    for match in _PIECES.finditer(pattern):
        part = match.group()
        if part == "*":
            found.append("")
        else:
            found[-1] += part[1:] if len(part) == 2 and part[0] == "\\" else part
    return tuple(found)


def literal(text: str) -> str:
    """A text as a pattern that fits it alone."""
    return text.replace("\\", "\\\\").replace("*", "\\*")


def fits(pattern: str, text: str) -> bool:
    """Whether a pattern fits the whole text, compared without case; in time linear in both."""
    first, *between = (folded(piece) for piece in pieces(pattern))
    form = folded(text)
    if not between:
        return form == first
    last = between.pop()
    if len(form) < len(first) + len(last) or not form.startswith(first) or not form.endswith(last):
        return False
    at, end = len(first), len(form) - len(last)
    for piece in between:
        found = form.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True
