"""Calls of the official OpenAI SDK, plain and as a stream; prints what the app gets of each as one JSON object."""

import json
import os
from collections.abc import Callable

import openai

from attempts import Attempts, Outcome


# xAI is called by this SDK, too
MODEL = os.environ.get("MODEL", "gpt-4o-mini")


def client(attempts: Attempts) -> openai.OpenAI:
    http = openai.DefaultHttpxClient(event_hooks={"request": [attempts]})
    return openai.OpenAI(
        base_url=os.environ.get("BASE_URL"),  # else the provider's own
        api_key="sk-standin",
        http_client=http,
        default_headers={"x-tollgate-feature": os.environ["FEATURE"], "x-standin": os.environ.get("PLAY", "")},
    )


def plain(api: openai.OpenAI) -> Outcome:
    answer = api.chat.completions.create(
        model=MODEL,
        messages=[{"role": "user", "content": "Say something."}],
        user="ada",
    )
    usage = answer.usage
    return {"text": answer.choices[0].message.content, "total_tokens": usage.total_tokens if usage else None}


def stream(api: openai.OpenAI) -> Outcome:
    parts: list[str] = []
    without_choices = with_usage = 0
    chunks = api.chat.completions.create(
        model=MODEL,
        messages=[{"role": "user", "content": "Say something."}],
        user="ada",
        stream=True,
    )
    for chunk in chunks:
        without_choices += not chunk.choices
        with_usage += "usage" in chunk.model_fields_set
        parts += [choice.delta.content or "" for choice in chunk.choices]
    return {"text": "".join(parts), "without_choices": without_choices, "with_usage": with_usage}


def outcome(call: Callable[[openai.OpenAI], Outcome]) -> Outcome:
    attempts = Attempts()
    api = client(attempts)
    try:
        result = call(api)
    except openai.APIStatusError as error:
        result = {
            "exception": type(error).__name__,
            "message": str(error),
            "status": error.status_code,
            "type": error.type,
            "code": error.code,
        }
    except openai.APIError as error:
        result = {"exception": type(error).__name__, "message": str(error)}
    return result | {"attempts": attempts.count}


print(json.dumps({"plain": outcome(plain), "stream": outcome(stream)}))
