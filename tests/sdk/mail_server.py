"""A mail server: TLS, a login, and what it takes as JSON lines on standard output.

    mail_server.py PORT CERTIFICATE KEY REFUSING

It offers STARTTLS and takes the login tollgate / "a secret" after it, and only with it. While the file REFUSING exists, it takes no mail.
"""

import json
import os
import ssl
import sys
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

port, certificate, key, refusing = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]


class Handler:
    async def handle_DATA(self, server, session, envelope):
        if os.path.exists(refusing):
            return "451 4.2.2 the mailbox is full, says the test"
        mail = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": session.ssl is not None,
            "login": session.authenticated,
            "text": envelope.content.decode(),
        }
        print("MAIL " + json.dumps(mail), flush=True)
        return "250 taken"


def authenticate(server, session, envelope, mechanism, data):
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"tollgate", b"a secret")
    return AuthResult(success=right)


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
Controller(
    Handler(),
    hostname="127.0.0.1",
    port=port,
    tls_context=context,
    require_starttls=True,
    auth_required=True,
    authenticator=authenticate,
).start()
print("READY", flush=True)
threading.Event().wait()
