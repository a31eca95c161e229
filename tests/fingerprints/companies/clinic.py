# E: health, learning and voice start-up. All endpoints; short prompts; parameters that carry meaning; Responses API; xAI.
from company import Fam
from wire import *
from lex import *

F = Fam()
R = dict(prov="responses")
SAFE = "Safety rules of Vitalia Health (v{v}):\n(a) You are not a doctor and you do not diagnose.\n(b) In an emergency tell the person to call the local emergency number.\n(c) Do not mention brands of medicines.\n(d) Do not store or repeat identity numbers.\n(e) Answer minors only with general information.\n(f) Keep a calm, warm tone and short sentences.\n"


def safe(t):
    return SAFE.format(v=t.c(["3.1", "3.1", "3.2"]))


def prof(t, x):
    u = t.c(x.users())
    return f"<profile>{json.dumps({'name':u['name'],'age':t.n(8,90),'city':u['city'],'goals':[t.np('medical') for _ in range(t.n(0,4))],'plan':u['plan']})}</profile>\n"


def health(name, task, msg, tags="shared safety rules + profile, short task", **k):
    @F.add(name, tags)
    def _(t, x):
        return Call(
            safe(t) + prof(t, x) + task,
            [U(msg(t))],
            sysrole="instructions",
            model="gpt-5-mini" if x.x < 0.6 else "gpt-5.1",
            max=t.n(100, 900),
            **{**R, **k},
        )


health(
    "symptom-diary", "Ask one follow-up question about the diary entry.", lambda t: f"{t.iso()} pain {t.n(0,10)}/10. {t.chatty('medical')}"
)
health("meal-tips", "Suggest one meal for tonight that fits the goals.", lambda t: t.chatty("shop"))
health("leaflet-explain", "Explain the passage of the leaflet in everyday words.", lambda t: t.doc("medical", 1, 2))
health(
    "doctor-letter",
    "Turn the notes into a letter to the family doctor.",
    lambda t: "\n".join("- " + t.clause("medical") for _ in range(t.n(3, 12))),
)
health(
    "doctor-questions",
    "List the questions the person should ask at the appointment.",
    lambda t: f"Appointment: {t.date()}, {t.word('medical',0)}\n{t.para('medical')}",
)


@F.add("coach-chat", "responses API, previous_response_id: only last message sent; stream")
def _(t, x):
    return Call(
        safe(t) + prof(t, x) + "You are the habit coach. Celebrate small wins.",
        [U(t.chatty("medical"))],
        sysrole="instructions",
        model="gpt-5-mini",
        stream=True,
        extra={"previous_response_id": "resp_" + t.hex(32)} if t.p(0.8) else {},
        **R,
    )


@F.add("yes-no", "very short")
def _(t, x):
    return Call(
        None,
        [U("Answer yes or no: is this question about health? " + t.question(t.c(["medical", "travel"])))],
        prov="openai",
        model="gpt-4.1-nano",
        max=1,
    )


@F.add("lang-detect", "very short")
def _(t, x):
    return Call(
        None,
        [U("ISO 639-1 code of this text: " + t.lang(t.c(["de", "en", "es", "ja", "ar", "fr"]), 1, 2))],
        prov="openai",
        model="gpt-4.1-nano",
        max=2,
    )


@F.add("age-guess", "very short")
def _(t, x):
    return Call(
        None, [U("Is the author of this text under 18? Reply 0-100. " + t.chatty("edu"))], prov="openai", model="gpt-4.1-nano", max=3
    )


def tutor(name, subj, extra, dom, eff):
    @F.add(name, "tutors: one wording, subject filled in by the feature, parameters differ")
    def _(t, x):
        q, k = x.session(t, 4)
        ms = []
        for _ in range(t.n(0, 6)):
            ms += [U(q.chatty("edu")), A(q.para("edu", 1, 3))]
        return Call(
            f"You are a patient tutor. Never give the solution away; ask the pupil for the next step.\nSubject: {subj}\n{extra}\nPupil: {q.c(FIRST)}, grade {q.n(3,12)}, {q.c(CITIES)}",
            ms + [U(q.chatty("edu"))],
            prov="xai" if t.p(0.5) else "openai",
            model=None,
            extra={"reasoning_effort": eff},
            stream=t.p(0.5),
        )


tutor("tutor-maths", "mathematics", "Write formulas in LaTeX and check every calculation twice.", "edu", "high")
tutor("tutor-history", "history", "Ask for the date and for two causes before you go on.", "edu", "low")


@F.add("essay-grader", "rubric json filled in; A/B wording")
def _(t, x):
    a = t.p(0.5)
    return Call(
        (
            "Grade the essay with the rubric. Return points per criterion."
            if a
            else "You are an examiner. For every criterion of the rubric below, award points and justify them in one sentence."
        )
        + "\n"
        + json.dumps([{"criterion": t.word("edu", 0), "max": t.n(3, 15)} for _ in range(t.n(3, 6))]),
        [U(t.doc("edu", 2, 5))],
        prov="openai",
        model="gpt-4o",
        schema=("grading", obj_schema(points={"type": "array", "items": {"type": "integer"}}, total="integer")),
    )


@F.add("quiz-maker", "few-shot examples random")
def _(t, x):
    return Call(
        None,
        [
            U(
                f"Make {t.n(3,12)} multiple choice questions from the text. Mark the right answer with *.\n\nExamples of our format:\n"
                + "\n".join(f"Q. {t.question('edu')}\n a) {t.np('edu')}\n*b) {t.np('edu')}\n c) {t.np('edu')}" for _ in range(t.n(1, 3)))
                + f"\n\nText:\n{t.doc('edu')}"
            )
        ],
        prov="openai",
        model="gpt-4o-mini",
    )


@F.add("tts-lesson", "audio speech, instructions text")
def _(t, x):
    return Call(
        raw=(
            "POST",
            "/v1/audio/speech",
            {
                "model": "gpt-4o-mini-tts",
                "voice": t.c(["alloy", "nova", "sage"]),
                "input": t.para("edu"),
                "instructions": "Speak slowly like a primary school teacher.",
                "response_format": "mp3",
            },
            "ID3" + t.hex(40),
        )
    )


@F.add("tts-reminder", "audio speech, short")
def _(t, x):
    return Call(
        raw=(
            "POST",
            "/v1/audio/speech",
            {
                "model": "tts-1",
                "voice": "shimmer",
                "input": f"Hello {t.c(FIRST)}, it is time for your {t.word('medical',0)}.",
                "response_format": "opus",
                "speed": t.c([1, 1.1]),
            },
            "OggS" + t.hex(40),
        )
    )


@F.add("stt-dictation", "multipart gpt-4o-transcribe with prompt")
def _(t, x):
    return Call(
        raw=(
            "POST",
            "/v1/audio/transcriptions",
            multipart(
                t,
                {"model": "gpt-4o-transcribe", "prompt": "Dictation of a physician. Spell out units. " + t.np("medical")},
                "rec.webm",
                "audio/webm",
            ),
            {"text": t.sent("medical")},
        )
    )


@F.add("stt-voicechat", "multipart whisper, language")
def _(t, x):
    return Call(
        raw=(
            "POST",
            "/v1/audio/transcriptions",
            multipart(
                t, {"model": "whisper-1", "language": t.c(["en", "de", "es"]), "temperature": "0"}, f"chunk-{t.n(1,99)}.wav", "audio/wav"
            ),
            {"text": t.sent("edu")},
        )
    )


@F.add("embed-leaflets", "embeddings 256 dims, documents")
def _(t, x):
    return Call(
        raw=(
            "POST",
            "/v1/embeddings",
            {"model": "text-embedding-3-large", "input": [t.para("medical", 2, 6) for _ in range(t.n(5, 40))], "dimensions": 1024},
            {"data": []},
        )
    )


@F.add("embed-dedupe", "embeddings 256 dims for duplicate detection of questions")
def _(t, x):
    return Call(
        raw=("POST", "/v1/embeddings", {"model": "text-embedding-3-large", "input": t.question("edu"), "dimensions": 256}, {"data": []})
    )


@F.add("embed-search", "embeddings 1024 dims, single query")
def _(t, x):
    return Call(
        raw=("POST", "/v1/embeddings", {"model": "text-embedding-3-large", "input": t.np("medical"), "dimensions": 1024}, {"data": []})
    )


@F.add("moderation-posts", "moderation with image")
def _(t, x):
    return Call(
        raw=(
            "POST",
            "/v1/moderations",
            {
                "model": "omni-moderation-latest",
                "input": [{"type": "text", "text": t.chatty("edu")}, {"type": "image_url", "image_url": {"url": t.url()}}],
            },
            {"results": []},
        )
    )


@F.add("models-list", "GET")
def _(t, x):
    return Call(raw=("GET", "/v1/models", None, {"object": "list", "data": []}))


@F.add("batch-files", "files upload + batches create/poll: one feature, several endpoints")
def _(t, x):
    k = t.n(0, 2)
    if k == 0:
        return Call(
            raw=(
                "POST",
                "/v1/files",
                multipart(t, {"purpose": "batch"}, f"nightly-{t.date()}.jsonl", "application/jsonl"),
                {"id": "file-" + t.hex(20)},
            )
        )
    if k == 1:
        return Call(
            raw=(
                "POST",
                "/v1/batches",
                {
                    "input_file_id": "file-" + t.hex(20),
                    "endpoint": "/v1/chat/completions",
                    "completion_window": "24h",
                    "metadata": {"job": "nightly-leaflets", "run": t.uuid()},
                },
                {"id": "batch_" + t.hex(20)},
            )
        )
    return Call(raw=("GET", "/v1/batches/batch_" + t.hex(24), None, {"status": "in_progress"}))


@F.add("web-research", "responses with web_search tool; xai fallback no")
def _(t, x):
    return Call(
        None,
        [
            U(
                f"Find studies from {t.n(2019,2026)} or later on {t.np('medical')} and {t.np('medical')}. Give title, year, link, one sentence each."
            )
        ],
        tools=[{"type": "web_search", "user_location": {"type": "approximate", "country": t.c(["US", "DE", "JP"])}}],
        model="gpt-5",
        extra={"reasoning": {"effort": t.c(["low", "medium"])}},
        **R,
    )


@F.add("live-search", "xai live search")
def _(t, x):
    return Call(
        None,
        [U(f"What do people on X say today about {t.title('news')}? {t.n(2,5)} sentences.")],
        prov="xai",
        model="grok-4",
        extra={"search_parameters": {"mode": "on", "sources": [{"type": "x"}], "from_date": f"2026-11-{t.n(1,20):02}"}},
    )


@F.add("appointment-voice", "voice agent tools; locale variants de/en of instructions; sessions")
def _(t, x):
    q, k = x.session(t, 4)
    de = q.p(0.5)
    ms = []
    for _ in range(t.n(0, 10)):
        ms += [U(q.de() if de else q.chatty("medical")), A(q.de() if de else q.sent("medical"))]
    return Call(
        (
            f"Du bist die Telefonassistenz der Praxis Dr. {q.c(LAST)}. Sprich in kurzen Sätzen, ohne Aufzählungen. Biete nur freie Termine an."
            if de
            else f"You are the telephone assistant of the practice of Dr {q.c(LAST)}. Speak in short sentences, no lists. Offer only free slots."
        ),
        ms + [U(q.de() if de else q.chatty("medical"))],
        prov="openai",
        model="gpt-4o-mini",
        stream=True,
        tools=[
            tool("free_slots", "Free slots of a day", day="ISO date"),
            tool("book", "Books a slot", slot="ISO time", patient="name"),
            tool("hang_up", "Ends the call"),
        ],
        temp=0.3,
        sdk="go",
    )


@F.add("pill-photo", "vision, json")
def _(t, x):
    return Call(
        'Read the text on the packaging. Return {"lines": []}.',
        [U([IMG(t.b64())])],
        prov="openai",
        model="gpt-4o",
        schema="json",
        parts=True,
    )


# --- second part: harder; features that differ in a parameter alone
def par(name, tags, **k):
    @F.add(name, "same text, only a parameter differs: " + tags)
    def _(t, x):
        return Call("Extract the data from the note.", [U(t.para("medical", 2, 6))], prov="openai", model="gpt-4o-mini", temp=0, **k)


par(
    "extract-symptoms",
    "schema name/fields",
    schema=("symptoms", obj_schema(symptoms={"type": "array", "items": {"type": "string"}}, onset="string")),
)
par("extract-medication", "schema name/fields", schema=("medication", obj_schema(drug="string", dose="string", times_per_day="integer")))
par("extract-vitals", "schema name/fields", schema=("vitals", obj_schema(pulse="integer", systolic="integer", diastolic="integer")))


def summ(name, mx):
    @F.add(name, "same text, only max_tokens differs (60 / 900)")
    def _(t, x):
        return Call("Summarise the article.", [U(t.doc("news", 2, 4))], prov="openai", model="gpt-4o-mini", max=mx, temp=0.3)


summ("summary-card", 60)
summ("summary-page", 900)


def stored(name, pid, ver):
    @F.add(name, "stored prompt id in responses API; version bump half way")
    def _(t, x):
        return Call(
            None,
            [U(t.chatty("edu"))],
            prov="responses",
            model="gpt-5-mini",
            extra={"prompt": {"id": pid, "version": str(ver + (x.x > 0.5)), "variables": {"pupil": t.c(FIRST), "grade": str(t.n(1, 12))}}},
        )


stored("stored-feedback", "pmpt_68af12c9d0448190a1b7", 3)
stored("stored-hint", "pmpt_68b3990e17bc8193ffe2", 7)


@F.add("legacy-completion", "/v1/completions")
def _(t, x):
    return Call(
        raw=(
            "POST",
            "/v1/completions",
            {
                "model": "gpt-3.5-turbo-instruct",
                "prompt": f"Continue the story for children in one paragraph.\n\n{t.para('edu')}",
                "max_tokens": t.n(50, 300),
                "temperature": 0.9,
            },
            {"choices": [{"text": t.sent("edu")}]},
        )
    )


@F.add("realtime-session", "client secrets with instructions")
def _(t, x):
    return Call(
        raw=(
            "POST",
            "/v1/realtime/client_secrets",
            {
                "session": {
                    "type": "realtime",
                    "model": "gpt-realtime",
                    "instructions": f"You are the phone voice of Vitalia. Greet {t.name()} by name. Today is {t.date()}.",
                    "audio": {"output": {"voice": "marin"}},
                }
            },
            {"value": "ek_" + t.hex(20)},
        )
    )


@F.add("image-edit", "multipart image edit")
def _(t, x):
    return Call(
        raw=(
            "POST",
            "/v1/images/edits",
            multipart(
                t, {"model": "gpt-image-1", "prompt": f"Remove the background and put {t.np('shop')} next to it"}, "photo.png", "image/png"
            ),
            {"data": []},
        )
    )


@F.add("user-tagged-chat", "random user/metadata/prompt_cache_key/safety_identifier fields")
def _(t, x):
    return Call(
        "You help parents to understand their child's homework.",
        [U(t.chatty("edu"))],
        prov="openai",
        model="gpt-4o-mini",
        extra={
            "user": t.uuid(),
            "metadata": {"school": t.brand(), "request": t.hex(8)},
            "safety_identifier": t.hex(16),
            "store": t.p(0.5),
            "seed": t.n(1, 99999),
        },
        stream=t.p(0.5),
    )
