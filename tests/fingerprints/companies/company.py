"""Seven companies by six other hands, who had not seen how calls are grouped: each file is one, with what its features do in words beside
them. `lex` makes their texts, `wire` the requests as SDKs send them."""

import datetime
import hashlib
import importlib
import random

from lex import T
from wire import render

COMPANIES = ["helpdesk", "agents", "marketplace", "frameworks", "clinic", "insurer", "forge"]


class Fam:
    def __init__(f):
        f.feats = []

    def add(f, name, tags=""):
        def d(fn):
            f.feats.append((name, fn, tags))
            return fn

        return d


def sub(*k):
    return T(random.Random(hashlib.sha256("|".join(map(str, k)).encode()).digest()))


class Ctx:
    """What a call can draw on: family's stores; `x` is the position in the feature's life, 0..1"""

    def __init__(s, fam, seed, name, i, n):
        s.fam, s.seed, s.name, s.i, s.n = fam, seed, name, i, n
        s.x = i / n
        s.cache = _caches.setdefault((fam, seed), {})

    def store(s, dom, k=120, size=(1, 3)):
        key = (dom, k, size)
        if key not in s.cache:
            q = sub("store", s.fam, s.seed, dom, k)
            s.cache[key] = [
                {"id": q.ref(), "title": q.title(dom), "text": q.para(dom, *size), "url": q.url(), "score": round(q.r.random(), 3)}
                for _ in range(k)
            ]
        return s.cache[key]

    def users(s):
        if "u" not in s.cache:
            q = sub("users", s.fam, s.seed)
            s.cache["u"] = [
                {
                    "name": q.name(),
                    "mail": q.mail(),
                    "city": q.c(__import__("lex").CITIES),
                    "plan": q.c(["free", "pro", "team", "enterprise"]),
                    "since": q.date(),
                    "org": q.brand(),
                    "role": q.c(["owner", "member", "admin", "viewer"]),
                }
                for _ in range(50)
            ]
        return s.cache["u"]

    def tenants(s):
        if "t" not in s.cache:
            q = sub("ten", s.fam, s.seed)
            s.cache["t"] = [q.brand() for _ in range(25)]
        return s.cache["t"]

    def session(s, t, per=4):
        "a session's own text source, shared by all calls of that session, and its number"
        k = t.n(0, max(1, s.n // per))
        return sub("ses", s.fam, s.seed, s.name, k), k


_caches = {}


def exchanges(company, seed, calls):
    """All calls of a company, in any order."""
    out = []
    t0 = datetime.datetime(2026, 11, 20, tzinfo=datetime.timezone.utc)
    for name, fn, tags in importlib.import_module(company).F.feats:
        q = sub("n", company, seed, name)
        n = max(2, round(calls * q.c([0.2, 0.3, 0.5, 0.7, 0.8, 1, 1, 1, 1.2, 1.5, 1.8, 2.0])))
        for i in range(n):
            t = sub(company, seed, name, i, calls)
            e = render(t, fn(t, Ctx(company, seed, name, i, n)))
            tm = t0 + datetime.timedelta(seconds=5 * 86400 * i / n + t.n(0, 3000), milliseconds=t.n(0, 999))
            out.append({"id": f"{name}/{i:03}", "time": tm.strftime("%Y-%m-%dT%H:%M:%S.") + f"{tm.microsecond//1000:03}Z", **e})
    random.Random(f"{company}{seed}").shuffle(out)
    return out
