"""A small OpenID provider on 127.0.0.1: discovery, JWKS, code with PKCE (S256), signed id_token."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID, CLIENT_SECRET = "portal-sakip", "rahasia-uji"


class Provider:
    """`claims` is who logs in; `spoil` overrides claims of the id_token, `signer` its key."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "satu", "use": "sig"})
        self.signer = self.key
        self.claims: dict[str, object] = {"sub": "orang-1"}
        self.spoil: dict[str, object] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.refused: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser goes after the person has logged in here."""
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256"
        code = f"kode-{len(self.codes)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, sent: dict[str, str], authorization: str) -> tuple[int, dict[str, object]]:
        """An id_token for a code, once, to the client that proves secret and verifier."""
        asked = self.codes.pop(sent.get("code", ""), None)
        secret = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if asked is None or authorization != f"Basic {secret}" or proof != asked["code_challenge"]:
            self.refused.append(sent.get("code", ""))
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        signed = jwt.encode(
            {"alg": "RS256", "kid": "satu"}, {**claims, **self.claims, **self.spoil}, self.signer
        )
        return 200, {"access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": signed}

    def discovery(self) -> dict[str, object]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def _handler(provider):  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                if parts.path == "/authorize":
                    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
                    self.send_response(302)
                    self.send_header("Location", provider.authorize(asked))
                    self.end_headers()
                elif parts.path == "/jwks":
                    self.answer(200, {"keys": [provider.key.as_dict(private=False)]})
                else:
                    self.answer(200, provider.discovery())

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                sent = {name: values[0] for name, values in parse_qs(body).items()}
                self.answer(*provider.token(sent, self.headers.get("Authorization", "")))

            def answer(self, status: int, content: dict[str, object]) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(content).encode())

            def log_message(self, *args) -> None:
                pass

        return Handler
