"""Calls of the official Google GenAI SDK, plain and as a stream; prints what the app gets of each as one JSON object."""

import json
import os
from collections.abc import Callable

import httpx
from google import genai
from google.genai import errors, types

from attempts import Attempts, Outcome

MODEL = "gemini-2.5-flash"
PROMPT = "Say something."


def client(attempts: Attempts) -> genai.Client:
    http = types.HttpOptions(
        # as its variable GOOGLE_GEMINI_BASE_URL would
        base_url=os.environ["BASE_URL"],
        headers={"x-tollgate-feature": os.environ["FEATURE"], "x-standin": os.environ.get("PLAY", "")},
        httpx_client=httpx.Client(event_hooks={"request": [attempts]}, timeout=60),
    )
    return genai.Client(api_key="standin", http_options=http)


def plain(api: genai.Client) -> Outcome:
    answer = api.models.generate_content(model=MODEL, contents=PROMPT)
    usage = answer.usage_metadata
    return {"text": answer.text, "total_tokens": usage.total_token_count if usage else None}


def stream(api: genai.Client) -> Outcome:
    parts: list[str] = []
    total = None
    for chunk in api.models.generate_content_stream(model=MODEL, contents=PROMPT):
        parts.append(chunk.text or "")
        total = chunk.usage_metadata.total_token_count if chunk.usage_metadata else total
    return {"text": "".join(parts), "total_tokens": total}


def outcome(call: Callable[[genai.Client], Outcome]) -> Outcome:
    attempts = Attempts()
    api = client(attempts)
    try:
        result = call(api)
    except errors.APIError as error:
        result = {
            "exception": type(error).__name__,
            "message": error.message,
            "status": error.code,
            "type": error.status,
        }
    except httpx.HTTPError as error:
        result = {"exception": type(error).__name__, "message": str(error)}
    return result | {"attempts": attempts.count}


print(json.dumps({"plain": outcome(plain), "stream": outcome(stream)}))
