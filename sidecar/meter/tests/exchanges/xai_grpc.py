#!/usr/bin/env python3
"""Makes grpc.jsonl: calls of the xai-sdk as they are on the wire, made of the SDK's own messages (xai-sdk 1.21.0).

    .venv/bin/python sidecar/meter/tests/exchanges/xai_grpc.py
"""

import base64
import gzip
import json
import struct
from pathlib import Path

from xai_sdk.proto import batch_pb2, chat_pb2, deferred_pb2, image_pb2, usage_pb2, video_pb2

HERE = Path(__file__).resolve().parent
lines = []


def frame(message, packed=False):
    body = gzip.compress(message.SerializeToString(), mtime=0) if packed else message.SerializeToString()
    return bytes([packed]) + struct.pack(">I", len(body)) + body


def spelled(data):
    return {"base64": base64.b64encode(data).decode()}


def usage(**counts):
    return usage_pb2.SamplingUsage(**counts)


def add(method, request, response, expected, headers=None):
    lines.append({
        "id": f"grpc-{len(lines)}", "time": "2026-11-24T12:00:00Z", "host": "api.x.ai", "method": "POST",
        "path": f"/xai_api.{method}", "request": {"headers": {"content-type": "application/grpc"}, "body": spelled(request)},
        "response": {"status": 200, "headers": {"content-type": "application/grpc", **(headers or {})}, **response},
        "expected": expected,
    })


ask = chat_pb2.GetCompletionsRequest(
    model="grok-4.3", user="ada",
    messages=[chat_pb2.Message(content=[chat_pb2.Content(text="Write a long letter to my landlord.")], role="ROLE_USER")])
asked = frame(ask)
said = dict(prompt_tokens=1000, cached_prompt_text_tokens=200, completion_tokens=100, reasoning_tokens=50,
            total_tokens=1150, prompt_text_tokens=1000)
# 800 at 1.25, 200 at 0.2, 150 at 2.5 USD per million
PRICED = {"cost_usd": "0.001415", "usage_source": "provider", "model": "grok-4.3", "outcome": "completed",
          "usage": {"input": 800, "input_cached": 200, "output": 100, "output_reasoning": 50}}


def whole(**counts):
    return chat_pb2.GetChatCompletionResponse(
        id="resp-1", model="grok-4.3", usage=usage(**counts),
        outputs=[chat_pb2.CompletionOutput(finish_reason="REASON_STOP",
                                           message=chat_pb2.CompletionMessage(content="Dear landlord", reasoning_content="hm"))])


add("Chat/GetCompletion", asked, {"body": spelled(frame(whole(**said)))}, PRICED)
add("Chat/GetCompletion", asked, {"body": spelled(frame(whole(**said), packed=True))}, PRICED)
add("Chat/GetCompletion", asked, {"body": spelled(frame(whole(**said, cost_in_usd_ticks=123_456_789)))},
    PRICED | {"cost_usd": "0.0123456789", "price": "provider"})
add("Chat/GetCompletion", asked, {"body": spelled(frame(whole(
    **said, num_sources_used=3, server_side_tools_used=[1, 1, 2, 4], cost_in_usd_ticks=5)))},
    {"cost_usd": "0.0000000005", "usage": PRICED["usage"] | {"web_search_call": 2, "x_search_call": 1, "search_source": 3}})


def chunks(finished=True):
    parts = []
    for step in range(1, 4):
        last = finished and step == 3
        counts = said if last else said | {"completion_tokens": 10 * step}
        parts.append(frame(chat_pb2.GetChatCompletionChunk(
            id="resp-2", model="grok-4.3", usage=usage(**counts),
            outputs=[chat_pb2.CompletionOutputChunk(delta=chat_pb2.Delta(content="Dear "),
                                                    finish_reason="REASON_STOP" if last else 0)])))
    return parts


add("Chat/GetCompletionChunk", asked, {"body": spelled(b"".join(chunks()))}, PRICED)
add("Chat/GetCompletionChunk", asked, {"events": [
    {"from": "client", "body": spelled(ask.SerializeToString())},
    *({"from": "server", "body": spelled(part[5:])} for part in chunks())]}, PRICED)
add("Chat/GetCompletionChunk", asked, {"body": spelled(b"".join(chunks(finished=False)))},
    {"usage_source": "estimated", "outcome": "provider_closed"})
add("Chat/GetCompletion", asked, {"body": None}, {"cost_usd": "0", "usage_source": "none", "outcome": "provider_error"},
    {"grpc-status": "7"})
add("Chat/StartDeferredCompletion", asked, {"body": spelled(frame(deferred_pb2.StartDeferredResponse(request_id="r-1")))},
    {"cost_usd": None, "usage_source": "unknown", "outcome": "pending"})
read = frame(deferred_pb2.GetDeferredRequest(request_id="r-1"))
add("Chat/GetDeferredCompletion", read, {"body": spelled(frame(chat_pb2.GetDeferredCompletionResponse(
    status="DONE", response=whole(**said))))}, {"cost_usd": "0.001415", "usage_source": "provider"})
add("Image/GenerateImage", frame(image_pb2.GenerateImageRequest(model="grok-imagine-image", prompt="a cat", n=2)),
    {"body": spelled(frame(image_pb2.ImageResponse(model="grok-imagine-image", usage=usage(cost_in_usd_ticks=400_000_000),
                                                   images=[image_pb2.GeneratedImage(url="u")] * 2)))},
    {"cost_usd": "0.04", "usage": {"output_picture": 2}, "price": "provider"})
add("Video/GetDeferredVideo", read, {"body": spelled(frame(video_pb2.GetDeferredVideoResponse(
    status="DONE", response=video_pb2.VideoResponse(model="grok-imagine-video", usage=usage(cost_in_usd_ticks=7),
                                                    video=video_pb2.GeneratedVideo(url="u", duration=6)))))},
    {"cost_usd": "0.0000000007", "usage": {"output_video_second": 6}})



def result(name, **response):
    return batch_pb2.BatchResult(batch_request_id=name, response=batch_pb2.BatchResultData(**response))


picture = image_pb2.ImageResponse(model="grok-imagine-image", usage=usage(cost_in_usd_ticks=200_000_000), images=[image_pb2.GeneratedImage(url="u")])
first = result("a", completion_response=whole(**said, cost_in_usd_ticks=123_456_789))
add("BatchMgmt/ListBatchResults", frame(batch_pb2.ListBatchResultsRequest(batch_id="b-1")),
    {"body": spelled(frame(batch_pb2.ListBatchResultsResponse(results=[first, result("c", image_response=picture)])))},
    {"cost_usd": "0.0323456789", "usage_source": "provider", "usage": PRICED["usage"] | {"output_picture": 1}})
add("BatchMgmt/GetBatchRequestResult", frame(batch_pb2.GetBatchRequestResultRequest(batch_id="b-1", batch_request_id="a")),
    {"body": spelled(frame(batch_pb2.GetBatchRequestResultResponse(result=first)))},
    {"cost_usd": "0.0123456789", "usage_source": "provider", "model": "grok-4.3"})

(HERE / "grpc.jsonl").write_text("".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines))
print(len(lines), "lines")
