"""What a model's tokens cost: a dated table that is data (`prices.json`), and that the user may override."""

__all__ = ["BUILT_IN", "PriceTable"]


class PriceTable:
    """Prices by model and day (to follow)."""

    def cost_nano(
        self, model: str, start_ns: int, prompt: int, completion: int, cache_read: int, cache_write: int
    ) -> int | None:
        """The cost in nano-USD, rounded once; None when no price is known."""
        return None


BUILT_IN = PriceTable()
