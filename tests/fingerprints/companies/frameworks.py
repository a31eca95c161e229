# D: an enterprise where each team picked another framework and left the library's default prompts in place.
from company import Fam
from wire import *
from lex import *

F = Fam()
O = dict(prov="openai")


def fil(t, x, dom, a=1, b=8):
    return t.r.sample(x.store(dom), t.n(a, b))


QA = "Use the following pieces of context to answer the question at the end. If you don't know the answer, just say that you don't know, don't try to make up an answer.\n\n{c}\n\nQuestion: {q}\nHelpful Answer:"


@F.add("lc-stuff-hr", "LangChain stuff QA default; HR store")
def _(t, x):
    return Call(
        None,
        [U(QA.format(c="\n\n".join(a["text"] for a in fil(t, x, "hr")), q=t.question("hr")))],
        model="gpt-3.5-turbo" if x.x < 0.5 else "gpt-4o-mini",
        temp=0.7,
        sdk="py",
        **O,
    )


@F.add("lc-condense", "LangChain condense question default")
def _(t, x):
    return Call(
        None,
        [
            U(
                "Given the following conversation and a follow up question, rephrase the follow up question to be a standalone question, in its original language.\n\nChat History:\n"
                + "\n".join(f"Human: {t.question('hr')}\nAssistant: {t.sent('hr')}" for _ in range(t.n(1, 6)))
                + f"\nFollow Up Input: {t.question('hr')}\nStandalone question:"
            )
        ],
        model="gpt-3.5-turbo",
        temp=0,
        **O,
    )


@F.add("lc-mapreduce-map", "LangChain summarize default: map and combine use the same prompt")
def _(t, x):
    return Call(
        None,
        [U(f"Write a concise summary of the following:\n\n\n\"{t.doc('legal')}\"\n\n\nCONCISE SUMMARY:")],
        model="gpt-4o-mini",
        temp=0,
        **O,
    )


@F.add("lc-refine", "LangChain refine")
def _(t, x):
    return Call(
        None,
        [
            U(
                f"Your job is to produce a final summary.\nWe have provided an existing summary up to a certain point: {t.para('legal')}\nWe have the opportunity to refine the existing summary (only if needed) with some more context below.\n------------\n{t.doc('legal')}\n------------\nGiven the new context, refine the original summary.\nIf the context isn't useful, return the original summary."
            )
        ],
        model="gpt-4o-mini",
        temp=0,
        **O,
    )


@F.add("lc-react-agent", "ReAct in one user message, scratchpad grows")
def _(t, x):
    tl = t.r.sample(["Search", "Calculator", "Wikipedia", "SQL", "Weather", "Calendar"], t.n(3, 6))
    q, k = x.session(t, 5)
    sc = "".join(
        f"Thought: {q.sent('finance')}\nAction: {q.c(['Search','Calculator','SQL'])}\nAction Input: {q.np('finance')}\nObservation: {q.para('finance',1,3)}\n"
        for _ in range(t.n(0, 10))
    )
    return Call(
        None,
        [
            U(
                "Answer the following questions as best you can. You have access to the following tools:\n\n"
                + "\n".join(f"{n}: useful for when you need to {q.clause('finance')}" for n in tl)
                + f"\n\nUse the following format:\n\nQuestion: the input question you must answer\nThought: you should always think about what to do\nAction: the action to take, should be one of [{', '.join(tl)}]\nAction Input: the input to the action\nObservation: the result of the action\n... (this Thought/Action/Action Input/Observation can repeat N times)\nThought: I now know the final answer\nFinal Answer: the final answer to the original input question\n\nBegin!\n\nQuestion: {q.question('finance')}\nThought:{sc}"
            )
        ],
        model="gpt-4o",
        temp=0,
        extra={"stop": ["\nObservation"]},
        **O,
    )


LISYS = "You are an expert Q&A system that is trusted around the world.\nAlways answer the query using the provided context information, and not prior knowledge.\nSome rules to follow:\n1. Never directly reference the given context in your answer.\n2. Avoid statements like 'Based on the context, ...' or 'The context information ...' or anything along those lines."


@F.add("li-qa-maintenance", "LlamaIndex default text QA; maintenance manuals")
def _(t, x):
    return Call(
        LISYS,
        [
            U(
                "Context information is below.\n---------------------\n"
                + "\n\n".join(f"page_label: {t.n(1,300)}\nfile_path: /data/manuals/{a['id']}.pdf\n\n{a['text']}" for a in fil(t, x, "iot"))
                + f"\n---------------------\nGiven the context information and not prior knowledge, answer the query.\nQuery: {t.question('iot')}\nAnswer: "
            )
        ],
        model="gpt-4o",
        temp=0.1,
        sdk="py@1.54.3" if x.x < 0.6 else "py@2.8.0",
        **O,
    )


@F.add("li-refine", "LlamaIndex refine default")
def _(t, x):
    return Call(
        "You are an expert Q&A system that strictly operates in two modes when refining existing answers:\n1. **Rewrite** an original answer using the new context.\n2. **Repeat** the original answer if the new context isn't useful.\nNever reference the original answer or context directly in your answer.\nWhen in doubt, just repeat the original answer.",
        [U(f"New Context: {fil(t,x,'iot',1,1)[0]['text']}\nQuery: {t.question('iot')}\nOriginal Answer: {t.sent('iot')}\nNew Answer: ")],
        model="gpt-4o",
        temp=0.1,
        **O,
    )


@F.add("li-choice-rerank", "LlamaIndex LLM rerank")
def _(t, x):
    return Call(
        None,
        [
            U(
                "A list of documents is shown below. Each document has a number next to it along with a summary of the document. A question is also provided. \nRespond with the numbers of the documents you should consult to answer the question, in order of relevance, as well \nas the relevance score. The relevance score is a number from 1-10 based on how relevant you think the document is to the question.\nDo not include any documents that are not relevant to the question. \n\n"
                + "\n\n".join(f"Document {i+1}:\n{a['text']}" for i, a in enumerate(fil(t, x, "iot", 3, 8)))
                + f"\n\nQuestion: {t.question('iot')}\nAnswer:\n"
            )
        ],
        model="gpt-4o-mini",
        temp=0,
        **O,
    )


def insnt(name, desc, params, user, dom, doc):
    @F.add(name, "instructor: no system, function schema is the prompt")
    def _(t, x):
        return Call(
            None,
            [U((user + "\n\n" if user else "") + doc(t, dom))],
            model="gpt-4o-mini",
            tools=[
                {
                    "name": desc[0],
                    "desc": f"Correctly extracted `{desc[0]}` with all the required parameters with correct types",
                    "params": obj_schema(**params),
                }
            ],
            choice=desc[0],
            rtool=desc[0],
            sdk="py",
            **O,
        )


insnt(
    "in-resume",
    ("Resume",),
    dict(name="string", skills={"type": "array", "items": {"type": "string"}}, years="integer"),
    "",
    "hr",
    lambda t, d: f"{t.name()}\n{t.mail()}\n" + t.doc(d),
)
insnt(
    "in-invoice",
    ("Invoice",),
    dict(number="string", total="number", vat="number"),
    "",
    "finance",
    lambda t, d: f"{t.brand()}\nInvoice {t.ref()} {t.date()}\n" + "\n".join(f"{t.np(d)} {t.num()}" for _ in range(t.n(2, 9))),
)
insnt(
    "in-meeting",
    ("MeetingNotes",),
    dict(attendees={"type": "array", "items": {"type": "string"}}, decisions={"type": "array", "items": {"type": "string"}}),
    "Extract:",
    "hr",
    lambda t, d: "\n".join(f"{t.c(FIRST)}: {t.sent(d)}" for _ in range(t.n(5, 25))),
)


def dspy(name, fields, outs, instr, dom):
    @F.add(name, "DSPy chat adapter; demos random")
    def _(t, x):
        f = lambda k: f"[[ ## {k} ## ]]\n"
        sy = (
            "Your input fields are:\n"
            + "\n".join(f"{i+1}. `{a}` (str)" for i, a in enumerate(fields))
            + "\nYour output fields are:\n"
            + "\n".join(f"{i+1}. `{a}` (str)" for i, a in enumerate(outs))
            + "\nAll interactions will be structured in the following way, with the appropriate values filled in.\n\n"
            + "\n\n".join(f(a) + "{" + a + "}" for a in fields + outs)
            + "\n\n[[ ## completed ## ]]\nIn adhering to this structure, your objective is: \n        "
            + instr
        )
        ms = []
        for _ in range(t.n(0, 4)):
            ms += [
                U("\n\n".join(f(a) + t.sent(dom) for a in fields)),
                A("\n\n".join(f(a) + t.sent(dom) for a in outs) + "\n\n[[ ## completed ## ]]"),
            ]
        return Call(
            sy,
            ms
            + [
                U(
                    "\n\n".join(f(a) + t.para(dom) for a in fields)
                    + f"\n\nRespond with the corresponding output fields, starting with the field `[[ ## {outs[0]} ## ]]`, and then ending with the marker for `[[ ## completed ## ]]`."
                )
            ],
            model="gpt-4o-mini",
            temp=0,
            sdk="py",
            **O,
        )


dspy("dspy-triage", ["report"], ["reasoning", "department"], "Decide which hospital department should see the patient.", "medical")
dspy("dspy-hop", ["claim", "notes"], ["query"], "Given a claim and notes, produce the next search query.", "news")
dspy("dspy-judge", ["question", "answer_a", "answer_b"], ["reasoning", "winner"], "Compare two answers and name the winner.", "edu")


@F.add("vercel-chat", "Vercel AI SDK, responses API, stream")
def _(t, x):
    q, k = x.session(t, 4)
    ms = []
    for _ in range(t.n(0, 8)):
        ms += [U([TX(q.chatty("travel"))]), {"r": "assistant", "t": [("text", q.para("travel", 1, 3))]}]
    c = Call(
        "You are Marlo, a travel concierge inside the airline app. Today is "
        + t.date()
        + f". The traveller is {q.name()} ({q.c(['Blue','Silver','Gold'])} tier, home airport {q.c(CITIES)}). Prefer our own flights. Never quote a price that a tool did not return.",
        ms + [U([TX(q.chatty("travel"))])],
        prov="responses",
        model="gpt-5-mini",
        stream=True,
        tools=[
            tool("searchFlights", "Search flights", origin="IATA", destination="IATA", date="ISO date"),
            tool("getBooking", "Get booking by reference", reference="PNR"),
        ],
        sdk="vercel@5.0.12" if x.x < 0.5 else "vercel@6.0.3",
    )
    return c


@F.add("vercel-object", "generateObject")
def _(t, x):
    return Call(
        None,
        [U(f"Generate a {t.n(2,10)}-day itinerary for {t.c(CITIES)} with a focus on {t.word('travel',0)} and {t.word('travel',0)}.")],
        prov="responses",
        model="gpt-5-mini",
        schema=("response", obj_schema(days={"type": "array", "items": obj_schema(day="integer", morning="string", afternoon="string")})),
        sdk="vercel",
    )


@F.add("vercel-suggest", "follow-up suggestions after a chat turn")
def _(t, x):
    return Call(
        "Given the last exchange, propose three follow-up questions that the traveller may tap. At most six words each. Return a JSON array.",
        [U(f"Traveller: {t.chatty('travel')}\nMarlo: {t.para('travel',1,3)}")],
        prov="responses",
        model="gpt-5-nano",
        sysrole="developer",
        sdk="vercel",
    )


@F.add("playground", "employee chat without any system prompt; raw text; models vary")
def _(t, x):
    q, k = x.session(t, 3)
    d = q.c(list(DOM))
    ms = []
    for _ in range(t.n(0, 5)):
        ms += [U(q.chatty(d)), A(q.para(d, 1, 4))]
    return Call(
        None,
        ms + [U(q.chatty(d))],
        prov=q.c(["openai", "openai", "openrouter", "xai"]),
        model=q.c(["gpt-4o", "gpt-5-mini", "grok-4"]),
        stream=True,
        temp=round(q.r.random(), 1),
        sdk="js",
    )


@F.add("pandas-agent", "LangChain pandas df agent")
def _(t, x):
    hd = (
        "|    | "
        + " | ".join(t.c(GEN_N) for _ in range(t.n(3, 8)))
        + " |\n|---|\n"
        + "\n".join(f"| {i} | " + " | ".join(str(t.n(0, 999)) for _ in range(5)) + " |" for i in range(5))
    )
    return Call(
        f"You are working with a pandas dataframe in Python. The name of the dataframe is `df`.\nThis is the result of `print(df.head())`:\n{hd}",
        [U(t.question("finance"))],
        model="gpt-4o",
        tools=[tool("python_repl_ast", "A Python shell. Use this to execute python commands.", query="code snippet to run")],
        **O,
    )


@F.add("graph-extract", "GraphRAG entity extraction, long few-shot constant")
def _(t, x):
    return Call(
        None,
        [
            U(
                f"-Goal-\nGiven a text document that is potentially relevant to this activity and a list of entity types, identify all entities of those types from the text and all relationships among the identified entities.\n\n-Steps-\n1. Identify all entities. For each identified entity, extract entity_name, entity_type, entity_description.\n2. From the entities identified in step 1, identify all pairs of (source_entity, target_entity) that are *clearly related* to each other.\n3. When finished, output <|COMPLETE|>\n\n######################\n-Real Data-\n######################\nEntity_types: {','.join(t.r.sample(['organization','person','geo','event','product','law'],t.n(2,5)))}\nText: {t.doc('news')}\n######################\nOutput:"
            )
        ],
        model="gpt-4o",
        temp=0,
        max=4000,
        **O,
    )


@F.add("contextual-chunk", "contextual retrieval, prompt caching on document; same document many times")
def _(t, x):
    q, k = x.session(t, 10)
    ps = [q.para("legal") for _ in range(12)]
    return Call(
        None,
        [
            U(
                f"<document>\n{chr(10).join(ps)}\n</document>\nHere is the chunk we want to situate within the whole document\n<chunk>\n{t.c(ps)}\n</chunk>\nPlease give a short succinct context to situate this chunk within the overall document for the purposes of improving search retrieval of the chunk. Answer only with the succinct context and nothing else."
            )
        ],
        prov="anthropic",
        model="claude-3-haiku-20240307",
        sdk="apy",
    )


@F.add("hyde", "HyDE, one line")
def _(t, x):
    return Call(
        None,
        [
            U(
                f"Please write a passage to answer the question\nTry to include as many key details as possible.\n\n\n{t.question('iot')}\n\n\nPassage:\"\"\"\n"
            )
        ],
        model="gpt-4o-mini",
        temp=0,
        **O,
    )


@F.add("ragas-faithfulness", "evaluation")
def _(t, x):
    return Call(
        None,
        [
            U(
                "Given a question and an answer, analyze the complexity of each sentence in the answer. Break down each sentence into one or more fully understandable statements. Ensure that no pronouns are used in any statement. Format the outputs in JSON.\nPlease return the output in a JSON format that complies with the following schema.\n\nInput: "
                + json.dumps({"question": t.question("iot"), "answer": t.para("iot", 1, 4)})
                + "\nOutput: "
            )
        ],
        model="gpt-4o",
        temp=0.01,
        extra={"n": 1},
        **O,
    )


@F.add("embed-lc-docs", "LangChain embeddings: token ids instead of text")
def _(t, x):
    return Call(
        raw=(
            "POST",
            "/v1/embeddings",
            {
                "model": "text-embedding-ada-002",
                "input": [[t.n(1, 100000) for _ in range(t.n(50, 300))] for _ in range(t.n(3, 16))],
                "encoding_format": "base64",
            },
            {"data": []},
        )
    )


@F.add("embed-lc-query", "token ids, single, short")
def _(t, x):
    return Call(
        raw=(
            "POST",
            "/v1/embeddings",
            {"model": "text-embedding-ada-002", "input": [[t.n(1, 100000) for _ in range(t.n(4, 20))]], "encoding_format": "base64"},
            {"data": []},
        )
    )


# --- second part: harder
@F.add("lc-stuff-it", 'LangChain stuff QA default, twin of lc-stuff-hr: other store, sources, "Answer in German"')
def _(t, x):
    return Call(
        None,
        [
            U(
                QA.format(
                    c="\n\n".join(f"Source: itwiki/{a['id']}\n{a['text']}" for a in fil(t, x, "support")),
                    q=t.question("support") + "\nAnswer in German.",
                )
            )
        ],
        model="gpt-4o-mini",
        temp=0.7,
        sdk="py",
        **O,
    )


def handoff(name, ins, tools):
    @F.add(name, "OpenAI Agents SDK: handoff prompt prefix shared")
    def _(t, x):
        q, k = x.session(t, 4)
        ms = []
        for _ in range(t.n(0, 6)):
            ms += [U(q.chatty("travel")), A(q.sent("travel"))]
        return Call(
            "# System context\nYou are part of a multi-agent system called the Agents SDK, designed to make agent coordination and execution easy. Agents uses two primary abstraction: **Agents** and **Handoffs**. Handoffs are achieved by calling a handoff function, generally named `transfer_to_<agent_name>`. Transfers between agents are handled seamlessly in the background; do not mention or draw attention to these transfers in your conversation with the user.\n\n"
            + ins,
            ms + [U(q.chatty("travel"))],
            sysrole="instructions",
            prov="responses",
            model="gpt-4.1",
            tools=tools,
            sdk="apyo@1.86.0" if x.x < 0.5 else "apyo@2.3.0",
        )


TA = lambda n: tool("transfer_to_" + n, f"Handoff to the {n} agent to handle the request.")
handoff("oa-triage", "You are a helpful triaging agent. Delegate to the right agent.", [TA("faq"), TA("seats")])
handoff(
    "oa-faq",
    "You are an FAQ agent. Identify the last question and use the lookup tool; do not rely on your own knowledge.",
    [tool("faq_lookup", "Lookup frequently asked questions.", question="q"), TA("triage")],
)
handoff(
    "oa-seats",
    "You are a seat booking agent. Ask for the confirmation number, then for the desired seat.",
    [tool("update_seat", "Update the seat.", confirmation_number="c", new_seat="s"), TA("triage")],
)


@F.add("lg-supervisor", "LangGraph supervisor, workers filled in")
def _(t, x):
    w = t.r.sample(W("researcher coder writer analyst lawyer designer"), t.n(2, 4))
    return Call(
        f"You are a supervisor tasked with managing a conversation between the following workers: {w}. Given the following user request, respond with the worker to act next. Each worker will perform a task and respond with their results and status. When finished, respond with FINISH.",
        [U(t.chatty("finance"))] + [{"r": "user", "t": t.para("finance", 1, 4)} for _ in range(t.n(0, 5))],
        model="gpt-4o",
        schema=("Router", obj_schema(next="string")),
        **O,
    )


@F.add("mem0-facts", "memory extraction")
def _(t, x):
    return Call(
        f"You are a Personal Information Organizer, specialized in accurately storing facts, user memories, and preferences. Extract relevant pieces of information from conversations and organize them into distinct, manageable facts.\n- Today's date is {t.date()}.\n- Do not return anything from the custom few shot example prompts provided above.",
        [U("Input:\n" + "\n".join(f"{r}: {t.chatty('travel')}" for r in ["user", "assistant"] * t.n(1, 4)))],
        model="gpt-4o-mini",
        schema="json",
        **O,
    )


@F.add("mem0-update", "memory update; memories as JSON in prompt")
def _(t, x):
    return Call(
        None,
        [
            U(
                "You are a smart memory manager which controls the memory of a system. You can perform four operations: (1) add into the memory, (2) update the memory, (3) delete from the memory, and (4) no change.\n\nBelow is the current content of my memory which I have collected till now:\n```\n"
                + json.dumps([{"id": str(i), "text": t.sent("travel")} for i in range(t.n(0, 12))])
                + "\n```\nThe new retrieved facts are mentioned in the triple backticks:\n```\n"
                + json.dumps([t.sent("travel") for _ in range(t.n(1, 4))])
                + "\n```"
            )
        ],
        model="gpt-4o-mini",
        schema="json",
        **O,
    )
