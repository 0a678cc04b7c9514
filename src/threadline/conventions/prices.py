"""What a model's tokens cost: a dated table that is data (`prices.json`) and that the user may override.

Money is whole nano-USD, rounded once per span, half to even. Prices are the provider's own, standard tier.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from importlib.resources import files

import msgspec

from threadline.conventions.numbers import NANO_USD_MAX
from threadline.errors import InvalidInput

__all__ = ["BUILT_IN", "PriceTable"]

_FEMTO = 10**9
"""USD per million tokens are so many femto-USD per token; six more digits than nano-USD, so nothing is lost."""
_FEMTO_PER_NANO = 10**6
_MODELS_REMEMBERED_MAX = 4_096

_RESELLERS = frozenset(
    {
        "anthropic",
        "azure",
        "azure_ai",
        "bedrock",
        "cohere",
        "deepseek",
        "gemini",
        "google",
        "litellm_proxy",
        "mistral",
        "mistralai",
        "models",
        "openai",
        "openrouter",
        "vertex_ai",
        "x-ai",
        "xai",
    }
)
"""Prefixes before a slash that leave the price as it is. Any other (`ollama/`, `groq/`) is another seller."""
_BEDROCK = re.compile(r"^(?:(?:us|eu|apac|jp|au|ca|sa|global)\.)?(?:anthropic|cohere|deepseek|mistral|openai)\.")
_VERSION = re.compile(
    r"(?:[-@](?:\d{4}-\d\d-\d\d|\d\d-\d{4}|\d\d-\d\d|\d{8}|\d{6}|\d{4}|\d{3}|latest|default|preview|exp|v\d+)|:\d+)+"
)
"""What may follow a model's name without making it another model: a date, a version, `-latest`."""


class _Price(msgspec.Struct, frozen=True, rename={"valid_from": "from"}, forbid_unknown_fields=True):
    valid_from: date
    input: Decimal
    output: Decimal
    cache_read: Decimal | None = None
    cache_write: Decimal | None = None


class _Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    model: str
    prices: tuple[_Price, ...]
    provider: str = ""
    aliases: tuple[str, ...] = ()


class _Source(msgspec.Struct, frozen=True):
    url: str
    checked: date


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    models: tuple[_Model, ...]
    unit: str = ""
    sources: Mapping[str, _Source] = {}


class _Rate(msgspec.Struct, frozen=True, gc=False):
    """Femto-USD per token from a time on."""

    from_ns: int
    input: int
    output: int
    cache_read: int
    cache_write: int


class PriceTable:
    """Prices by model and time. Immutable; `from_json` makes one with the user's prices over the built-in."""

    def __init__(self, rates: Mapping[str, Sequence[_Rate]]) -> None:
        self._rates = dict(rates)
        self._resolved: dict[str, Sequence[_Rate] | None] = {}

    @classmethod
    def from_json(cls, data: bytes) -> "PriceTable":
        """The user's prices over the built-in ones; a model that is named replaces the built-in of that name.

        The file holds `{"models": [{"model", "aliases"?, "prices": [{"from", "input", "output", "cache_read"?,
        "cache_write"?}]}]}`, in USD per million tokens, `from` a date.

        Raises:
            InvalidInput: `prices_unreadable`, naming the field.
        """
        return cls({**BUILT_IN._rates, **_read(data)})

    def cost_nano(
        self, model: str, start_ns: int, *, prompt: int, completion: int, cache_read: int = 0, cache_write: int = 0
    ) -> int | None:
        """The cost in nano-USD at the prices of that time; None for a model without a price.

        A cost beyond NANO_USD_MAX comes from noise in the counts: None, like a reported one.

        Cached tokens are a part of `prompt`; where they are more than it (a producer that leaves them out of
        the prompt), they come on top.
        """
        rates = self._rates_of(model)
        if rates is None:
            return None
        rate = rates[0]
        for later in rates[1:]:
            if later.from_ns > start_ns:
                break
            rate = later
        cached = cache_read + cache_write
        plain = prompt - cached if cached <= prompt else prompt
        femto = (
            plain * rate.input
            + cache_read * rate.cache_read
            + cache_write * rate.cache_write
            + completion * rate.output
        )
        nano, rest = divmod(femto, _FEMTO_PER_NANO)
        twice = 2 * rest - _FEMTO_PER_NANO
        nano += twice > 0 or (twice == 0 and nano & 1)
        return nano if nano <= NANO_USD_MAX else None

    def _rates_of(self, model: str) -> Sequence[_Rate] | None:
        try:
            return self._resolved[model]
        except KeyError:
            pass
        rates = self._resolve(model)
        if len(self._resolved) >= _MODELS_REMEMBERED_MAX:
            self._resolved.clear()
        self._resolved[model] = rates
        return rates

    def _resolve(self, model: str) -> Sequence[_Rate] | None:
        """By the longest name in the table that the model begins with, when only a version follows it."""
        exact = self._rates.get(model.strip().lower())
        if exact is not None:
            return exact
        *sellers, name = model.strip().lower().split("/")
        if not _RESELLERS.issuperset(sellers):
            return None
        name = _BEDROCK.sub("", name)
        for end in range(len(name), 0, -1):
            rates = self._rates.get(name[:end])
            if rates is not None and (end == len(name) or _VERSION.fullmatch(name, end)):
                return rates
        return None


def _read(data: bytes) -> dict[str, tuple[_Rate, ...]]:
    try:
        file = msgspec.json.decode(data, type=_File)
        return {
            name.strip().lower(): _rates(model.prices)
            for model in file.models
            for name in (model.model, *model.aliases)
        }
    except (msgspec.DecodeError, ValueError) as error:
        raise InvalidInput("prices_unreadable", f"The price file cannot be read: {error}.") from error


def _rates(prices: Iterable[_Price]) -> tuple[_Rate, ...]:
    rates = tuple(_rate(price) for price in sorted(prices, key=lambda price: price.valid_from))
    if not rates:
        raise ValueError("a model needs at least one price")
    return rates


def _rate(price: _Price) -> _Rate:
    start = datetime(price.valid_from.year, price.valid_from.month, price.valid_from.day, tzinfo=UTC)
    usual = _femto(price.input)
    return _Rate(
        from_ns=int(start.timestamp()) * 1_000_000_000,
        input=usual,
        output=_femto(price.output),
        cache_read=usual if price.cache_read is None else _femto(price.cache_read),
        cache_write=usual if price.cache_write is None else _femto(price.cache_write),
    )


def _femto(usd_per_million: Decimal) -> int:
    if not usd_per_million.is_finite() or usd_per_million < 0:
        raise ValueError(f"{usd_per_million} is no price")
    return int((usd_per_million * _FEMTO).to_integral_value(ROUND_HALF_EVEN))


BUILT_IN = PriceTable(_read(files("threadline.conventions").joinpath("prices.json").read_bytes()))
"""The table that comes with the package."""
