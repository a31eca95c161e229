#!/usr/bin/env python3
"""Seeds: the recorded exchanges, each body as an input for the checks that it suits.  seed.py FOLDER"""

import base64
import hashlib
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
EXCHANGES = HERE / ".." / "tests" / "exchanges"
OUT = pathlib.Path(sys.argv[1])
LARGEST = 3000

FORM = (
    b'--b\r\nContent-Disposition: form-data; name="model"\r\n\r\ngpt-image-1.5\r\n'
    b'--b\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n--\r\n'
    b'--b\r\nContent-Disposition: form-data; name="prompt"\r\n\r\na cat\r\n--b--\r\n'
)
PAGE = (HERE / ".." / ".." / ".." / "docs" / "prices.md").read_text()
PRICES = [block.split("```")[0] for block in PAGE.split("```yaml\n")[1:]]


def body(value):
    if isinstance(value, dict) and set(value) == {"base64"}:
        return base64.b64decode(value["base64"])
    return value.encode() if isinstance(value, str) else json.dumps(value).encode()


def save(check, data):
    if len(data) <= LARGEST:
        folder = OUT / check
        folder.mkdir(parents=True, exist_ok=True)
        (folder / hashlib.sha1(data).hexdigest()[:16]).write_bytes(data)


def heads(count):
    return (bytes([pick, 1, 6, 40]) for pick in range(count))


lines = [line for name in ("examples.jsonl", "grpc.jsonl") for line in (EXCHANGES / name).open()]
lines += (EXCHANGES / "agreed.jsonl").open().readlines()[::40]
for line in lines:
    exchange = json.loads(line)
    exchange.pop("expect", None)
    save("exchanges", json.dumps(exchange).encode())
    request, response = exchange.get("request", {}), exchange["response"]
    if request.get("body") is not None:
        for head in heads(32):
            save("requests", head + body(request["body"]))
    answers = [response["body"]] if response.get("body") is not None else []
    answers += [event["body"] for event in response.get("events", [])]
    for answer in map(body, answers):
        is_grpc = answer[:1] == b"\0"
        for head in heads(8 if is_grpc else 32):
            if is_grpc:
                save("grpc", head + answer)
            elif answer.lstrip()[:1] in (b"{", b"["):
                save("json", head + answer)
                save("lists", head + answer)
            else:
                save("sse", head + answer)
                save("hider", head + answer)
for head in heads(3):
    save("forms", head + FORM)
for prices in PRICES:
    save("prices", prices.encode())
