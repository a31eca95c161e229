"""Calls of the official Anthropic SDK, plain and as a stream; prints what the app gets of each as one JSON object."""

import json
import os
from collections.abc import Callable

import anthropic

from attempts import Attempts, Outcome


def client(attempts: Attempts) -> anthropic.Anthropic:
    http = anthropic.DefaultHttpxClient(event_hooks={"request": [attempts]})
    return anthropic.Anthropic(
        base_url=os.environ.get("BASE_URL"),  # else the provider's own
        api_key="sk-standin",
        http_client=http,
        default_headers={"x-tollgate-feature": os.environ["FEATURE"], "x-standin": os.environ.get("PLAY", "")},
    )


def plain(api: anthropic.Anthropic) -> Outcome:
    answer = api.messages.create(
        model="claude-sonnet-5-5",
        max_tokens=100,
        messages=[{"role": "user", "content": "Say something."}],
        metadata={"user_id": "ada"},
    )
    text = "".join(block.text for block in answer.content if block.type == "text")
    return {"text": text, "output_tokens": answer.usage.output_tokens}


def stream(api: anthropic.Anthropic) -> Outcome:
    with api.messages.stream(
        model="claude-sonnet-5-5",
        max_tokens=100,
        messages=[{"role": "user", "content": "Say something."}],
        metadata={"user_id": "ada"},
    ) as events:
        text = "".join(events.text_stream)
        return {"text": text, "output_tokens": events.get_final_message().usage.output_tokens}


def outcome(call: Callable[[anthropic.Anthropic], Outcome]) -> Outcome:
    attempts = Attempts()
    api = client(attempts)
    try:
        result = call(api)
    except anthropic.APIStatusError as error:
        result = {
            "exception": type(error).__name__,
            "message": str(error),
            "status": error.status_code,
            "type": error.type,
        }
    except anthropic.APIError as error:
        result = {"exception": type(error).__name__, "message": str(error)}
    return result | {"attempts": attempts.count}


print(json.dumps({"plain": outcome(plain), "stream": outcome(stream)}))
