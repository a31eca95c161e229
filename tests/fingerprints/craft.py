"""What requests of many apps are made of."""

import base64  # noqa: F401: what a family takes from here

FIRST = "Maria Jonas Aiko Priya Tom Elena Malik Sofia Chen Lars Fatima Diego Anna Kwame Ines Yuki Omar Greta Paul Nadia".split()
LAST = "Lopez Weber Tanaka Patel Miller Rossi Diallo Novak Wang Berg Haddad Silva Kim Mensah Costa Sato Farouk Holm Okafor Petrov".split()
PRODUCTS = "kettle,rain jacket,standing desk,e-bike,tent,espresso machine,blender,running shoes,backpack,desk lamp".split(",")
NOUNS = "invoice shipment warehouse contract refund router engine policy meeting river teacher battery garden recipe station museum theory market bridge signal patient budget harvest license turbine village kernel orchestra".split()
VERBS = "arrived failed improved changed covers requires explains replaced delayed doubled described opened closed extends supports breaks holds moves reports reduces".split()
ADJ = "late broken green annual strange reliable small urgent blue heavy recent quiet public remote digital foreign certain simple complete early".split()
TAIL = "after the storm,because of the holiday,in the second quarter,without any warning,for most customers,near the coast,according to the manual,since last week,under the new rules,despite the repair".split(",")
CITIES = "Lisbon Hamburg Osaka Pune Bristol Turin Dakar Prague Nanjing Bergen Beirut Recife Leeds Accra Porto".split()


def sentence(r):
    shape = r.randrange(4)
    if shape == 0:
        return f"The {r.choice(ADJ)} {r.choice(NOUNS)} {r.choice(VERBS)} {r.choice(TAIL)}."
    if shape == 1:
        return f"{r.choice(FIRST)} said the {r.choice(NOUNS)} {r.choice(VERBS)} and the {r.choice(NOUNS)} {r.choice(VERBS)}."
    if shape == 2:
        return f"A {r.choice(NOUNS)} with {r.randrange(2, 900)} {r.choice(NOUNS)}s {r.choice(VERBS)} in {r.choice(CITIES)}."
    return f"We think that every {r.choice(ADJ)} {r.choice(NOUNS)} {r.choice(VERBS)} {r.choice(TAIL)}, and {r.choice(NOUNS)}s too."


def text(r, least=2, most=8):
    return " ".join(sentence(r) for _ in range(r.randint(least, most)))


def name(r):
    return f"{r.choice(FIRST)} {r.choice(LAST)}"


def date(r):
    return f"2026-{r.randint(1, 12):02}-{r.randint(1, 28):02}"


def long_date(r):
    day = r.choice("Monday Tuesday Wednesday Thursday Friday".split())
    month = r.choice("January March May July October November".split())
    return f"{day}, {month} {r.randint(1, 28)}, 2026"


def uid(r):
    h = f"{r.getrandbits(128):032x}"
    return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}"


def question(r):
    return r.choice([
        "How do I return my {p}?", "where is my order, i bought a {p} last week", "Can you compare the {p} with the older one",
        "{s} What should I do?", "hi", "thanks! and what about the {p}?", "is the {p} waterproof", "{s}", "Please help: {s}",
        "I need a {p} for my trip to {c}", "What does it mean that {s}",
    ]).format(p=r.choice(PRODUCTS), s=sentence(r), c=r.choice(CITIES))


def turns(r, most, content=lambda t: t):
    out = []
    for _ in range(r.randrange(most)):
        out.append({"role": "user", "content": content(question(r))})
        out.append({"role": "assistant", "content": content(text(r, 1, 4))})
    out.append({"role": "user", "content": content(question(r))})
    return out


OPENAI_PY = {"user-agent": "OpenAI/Python 1.{}.0", "x-stainless-lang": "python", "x-stainless-runtime-version": "3.12.4"}
OPENAI_JS = {"user-agent": "OpenAI/JS 5.{}.1", "x-stainless-lang": "js", "x-stainless-runtime": "node"}
ANTHROPIC = {"user-agent": "Anthropic/Python 0.{}.0", "anthropic-version": "2023-06-01"}
GOOGLE = {"user-agent": "google-genai-sdk/1.{}.0 gl-python/3.12", "x-goog-api-client": "google-genai-sdk/1.2.0"}
RAW = {"user-agent": "python-requests/2.{}.0"}


def headers(r, kind, **more):
    out = {k: v.format(r.randrange(40, 60)) for k, v in kind.items()}
    out["authorization"] = "Bearer sk-test"
    out["content-type"] = "application/json"
    if r.random() < 0.3:
        out["x-request-id"] = uid(r)
    out.update(more)
    return out


def chat(r, messages, models=("gpt-5-mini",), h=OPENAI_PY, host="api.openai.com", path="/v1/chat/completions", more=None, **params):
    body = {"model": r.choice(models), "messages": messages}
    body.update(params)
    if r.random() < 0.2:
        body["stream"] = True
    return host, "POST", path, headers(r, h, **(more or {})), body


def claude(r, system, messages, models=("claude-sonnet-4-5",), **params):
    body = {"model": r.choice(models), "max_tokens": 1024, "messages": messages}
    if system is not None:
        body["system"] = system
    body.update(params)
    return "api.anthropic.com", "POST", "/v1/messages", headers(r, ANTHROPIC), body


def gemini(r, system, contents, models=("gemini-2.5-flash",), **params):
    body = {"contents": contents}
    if system is not None:
        body["systemInstruction"] = {"parts": [{"text": system}]}
    body.update(params)
    return "generativelanguage.googleapis.com", "POST", f"/v1beta/models/{r.choice(models)}:generateContent", headers(r, GOOGLE), body


def responses(r, instructions, given, models=("gpt-5",), h=OPENAI_JS, **params):
    body = {"model": r.choice(models), "input": given}
    if instructions is not None:
        body["instructions"] = instructions
    body.update(params)
    return "api.openai.com", "POST", "/v1/responses", headers(r, h), body


def user(content):
    return {"role": "user", "content": content}


def system(content):
    return {"role": "system", "content": content}


def tool(name_, description, **properties):
    return {"type": "function", "function": {"name": name_, "description": description, "parameters": {
        "type": "object", "properties": {k: {"type": "string", "description": v} for k, v in properties.items()}, "required": list(properties)}}}
