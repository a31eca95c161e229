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
from litellm.llms.anthropic.chat.transformation import AnthropicConfig
from litellm.llms.vertex_ai.gemini.vertex_and_google_ai_studio_gemini import VertexGeminiConfig
from litellm.responses.utils import ResponseAPILoggingUtils

HERE = Path(__file__).resolve().parent
TIME = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)
HOSTS = {"openai": "api.openai.com", "anthropic": "api.anthropic.com", "google": "generativelanguage.googleapis.com",
         "xai": "api.x.ai", "xai-responses": "api.x.ai"}
# regional endpoints cost more for some models, which one of the calculators knows
LOCATIONS = {"us-central1": "us-central1-aiplatform.googleapis.com", "global": "aiplatform.googleapis.com"}
GENAI = {"xai": "x-ai", "xai-responses": "x-ai", "responses": "openai", "embeddings": "openai", "images": "openai",
         "vertex": "google", "vertex-claude": "google"}
LITELLM = {"google": "gemini"}
FLAVORS = {"openai": "chat", "responses": "responses", "embeddings": "embeddings", "xai": "chat", "xai-responses": "responses",
           "vertex-claude": "anthropic", "images": "images"}
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
    } | ({"server_tool_use": {"web_search_requests": random.randrange(1, 9), "web_fetch_requests": 0}} if kind == "searched" else {})


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


def responses_answer(model, kind, tier):
    input_tokens = random.randrange(272_001, 900_000) if kind == "long" else random.randrange(1, 200_000)
    output = random.randrange(1, 9_000)
    details = {"cached_tokens": random.randrange(input_tokens // 2 + 1) if kind != "plain" else 0}
    if kind == "written":
        details["cache_write_tokens"] = random.randrange(input_tokens // 2 + 1)
    usage = {"input_tokens": input_tokens, "input_tokens_details": details, "output_tokens": output,
             "output_tokens_details": {"reasoning_tokens": random.randrange(output + 1)}, "total_tokens": input_tokens + output}
    return {"id": f"resp_{random.randrange(1 << 64):016x}", "object": "response", "created_at": 1795000000,
            "status": "completed", "error": None, "model": model, "output": [
                {"type": "message", "id": "msg_1", "status": "completed", "role": "assistant",
                 "content": [{"type": "output_text", "text": "Grüße \"usage\": {}", "annotations": []}]}],
            "parallel_tool_calls": True, "tool_choice": "auto", "tools": [], "service_tier": tier or "default",
            "usage": usage}


def embeddings_answer(model, kind, tier):
    tokens = random.randrange(1, 8_000)
    return {"object": "list", "model": model, "data": [{"object": "embedding", "index": 0, "embedding": [0.25, -0.5]}],
            "usage": {"prompt_tokens": tokens, "total_tokens": tokens}}


def google_answer(model, kind, tier):
    prompt = random.randrange(200_001, 900_000) if kind == "long" else random.randrange(5, 150_000)
    said = {"promptTokenCount": prompt, "candidatesTokenCount": random.randrange(1, 9_000)}
    parts = {"TEXT": prompt}
    if kind in ("audio", "image", "video"):
        parts = {"TEXT": prompt - prompt // 3, kind.upper(): prompt // 3}
    said["promptTokensDetails"] = [{"modality": name, "tokenCount": count} for name, count in parts.items()]
    if kind in ("cached", "long"):
        said["cachedContentTokenCount"] = random.randrange(prompt // 2)
        said["cacheTokensDetails"] = [{"modality": "TEXT", "tokenCount": said["cachedContentTokenCount"]}]
    if kind in ("thoughts", "long"):
        said["thoughtsTokenCount"] = random.randrange(1, 4_000)
    if kind == "picture":
        drawn = random.randrange(said["candidatesTokenCount"] + 1)
        said["candidatesTokensDetails"] = [{"modality": "TEXT", "tokenCount": said["candidatesTokenCount"] - drawn},
                                           {"modality": "IMAGE", "tokenCount": drawn}]
    if tier:
        said["trafficType"] = tier
    if kind == "tools":
        said["toolUsePromptTokenCount"] = random.randrange(1, 4_000)
    said["totalTokenCount"] = sum(said.get(name, 0) for name in (
        "promptTokenCount", "candidatesTokenCount", "thoughtsTokenCount", "toolUsePromptTokenCount"))
    return {"candidates": [{"content": {"parts": [{"text": "Grüße \"usageMetadata\""}], "role": "model"}, "index": 0,
                            "finishReason": "STOP"}], "usageMetadata": said, "modelVersion": model, "responseId": "r1"}


def images_answer(model, kind, tier):
    text, picture, drawn = (random.randrange(1, 3_000) for _ in range(3))
    usage = {"input_tokens": text + picture, "input_tokens_details": {"text_tokens": text, "image_tokens": picture},
             "output_tokens": drawn, "total_tokens": text + picture + drawn,
             "output_tokens_details": {"image_tokens": drawn, "text_tokens": 0}}
    return {"created": 1795000000, "data": [{"b64_json": "AAAA"}], "usage": usage, "model": model}


def xai_answer(model, kind, tier):
    prompt = random.randrange(200_001, 900_000) if kind == "long" else random.randrange(1, 150_000)
    completion = random.randrange(1, 9_000)
    reasoning = random.randrange(1, 4_000) if kind == "reasoning" else 0
    usage = {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion + reasoning,
             "prompt_tokens_details": {"cached_tokens": random.randrange(prompt // 2 + 1) if kind == "cached" else 0,
                                       "audio_tokens": 0},
             "completion_tokens_details": {"reasoning_tokens": reasoning, "audio_tokens": 0,
                                           "accepted_prediction_tokens": 0, "rejected_prediction_tokens": 0}}
    return {"id": f"chatcmpl-{random.randrange(1 << 64):016x}", "object": "chat.completion", "created": 1795000000,
            "model": model, "choices": [{"index": 0, "message": {"role": "assistant", "content": "Grüße"},
                                         "finish_reason": "stop"}], "usage": usage}


def by_litellm(provider, body, speed, location):
    if provider in ("google", "vertex"):
        usage = VertexGeminiConfig._calculate_usage(completion_response=body)
        answer = litellm.ModelResponse(model=body["modelVersion"], usage=usage)
        tier = {"ON_DEMAND_FLEX": "flex", "ON_DEMAND_PRIORITY": "priority"}.get(body["usageMetadata"].get("trafficType"))
        whose = {"google": "gemini", "vertex": "vertex_ai"}[provider]
        return litellm.completion_cost(completion_response=answer, custom_llm_provider=whose, model=body["modelVersion"],
                                       service_tier=tier, vertex_location=location)
    if provider in ("responses", "xai-responses"):
        usage = ResponseAPILoggingUtils._transform_response_api_usage_to_chat_usage(body["usage"])
        answer = litellm.ModelResponse(model=body["model"], usage=usage)
        whose = "openai" if provider == "responses" else "xai"
        return litellm.completion_cost(completion_response=answer, custom_llm_provider=whose, model=body["model"],
                                       service_tier=body.get("service_tier"))
    if provider == "embeddings":
        answer = litellm.EmbeddingResponse(model=body["model"], usage=body["usage"], data=body["data"])
        return litellm.completion_cost(completion_response=answer, custom_llm_provider="openai", model=body["model"],
                                       call_type="embedding")
    if provider == "images":
        answer = litellm.ImageResponse(**{key: body[key] for key in ("created", "data", "usage")})
        return litellm.completion_cost(completion_response=answer, custom_llm_provider="openai", model=body["model"],
                                       call_type="image_generation")
    if provider in ("anthropic", "vertex-claude"):
        usage = AnthropicConfig().calculate_usage(body["usage"], None)
        answer = litellm.ModelResponse(model=body["model"], usage=usage)
    else:
        answer = litellm.ModelResponse(**body)
    return litellm.completion_cost(completion_response=answer, custom_llm_provider="vertex_ai" if provider == "vertex-claude" else provider,
                                   model=body["model"], service_tier=body.get("service_tier"), vertex_location=location,
                                   optional_params={"speed": speed} if speed else None)


def by_genai(provider, body, speed):
    whose = GENAI.get(provider, provider)
    usage = extract_usage(body, provider_id=whose, api_flavor=FLAVORS.get(provider, "default")).usage
    tier = {"ON_DEMAND_FLEX": "flex", "ON_DEMAND_PRIORITY": "priority"}.get(body.get("usageMetadata", {}).get("trafficType"))
    tier = tier or body.get("service_tier")
    attributes = {"service_tier": tier} if tier else {"speed": speed} if speed else {}
    return calc_price(usage, body.get("model") or body["modelVersion"], provider_id=whose, genai_request_timestamp=TIME,
                      price_context=attributes or None).total_price


def stream(provider, body):
    if provider in ("responses", "xai-responses"):
        begun = body | {"status": "in_progress", "output": [], "usage": None}
        events = [{"type": "response.created", "response": begun}, {"type": "response.output_text.delta", "delta": "Grüße"},
                  {"type": "response.completed", "response": body}]
        return "".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n" for event in events)
    if provider in ("google", "vertex"):
        said = body["usageMetadata"]
        first = {key: value for key, value in body.items() if key != "usageMetadata"}
        first["candidates"] = [{"content": {"parts": [{"text": "x"}], "role": "model"}, "index": 0}]
        first["usageMetadata"] = said | {"candidatesTokenCount": said["candidatesTokenCount"] // 2 + 1}
        if random.random() < 0.5:
            return "[" + json.dumps(first, indent=2) + ",\r\n" + json.dumps(body, indent=2) + "]"
        return "".join(f"data: {json.dumps(event)}\r\n\r\n" for event in (first, body))
    if provider in ("openai", "xai"):
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


def path(provider, model, streamed, body, location):
    paths = {"anthropic": "/v1/messages", "responses": "/v1/responses", "xai-responses": "/v1/responses",
             "embeddings": "/v1/embeddings", "images": "/v1/images/generations", "openai": "/v1/chat/completions",
             "xai": "/v1/chat/completions"}
    if provider in paths:
        return paths[provider]
    publisher = "anthropic" if provider == "vertex-claude" else "google"
    there = f"/v1/projects/p/locations/{location}/publishers/{publisher}" if location else "/v1beta"
    if provider == "vertex-claude":
        return f"{there}/models/{model}:{'streamRawPredict' if streamed else 'rawPredict'}"
    method = "streamGenerateContent" if streamed else "generateContent"
    return f"{there}/models/{model}:{method}" + ("?alt=sse" if streamed and body.startswith("data:") else "")


def exchange(number, provider, body, cost, note, location):
    streamed = number % 2 == 1 and provider not in ("embeddings", "images")
    model = body.get("model") or body["modelVersion"]
    asked = {"model": model, "messages": [{"role": "user", "content": "hi"}]}
    if provider in ("google", "vertex"):
        asked = {"contents": [{"role": "user", "parts": [{"text": "hi"}]}]}
    elif streamed:
        asked["stream"] = True
    answer = stream(provider, body) if streamed else body
    sse = streamed and not answer.startswith("[")
    if provider == "images":
        answer = {key: body[key] for key in body if key != "model"}
    return {
        "id": f"agreed-{number:04}", "time": "2026-11-24T12:00:00Z",
        "host": LOCATIONS[location] if location else HOSTS.get(provider, HOSTS["openai"]),
        "method": "POST", "path": path(provider, model, streamed, answer, location),
        "request": {"headers": {"content-type": "application/json"}, "body": asked},
        "response": {"status": 200, "headers": {"content-type": "text/event-stream" if sse else "application/json"},
                     "body": answer},
        "expected": {"cost_usd": format(cost.normalize(), "f"), "usage_source": "provider", "note": note},
    }


def main():
    lines, disagreed = [], []
    google = [(kind, None) for kind in ("plain", "cached", "thoughts", "tools", "long", "audio", "image", "video", "picture")]
    claude = [("plain", None), ("cached", None), ("written", None), ("long", None), ("searched", None)]
    for provider, answer, ways in (
        ("openai", openai_answer, [("plain", None), ("cached", None), ("written", None), ("audio", None), ("long", None),
                                   ("cached", "flex"), ("cached", "priority"), ("written", "fast"), ("long", "flex"),
                                   ("cached", "default")]),
        ("anthropic", anthropic_answer, [*claude, ("written", "fast")]),
        ("responses", responses_answer, [("plain", None), ("cached", None), ("written", None), ("long", None),
                                         ("cached", "flex"), ("cached", "priority"), ("written", "fast"), ("long", "priority")]),
        ("embeddings", embeddings_answer, [("plain", None)]),
        ("images", images_answer, [("plain", None)]),
        ("google", google_answer, google),
        ("vertex", google_answer, [*google, ("cached", "ON_DEMAND"), ("cached", "ON_DEMAND_FLEX"), ("thoughts", "ON_DEMAND_PRIORITY"),
                                   ("long", "ON_DEMAND_PRIORITY")]),
        ("vertex-claude", anthropic_answer, claude),
        ("xai", xai_answer, [(kind, None) for kind in ("plain", "cached", "reasoning", "long")]),
        ("xai-responses", responses_answer, [("plain", None), ("cached", None), ("long", None)]),
    ):
        whose = {"responses": "openai", "embeddings": "openai", "images": "openai", "vertex": "google", "vertex-claude": "google",
                 "xai-responses": "xai"}.get(provider, provider)
        for model in names(whose):
            is_claude = whose == "google" and model.startswith("claude")
            if "/" in model or is_claude != (provider == "vertex-claude"):
                continue
            if ("embedding" in model) != (provider == "embeddings") or provider == "images" and "image" not in model:
                continue
            for kind, service in ways:
                # others are never billed for sound; both calculators would take the price of text
                if kind == "audio" and provider == "openai" and "audio" not in model or kind == "picture" and "image" not in model:
                    continue
                location = random.choice(list(LOCATIONS)) if provider.startswith("vertex") else None
                body = answer(model, kind, service)
                speed = service if provider == "anthropic" else None
                note = f"{kind} {service or ''} {location or ''}".strip()
                try:
                    mine, theirs = by_litellm(provider, body, speed, location), by_genai(provider, body, speed)
                except Exception:
                    continue
                plain = {key: value for key, value in body.items() if key != "service_tier"}
                plain |= {"usageMetadata": body["usageMetadata"] | {"trafficType": None}} if "usageMetadata" in body else {}
                if service not in (None, "default", "ON_DEMAND") and theirs == by_genai(provider, plain, None):
                    continue  # no such service for this model: both took the standard price
                if kind == "searched" and theirs == by_genai(provider, body | {"usage": body["usage"] | {"server_tool_use": {}}}, None):
                    continue  # no price of searches: both left them out
                if not theirs:
                    continue  # billed by something else than tokens
                if abs(float(theirs) - mine) > 1e-9 * max(mine, 1e-9):
                    disagreed.append(f"{provider} {model} ({note}): litellm {mine:.12f}, genai-prices {theirs}")
                    continue
                line = exchange(len(lines), provider, body, theirs, note, location)
                lines.append(json.dumps(line, ensure_ascii=False, separators=(",", ":")))
    (HERE / "agreed.jsonl").write_text("\n".join(lines) + "\n")
    print(f"{len(lines)} lines; disagreed on {len(disagreed)}", *disagreed, sep="\n", file=sys.stderr)


main()
