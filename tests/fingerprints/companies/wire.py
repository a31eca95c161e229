# Neutral call -> provider exchange
import json
from lex import *


class Call:
    def __init__(c, sys=None, msgs=(), **k):
        c.sys = sys
        c.msgs = list(msgs)
        c.tools = k.pop("tools", None)
        c.schema = k.pop("schema", None)
        c.temp = k.pop("temp", None)
        c.max = k.pop("max", None)
        c.stream = k.pop("stream", False)
        c.model = k.pop("model", None)
        c.prov = k.pop("prov", "openai")
        c.sdk = k.pop("sdk", None)
        c.extra = k.pop("extra", {})
        c.choice = k.pop("choice", None)
        c.resp = k.pop("resp", None)
        c.rtool = k.pop("rtool", None)
        c.cache = k.pop("cache", False)
        c.raw = k.pop("raw", None)
        c.headers = k.pop("headers", {})
        c.sysrole = k.pop("sysrole", "system")
        c.parts = k.pop("parts", False)
        c.query = k.pop("query", "")
        assert not k, k


def U(x):
    return {"r": "user", "t": x}


def A(x):
    return {"r": "assistant", "t": x}


def TC(*calls, text=None):
    return {"r": "assistant", "t": text, "calls": list(calls)}  # (id,name,args)


def TR(id, name, out):
    return {"r": "tool", "id": id, "name": name, "t": out}


def IMG(b):
    return ("img", b)


def IURL(u):
    return ("url", u)


def PDF(b):
    return ("pdf", b)


def TX(s):
    return ("text", s)


def tool(name, desc, /, **props):
    req = [k for k in props if not k.endswith("_")]
    return {
        "name": name,
        "desc": desc,
        "params": {
            "type": "object",
            "properties": {k.rstrip("_"): (v if isinstance(v, dict) else {"type": "string", "description": v}) for k, v in props.items()},
            "required": req,
        },
    }


def obj_schema(**p):
    return {
        "type": "object",
        "properties": {k: (v if isinstance(v, dict) else {"type": v}) for k, v in p.items()},
        "required": list(p),
        "additionalProperties": False,
    }


def _oai_parts(t):
    if isinstance(t, str) or t is None:
        return t
    o = []
    for k, v in t:
        o.append(
            {"type": "text", "text": v}
            if k == "text"
            else (
                {"type": "image_url", "image_url": {"url": "data:image/png;base64," + v}}
                if k == "img"
                else (
                    {"type": "image_url", "image_url": {"url": v, "detail": "auto"}}
                    if k == "url"
                    else {"type": "file", "file": {"filename": "document.pdf", "file_data": "data:application/pdf;base64," + v}}
                )
            )
        )
    return o


def _resp_parts(t, role):
    if isinstance(t, str):
        return t
    return [
        (
            {"type": "input_text", "text": v}
            if k == "text"
            else (
                {"type": "input_image", "image_url": "data:image/png;base64," + v}
                if k == "img"
                else (
                    {"type": "input_image", "image_url": v}
                    if k == "url"
                    else {"type": "input_file", "filename": "document.pdf", "file_data": "data:application/pdf;base64," + v}
                )
            )
        )
        for k, v in t
    ]


def _ant_parts(t, forceparts=False):
    if isinstance(t, str):
        return [{"type": "text", "text": t}] if forceparts else t
    return [
        (
            {"type": "text", "text": v}
            if k == "text"
            else (
                {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": v}}
                if k == "img"
                else (
                    {"type": "image", "source": {"type": "url", "url": v}}
                    if k == "url"
                    else {"type": "document", "source": {"type": "base64", "media_type": "application/pdf", "data": v}}
                )
            )
        )
        for k, v in t
    ]


def _gem_parts(t):
    if isinstance(t, str):
        return [{"text": t}]
    return [
        (
            {"text": v}
            if k == "text"
            else (
                {"inlineData": {"mimeType": "image/jpeg", "data": v}}
                if k == "img"
                else (
                    {"fileData": {"mimeType": "image/jpeg", "fileUri": v}}
                    if k == "url"
                    else {"inlineData": {"mimeType": "application/pdf", "data": v}}
                )
            )
        )
        for k, v in t
    ]


SYSJ = {
    "openai": "gpt-4o-mini",
    "responses": "gpt-5-mini",
    "anthropic": "claude-sonnet-4-5",
    "gemini": "gemini-2.5-flash",
    "xai": "grok-4-fast",
    "openrouter": "meta-llama/llama-3.3-70b-instruct",
}


def headers(t, prov, sdk, stream):
    h = {"content-type": "application/json", "accept": "application/json"}
    if prov == "anthropic":
        h["anthropic-version"] = "2023-06-01"
    sdk = sdk or {"openai": "py", "responses": "py", "anthropic": "apy", "gemini": "genai", "xai": "py", "openrouter": "py"}[prov]
    name, _, ver = sdk.partition("@")
    st = lambda lang, v, rt, rv, asy="false": {
        "x-stainless-lang": lang,
        "x-stainless-package-version": v,
        "x-stainless-os": "Linux",
        "x-stainless-arch": "x64",
        "x-stainless-runtime": rt,
        "x-stainless-runtime-version": rv,
        "x-stainless-retry-count": str(t.c([0] * 12 + [1])),
        **({"x-stainless-async": asy} if lang == "python" else {}),
    }
    if name == "py":
        v = ver or "1.54.3"
        h.update({"user-agent": f"OpenAI/Python {v}", **st("python", v, "CPython", "3.11.9")})
    elif name == "apyo":
        v = ver or "1.86.0"
        h.update({"user-agent": f"AsyncOpenAI/Python {v}", **st("python", v, "CPython", "3.12.4", "async:asyncio")})
    elif name == "js":
        v = ver or "4.73.0"
        h.update({"user-agent": f"OpenAI/JS {v}", **st("js", v, "node", "v20.11.1")})
    elif name == "apy":
        v = ver or "0.39.0"
        h.update({"user-agent": f"Anthropic/Python {v}", **st("python", v, "CPython", "3.12.4")})
    elif name == "ajs":
        v = ver or "0.32.1"
        h.update({"user-agent": f"Anthropic/JS {v}", **st("js", v, "node", "v22.4.0")})
    elif name == "genai":
        v = ver or "1.12.1"
        h.update({"user-agent": f"google-genai-sdk/{v} gl-python/3.12.4", "x-goog-api-client": f"google-genai-sdk/{v} gl-python/3.12.4"})
    elif name == "genaijs":
        v = ver or "1.9.0"
        h.update({"user-agent": f"google-genai-sdk/{v} gl-node/v22.4.0", "x-goog-api-client": f"google-genai-sdk/{v} gl-node/v22.4.0"})
    elif name == "vercel":
        h.update({"user-agent": f'ai/{ver or "5.0.12"} ai-sdk/openai/2.0.15 runtime/node.js/22'})
    elif name == "requests":
        h.update({"user-agent": f'python-requests/{ver or "2.32.3"}'})
    elif name == "go":
        h.update({"user-agent": "Go-http-client/1.1"})
        h.pop("accept")
    elif name == "axios":
        h.update({"user-agent": f'axios/{ver or "1.7.7"}'})
    elif name == "java":
        h.update({"user-agent": "okhttp/4.12.0"})
    if t.p(0.3):
        h["traceparent"] = f"00-{t.hex(32)}-{t.hex(16)}-01"
    if t.p(0.2):
        h["x-request-id"] = t.uuid()
    return h


def render(t, c):
    p = c.prov
    m = c.model or SYSJ[p]
    H = headers(t, p, c.sdk, c.stream)
    H.update(c.headers)
    text = c.resp if c.resp is not None else t.sent("support")
    i, o = t.n(30, 9000), t.n(3, 900)
    if c.raw is not None:  # path, body, response
        meth, path, body, rb = c.raw
        host = {
            "openai": "api.openai.com",
            "anthropic": "api.anthropic.com",
            "gemini": "generativelanguage.googleapis.com",
            "xai": "api.x.ai",
            "openrouter": "openrouter.ai",
        }[p]
        if isinstance(body, str):
            H["content-type"] = "multipart/form-data; boundary=" + body[2:].split("\r\n")[0]
        if meth == "GET":
            H.pop("content-type", None)
        return ex(host, meth, path, H, body, 200, {"content-type": "application/json", "x-request-id": "req_" + t.hex(24)}, rb)
    if p in ("openai", "xai", "openrouter"):
        ms = []
        if c.sys is not None:
            for s in ([c.sys] if isinstance(c.sys, str) else c.sys):
                ms.append({"role": c.sysrole, "content": s})
        for x in c.msgs:
            if x["r"] == "tool":
                ms.append({"role": "tool", "tool_call_id": x["id"], "content": x["t"]})
            elif x.get("calls"):
                ms.append(
                    {
                        "role": "assistant",
                        "content": x["t"],
                        "tool_calls": [
                            {"id": a, "type": "function", "function": {"name": b, "arguments": json.dumps(g)}} for a, b, g in x["calls"]
                        ],
                    }
                )
            else:
                ms.append(
                    {
                        "role": x["r"],
                        "content": (
                            [{"type": "text", "text": x["t"]}]
                            if c.parts and x["r"] == "user" and isinstance(x["t"], str)
                            else _oai_parts(x["t"])
                        ),
                    }
                )
        b = {"model": m, "messages": ms}
        if c.tools:
            b["tools"] = [
                {"type": "function", "function": {"name": x["name"], "description": x["desc"], "parameters": x["params"]}} for x in c.tools
            ]
        if c.choice:
            b["tool_choice"] = (
                c.choice if c.choice in ("auto", "required", "none") else {"type": "function", "function": {"name": c.choice}}
            )
        if c.schema:
            b["response_format"] = (
                {"type": "json_object"}
                if c.schema == "json"
                else {"type": "json_schema", "json_schema": {"name": c.schema[0], "schema": c.schema[1], "strict": True}}
            )
        if c.temp is not None:
            b["temperature"] = c.temp
        if c.max:
            b["max_tokens" if p != "openai" or t.p(0) or "gpt-4" in m or "gpt-3" in m else "max_completion_tokens"] = c.max
        if c.stream:
            b["stream"] = True
            if c.stream != "nousage":
                b["stream_options"] = {"include_usage": True}
        b.update(c.extra)
        host, path = {
            "openai": ("api.openai.com", "/v1/chat/completions"),
            "xai": ("api.x.ai", "/v1/chat/completions"),
            "openrouter": ("openrouter.ai", "/api/v1/chat/completions"),
        }[p]
        msg = {"role": "assistant", "content": text}
        if c.rtool:
            msg = {
                "role": "assistant",
                "content": None,
                "tool_calls": [{"id": "call_" + t.hex(24), "type": "function", "function": {"name": c.rtool, "arguments": "{}"}}],
            }
        us = {"prompt_tokens": i, "completion_tokens": o, "total_tokens": i + o}
        rid = "chatcmpl-" + t.hex(20)
        if c.stream:
            r = (
                "".join(
                    "data: "
                    + json.dumps(
                        {
                            "id": rid,
                            "object": "chat.completion.chunk",
                            "model": m,
                            "choices": [{"index": 0, "delta": {"content": w + " "}, "finish_reason": None}],
                        }
                    )
                    + "\n\n"
                    for w in text.split()[:12]
                )
                + "data: "
                + json.dumps({"id": rid, "object": "chat.completion.chunk", "model": m, "choices": [], "usage": us})
                + "\n\ndata: [DONE]\n\n"
            )
        else:
            r = {
                "id": rid,
                "object": "chat.completion",
                "model": m,
                "choices": [{"index": 0, "message": msg, "finish_reason": "tool_calls" if c.rtool else "stop"}],
                "usage": us,
            }
    elif p == "responses":
        inp = []
        if c.sys is not None and c.sysrole != "instructions":
            inp.append({"role": c.sysrole, "content": c.sys})
        for x in c.msgs:
            if x["r"] == "tool":
                inp.append({"type": "function_call_output", "call_id": x["id"], "output": x["t"]})
            elif x.get("calls"):
                for a, bn, g in x["calls"]:
                    inp.append({"type": "function_call", "call_id": a, "name": bn, "arguments": json.dumps(g)})
            else:
                inp.append({"role": x["r"], "content": _resp_parts(x["t"], x["r"])})
        b = {"model": m, "input": inp}
        if c.sysrole == "instructions":
            b["instructions"] = c.sys
        if len(inp) == 1 and inp[0].get("role") == "user" and isinstance(inp[0]["content"], str) and t.p(0.999):
            b["input"] = inp[0]["content"]
        if c.tools:
            b["tools"] = [
                x if "type" in x else {"type": "function", "name": x["name"], "description": x["desc"], "parameters": x["params"]}
                for x in c.tools
            ]
        if c.schema:
            b["text"] = {"format": {"type": "json_schema", "name": c.schema[0], "schema": c.schema[1], "strict": True}}
        if c.temp is not None:
            b["temperature"] = c.temp
        if c.max:
            b["max_output_tokens"] = c.max
        if c.stream:
            b["stream"] = True
        b.update(c.extra)
        host, path = "api.openai.com", "/v1/responses"
        us = {"input_tokens": i, "output_tokens": o, "total_tokens": i + o}
        full = {
            "id": "resp_" + t.hex(32),
            "object": "response",
            "model": m,
            "status": "completed",
            "output": [{"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": text}]}],
            "usage": us,
        }
        r = (
            full
            if not c.stream
            else "event: response.created\ndata: "
            + json.dumps({"type": "response.created"})
            + "\n\nevent: response.completed\ndata: "
            + json.dumps({"type": "response.completed", "response": full})
            + "\n\n"
        )
    elif p == "anthropic":
        ms = []
        for x in c.msgs:
            if x["r"] == "tool":
                blk = {"type": "tool_result", "tool_use_id": x["id"], "content": x["t"]}
                if (
                    ms
                    and ms[-1]["role"] == "user"
                    and isinstance(ms[-1]["content"], list)
                    and ms[-1]["content"][0]["type"] == "tool_result"
                ):
                    ms[-1]["content"].append(blk)
                else:
                    ms.append({"role": "user", "content": [blk]})
            elif x.get("calls"):
                ms.append(
                    {
                        "role": "assistant",
                        "content": ([{"type": "text", "text": x["t"]}] if x["t"] else [])
                        + [{"type": "tool_use", "id": a, "name": bn, "input": g} for a, bn, g in x["calls"]],
                    }
                )
            else:
                ms.append({"role": x["r"], "content": _ant_parts(x["t"], c.parts)})
        b = {"model": m, "max_tokens": c.max or 1024, "messages": ms}
        if c.sys is not None:
            if isinstance(c.sys, str) and not c.cache:
                b["system"] = c.sys
            else:
                b["system"] = [{"type": "text", "text": s} for s in ([c.sys] if isinstance(c.sys, str) else c.sys)]
                if c.cache:
                    b["system"][-1]["cache_control"] = {"type": "ephemeral"}
        if c.tools:
            b["tools"] = [x if "type" in x else {"name": x["name"], "description": x["desc"], "input_schema": x["params"]} for x in c.tools]
        if c.choice:
            b["tool_choice"] = {"type": c.choice} if c.choice in ("auto", "any") else {"type": "tool", "name": c.choice}
        if c.temp is not None:
            b["temperature"] = c.temp
        if c.stream:
            b["stream"] = True
        b.update(c.extra)
        host, path = "api.anthropic.com", "/v1/messages"
        cont = [{"type": "text", "text": text}] + (
            [{"type": "tool_use", "id": "toolu_" + t.hex(20), "name": c.rtool, "input": {}}] if c.rtool else []
        )
        r = {
            "id": "msg_" + t.hex(24),
            "type": "message",
            "role": "assistant",
            "model": m,
            "content": cont,
            "stop_reason": "tool_use" if c.rtool else "end_turn",
            "usage": {"input_tokens": i, "output_tokens": o},
        }
        if c.stream:
            r = (
                "event: message_start\ndata: "
                + json.dumps({"type": "message_start", "message": {**r, "content": []}})
                + "\n\n"
                + "event: content_block_delta\ndata: "
                + json.dumps({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": text}})
                + "\n\nevent: message_delta\ndata: "
                + json.dumps({"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": o}})
                + '\n\nevent: message_stop\ndata: {"type":"message_stop"}\n\n'
            )
    else:
        cs = []
        for x in c.msgs:
            if x["r"] == "tool":
                cs.append({"role": "user", "parts": [{"functionResponse": {"name": x["name"], "response": {"result": x["t"]}}}]})
            elif x.get("calls"):
                cs.append({"role": "model", "parts": [{"functionCall": {"name": bn, "args": g}} for a, bn, g in x["calls"]]})
            else:
                cs.append({"role": "user" if x["r"] == "user" else "model", "parts": _gem_parts(x["t"])})
        b = {"contents": cs}
        if c.sys is not None:
            b["systemInstruction"] = {"parts": [{"text": s} for s in ([c.sys] if isinstance(c.sys, str) else c.sys)]}
        if c.tools:
            b["tools"] = [
                {"functionDeclarations": [{"name": x["name"], "description": x["desc"], "parameters": x["params"]} for x in c.tools]}
            ]
        g = {}
        if c.temp is not None:
            g["temperature"] = c.temp
        if c.max:
            g["maxOutputTokens"] = c.max
        if c.schema:
            g["responseMimeType"] = "application/json"
        if c.schema and c.schema != "json":
            g["responseSchema"] = c.schema[1]
        if g:
            b["generationConfig"] = g
        b.update(c.extra)
        host = "generativelanguage.googleapis.com"
        path = f"/v1beta/models/{m}:" + ("streamGenerateContent?alt=sse" if c.stream else "generateContent")
        r = {
            "candidates": [{"content": {"parts": [{"text": text}], "role": "model"}, "finishReason": "STOP", "index": 0}],
            "usageMetadata": {"promptTokenCount": i, "candidatesTokenCount": o, "totalTokenCount": i + o},
            "modelVersion": m,
        }
        if c.stream:
            r = "data: " + json.dumps(r) + "\r\n\r\n"
    return ex(
        host,
        "POST",
        path + c.query,
        H,
        b,
        200,
        {"content-type": "text/event-stream" if isinstance(r, str) else "application/json", "x-request-id": "req_" + t.hex(24)},
        r,
    )


def ex(host, meth, path, H, b, st, rh, r):
    return {
        "host": host,
        "method": meth,
        "path": path,
        "request": {"headers": H, "body": b},
        "response": {"status": st, "headers": rh, "body": r},
    }


def multipart(t, fields, filename, mime):
    bd = "----" + t.hex(24)
    s = ""
    for k, v in fields.items():
        s += f'--{bd}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'
    s += (
        f'--{bd}\r\nContent-Disposition: form-data; name="file"; filename="{filename}"\r\nContent-Type: {mime}\r\n\r\n'
        + "".join(chr(t.n(32, 126)) for _ in range(t.n(300, 2500)))
        + f"\r\n--{bd}--\r\n"
    )
    return s
