"""How the group robots of 企业微信, 钉钉 and 飞书 are spoken to (X18)."""

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta
from urllib.parse import quote_plus, urlsplit

KINDS = ("wecom", "dingtalk", "feishu")
# minutes until the next try; after the last one somebody has to look
WAITS = (1, 2, 5, 15, 30, 60, 120, 240)
LONGEST = 1800
LOOPBACK = ("localhost", "127.0.0.1", "::1")
_EPOCH = datetime(1970, 1, 1)


def body(kind, text, moment=None, secret=""):
    """Return the JSON that a robot of ``kind`` takes for a text.

    :param str kind: a key of ``KINDS``
    :param str text: cut at what every kind accepts
    :param moment: naive UTC, for the signature
    :param str secret: the robot's signing secret, if it has one

    >>> body("wecom", "Hello")
    {'msgtype': 'text', 'text': {'content': 'Hello'}}
    """
    text = text if len(text) <= LONGEST else text[:LONGEST - 1] + "…"
    if kind != "feishu":
        return {"msgtype": "text", "text": {"content": text}}
    content = {"msg_type": "text", "content": {"text": text}}
    if secret:
        stamp = str(int((moment - _EPOCH).total_seconds()))
        signed = hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256).digest()
        content.update(timestamp=stamp, sign=base64.b64encode(signed).decode())
    return content


def address(kind, url, moment=None, secret=""):
    """Return the address to post to; 钉钉 carries its signature there.

    >>> address("wecom", "https://robot.example/send?key=1")
    'https://robot.example/send?key=1'
    """
    if kind != "dingtalk" or not secret:
        return url
    stamp = str(int((moment - _EPOCH).total_seconds() * 1000))
    signed = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    sign = quote_plus(base64.b64encode(signed))
    return f"{url}{'&' if '?' in url else '?'}timestamp={stamp}&sign={sign}"


def refusal(kind, status, answer):
    """Return why a robot did not take the message, or an empty text when it did.

    They answer 200 with an error number inside.

    :param int status: of HTTP
    :param bytes answer: the beginning of the answer

    >>> refusal("wecom", 200, b'{"errcode": 0, "errmsg": "ok"}')
    ''
    >>> refusal("dingtalk", 200, b'{"errcode": 310000, "errmsg": "sign not match"}')
    '310000 sign not match'
    >>> refusal("wecom", 500, b"oops"), refusal("wecom", 200, b"<html>")
    ('HTTP 500', 'no answer of a robot')
    """
    if status != 200:
        return f"HTTP {status}"
    try:
        said = json.loads(answer)
        code = said.get("errcode", said.get("code", said.get("StatusCode")))
    except (ValueError, AttributeError):
        return "no answer of a robot"
    if code == 0:
        return ""
    return f"{code} {said.get('errmsg') or said.get('msg') or ''}".strip()[:200]


def is_safe(url):
    """Whether an address may hold a robot's key: encrypted, or on this very machine.

    >>> is_safe("https://qyapi.example/send?key=1"), is_safe("http://qyapi.example/send?key=1")
    (True, False)
    >>> is_safe("http://127.0.0.1:8000/hook"), is_safe("file:///etc/passwd")
    (True, False)
    """
    try:
        parts = urlsplit(url or "")
        return bool(parts.hostname) and (
            parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))
    except ValueError:
        return False


def next_try(attempts, now):
    """Return when to try again after ``attempts`` failures, or None when enough was tried.

    >>> from datetime import datetime
    >>> next_try(3, datetime(2026, 12, 2, 10)).isoformat(), next_try(9, datetime(2026, 12, 2))
    ('2026-12-02T10:05:00', None)
    """
    if attempts > len(WAITS):
        return None
    return now + timedelta(minutes=WAITS[max(attempts, 1) - 1])
