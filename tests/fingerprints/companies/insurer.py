# An insurer: one Python service with LangChain's habits, a handbook of two thousand words before nearly everything, a portal that brokers
# put their own words into.
from company import Fam, sub
from wire import *
from lex import *

F = Fam()


def fixed(key, dom, paragraphs):
    "a text that the company wrote once: the same in every call and for every seed"
    t = sub("insurer", key)
    return "\n\n".join(t.para(dom, 4, 7) for _ in range(paragraphs))


HANDBOOK = fixed("handbook", "finance", 14) + "\n\n" + fixed("conduct", "legal", 8)
SAFETY = fixed("safety", "legal", 4)
BROKERS = ["Alder & Sons", "Beacon Cover", "Cassel", "Dunmore", "Estuary", "Fjordline", "Grange", "Halden", "Ivory"]
HOUSE_STYLE = {broker: fixed(broker, "finance", 2) for broker in BROKERS}


def greeting(t):
    return f"Today is {t.date()}. Request {t.uuid()}. You assist {t.name()}.\n\n"


def customer(t):
    return f"Customer: {t.name()} (policy {t.n(10**6, 10**7)}), segment {t.c(['retail', 'broker', 'corporate'])}, {t.c(CITIES)}"


def looked_up(t, x, a=2, b=6):
    articles = t.r.sample(x.store("legal"), t.n(a, b))
    return "\n\n".join(f"[{at + 1}] (source: {t.c(['wording', 'circular', 'faq'])}-{t.n(100, 999)}.pdf)\n{article['text']}" for at, article in enumerate(articles))


def dialogue(t, dom, turns):
    messages = []
    for _ in range(turns):
        messages += [U(t.chatty(dom)), A(t.sent(dom))]
    return messages + [U(t.chatty(dom))]


def beneath_the_handbook(name, task, question, documents=None, dated=False, **how):
    "the whole handbook, one line that says the task, and what was looked up before or behind it"

    @F.add(name, "the same two thousand words, a task of one line")
    def _(t, x):
        start = (greeting(t) if dated else "") + HANDBOOK
        context = "Context:\n" + looked_up(t, x)
        said = {None: [start, task], "behind": [start, task, context], "before": [start, context, task]}[documents]
        return Call("\n\n".join(said), [U(question(t))], model="gpt-4o" if x.x < 0.6 else "gpt-4.1", temp=0.2, **how)


beneath_the_handbook(
    "wording-answers",
    "Task: answer questions about policy wordings from the context and cite the numbered sources.",
    lambda t: t.question("legal"),
    documents="behind",
)
beneath_the_handbook(
    "handbook-answers",
    "Task: you help employees find rules in the claims handbook; answer from the context only, in bullet points.",
    lambda t: t.question("hr"),
    documents="before",
)
beneath_the_handbook(
    "letter-writer",
    "Task: write a formal letter to the customer from the notes of the adjuster.",
    lambda t: f"Notes: {t.para('finance')}\n{customer(t)}",
    dated=True,
)
beneath_the_handbook(
    "letter-simplifier",
    "Task: rewrite the letter in plain language that a twelve year old understands.",
    lambda t: t.para("legal"),
)
beneath_the_handbook(
    "translate-german", "Task: translate the text into German; keep clause numbers.", lambda t: t.para("legal")
)
beneath_the_handbook(
    "fraud-hints",
    "Task: list what in this claim would make an experienced investigator suspicious.",
    lambda t: customer(t) + "\n" + t.para("finance"),
    dated=True,
)
beneath_the_handbook(
    "reserve",
    "Task: estimate the reserve for this claim in euro and explain the three largest drivers.",
    lambda t: t.para("finance"),
    schema=("reserve", obj_schema(amount="number", drivers="string")),
)
beneath_the_handbook(
    "call-summary",
    "Task: summarise the telephone call for the file.",
    lambda t: "\n".join(f"{t.c(['AGENT', 'CALLER'])}: {t.sent('support')}" for _ in range(t.n(6, 40))),
)


@F.add("claims-chat", "a date, a name and a profile around the handbook; dialogues of up to thirty turns")
def _(t, x):
    guide = "You are Clara, who guides people through reporting a claim. Ask one question at a time and never promise a payment."
    return Call(
        greeting(t) + HANDBOOK + "\n\n" + SAFETY + "\n\n" + guide + "\n\n" + customer(t),
        dialogue(t, "support", min(t.n(0, 30), t.n(0, 30))),
        model="gpt-4o",
        stream=True,
        sdk="apyo",
    )


def in_the_portal(name, task, messages):
    @F.add(name, "white label: every feature has the two paragraphs of one of nine brokers")
    def _(t, x):
        broker = t.c(BROKERS)
        return Call(
            f"You answer in the portal of {broker}.\n\n{HOUSE_STYLE[broker]}\n\n{SAFETY}\n\n{task}", messages(t), model="gpt-4.1-mini", sdk="apyo"
        )


in_the_portal("portal-chat", "Help the visitor find the right cover. Ask before you advise.", lambda t: dialogue(t, "finance", t.n(0, 8)))
in_the_portal(
    "portal-renewal",
    "Write the reminder that a policy ends soon, with what changed since last year.",
    lambda t: [U(f"{customer(t)}\nends {t.iso()}\n{t.sent('finance')}")],
)
in_the_portal(
    "portal-papers",
    "Say which of the papers that were asked for is still missing.",
    lambda t: [U("\n".join(f"- {t.title('legal')}.pdf" for _ in range(t.n(1, 8))))],
)


@F.add("intent", "the same four examples before each question: no dialogue, though it looks like one")
def _(t, x):
    examples = [
        U("I want to cancel"), A("cancel"), U("where is my money"), A("payout_status"),
        U("I crashed"), A("new_claim"), U("change my address please"), A("update_details"),
    ]  # fmt: skip
    instructions = "Classify the intent of the message. Answer with the label alone."
    return Call(instructions, [*examples, U(t.chatty("support"))], model="gpt-3.5-turbo" if x.x < 0.4 else "gpt-4o-mini", max=4, temp=0)


@F.add("map", "LangChain's own prompt, in the question")
def _(t, x):
    return Call(None, [U(f'Write a concise summary of the following:\n\n\n"{t.doc("legal")}"\n\n\nCONCISE SUMMARY:')], model="gpt-4o-mini", temp=0)


@F.add("reduce", "the same library's second step")
def _(t, x):
    summaries = "\n".join(t.sent("legal") for _ in range(t.n(3, 9)))
    return Call(
        None,
        [
            U(
                f"The following is a set of summaries of one claim file:\n\n{summaries}\n\nTake these and distill them into a final, "
                "consolidated summary of the main themes for the adjuster.\nHelpful Answer:"
            )
        ],
        model="gpt-4o-mini",
        temp=0,
    )


@F.add("broker-mail", "a prompt that is edited half way, another model later, signatures")
def _(t, x):
    brief = "Write a reply to the broker's mail below. Be brief, warm and exact; quote the clause you rely on."
    longer = (
        "Write a reply to the broker's mail below. Be warm and exact. Keep it under 120 words, quote the clause you rely on, and offer a "
        "call if a deadline is near."
    )
    return Call(
        (brief if x.x < 0.5 else longer) + f"\nSign as {t.name()}, {t.c(['Key accounts', 'Broker desk', 'Nordics'])}.",
        [U(f"From: {t.mail()}\nSubject: {t.title('legal')}\n\n{t.para('legal')}")],
        model="gpt-4o" if x.x < 0.7 else "gpt-4.1",
        temp=0.5,
    )


def judge(name, what, question):
    @F.add(name, "judges that differ in what they judge")
    def _(t, x):
        return Call("You are an impartial judge. " + what, [U(question(t, x))], model="gpt-4o", schema="json", temp=0, extra={"seed": 7})


judge(
    "judge-faithful",
    'Given a context and an answer, decide whether every statement of the answer follows from the context. Reply with JSON: {"faithful": 0 or 1, "reason": ...}',
    lambda t, x: f"Context:\n{looked_up(t, x)}\n\nAnswer:\n{t.para('legal')}",
)
judge(
    "judge-helpful",
    'Rate how helpful the assistant\'s reply is to the customer from 1 to 10. Reply with JSON: {"score": n, "why": ...}',
    lambda t, x: f"Customer: {t.chatty('support')}\n\nReply:\n{t.para('support')}",
)


def embeddings(name, model, dimensions, texts):
    @F.add(name, "embeddings: how many at once, and how long the answers are")
    def _(t, x):
        body = {"model": model, "input": texts(t), "dimensions": dimensions, "encoding_format": "base64"}
        return Call(raw=("POST", "/v1/embeddings", body, {"object": "list", "data": [], "usage": {"prompt_tokens": 9, "total_tokens": 9}}))


embeddings("embed-wordings", "text-embedding-3-large", 1024, lambda t: [t.para("legal") for _ in range(t.n(8, 40))])
embeddings("embed-questions", "text-embedding-3-large", 1024, lambda t: t.question("legal"))
embeddings("embed-claims", "text-embedding-3-small", 256, lambda t: f"claim: {t.sent('finance')} | place: {t.c(CITIES)} | date: {t.iso()}")
