"""An app for demo and tests: calls a provider by its official SDK, for one feature and several users.

Nothing here knows Tollgate but two words: the base URL comes from the environment, as a sidecar beside a pod
would set it, and the feature is named in one header. Prints an event as a JSON line for each thing that happens.
"""

import itertools
import json
import os
import signal
import sys
import time
from collections.abc import Callable

import anthropic
import openai

QUESTIONS = [
    "Which of my two charges is right?",
    "Make this paragraph friendlier, and half as long: we regret to inform you that your request was not granted.",
    "What is the difference between a seat and a licence?",
    "Give the release notes a title that says what changed for the people who use it every day.",
]
MAX_TOKENS = 80
# a person reads before asking again; this one reads fast
PAUSE = float(os.environ.get("SECONDS_BETWEEN_CALLS", "0.005"))
# the SDKs' own default; none where a test must see each failure
RETRIES = int(os.environ.get("RETRIES", "2"))

Call = Callable[[str, str], int]


def event(name: str, **fields: object) -> None:
    print(json.dumps({"event": name, "at": time.monotonic_ns(), **fields}), flush=True)


def openai_calls(feature: str) -> dict[str, Call]:
    api = openai.OpenAI(max_retries=RETRIES, default_headers={"x-tollgate-feature": feature})

    def plain(user: str, question: str) -> int:
        answer = api.chat.completions.create(
            model="gpt-5.4-mini",
            max_completion_tokens=MAX_TOKENS,
            messages=[{"role": "user", "content": question}],
            safety_identifier=user,
        )
        return len(answer.choices[0].message.content or "")

    def stream(user: str, question: str) -> int:
        chunks = api.chat.completions.create(
            model="gpt-5.4-mini",
            max_completion_tokens=MAX_TOKENS,
            messages=[{"role": "user", "content": question}],
            safety_identifier=user,
            stream=True,
        )
        # a chunk without choices would be an IndexError here: apps that never asked for usage must not get one
        return sum(len(chunk.choices[0].delta.content or "") for chunk in chunks)

    return {"plain": plain, "stream": stream}


def anthropic_calls(feature: str) -> dict[str, Call]:
    api = anthropic.Anthropic(max_retries=RETRIES, default_headers={"x-tollgate-feature": feature})

    def plain(user: str, question: str) -> int:
        answer = api.messages.create(
            model="claude-sonnet-5-5",
            max_tokens=MAX_TOKENS,
            messages=[{"role": "user", "content": question}],
            metadata={"user_id": user},
        )
        return sum(len(block.text) for block in answer.content if block.type == "text")

    def stream(user: str, question: str) -> int:
        with api.messages.stream(
            model="claude-sonnet-5-5",
            max_tokens=MAX_TOKENS,
            messages=[{"role": "user", "content": question}],
            metadata={"user_id": user},
        ) as events:
            return sum(len(text) for text in events.text_stream)

    return {"plain": plain, "stream": stream}


SDKS = {
    "openai": (openai_calls, openai.PermissionDeniedError, openai.OpenAIError),
    "anthropic": (anthropic_calls, anthropic.PermissionDeniedError, anthropic.AnthropicError),
}


def sentence(refusal: openai.PermissionDeniedError | anthropic.PermissionDeniedError) -> str:
    """The provider-shaped error's own message: what an app shows its user."""
    body = refusal.body
    error = body.get("error", body) if isinstance(body, dict) else {}
    return str(error.get("message", refusal))


def leave_after_this_call(_signal: int, _frame: object) -> None:
    Leaving.now = True


class Leaving:
    now = False


def main() -> None:
    signal.signal(signal.SIGTERM, leave_after_this_call)
    sdk, feature, *users = sys.argv[1:]
    make_calls, refused, failed = SDKS[sdk]
    calls = make_calls(feature)
    event("ready")
    for user, question, (kind, call) in zip(
        itertools.cycle(users), itertools.cycle(QUESTIONS), itertools.cycle(calls.items()), strict=False
    ):
        try:
            event("answered", kind=kind, user=user, characters=call(user, question))
        except refused as refusal:
            event("refused", kind=kind, user=user, error=f"{sdk}.{type(refusal).__name__}", sentence=sentence(refusal))
        except failed as failure:
            event("failed", kind=kind, user=user, error=f"{sdk}.{type(failure).__name__}", sentence=str(failure))
        if Leaving.now:
            return
        time.sleep(PAUSE)


main()
