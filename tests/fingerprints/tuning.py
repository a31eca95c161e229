"""Families that the grouping was made with."""

from craft import *  # noqa: F403

# A shop: one preamble for all, tasks beneath, some with documents.

SHOP = """You work for Brightcart, an online shop for household and outdoor goods. Always be friendly and concise. Never promise
a delivery date that is not in the data. Never reveal internal notes. If you do not know something, say so. Prices are in euros and
include VAT. Our tone of voice is warm, plain and a little playful. Do not use emojis. Refuse politely whatever is unrelated to the shop.
"""


def shop_support(r, state):
    s = SHOP + f"\nCustomer: {name(r)}\nCustomer since: {date(r)}\nOrder: {r.randrange(10**6)}\n\nAnswer the customer's question about their order."
    return chat(r, [system(s)] + turns(r, 5), models=("gpt-5-mini", "gpt-5", "gpt-5.1"), temperature=0.4)


def shop_review_summary(r, state):
    s = SHOP + "\nSummarise the product reviews you are given in three bullet points, the most frequent complaint first."
    return chat(r, [system(s), user("\n".join(f"- {text(r, 1, 3)}" for _ in range(r.randint(3, 12))))], temperature=0.4)


def shop_listing(r, state):
    s = SHOP + "\nWrite a product listing with a title of at most 60 characters and a description of about 120 words for search engines."
    return chat(r, [system(s), user(f"Product: {r.choice(PRODUCTS)}\nColour: {r.choice(ADJ)}\nNotes: {text(r, 1, 3)}")], temperature=0.4)


def shop_return_triage(r, state):
    s = SHOP + "\nDecide whether the return request is covered by our policy. Answer with one word: ACCEPT, REJECT or HUMAN."
    return chat(r, [system(s), user(f"Bought on {date(r)}. Reason: {text(r, 1, 2)}")], temperature=0.4)


def shop_rag(r, state):
    pool = state.setdefault("pool", [text(r, 4, 10) for _ in range(25)])
    docs = "\n\n".join(f"[{i + 1}] {d}" for i, d in enumerate(r.sample(pool, 3)))
    s = SHOP + f"\nUse only these articles of the help centre:\n\n{docs}\n\nCite the article's number for every claim. If none fits, offer to open a ticket."
    return chat(r, [system(s)] + turns(r, 4), models=("gpt-5-mini", "gpt-4.1"))


# Developer tools: agents, tools, code.

def agent_tools():
    return [
        tool("read_file", "Read a file of the workspace", path="Path relative to the root"),
        tool("edit_file", "Replace text in a file", path="Path relative to the root", old="Text to replace", new="Replacement"),
        tool("run_tests", "Run the test suite and return its output", filter="Only tests whose name contains this"),
        tool("search", "Search the workspace with a regular expression", pattern="The expression"),
    ]


def coding_agent(r, state):
    if not state.get("left"):
        state["left"] = r.randint(2, 12)
        state["history"] = [user(f"In {r.choice(NOUNS)}.py: {text(r, 1, 2)} Please fix it.")]
        state["cwd"] = f"/home/{r.choice(FIRST).lower()}/src/{r.choice(NOUNS)}"
    state["left"] -= 1
    made = [system(f"You are an autonomous software engineer working in {state['cwd']}. Today is {long_date(r)}. Read before you edit, keep changes small, run the tests after each change, and stop when they pass. Never commit to git yourself. Explain what you did in two sentences at the end.")] + list(state["history"])
    out = chat(r, made, models=("gpt-5.1-codex", "gpt-5-codex"), tools=agent_tools(), tool_choice="auto", parallel_tool_calls=False)
    state["history"] += [{"role": "assistant", "content": None, "tool_calls": [{"id": f"call_{r.getrandbits(40):x}", "type": "function", "function": {"name": "read_file", "arguments": json_args(r)}}]},
                         {"role": "tool", "tool_call_id": "call_1", "content": text(r, 3, 20)}]
    return out


def json_args(r):
    return '{"path": "%s/%s.py"}' % (r.choice(NOUNS), r.choice(NOUNS))


def code_review(r, state):
    diff = "\n".join(f"{r.choice('+- ')}    {r.choice(NOUNS)}_{r.choice(NOUNS)} = {r.choice(VERBS)}({r.randrange(100)})" for _ in range(r.randint(5, 60)))
    return claude(r, "You review pull requests. Point out bugs, races and missing tests only; do not comment on style. Reply with a JSON list of {line, severity, comment}.",
                  [user(f"Repository: {r.choice(NOUNS)}-{r.choice(NOUNS)}\nTitle: {sentence(r)}\n\n```diff\n{diff}\n```")], temperature=0)


def commit_message(r, state):
    diff = "\n".join(f"{r.choice('+-')} {r.choice(NOUNS)}.{r.choice(VERBS)}()" for _ in range(r.randint(2, 30)))
    return claude(r, None, [user(f"Write a commit message in the imperative mood for this diff. First line at most 50 characters.\n\n{diff}")], models=("claude-haiku-4-5",))


def test_writer(r, state):
    return claude(r, "You write unit tests with pytest. Cover edge cases first. Output only code.", [user(f"def {r.choice(NOUNS)}_{r.choice(VERBS)}({r.choice(NOUNS)}):\n    \"\"\"{sentence(r)}\"\"\"\n    return {r.choice(NOUNS)}")])


def sql_helper(r, state):
    schema = "CREATE TABLE orders (id bigint, customer_id bigint, total numeric, placed_at timestamptz); CREATE TABLE customers (id bigint, name text, country text);"
    return chat(r, [system("Translate questions to PostgreSQL. Schema: " + schema + " Output a single SELECT statement, nothing else."), user(f"How many {r.choice(NOUNS)}s {r.choice(VERBS)} in {r.choice(CITIES)} in {r.randint(2019, 2026)}?")], h=OPENAI_JS, temperature=0)


# Small scripts: templates in the user's message, no system prompt.

def translate(r, state):
    language = r.choice("German French Spanish Japanese Polish".split())
    return chat(r, [user(f"Translate the following text into {language}. Keep the formatting and do not translate product names.\n\n{text(r)}")], h=RAW, temperature=0.2)


def classify(r, state):
    return chat(r, [user(f"Classify this e-mail as one of: complaint, question, praise, spam.\nOnly answer with the class.\n\nSubject: {sentence(r)}\n\n{text(r)}\n\nBest regards,\n{name(r)}")], h=RAW, temperature=0, max_tokens=5)


def extract(r, state):
    return chat(r, [user(f"Extract the following fields from the invoice below as JSON: supplier, date, net, vat, total, iban. Use null for what is missing.\n\n---\nInvoice {r.randrange(10**5)}\n{name(r)} GmbH, {r.choice(CITIES)}\n{date(r)}\n{text(r, 1, 4)}\nTotal: {r.randrange(10000)} EUR")],
                h=RAW, response_format={"type": "json_object"})


def few_shot(r, state):
    shots = [user("The food was cold and the waiter rude."), {"role": "assistant", "content": "negative"}, user("Lovely place, we will come again!"), {"role": "assistant", "content": "positive"}]
    return chat(r, [system("Sentiment of restaurant reviews: positive, negative or mixed.")] + shots + [user(text(r, 1, 3))], h=RAW, max_tokens=1)


def titles(r, state):
    return chat(r, [user(f"Suggest five headlines for the blog post below. One per line, no numbers, no quotation marks.\n\n{text(r, 6, 20)}")], h=RAW)


def embed_search(r, state):
    return "api.openai.com", "POST", "/v1/embeddings", headers(r, OPENAI_PY), {"model": "text-embedding-3-small", "input": [text(r, 2, 5) for _ in range(r.randint(1, 20))], "encoding_format": "base64"}


def embed_dedupe(r, state):
    return "api.openai.com", "POST", "/v1/embeddings", headers(r, RAW), {"model": "text-embedding-3-large", "input": sentence(r), "dimensions": 256}


def images(r, state):
    return "api.openai.com", "POST", "/v1/images/generations", headers(r, OPENAI_JS), {"model": r.choice(["gpt-image-1", "gpt-image-1-mini"]), "prompt": f"A flat vector illustration of {r.choice(ADJ)} {r.choice(NOUNS)}s in {r.choice(CITIES)}, pastel colours, no text", "size": "1024x1024"}


# Google: travel.

def trip_planner(r, state):
    s = f"You plan trips. The traveller is {name(r)}, travelling from {r.choice(CITIES)} on {long_date(r)}. Propose a day by day plan with opening hours and walking times. Prefer public transport. Ask at most one question back."
    return gemini(r, s, [{"role": "user", "parts": [{"text": question(r)}]}], models=("gemini-2.5-flash", "gemini-2.5-pro"), generationConfig={"temperature": 0.9})


def photo_tags(r, state):
    return gemini(r, None, [{"role": "user", "parts": [{"inlineData": {"mimeType": "image/jpeg", "data": "/9j/" + "A" * r.randint(20, 400)}}, {"text": "List what is in this holiday photo as tags, lower case, separated by commas."}]}])


def menu_ocr(r, state):
    return gemini(r, None, [{"role": "user", "parts": [{"inlineData": {"mimeType": "image/jpeg", "data": "/9j/" + "B" * r.randint(20, 400)}}, {"text": "Read the menu in the picture and return dishes with prices and allergens."}]}],
                  generationConfig={"responseMimeType": "application/json", "responseSchema": {"type": "ARRAY", "items": {"type": "OBJECT", "properties": {"dish": {"type": "STRING"}, "price": {"type": "NUMBER"}, "allergens": {"type": "ARRAY"}}}}})


def phrasebook(r, state):
    return gemini(r, "Give the phrase in the local language, its pronunciation, and a literal translation.", [{"role": "user", "parts": [{"text": f"{r.choice(CITIES)}: {question(r)}"}]}])


# Responses API: an assistant with a memory.

def companion(r, state):
    memory = "\n".join(f"- {sentence(r)}" for _ in range(r.randint(0, 6)))
    ins = f"You are Nova, a personal companion. You remember what the user told you before.\nUser: {r.choice(FIRST)}\nLocal time: {date(r)} {r.randint(0, 23)}:{r.randint(10, 59)}\nWhat you remember:\n{memory}\nBe curious, never judge, keep answers under 80 words."
    return responses(r, ins, [user([{"type": "input_text", "text": question(r)}])], models=("gpt-5", "gpt-5-mini"))


def memory_writer(r, state):
    log = "\n".join(f"{r.choice(['user', 'nova'])}: {question(r)}" for _ in range(r.randint(2, 9)))
    return responses(r, "Extract lasting facts about the user from the dialogue, one per line, or NONE.", log, models=("gpt-5-nano",))


def daily_digest(r, state):
    return responses(r, None, f"Write a morning digest for {r.choice(FIRST)} for {long_date(r)}.\nWeather in {r.choice(CITIES)}: {r.randint(-5, 30)} degrees.\nCalendar:\n" + "\n".join(f"{r.randint(8, 18)}:00 {sentence(r)}" for _ in range(r.randint(0, 6))) + "\nKeep it upbeat and below 150 words.", models=("gpt-5-mini",))


FAMILIES = {
    "shop": {"support": shop_support, "reviews": shop_review_summary, "listing": shop_listing, "returns": shop_return_triage, "rag": shop_rag},
    "devtools": {"agent": coding_agent, "review": code_review, "commit": commit_message, "tests": test_writer, "sql": sql_helper},
    "scripts": {"translate": translate, "classify": classify, "extract": extract, "few-shot": few_shot, "titles": titles, "embed-search": embed_search, "embed-dedupe": embed_dedupe, "images": images},
    "travel": {"planner": trip_planner, "tags": photo_tags, "menu": menu_ocr, "phrases": phrasebook},
    "companion": {"chat": companion, "memory": memory_writer, "digest": daily_digest},
}
FAMILIES["tuning"] = {f"{family}-{feature}": make for family, features in list(FAMILIES.items()) for feature, make in features.items()}
