"""The text that each official SDK gets, plain and as a stream, from every endpoint that answers with text: one JSON object."""

import json
import os
from collections.abc import Callable, Iterator

import anthropic
import openai
from google import genai
from google.genai import types
from openrouter import OpenRouter

BASE = os.environ["BASE_URL"]
HEADERS = {"x-tollgate-feature": os.environ["FEATURE"]}
MODEL = "some-model"
SAY = [{"role": "user", "content": "Say something."}]


def openai_like(provider: str) -> Iterator[tuple[str, Callable[[], str]]]:
    version = "/api/v1" if provider == "openrouter" else "/v1"
    api = openai.OpenAI(base_url=f"{BASE}/{provider}{version}", api_key="sk-standin", default_headers=HEADERS)

    def chat() -> str:
        answer = api.chat.completions.create(model=MODEL, messages=SAY)
        assert answer.choices[0].finish_reason == "stop" and answer.model == MODEL
        return answer.choices[0].message.content

    def chat_stream() -> str:
        chunks = list(api.chat.completions.create(model=MODEL, messages=SAY, stream=True))
        assert chunks[-1].choices[0].finish_reason == "stop"
        return "".join(chunk.choices[0].delta.content or "" for chunk in chunks)

    def chat_helper() -> str:
        with api.chat.completions.stream(model=MODEL, messages=SAY) as stream:
            return stream.get_final_completion().choices[0].message.content

    def response() -> str:
        answer = api.responses.create(model=MODEL, input="Say something.")
        assert answer.status == "completed"
        return answer.output_text

    def response_stream() -> str:
        events = list(api.responses.create(model=MODEL, input="Say something.", stream=True))
        assert events[-1].type == "response.completed" and events[-1].response.output_text
        return "".join(event.delta for event in events if event.type == "response.output_text.delta")

    def response_helper() -> str:
        with api.responses.stream(model=MODEL, input="Say something.") as stream:
            return stream.get_final_response().output_text

    yield "chat", chat
    yield "chat stream", chat_stream
    yield "chat stream, gathered", chat_helper
    yield "response", response
    yield "response stream", response_stream
    yield "response stream, gathered", response_helper
    if provider != "openai":
        return

    def completion() -> str:
        return api.completions.create(model=MODEL, prompt="Say").choices[0].text

    def completion_stream() -> str:
        return "".join(part.choices[0].text for part in api.completions.create(model=MODEL, prompt="Say", stream=True))

    yield "completion", completion
    yield "completion stream", completion_stream


def anthropics() -> Iterator[tuple[str, Callable[[], str]]]:
    api = anthropic.Anthropic(base_url=f"{BASE}/anthropic", api_key="sk-standin", default_headers=HEADERS)

    def message() -> str:
        answer = api.messages.create(model=MODEL, max_tokens=10, messages=SAY)
        assert answer.stop_reason == "end_turn"
        return answer.content[0].text

    def message_stream() -> str:
        with api.messages.stream(model=MODEL, max_tokens=10, messages=SAY) as stream:
            text = "".join(stream.text_stream)
            assert stream.get_final_message().content[0].text == text
            return text

    yield "message", message
    yield "message stream", message_stream


def googles() -> Iterator[tuple[str, Callable[[], str]]]:
    options = types.HttpOptions(base_url=f"{BASE}/google", headers=HEADERS)
    api = genai.Client(api_key="standin", vertexai=False, http_options=options)

    def content() -> str:
        answer = api.models.generate_content(model=MODEL, contents="Say something.")
        assert answer.candidates[0].finish_reason == types.FinishReason.STOP
        return answer.text

    def content_stream() -> str:
        return "".join(part.text for part in api.models.generate_content_stream(model=MODEL, contents="Say"))

    yield "content", content
    yield "content stream", content_stream


def openrouters() -> Iterator[tuple[str, Callable[[], str]]]:
    api = OpenRouter(api_key="sk-standin", server_url=f"{BASE}/openrouter/api/v1")

    def chat() -> str:
        return api.chat.send(model=MODEL, messages=SAY, http_headers=HEADERS).choices[0].message.content

    def chat_stream() -> str:
        parts = api.chat.send(model=MODEL, messages=SAY, stream=True, http_headers=HEADERS)
        return "".join(part.choices[0].delta.content or "" for part in parts)

    yield "chat", chat
    yield "chat stream", chat_stream


def outcome(call: Callable[[], str]) -> str:
    try:
        return call()
    except Exception as error:  # whatever it is, the test shows it
        return f"{type(error).__name__}: {error}"


ASKED = {
    "openai": openai_like("openai"),
    "xai by openai's": openai_like("xai"),
    "openrouter by openai's": openai_like("openrouter"),
    "openrouter": openrouters(),
    "anthropic": anthropics(),
    "google": googles(),
}

if __name__ == "__main__":
    print(json.dumps({f"{sdk}: {name}": outcome(call) for sdk, calls in ASKED.items() for name, call in calls}))
