"""Who speaks, by the names that producers give them."""

__all__ = ["ASSISTANT", "USER", "role_of"]

USER = "user"
ASSISTANT = "assistant"

_ROLES = {
    "user": USER,
    "human": USER,
    "humanmessage": USER,
    "humanmessagechunk": USER,
    "assistant": ASSISTANT,
    "ai": ASSISTANT,
    "aimessage": ASSISTANT,
    "aimessagechunk": ASSISTANT,
    "model": ASSISTANT,
    "chatbot": ASSISTANT,
    "system": "system",
    "systemmessage": "system",
    "developer": "system",
    "tool": "tool",
    "toolmessage": "tool",
    "function": "tool",
    "functionmessage": "tool",
}


def role_of(name: object) -> str:
    """`user`, `assistant`, `system` or `tool` where the name is known; else the name as sent."""
    if not isinstance(name, str):
        return ""
    known = _ROLES.get(name)
    if known is not None:
        return known
    return _ROLES.get(name.strip().rpartition(".")[2].lower(), name)
