"""Documents out of few, filled in wherever they can be: behind a task beneath a preamble, into templates, into minutes. What differs from
call to call is a document; what differs from feature to feature is a sentence or two."""

from craft import *  # noqa: F403

SHELF = [
    "Returns are accepted within 30 days of delivery if the item is unused and in its original packaging. Refunds go to the original way of payment.",
    "Standard shipping takes 3 to 5 business days. Express orders placed before 2 pm leave the same day. We do not ship to post boxes.",
    "Gift cards never expire and cannot be exchanged for cash. Lost cards can be replaced with proof of purchase.",
    "Our warranty covers manufacturing defects for two years. Damage from drops, liquids or unauthorised repairs is excluded.",
    "Members earn one point for each euro. Points are credited after 14 days and expire after 18 months without a purchase.",
    "To change the delivery address open My Orders, choose the order and tap Edit address. This works until the parcel is packed.",
    "The mobile app supports iOS 16 and Android 11 or newer. Older devices can use the website in a browser.",
    "Corporate customers receive invoices with a payment term of 30 days. The limit depends on the credit check.",
    "Batteries and aerosols can only be sent by ground transport. Please allow two more days for these articles.",
    "Price matching applies to identical articles at authorised dealers, not to clearance or marketplace offers.",
    "Installation of large appliances can be booked at checkout. The old appliance is taken back for free.",
    "Newsletter vouchers cannot be combined and are valid once per household.",
]
BRAND = "You are an AI assistant of Bluebird Retail. Always be polite. Never mention competitors. Answer in the language of the user. Keep answers under 150 words."


def beneath(r, task, most):
    shelf = "\n---\n".join(r.sample(SHELF, r.randint(1, most)))
    return system(f"{BRAND}\n\nYour task: {task}\n\nCurrent date: {date(r)}\nUser: {name(r)}\nSession: {uid(r)}\n\nDocuments:\n{shelf}")


def support(r, state):
    return chat(r, [beneath(r, "answer questions of customers about orders and deliveries with the documents below. If the answer is not in them, offer a hand-over to a human.", 3), user(question(r))])


def sales(r, state):
    return chat(r, [beneath(r, "recommend articles that fit what the customer describes. Ask at most one question back. Mention one matching accessory.", 3), user(question(r))])


def staff(r, state):
    return chat(r, [beneath(r, "help store employees with internal procedures such as cash closing, stock counts and shift swaps. Do not talk to customers.", 1), user(question(r))])


def review(r, state):
    return chat(r, [user(f"Analyse this product review and answer with JSON containing sentiment, topics and a summary.\n\nReview by {name(r)} on {date(r)}: {r.choice(SHELF)}")])


def reply(r, state):
    return chat(r, [user(f"Write a friendly public reply to this product review. Thank the author by first name and invite them to contact support if something went wrong.\n\nReview by {name(r)} on {date(r)}: {r.choice(SHELF)}")])


def faq(r, state):
    return chat(r, [user(f"Generate five frequently asked questions with answers from the following policy text. Number them.\n\n{r.choice(SHELF)}\n\nLanguage: {r.choice(['en', 'de', 'fr'])}")])


def minutes(r, state):
    said = "\n".join(f"{name(r)}: {r.choice(SHELF)}" for _ in range(r.randint(3, 8)))
    return claude(r, f"You write minutes for {name(r)}. Date: {long_date(r)}. List attendees, decisions and action items with owner and due date. Leave out small talk.", [user(said)])


def mail(r, state):
    return claude(r, f"You draft e-mails for {name(r)}. Date: {long_date(r)}. Write in a professional tone, with a subject line, and end with the sender's first name.", [user(f"Write to {name(r)} about: {question(r)}")])


def embedding(purpose, given):
    def make(r, state):
        body = {"model": "models/gemini-embedding-001", "content": {"parts": [{"text": given(r)}]}, "taskType": purpose}
        return "generativelanguage.googleapis.com", "POST", "/v1beta/models/gemini-embedding-001:embedContent", headers(r, GOOGLE), body
    return make


def stored(prompt, given):
    def make(r, state):
        body = {"model": "gpt-5", "prompt": {"id": prompt, "version": str(r.randint(1, 3)), "variables": {"name": name(r), "text": given(r)}}}
        return "api.openai.com", "POST", "/v1/responses", headers(r, OPENAI_JS), body
    return make


FAMILIES = {
    "shelves": {
        "support": support, "sales": sales, "staff": staff, "review": review, "reply": reply, "faq": faq, "minutes": minutes, "mail": mail,
        "index": embedding("RETRIEVAL_DOCUMENT", lambda r: r.choice(SHELF)), "query": embedding("RETRIEVAL_QUERY", question),
        "letter": stored("pmpt_68a1f0c2e4b08190", question), "digest": stored("pmpt_7bd90e11aa518190", lambda r: r.choice(SHELF)),
    },
}
