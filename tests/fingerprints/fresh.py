"""Families written after the grouping was done, and never used to change it: what they score is what to expect."""

from craft import *  # noqa: F403

# A law firm with LangChain-like clients: preambles of several messages, XML and Markdown, documents in front.

LAW = "# Role\nYou support the lawyers of Brandt & Partners.\n\n# House rules\n1. Cite paragraph and page.\n2. Mark every assumption.\n3. Never give a deadline without its legal basis.\n4. Dutch terms stay Dutch.\n"
LANGCHAIN = {"user-agent": "langchain-openai/0.{}.0", "x-stainless-lang": "python"}


def law_timeline(r, state):
    return chat(r, [system(LAW), system("# Task\nBuild a timeline of the events in the file. One row per event: date, who, what, source."), user("<file>\n" + text(r, 10, 40) + "\n</file>")], h=LANGCHAIN, temperature=0)


def law_clauses(r, state):
    return chat(r, [system(LAW), system("# Task\nFind clauses on liability, termination and jurisdiction, and quote each in full."), user("<file>\n" + text(r, 10, 40) + "\n</file>")], h=LANGCHAIN, temperature=0)


def law_mail(r, state):
    return chat(r, [system(LAW), system(f"# Task\nWrite to the client {name(r)} in plain words what the ruling of {date(r)} means for them."), user(text(r, 4, 12))], h=LANGCHAIN, temperature=0.7)


def law_search(r, state):
    pool = state.setdefault("pool", [f"ECLI:NL:{r.randrange(2000, 2026)}:{r.randrange(9999)}\n{text(r, 4, 9)}" for _ in range(60)])
    return chat(r, [system(LAW), system("# Context\n" + "\n---\n".join(r.sample(pool, 4))), user(question(r))], h=LANGCHAIN, temperature=0)


# A school platform: everything in one user message, several languages, OpenAI's responses.

def school_feedback(r, state):
    return responses(r, None, [user(f"Pupil: {r.choice(FIRST)}, class {r.randint(3, 12)}b\nSubject: {r.choice(NOUNS)}\n\nGive feedback on this homework. Praise first. Then at most three things to improve, each with an example.\n\nHomework:\n{text(r, 4, 20)}")], models=("gpt-5-mini", "gpt-5"))


def school_quiz(r, state):
    return responses(r, None, [user(f"Make a quiz of {r.randint(3, 10)} multiple choice questions about the text. Four answers each, one is right, mark it with an asterisk.\n\n{text(r, 6, 20)}")], text={"format": {"type": "text"}})


def school_parents(r, state):
    return responses(r, "Vous écrivez aux parents d'élèves au nom de l'école. Restez bienveillant, une demi-page au plus, sans jargon.", f"Enseignante : {name(r)}. Sujet : {text(r, 1, 3)}")


def school_tutor(r, state):
    s = f"You are a patient maths tutor for {r.choice(FIRST)} (age {r.randint(8, 17)}). Never give the solution away; ask one guiding question at a time. Lesson plan of today: {text(r, 1, 4)} If the pupil is frustrated, suggest a break."
    out = []
    for _ in range(r.randrange(5)):
        out += [user([{"type": "input_text", "text": question(r)}]), {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": text(r, 1, 2)}]}]
    return responses(r, s, out + [user([{"type": "input_text", "text": question(r)}])], models=("gpt-5",), reasoning={"effort": "low"})


def school_plagiarism(r, state):
    return responses(r, "Compare the two texts. Output a number from 0 to 1 and the longest shared passage.", f"A:\n{text(r, 4, 9)}\n\nB:\n{text(r, 4, 9)}", temperature=0)


# Logistics: agents of Anthropic with tools and long loops, small classifiers beside them.

TOOLS = [{"name": n, "description": d, "input_schema": {"type": "object", "properties": {p: {"type": "string"} for p in ps}}} for n, d, ps in (
    ("get_shipment", "Look up a shipment", ["id"]), ("reroute", "Change the route of a shipment", ["id", "via"]), ("notify", "Send an SMS to the driver", ["driver", "text"]), ("weather", "Weather along a route", ["from", "to"]))]


def loop(r, state, system_, tools, first):
    if not state.get("left"):
        state["left"], state["log"] = r.randint(1, 9), [user(first)]
    state["left"] -= 1
    out = claude(r, system_, list(state["log"]), tools=tools, max_tokens=4096, models=("claude-sonnet-4-5", "claude-opus-4-5"))
    state["log"] += [{"role": "assistant", "content": [{"type": "text", "text": sentence(r)}, {"type": "tool_use", "id": uid(r), "name": tools[0]["name"], "input": {"id": str(r.randrange(10**6))}}]},
                     {"role": "user", "content": [{"type": "tool_result", "tool_use_id": uid(r), "content": text(r, 2, 9)}]}]
    return out


def dispatcher(r, state):
    return loop(r, state, [{"type": "text", "text": f"You are the night dispatcher of Polar Freight. Current shift: {long_date(r)}, lead {name(r)}. Solve the disruption with as few reroutes as possible, tell every driver concerned, and close with a log entry.", "cache_control": {"type": "ephemeral"}}], TOOLS, f"Disruption: {sentence(r)}")


def customs(r, state):
    return loop(r, state, f"You fill in customs forms for Polar Freight. Company register: {r.randrange(10**8)}. Ask the register before you guess a tariff number. Stop when all boxes are filled.", [TOOLS[0], {"name": "tariff", "description": "Find a tariff number", "input_schema": {"type": "object", "properties": {"goods": {"type": "string"}}}}], f"Goods: {r.choice(PRODUCTS)}, {r.randrange(900)} kg to {r.choice(CITIES)}")


def eta_sms(r, state):
    return claude(r, "Write an SMS of at most 140 characters that tells the recipient about the delay. No greeting.", [user(f"{name(r)}; {r.randint(10, 300)} min; {sentence(r)}")], models=("claude-haiku-4-5",), max_tokens=80)


def damage_class(r, state):
    return claude(r, "Classify the damage report: water, crush, theft, temperature, other.", [user(text(r, 1, 4))], models=("claude-haiku-4-5",), max_tokens=8)


# Gemini for a museum: pictures, JSON, and one preamble.

MUSEUM = "You speak for the Museum of Everyday Life. Visitors are of any age. Be exact about dates and honest about gaps in provenance."


def audio_guide(r, state):
    return gemini(r, f"{MUSEUM} Write the text of an audio guide for one object, 90 seconds when read aloud. Room {r.randint(1, 30)}, curator {name(r)}.", [{"role": "user", "parts": [{"text": text(r, 2, 6)}]}], generationConfig={"temperature": 0.6})


def visitor(r, state):
    contents = []
    for _ in range(r.randrange(4)):
        contents += [{"role": "user", "parts": [{"text": question(r)}]}, {"role": "model", "parts": [{"text": text(r, 1, 2)}]}]
    return gemini(r, f"{MUSEUM} Answer visitors' questions. Today we are open until {r.randint(16, 21)}:00; special exhibition: {sentence(r)}", contents + [{"role": "user", "parts": [{"text": question(r)}]}], models=("gemini-2.5-flash", "gemini-3-flash"))


def catalogue(r, state):
    return gemini(r, f"{MUSEUM} Describe the object in the photograph for the catalogue: material, technique, condition, measurements if a scale is visible.", [{"role": "user", "parts": [{"inlineData": {"mimeType": "image/png", "data": "iVBOR" + "C" * r.randint(20, 500)}}, {"text": f"Inventory number {r.randrange(10**6)}"}]}])


def museum_embed(r, state):
    return "generativelanguage.googleapis.com", "POST", "/v1beta/models/gemini-embedding-001:embedContent", headers(r, GOOGLE), {"model": "models/gemini-embedding-001", "content": {"parts": [{"text": text(r, 1, 4)}]}, "taskType": "RETRIEVAL_DOCUMENT"}


def museum_query(r, state):
    return "generativelanguage.googleapis.com", "POST", "/v1beta/models/gemini-embedding-001:embedContent", headers(r, GOOGLE), {"model": "models/gemini-embedding-001", "content": {"parts": [{"text": question(r)}]}, "taskType": "RETRIEVAL_QUERY", "outputDimensionality": 768}


# xAI and OpenRouter, by fetch without any SDK; templates that are filled in front and behind.

FETCH = {"user-agent": "node"}


def tweet(r, state):
    return chat(r, [user(f"{text(r, 2, 6)}\n\nTurn the above into a post of at most 280 characters for our followers. No hashtags, one question at the end.")], h=FETCH, host="api.x.ai", models=("grok-4", "grok-4-fast"))


def sentiment(r, state):
    return chat(r, [user(f"{text(r, 1, 3)}\n\nIs the author of the above bullish, bearish or neutral on the company? One word.")], h=FETCH, host="api.x.ai", models=("grok-4-fast",), temperature=0)


def ticker(r, state):
    return chat(r, [system("Return ticker symbols that are mentioned, comma separated. Nothing else."), user(text(r, 1, 5))], h=FETCH, host="api.x.ai", models=("grok-4-fast",))


def roast(r, state):
    return chat(r, [system(f"you are {r.choice(['a grumpy pirate', 'a bored teenager', 'a victorian butler'])} and you roast the user's playlist. keep it short and never insult the person."), user(", ".join(name(r) for _ in range(r.randint(3, 20))))], h=FETCH, host="openrouter.ai", path="/api/v1/chat/completions", models=("x-ai/grok-4", "deepseek/deepseek-chat"))


FAMILIES = {
    "law": {"timeline": law_timeline, "clauses": law_clauses, "mail": law_mail, "search": law_search},
    "school": {"feedback": school_feedback, "quiz": school_quiz, "parents": school_parents, "tutor": school_tutor, "plagiarism": school_plagiarism},
    "logistics": {"dispatcher": dispatcher, "customs": customs, "sms": eta_sms, "damage": damage_class},
    "museum": {"guide": audio_guide, "visitor": visitor, "catalogue": catalogue, "embed": museum_embed, "query": museum_query},
    "posts": {"tweet": tweet, "sentiment": sentiment, "ticker": ticker, "roast": roast},
}
FAMILIES["fresh"] = {f"{family}-{feature}": make for family, features in list(FAMILIES.items()) for feature, make in features.items()}
