"""A stand-in for the providers' WebSockets: OpenAI's realtime and responses, Gemini's Live. It prints its port, then a
JSON line for each handshake. What a turn does, the app's message says: {"type": "response.create", "play": …}."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

from websockets.asyncio.server import ServerConnection, serve
from websockets.typing import Subprotocol

# larger than what a sidecar reads at once, and longer than 16 bits can say
LONG = "word " * 20_000


async def realtime(socket: ServerConnection) -> None:
    await socket.send(json.dumps({"type": "session.created", "session": {"model": "gpt-realtime"}}))
    turn = 0
    async for message in socket:
        play = json.loads(message).get("play", "whole")
        turn += 1
        await socket.send(iter(['{"type": "response.output_text.delta", ', f'"delta": "{LONG}"', "}"]))
        if play == "cut":
            socket.transport.abort()
        if play == "hang":
            continue
        usage = {"input_tokens": 100 * turn, "output_tokens": 10 * turn, "total_tokens": 110 * turn}
        await socket.send(json.dumps({"type": "response.done", "response": {"id": f"resp_{turn}", "usage": usage}}))


async def responses(socket: ServerConnection) -> None:
    turn = 0
    async for message in socket:
        turn += 1
        response: dict[str, Any] = {
            "id": f"resp_{turn}",
            "model": json.loads(message)["model"],
            "created_at": 1_790_000_000 + turn,
            "status": "completed",
            "usage": {"input_tokens": 7 * turn, "output_tokens": turn, "total_tokens": 8 * turn},
        }
        await socket.send(json.dumps({"type": "response.completed", "response": response}))


async def live(socket: ServerConnection) -> None:
    async for message in socket:
        if "setup" in json.loads(message):
            await socket.send(json.dumps({"setupComplete": {}}).encode())
            continue
        await socket.send(json.dumps({"serverContent": {"modelTurn": {"parts": [{"text": "Hello."}]}}}).encode())
        usage = {"promptTokenCount": 20, "responseTokenCount": 5, "totalTokenCount": 25}
        await socket.send(json.dumps({"serverContent": {"turnComplete": True}, "usageMetadata": usage}).encode())


async def meet(socket: ServerConnection) -> None:
    request = socket.request
    assert request is not None
    print(json.dumps({"path": request.path, "extensions": request.headers.get("sec-websocket-extensions")}), flush=True)
    path = request.path.split("?")[0]
    await {"/v1/realtime": realtime, "/v1/responses": responses}.get(path, live)(socket)


def choose(_socket: ServerConnection, offers: Sequence[Subprotocol]) -> Subprotocol | None:
    return offers[0] if offers else None


async def main() -> None:
    async with serve(meet, "127.0.0.1", 0, max_size=None, select_subprotocol=choose) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()


asyncio.run(main())
