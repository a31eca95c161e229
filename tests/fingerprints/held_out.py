"""Families that the grouping has never been changed for. Whoever changes it writes new ones and moves these."""

from craft import *  # noqa: F403

# A bank: long policies in front, XML tags, Anthropic.

BANK = """<company>
Northbank is a retail bank in Norway. You are part of its internal platform.
</company>
<rules>
- Do not give investment advice.
- Mask account numbers except for the last four digits.
- Answer in the language of the question.
- If a customer seems to be in distress, hand over to a human colleague.
- Never state that a payment has been made unless the ledger says so.
</rules>
"""


def bank_chat(r, state):
    s = BANK + f"<customer><name>{name(r)}</name><segment>{r.choice(['youth', 'standard', 'private'])}</segment><now>{date(r)}T{r.randint(0, 23):02}:00</now></customer>\n<task>\nHelp the customer with everyday banking: cards, transfers, fees.\n</task>"
    return claude(r, s, turns(r, 5), models=("claude-sonnet-4-5", "claude-haiku-4-5"))


def bank_fraud(r, state):
    s = BANK + "<task>\nYou are given a transaction and the twenty before it. Rate from 0 to 100 how likely it is fraudulent and give the two strongest reasons.\n</task>"
    rows = "\n".join(f"{date(r)};{r.randrange(5000)};{r.choice(CITIES)};{r.choice(NOUNS)}" for _ in range(21))
    return claude(r, s, [user(rows)])


def bank_letters(r, state):
    s = BANK + "<task>\nDraft a letter to the customer about the matter below. Formal, one page, ends with the name of the clerk.\n</task>"
    return claude(r, s, [user(f"Clerk: {name(r)}\nMatter: {text(r, 1, 3)}")], max_tokens=2048)


def bank_kyc(r, state):
    doc = text(r, 10, 40)
    s = BANK + f"<document>\n{doc}\n</document>\n<task>\nList all persons and companies of the document with their roles and nationalities as a table.\n</task>"
    return claude(r, s, [user("Begin.")])


# A newspaper: many small prompts by different people, OpenAI by hand.

def news_subhead(r, state):
    return chat(r, [system("you are an editor at a regional newspaper. you write subheadings."), user("article:\n" + text(r, 8, 25) + "\n\nwrite 3 subheadings, max 7 words each")], h=RAW, models=("gpt-4.1-mini", "gpt-5-mini"))


def news_tags(r, state):
    return chat(r, [system("you are an editor at a regional newspaper. you choose keywords."), user("article:\n" + text(r, 8, 25) + "\n\ngive up to 8 keywords from general to specific as a json array")], h=RAW, models=("gpt-4.1-mini", "gpt-5-mini"))


def news_comments(r, state):
    return chat(r, [system("Moderate reader comments. Categories: ok, insult, hate, off-topic, advertising. Reply {\"category\": ..., \"reason\": ...}."), user(text(r, 1, 4))], h=OPENAI_JS, response_format={"type": "json_object"})


def news_audio(r, state):
    return "api.openai.com", "POST", "/v1/audio/speech", headers(r, OPENAI_JS), {"model": "gpt-4o-mini-tts", "voice": "sage", "input": text(r, 5, 20), "instructions": "Read like the evening news: calm, clear, not too fast."}


def news_translate_no(r, state):
    return chat(r, [user(f"Oversett teksten under til engelsk. Behold sitater ordrett og ikke forkort.\n\n\"\"\"\n{text(r, 3, 12)}\n\"\"\"")], h=RAW)


# Health: Gemini, strict JSON, other languages.

def triage(r, state):
    s = f"Du bist die Ersteinschätzung einer Hausarztpraxis in {r.choice(CITIES)}. Heute ist der {r.randint(1, 28)}.{r.randint(1, 12)}.2026. Stelle höchstens fünf Fragen nacheinander, stelle keine Diagnose und verweise bei Brustschmerz, Atemnot oder Lähmung sofort an den Notruf 112."
    contents = []
    for _ in range(r.randrange(4)):
        contents += [{"role": "user", "parts": [{"text": question(r)}]}, {"role": "model", "parts": [{"text": text(r, 1, 2)}]}]
    return gemini(r, s, contents + [{"role": "user", "parts": [{"text": question(r)}]}], models=("gemini-2.5-flash", "gemini-2.5-pro"))


def discharge(r, state):
    return gemini(r, "Schreibe einen Entlassbrief für den Hausarzt. Gliederung: Diagnosen, Verlauf, Medikation, Empfehlungen. Keine Ratschläge, die nicht in den Notizen stehen.",
                  [{"role": "user", "parts": [{"text": f"Patient: {name(r)}, geb. {date(r)}\nNotizen: {text(r, 5, 20)}"}]}])


def icd(r, state):
    return gemini(r, None, [{"role": "user", "parts": [{"text": f"Ordne dem folgenden Befund bis zu drei ICD-10-Codes zu und begründe jeden in einem Satz.\nBefund: {text(r, 2, 8)}"}]}],
                  generationConfig={"responseMimeType": "application/json", "responseSchema": {"type": "OBJECT", "properties": {"codes": {"type": "ARRAY", "items": {"type": "STRING"}}, "reason": {"type": "STRING"}}}})


def symptoms_zh(r, state):
    return gemini(r, "你是一位耐心的健康助手。请用简单的中文解释医学术语，不要给出诊断，必要时建议就医。", [{"role": "user", "parts": [{"text": r.choice(["头痛三天了怎么办", "什么是高血压", "这个药可以和牛奶一起吃吗", "孩子发烧三十八度"]) + str(r.randrange(99))}]}])


# Games: agents with tools, roleplay, OpenRouter.

def npc_tools(r):
    tools = [tool("give_item", "Hand an item to the player", item="id of the item"), tool("open_shop", "Open the trade window"), tool("start_quest", "Begin a quest", quest="id of the quest"), tool("attack", "Attack the player")]
    return r.sample(tools, r.randint(2, 4))


def npc(r, state):
    who = r.choice(["Brunhild, a blacksmith", "old Tam, a fisherman", "Captain Ysra of the city watch", "Pip, a street child"])
    s = f"You are {who} in the world of Emberfall. Stay in character. The player's name is {r.choice(FIRST)}. The year is {r.randint(800, 900)}. Speak at most three sentences. Only use a tool when the player asks for something you could do in the game."
    return chat(r, [system(s)] + turns(r, 6), models=("mistralai/mistral-small", "openai/gpt-5-mini", "x-ai/grok-4-fast"), host="openrouter.ai", path="/api/v1/chat/completions",
                more={"http-referer": "https://emberfall.example", "x-title": "Emberfall"}, tools=npc_tools(r), temperature=1.0)


def quest_writer(r, state):
    return chat(r, [system("You design side quests for Emberfall, a dark fantasy game. Return YAML with title, giver, steps, reward. No combat in the first step."), user(f"Region: {r.choice(CITIES)}\nTheme: {r.choice(NOUNS)}\nLevel: {r.randrange(50)}")],
                host="openrouter.ai", path="/api/v1/chat/completions", models=("anthropic/claude-sonnet-4.5", "openai/gpt-5"), more={"http-referer": "https://emberfall.example", "x-title": "Emberfall"})


def bug_report(r, state):
    return chat(r, [user(f"Here is a crash report of our game. Say in one line which subsystem is to blame (render, physics, audio, net, ui) and how sure you are.\n\nBuild {r.randrange(9999)}\nOS {r.choice(['Windows', 'Linux'])}\n" + "\n".join(f"#{i} 0x{r.getrandbits(48):x} {r.choice(NOUNS)}::{r.choice(VERBS)}" for i in range(r.randint(5, 30))))],
                host="openrouter.ai", path="/api/v1/chat/completions", more={"x-title": "crash-bot"}, models=("openai/gpt-5-mini",), max_tokens=60)


def chat_filter(r, state):
    return chat(r, [system("Is the chat message toxic? yes or no"), user(question(r))], host="openrouter.ai", path="/api/v1/chat/completions", models=("meta-llama/llama-guard-4-12b",), more={"x-title": "Emberfall"}, max_tokens=1, temperature=0)


# An office suite: one gateway library for all features, so that everything but the text is the same.

LIB = {"user-agent": "acme-llm-gateway-client/3.{}.0"}


def lib(r, sys_, usr, **params):
    return chat(r, [system(sys_), user(usr)], h=LIB, models=("gpt-5", "gpt-5-mini", "gpt-4.1"), temperature=0.3, max_completion_tokens=800, n=1, **params)


OFFICE = "You are the assistant inside Docly, a suite for documents, tables and mail. Write in the user's language. Do not mention that you are an AI. "


def office_rewrite(r, state):
    return lib(r, OFFICE + "Rewrite the selected passage so that it is clearer and shorter. Return only the passage.", text(r, 1, 5))


def office_continue(r, state):
    return lib(r, OFFICE + "Continue the document from where the cursor is, in the same style, for one paragraph.", text(r, 3, 9))


def office_formula(r, state):
    return lib(r, OFFICE + "Give a spreadsheet formula that does what the user asks. Use semicolons between arguments.", f"Sum of column {r.choice('ABCDEF')} where {r.choice(NOUNS)} is {r.choice(ADJ)}")


def office_reply(r, state):
    return lib(r, OFFICE + f"Draft a reply to the mail below on behalf of {name(r)}. Today is {long_date(r)}. Keep the thread's level of formality.", f"From: {name(r)}\nSubject: {sentence(r)}\n\n{text(r, 2, 8)}")


def office_minutes(r, state):
    return lib(r, OFFICE + "Turn the transcript into minutes: decisions, open points, who does what until when.", "\n".join(f"{name(r)}: {sentence(r)}" for _ in range(r.randint(8, 40))))


def office_search(r, state):
    pool = state.setdefault("pool", [text(r, 3, 8) for _ in range(40)])
    return lib(r, OFFICE + "Answer from the user's own files below and name the file. Files:\n" + "\n".join(f"== {r.choice(NOUNS)}-{r.randrange(99)}.docx ==\n{d}" for d in r.sample(pool, r.randint(2, 6))), question(r))


def embed_files(r, state):
    return "api.openai.com", "POST", "/v1/embeddings", headers(r, LIB), {"model": "text-embedding-3-large", "input": [text(r, 1, 6) for _ in range(16)]}


def embed_query(r, state):
    return "api.openai.com", "POST", "/v1/embeddings", headers(r, LIB), {"model": "text-embedding-3-large", "input": question(r)}


FAMILIES = {
    "bank": {"chat": bank_chat, "fraud": bank_fraud, "letters": bank_letters, "kyc": bank_kyc},
    "news": {"subheads": news_subhead, "tags": news_tags, "comments": news_comments, "audio": news_audio, "translate": news_translate_no},
    "health": {"triage": triage, "discharge": discharge, "icd": icd, "zh": symptoms_zh},
    "games": {"npc": npc, "quests": quest_writer, "bugs": bug_report, "filter": chat_filter},
    "office": {"rewrite": office_rewrite, "continue": office_continue, "formula": office_formula, "reply": office_reply, "minutes": office_minutes, "search": office_search, "embed-files": embed_files, "embed-query": embed_query},
}
FAMILIES["held-out"] = {f"{family}-{feature}": make for family, features in list(FAMILIES.items()) for feature, make in features.items()}
