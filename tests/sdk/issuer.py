"""An OpenID Connect issuer: Authlib's authorization server, with one client and whoever is named.

    issuer.py PORT CERTIFICATE KEY

The client is "tollgate" with "a secret", by the header alone, and must come with a challenge (PKCE, S256). At the page where people
would sign in, /authorize, who it is stands in the query beside what the client sent: user=ada@example.com&group=shop&verified=no.
Every code is good once.
"""

import sys
import time

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin, grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from flask import Flask, jsonify, request
from joserfc.jwk import KeySet, RSAKey

port, certificate, key_file = int(sys.argv[1]), sys.argv[2], sys.argv[3]
issuer = f"https://localhost:{port}"
key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256", "kid": "one"})


class Client(ClientMixin):
    def get_client_id(self):
        return "tollgate"

    def get_default_redirect_uri(self):
        return None

    def get_allowed_scope(self, scope):
        return " ".join(word for word in scope.split() if word in ("openid", "email", "groups"))

    def check_redirect_uri(self, redirect_uri):
        return redirect_uri.endswith("/sign-in/callback")

    def check_client_secret(self, client_secret):
        return client_secret == "a secret"

    def check_endpoint_auth_method(self, method, endpoint):
        return method == "client_secret_basic"

    def check_response_type(self, response_type):
        return response_type == "code"

    def check_grant_type(self, grant_type):
        return grant_type == "authorization_code"


class Code(AuthorizationCodeMixin):
    def __init__(self, code, asked, user):
        self.code, self.user, self.auth_time = code, user, int(time.time())
        self.redirect_uri, self.scope, self.nonce = asked["redirect_uri"], asked["scope"], asked["nonce"]
        self.code_challenge, self.code_challenge_method = asked["code_challenge"], asked["code_challenge_method"]

    def get_redirect_uri(self):
        return self.redirect_uri

    def get_scope(self):
        return self.scope

    def get_nonce(self):
        return self.nonce

    def get_auth_time(self):
        return self.auth_time

    def get_acr(self):
        return None

    def get_amr(self):
        return None


codes = {}


class Grant(grants.AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic"]

    def save_authorization_code(self, code, asked):
        codes[code] = Code(code, request.args, asked.user)
        return codes[code]

    def query_authorization_code(self, code, client):
        return codes.get(code)

    def delete_authorization_code(self, code):
        del codes[code.code]

    def authenticate_user(self, code):
        return code.user


class Identity(OpenIDCode):
    def exists_nonce(self, nonce, asked):
        return any(code.nonce == nonce for code in codes.values())

    def get_jwt_config(self, grant, client=None):
        return {"key": key, "alg": "RS256", "iss": issuer, "exp": 600, "kid": "one"}

    def generate_user_info(self, user, scope):
        return UserInfo(sub=user["email"], **user)


app = Flask("issuer")
server = AuthorizationServer(app, query_client=lambda _id: Client(), save_token=lambda _token, _request: None)
server.register_grant(Grant, [Identity(require_nonce=True), CodeChallenge(required=True)])


@app.get("/.well-known/openid-configuration")
def configuration():
    return jsonify(
        issuer=issuer,
        authorization_endpoint=f"{issuer}/authorize",
        token_endpoint=f"{issuer}/token",
        jwks_uri=f"{issuer}/keys",
        response_types_supported=["code"],
        subject_types_supported=["public"],
        id_token_signing_alg_values_supported=["RS256"],
        token_endpoint_auth_methods_supported=["client_secret_basic"],
    )


@app.get("/keys")
def keys():
    return jsonify(KeySet([key]).as_dict(private=False))


@app.get("/authorize")
def authorize():
    if request.args.get("user") == "nobody":
        return server.create_authorization_response(grant_user=None)
    user = {
        "email": request.args["user"],
        "email_verified": request.args.get("verified") != "no",
        "groups": request.args.getlist("group"),
    }
    return server.create_authorization_response(grant_user=user)


@app.post("/token")
def token():
    return server.create_token_response()


print("READY", flush=True)
app.run("127.0.0.1", port, ssl_context=(certificate, key_file), threaded=True)
