"""Calls of the official OpenRouter SDK, plain and as a stream; prints what the app gets of each as one JSON object."""

import json
import os
from collections.abc import Callable

import httpx
from openrouter import OpenRouter, errors

from attempts import Attempts, Outcome

MODEL = "openai/gpt-4o-mini"
MESSAGES = [{"role": "user", "content": "Say something."}]


def client(attempts: Attempts) -> OpenRouter:
    headers = {"x-tollgate-feature": os.environ["FEATURE"], "x-standin": os.environ.get("PLAY", "")}
    http = httpx.Client(headers=headers, event_hooks={"request": [attempts]}, timeout=60)
    return OpenRouter(api_key="sk-standin", server_url=os.environ["BASE_URL"], client=http)


def plain(api: OpenRouter) -> Outcome:
    answer = api.chat.send(model=MODEL, messages=MESSAGES, user="ada")
    usage = answer.usage
    return {
        "text": answer.choices[0].message.content,
        "total_tokens": usage.total_tokens if usage else None,
    }


def stream(api: OpenRouter) -> Outcome:
    parts: list[str] = []
    total = None
    with api.chat.send(model=MODEL, messages=MESSAGES, user="ada", stream=True) as chunks:
        for chunk in chunks:
            parts += [choice.delta.content or "" for choice in chunk.choices]
            total = chunk.usage.total_tokens if chunk.usage else total
    return {"text": "".join(parts), "total_tokens": total}


def outcome(call: Callable[[OpenRouter], Outcome]) -> Outcome:
    attempts = Attempts()
    api = client(attempts)
    try:
        result = call(api)
    except errors.OpenRouterError as error:
        result = {"exception": type(error).__name__, "message": error.message, "status": error.status_code}
    except httpx.HTTPError as error:
        result = {"exception": type(error).__name__, "message": str(error)}
    return result | {"attempts": attempts.count}


print(json.dumps({"plain": outcome(plain), "stream": outcome(stream)}))
