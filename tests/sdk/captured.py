"""Calls of official SDKs as their own first page shows them: nobody names an address, a proxy or a certificate here.

Prints a JSON line a call: what the app gets of it. Each SDK calls a model of its own, by which its rows are found.
"""

import json
import subprocess
from collections.abc import Callable, Iterator
from importlib.metadata import version

import anthropic
import openai
import openrouter
import xai_sdk
from google import genai
from openrouter.utils import RetryConfig
from xai_sdk.chat import user

QUESTION = "Say something."
MESSAGES = [{"role": "user", "content": QUESTION}]

Call = Callable[[], str]


def of_openai(model: str, base_url: str | None = None) -> tuple[Call, Call]:
    api = openai.OpenAI(api_key="sk-standin", base_url=base_url)

    def plain() -> str:
        answer = api.chat.completions.create(model=model, messages=MESSAGES)
        return answer.choices[0].message.content or ""

    def stream() -> str:
        chunks = api.chat.completions.create(model=model, messages=MESSAGES, stream=True)
        return "".join(chunk.choices[0].delta.content or "" for chunk in chunks)

    return plain, stream


def of_anthropic(model: str) -> tuple[Call, Call]:
    api = anthropic.Anthropic(api_key="sk-standin")

    def plain() -> str:
        answer = api.messages.create(model=model, max_tokens=100, messages=MESSAGES)
        return "".join(block.text for block in answer.content if block.type == "text")

    def stream() -> str:
        with api.messages.stream(model=model, max_tokens=100, messages=MESSAGES) as events:
            return "".join(events.text_stream)

    return plain, stream


def of_google(model: str) -> tuple[Call, Call]:
    api = genai.Client(api_key="standin")

    def plain() -> str:
        return api.models.generate_content(model=model, contents=QUESTION).text or ""

    def stream() -> str:
        return "".join(
            chunk.text or "" for chunk in api.models.generate_content_stream(model=model, contents=QUESTION)
        )

    return plain, stream


def of_openrouter(model: str) -> tuple[Call, Call]:
    # by itself it tries for an hour to reach a host that cannot be reached
    api = openrouter.OpenRouter(api_key="sk-standin", retry_config=RetryConfig("none", None, False))

    def plain() -> str:
        return str(api.chat.send(model=model, messages=MESSAGES).choices[0].message.content)

    def stream() -> str:
        with api.chat.send(model=model, messages=MESSAGES, stream=True) as chunks:
            return "".join(choice.delta.content or "" for chunk in chunks for choice in chunk.choices)

    return plain, stream


def of_xai(model: str) -> tuple[Call, Call]:
    # by itself it has 27 minutes to reach a host that cannot be reached
    api = xai_sdk.Client(api_key="xai-standin", timeout=20)

    def plain() -> str:
        return api.chat.create(model=model, messages=[user(QUESTION)]).sample().content

    def stream() -> str:
        chat = api.chat.create(model=model, messages=[user(QUESTION)])
        return "".join(chunk.content for _, chunk in chat.stream())

    return plain, stream


class Status(Exception):
    """curl's own word for an answer that is none."""


def of_curl(model: str) -> tuple[Call, Call]:
    def call(stream: bool) -> str:
        body = json.dumps({"model": model, "messages": MESSAGES, "stream": stream})
        words = ["curl", "--silent", "--show-error", "--fail", "https://api.openai.com/v1/chat/completions"]
        words += ["--header", "content-type: application/json", "--header", "authorization: Bearer sk-standin"]
        done = subprocess.run([*words, "--data", body], capture_output=True, text=True, check=False)
        if done.returncode:
            raise Status(done.stderr.strip())
        return done.stdout

    return lambda: call(False), lambda: call(True)


def sdks() -> Iterator[tuple[str, str, tuple[Call, Call]]]:
    """Name, model, and its calls."""
    yield f"openai {version('openai')}", "gpt-4o-mini", of_openai("gpt-4o-mini")
    # as xAI's own documentation has it
    xai = of_openai("grok-4", "https://api.x.ai/v1")
    yield f"openai {version('openai')} with xAI's URL", "grok-4", xai
    yield f"anthropic {version('anthropic')}", "claude-sonnet-5-5", of_anthropic("claude-sonnet-5-5")
    yield f"google-genai {version('google-genai')}", "gemini-2.5-flash", of_google("gemini-2.5-flash")
    yield f"openrouter {version('openrouter')}", "openai/gpt-4o", of_openrouter("openai/gpt-4o")
    # gRPC, which reads no base URL
    yield f"xai-sdk {version('xai-sdk')}", "grok-3-mini", of_xai("grok-3-mini")
    yield "curl", "gpt-4.1", of_curl("gpt-4.1")


for name, model, calls in sdks():
    for kind, call in zip(("plain", "stream"), calls, strict=True):
        outcome = {"sdk": name, "call": kind, "model": model}
        try:
            outcome["text"] = call()
        except Exception as error:  # noqa: BLE001: which one it is, is the question
            outcome |= {"exception": type(error).__name__, "message": str(error)}
        print(json.dumps(outcome), flush=True)
