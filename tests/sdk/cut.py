"""What official SDKs raise when a stream's feature is turned off under way: one JSON object."""

import json
import os
import threading
from collections.abc import Callable

import anthropic
import openai
import openrouter

BASE = os.environ["BASE_URL"]
HEADERS = {"x-tollgate-feature": os.environ["FEATURE"], "x-standin": os.environ["PLAY"]}
SAY = [{"role": "user", "content": "Say something."}]
SEEN: dict[str, dict[str, str]] = {}


def openais() -> None:
    api = openai.OpenAI(base_url=f"{BASE}/openai/v1", api_key="sk-standin", default_headers=HEADERS)
    for _ in api.chat.completions.create(model="gpt-4o-mini", messages=SAY, stream=True):
        pass


def anthropics() -> None:
    api = anthropic.Anthropic(base_url=f"{BASE}/anthropic", api_key="sk-standin", default_headers=HEADERS)
    for _ in api.messages.create(model="claude-sonnet-4-5", max_tokens=100, messages=SAY, stream=True):
        pass


def openrouters() -> None:
    with openrouter.OpenRouter(server_url=f"{BASE}/openrouter/api/v1", api_key="sk-standin") as api:
        for chunk in api.chat.send(
            model="openai/gpt-4o-mini", messages=SAY, stream=True, http_headers=HEADERS
        ):
            if chunk.error:
                raise RuntimeError(chunk.error.message)


def outcome(call: Callable[[], None]) -> None:
    try:
        call()
        SEEN[call.__name__] = {"exception": "none"}
    except Exception as error:  # whatever it is, the test shows it
        SEEN[call.__name__] = {"exception": type(error).__name__, "message": str(error)}


if __name__ == "__main__":
    threads = [threading.Thread(target=outcome, args=(call,)) for call in (openais, anthropics, openrouters)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps(SEEN))
