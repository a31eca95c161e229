"""Families of nothing but difficulties, each of them seen in real apps."""

from craft import *  # noqa: F403

QUESTIONS = ["How do I reset my password?", "Where can I download my invoice for last month?", "Can I change the delivery address of my order?", "What are your opening hours on public holidays?",
             "How do I cancel my subscription before it renews?", "Is it possible to pay with a credit card?", "Why was my payment declined yesterday evening?", "Do you ship to Switzerland and how long does it take?"]
DOCS = [
    "Refunds are issued to the original payment method within ten working days after the parcel has arrived in our warehouse.",
    "The battery may be charged between five and forty degrees. Charging it below freezing shortens its life considerably.",
    "Gift cards are valid for three years from the end of the year of purchase and cannot be exchanged for cash.",
    "Our workshop in Utrecht repairs all models that were sold after 2015. Spare parts are kept for eight years.",
    "Newsletter subscribers get early access to sales. They can unsubscribe at any time by following the link in each mail.",
    "Assembly takes about forty minutes and two people. You will need a size four hex key, which is in the box.",
]
PLANS = ["The user is on the free plan and may ask ten questions a day.", "The user is on the team plan with priority support.", "The user is on the enterprise plan; their account manager is available on weekdays."]


def canned(r, state):
    """The same eight questions again and again."""
    return chat(r, [system("You answer questions about the Folio subscription service. Be brief, link to the help pages, and never guess a price."), user(r.choice(QUESTIONS))], temperature=0)


def shelf(r, state):
    """One of six documents, each time."""
    return chat(r, [system(f"Answer using the context only.\n\nContext:\n{r.choice(DOCS)}\n\nIf the context does not help, say that you will forward the question to a colleague of the support team."), user(question(r))], h=OPENAI_JS)


def plans(r, state):
    """What is filled in is one of few."""
    return chat(r, [system(f"You are the in-app guide of Folio Studio. {r.choice(PLANS)} Explain features step by step, name the menu items exactly as they are, and offer a video where there is one. It is {long_date(r)}."), user(question(r))])


def mostly_documents(r, state):
    """The template is a line at the end."""
    return chat(r, [system("\n\n".join(text(r, 6, 20) for _ in range(4)) + "\n\nUsing the passages above, answer in at most two sentences and quote the passage."), user(question(r))])


def first_documents_in_question(r, state):
    return chat(r, [user("\n".join(text(r, 5, 12) for _ in range(3)) + f"\n\nBased on the passages above, is the following statement supported, contradicted or not mentioned? Statement: {sentence(r)}")])


def two_versions(r, state):
    """A prompt was rewritten."""
    old = "Rate the essay of a pupil from 1 to 6 for content, language and structure, and explain each mark in one sentence that a child understands."
    new = "You grade school essays. For each of content, language, structure: a mark (1 best, 6 worst) and a kind, concrete hint. Never mention other pupils. Output Markdown."
    return chat(r, [system(old if r.random() < 0.5 else new), user(text(r, 6, 20))], models=("gpt-4.1", "gpt-5"), temperature=0.1)


def two_sdks(r, state):
    """Called by two services, with whatever limits they like."""
    return chat(r, [system("Convert the recipe to metric units and scale it to the number of guests. Keep the order of the steps."), user(f"Guests: {r.randrange(2, 12)}\n{text(r, 3, 9)}")],
                h=r.choice([OPENAI_PY, OPENAI_JS, RAW]), temperature=r.choice([0, 0.2, 0.5]), max_tokens=r.choice([256, 512, 1024]))


def four_languages(r, state):
    prompts = ["You are the concierge of the hotel Aurora. Recommend restaurants within walking distance and offer to book a table.", "Du bist der Concierge im Hotel Aurora. Empfiehl Restaurants in der Nähe und biete an, einen Tisch zu reservieren.",
               "Tu es le concierge de l'hôtel Aurora. Recommande des restaurants à proximité et propose de réserver une table.", "Sei il concierge dell'hotel Aurora. Consiglia ristoranti raggiungibili a piedi e offriti di prenotare un tavolo."]
    return claude(r, r.choice(prompts) + f" Guest: {name(r)}, room {r.randrange(100, 600)}.", turns(r, 3))


def two_providers(r, state):
    s, q = "Explain the legal clause to a layperson in three short paragraphs and list what to ask a lawyer.", user(text(r, 2, 8))
    return claude(r, s, [q]) if r.random() < 0.5 else chat(r, [system(s), q])


TERSE = "You are a helpful assistant."


def terse_summary(r, state):
    return chat(r, [system(TERSE), user(f"Summarize this text in one paragraph:\n\n{text(r, 5, 20)}")])


def terse_keywords(r, state):
    return chat(r, [system(TERSE), user(f"Extract the main keywords from this text:\n\n{text(r, 5, 20)}")])


def terse_email(r, state):
    return chat(r, [system(TERSE), user(f"Write a polite email to {name(r)} about: {sentence(r)}")])


def terse_chat(r, state):
    return chat(r, [system(TERSE)] + turns(r, 6))


COMPANY = "You are an AI model used by Helio Insurance Group. Follow company policy. Keep personal data confidential. Do not speculate about coverage. Today is {}. "


def short_a(r, state):
    return chat(r, [system(COMPANY.format(date(r)) + "Summarise the claim for the adjuster."), user(text(r, 4, 12))])


def short_b(r, state):
    return chat(r, [system(COMPANY.format(date(r)) + "List missing documents of the claim."), user(text(r, 4, 12))])


def short_c(r, state):
    return chat(r, [system(COMPANY.format(date(r)) + "Estimate the damage from the description in euros."), user(text(r, 4, 12))])


def schema_only(r, state):
    return chat(r, [system("Extract structured data from the document."), user(text(r, 4, 12))], response_format={"type": "json_schema", "json_schema": {"name": "contract", "schema": {"type": "object", "properties": {"parties": {"type": "array"}, "start_date": {"type": "string"}, "notice_period": {"type": "string"}}}}})


def schema_other(r, state):
    return chat(r, [system("Extract structured data from the document."), user(text(r, 4, 12))], response_format={"type": "json_schema", "json_schema": {"name": "resume", "schema": {"type": "object", "properties": {"candidate": {"type": "string"}, "skills": {"type": "array"}, "years": {"type": "number"}}}}})


def same_agent_mail(r, state):
    return claude(r, "You are an assistant with access to tools. Think step by step.", turns(r, 5), tools=[{"name": "send_mail", "description": "Send a mail", "input_schema": {"type": "object", "properties": {"to": {"type": "string"}, "subject": {"type": "string"}}}}, {"name": "search_mail", "description": "Search mails", "input_schema": {"type": "object", "properties": {"query": {"type": "string"}}}}])


def same_agent_calendar(r, state):
    return claude(r, "You are an assistant with access to tools. Think step by step.", turns(r, 5), tools=[{"name": "create_event", "description": "Create an event", "input_schema": {"type": "object", "properties": {"title": {"type": "string"}, "start": {"type": "string"}}}}, {"name": "list_events", "description": "List events", "input_schema": {"type": "object", "properties": {"day": {"type": "string"}}}}])


def persona_page(r, state):
    who = state.setdefault("who", [f"{name(r)}, {r.randint(18, 80)}, lives in {r.choice(CITIES)}, likes {r.choice(NOUNS)}s and {r.choice(NOUNS)}s, dislikes {r.choice(NOUNS)}s. {text(r, 2, 4)}" for _ in range(10)])
    return chat(r, [system(f"You coach people to exercise more.\n\nProfile:\n{r.choice(who)}\n\nGive one concrete suggestion for today and a reason why it suits this person. Never mention weight."), user(question(r))])


def image_captions(r, state):
    return chat(r, [user([{"type": "text", "text": "Write alt text for this picture, at most 120 characters, without 'image of'."}, {"type": "image_url", "image_url": {"url": f"https://cdn.example/{uid(r)}.jpg"}}])])


def image_damage(r, state):
    return chat(r, [user([{"type": "text", "text": "Which parts of the car are damaged? Answer with a comma separated list of parts."}, {"type": "image_url", "image_url": {"url": f"https://cdn.example/{uid(r)}.jpg"}}])])


def models_list(r, state):
    return "api.openai.com", "GET", "/v1/models", headers(r, RAW), None


def tokens(r, state):
    return "api.anthropic.com", "POST", "/v1/messages/count_tokens", headers(r, ANTHROPIC), {"model": "claude-sonnet-4-5", "messages": turns(r, 3)}


def transcribe(r, state):
    audio = base64.b64encode(f"--x\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n--x--{uid(r)}".encode()).decode()
    return "api.openai.com", "POST", "/v1/audio/transcriptions", headers(r, OPENAI_PY) | {"content-type": "multipart/form-data; boundary=x"}, {"base64": audio}


FAMILIES = {"traps": {make.__name__: make for make in (
    canned, shelf, plans, mostly_documents, first_documents_in_question, two_versions, two_sdks, four_languages, two_providers, terse_summary, terse_keywords, terse_email, terse_chat,
    short_a, short_b, short_c, schema_only, schema_other, same_agent_mail, same_agent_calendar, persona_page, image_captions, image_damage, models_list, tokens, transcribe)}}
