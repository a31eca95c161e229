"""Calls of the official xAI SDK, which speaks gRPC to the provider's own host, plain and as a stream; prints what the app gets of each as one JSON object."""

import json
import os
from collections.abc import Callable

import grpc
from xai_sdk import Client
from xai_sdk.chat import user

from attempts import Outcome

HOST = os.environ.get("HOST", "api.x.ai")


def client() -> Client:
    # as if the hosts file of the pod led there
    named = [("grpc.ssl_target_name_override", HOST), ("grpc.default_authority", HOST)]
    return Client(
        api_key="xai-standin",
        api_host=os.environ["AT"],
        metadata=(("x-tollgate-feature", os.environ["FEATURE"]),),
        channel_options=named,
    )


def plain(api: Client) -> Outcome:
    chat = api.chat.create(model="grok-4", messages=[user("Say something.")])
    answer = chat.sample()
    return {"text": answer.content, "output_tokens": answer.usage.completion_tokens}


def stream(api: Client) -> Outcome:
    chat = api.chat.create(model="grok-4", messages=[user("Say something.")])
    parts: list[str] = []
    try:
        for _answer, chunk in chat.stream():
            parts.append(chunk.content)
    except grpc.RpcError as error:
        return {"text": "".join(parts), "code": error.code().name, "message": error.details()}
    return {"text": "".join(parts)}


def outcome(call: Callable[[Client], Outcome]) -> Outcome:
    try:
        return call(client())
    except grpc.RpcError as error:
        return {"code": error.code().name, "message": error.details()}


print(json.dumps({"plain": outcome(plain), "stream": outcome(stream)}))
