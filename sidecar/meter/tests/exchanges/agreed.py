#!/usr/bin/env python3
"""Makes agreed.jsonl: exchanges of every model in the book, with the cost on which two independent calculators agree.

    LITELLM_LOCAL_MODEL_COST_MAP=True .venv/bin/python sidecar/meter/tests/exchanges/agreed.py

with the packages that ../../prices/generate.py names. The numbers are made up (by a seeded generator), the shapes are
the providers'. Where the two disagree, or one does not know the model, there is no line.
"""

import json
import random
import sys
from datetime import datetime, timezone
from pathlib import Path

import litellm
from genai_prices import calc_price, extract_usage
from genai_prices.types import PriceContext
from litellm.llms.anthropic.chat.transformation import AnthropicConfig

HERE = Path(__file__).resolve().parent
TIME = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)
HOSTS = {"openai": "api.openai.com", "anthropic": "api.anthropic.com"}
random.seed(20261124)


def names(provider):
    for line in (HERE.parents[1] / f"prices/{provider}.yaml").read_text().splitlines():
        if line.startswith("  ") and not line.startswith("   ") and line.rstrip().endswith(":"):
            yield line.strip()[:-1].strip('"')


def openai_usage(kind):
    long = kind == "long"
    prompt = random.randrange(272_001, 900_000) if long else random.randrange(1, 200_000)
    completion = random.randrange(1, 9_000)
    usage = {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
    cached = random.randrange(prompt // 2 + 1) if kind != "plain" else 0
    audio_in, audio_out = (random.randrange(prompt // 4 + 1), random.randrange(completion + 1)) if kind == "audio" else (0, 0)
    if kind == "audio":
        cached = 0
    usage["prompt_tokens_details"] = {"cached_tokens": cached, "audio_tokens": audio_in}
    if kind == "written":
        usage["prompt_tokens_details"]["cache_write_tokens"] = random.randrange(prompt // 2)
    reasoning = random.randrange(completion - audio_out + 1) if kind != "audio" else 0
    usage["completion_tokens_details"] = {"reasoning_tokens": reasoning, "audio_tokens": audio_out,
                                          "accepted_prediction_tokens": 0, "rejected_prediction_tokens": 0}
    return usage


def anthropic_usage(kind):
    written = [random.randrange(20_000), random.randrange(20_000)] if kind == "written" else [0, 0]
    return {
        "input_tokens": random.randrange(200_001, 700_000) if kind == "long" else random.randrange(1, 30_000),
        "cache_creation_input_tokens": sum(written),
        "cache_read_input_tokens": random.randrange(60_000) if kind in ("cached", "written", "long") else 0,
        "cache_creation": {"ephemeral_5m_input_tokens": written[0], "ephemeral_1h_input_tokens": written[1]},
        "output_tokens": random.randrange(1, 9_000),
        "service_tier": "standard",
    }


def openai_answer(model, kind, tier):
    body = {"id": f"chatcmpl-{random.randrange(1 << 64):016x}", "object": "chat.completion", "created": 1795000000,
            "model": model, "choices": [{"index": 0, "message": {"role": "assistant", "content": "Grüße 👋 \"usage\": {}"},
                                         "finish_reason": "stop"}], "usage": openai_usage(kind)}
    if tier:
        body["service_tier"] = tier
    return body


def anthropic_answer(model, kind, speed):
    usage = anthropic_usage(kind)
    if speed:
        usage["speed"] = speed
    return {"id": f"msg_{random.randrange(1 << 64):016x}", "type": "message", "role": "assistant", "model": model,
            "content": [{"type": "text", "text": "Grüße 👋 \"usage\": {}"}], "stop_reason": "end_turn",
            "stop_sequence": None, "usage": usage}


def by_litellm(provider, body, speed):
    if provider == "anthropic":
        usage = AnthropicConfig().calculate_usage(body["usage"], None)
        answer = litellm.ModelResponse(model=body["model"], usage=usage)
    else:
        answer = litellm.ModelResponse(**body)
    return litellm.completion_cost(completion_response=answer, custom_llm_provider=provider, model=body["model"],
                                   service_tier=body.get("service_tier"), optional_params={"speed": speed} if speed else None)


def by_genai(provider, body, speed):
    usage = extract_usage(body, provider_id=provider, api_flavor="chat" if provider == "openai" else "default").usage
    attributes = {"service_tier": body["service_tier"]} if "service_tier" in body else {"speed": speed} if speed else {}
    return calc_price(usage, body["model"], provider_id=provider, genai_request_timestamp=TIME,
                      price_context=PriceContext(**attributes) if attributes else None).total_price


def stream(provider, body):
    if provider == "openai":
        chunk = {key: body[key] for key in ("id", "created", "model", "service_tier") if key in body}
        chunk["object"] = "chat.completion.chunk"
        deltas = [{"role": "assistant", "content": ""}, {"content": "Grüße \"usage\""}, {}]
        events = [chunk | {"choices": [{"index": 0, "delta": delta, "finish_reason": None}], "usage": None} for delta in deltas]
        events.append(chunk | {"choices": [], "usage": body["usage"]})
        return "".join(f"data: {json.dumps(event)}\n\n" for event in events) + "data: [DONE]\n\n"
    said = body["usage"]
    start = body | {"content": [], "stop_reason": None, "usage": said | {"output_tokens": 1}}
    end = {key: said[key] for key in said if key not in ("cache_creation", "service_tier", "speed")}
    events = [
        {"type": "message_start", "message": start},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        {"type": "ping"},
        {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "hm \"usage\""}},
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn", "stop_sequence": None}, "usage": end},
        {"type": "message_stop"},
    ]
    return "".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n" for event in events)


def exchange(number, provider, body, cost, note):
    streamed = number % 2 == 1
    asked = {"model": body["model"], "messages": [{"role": "user", "content": "hi"}]}
    if streamed:
        asked["stream"] = True
    return {
        "id": f"agreed-{number:04}", "time": "2026-11-24T12:00:00Z", "host": HOSTS[provider], "method": "POST",
        "path": "/v1/messages" if provider == "anthropic" else "/v1/chat/completions",
        "request": {"headers": {"content-type": "application/json"}, "body": asked},
        "response": {"status": 200,
                     "headers": {"content-type": "text/event-stream" if streamed else "application/json"},
                     "body": stream(provider, body) if streamed else body},
        "expected": {"cost_usd": format(cost.normalize(), "f"), "usage_source": "provider", "note": note},
    }


def main():
    lines, disagreed = [], []
    for provider, answer, ways in (
        ("openai", openai_answer, [("plain", None), ("cached", None), ("written", None), ("audio", None), ("long", None),
                                   ("cached", "flex"), ("cached", "priority"), ("written", "fast"), ("long", "flex"),
                                   ("cached", "default")]),
        ("anthropic", anthropic_answer, [("plain", None), ("cached", None), ("written", None), ("long", None),
                                         ("written", "fast")]),
    ):
        for model in names(provider):
            if "embedding" in model:
                continue
            for kind, service in ways:
                # others are never billed for sound; both calculators would take the price of text
                if kind == "audio" and "audio" not in model:
                    continue
                body = answer(model, kind, service)
                speed = service if provider == "anthropic" else None
                note = f"{kind} {service or ''}".strip()
                try:
                    mine, theirs = by_litellm(provider, body, speed), by_genai(provider, body, speed)
                except Exception:
                    continue
                if abs(float(theirs) - mine) > 1e-9 * max(mine, 1e-9):
                    disagreed.append(f"{model} ({note}): litellm {mine:.12f}, genai-prices {theirs}")
                    continue
                lines.append(json.dumps(exchange(len(lines), provider, body, theirs, note), ensure_ascii=False, separators=(",", ":")))
    (HERE / "agreed.jsonl").write_text("\n".join(lines) + "\n")
    print(f"{len(lines)} lines; disagreed on {len(disagreed)}", *disagreed, sep="\n", file=sys.stderr)


main()
