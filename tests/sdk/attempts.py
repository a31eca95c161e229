"""What both SDKs' calls have in common: how many requests a client sends for one call."""

from typing import Any

Outcome = dict[str, Any]


class Attempts:
    """Counts the requests that a client sends for one call."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, _request: object) -> None:
        self.count += 1
