"""A session over a WebSocket: sends the messages of MESSAGES, each after the last was answered by a message that holds
UNTIL, and leaves as LEAVE says. Prints what it heard, or the status and body that refused it."""

import json
import os

from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Subprotocol

heard: list[str] = []
try:
    with connect(
        os.environ["URL"],
        additional_headers=json.loads(os.environ.get("HEADERS", "{}")),
        subprotocols=[Subprotocol(offer) for offer in os.environ.get("SUBPROTOCOLS", "").split()] or None,
        max_size=None,
    ) as socket:
        for message in json.loads(os.environ["MESSAGES"]):
            socket.send(json.dumps(message))
            answered = False
            while not answered:
                answer = socket.recv()
                heard.append(answer if isinstance(answer, str) else answer.decode())
                answered = os.environ["UNTIL"] in heard[-1]
        if os.environ.get("LEAVE") == "abruptly":
            print(json.dumps({"heard": heard}), flush=True)
            os._exit(0)
    print(json.dumps({"heard": heard}))
except InvalidStatus as refused:
    body = (refused.response.body or b"").decode()
    print(json.dumps({"status": refused.response.status_code, "body": body}))
except ConnectionClosed as closed:
    goodbye = {"code": closed.rcvd.code, "reason": closed.rcvd.reason} if closed.rcvd else None
    print(json.dumps({"heard": heard, "broken": True, "goodbye": goodbye}))
