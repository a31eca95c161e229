# B: agents company on Anthropic. Coding assistant, parallel agents, planner/worker, MCP, CrewAI, AutoGen.
from company import Fam
from wire import *
from lex import *

F = Fam()
FS = [
    tool(
        "read_file",
        "Reads a file from the repository. Returns the content with line numbers.",
        path="Path relative to the repository root",
        offset_={"type": "integer"},
        limit_={"type": "integer"},
    ),
    tool("write_file", "Writes a file, replacing what was there.", path="Path", content="The whole content"),
    tool("edit_file", "Replaces old_string by new_string in a file.", path="Path", old_string="Exact text", new_string="Replacement"),
    tool("bash", "Runs a shell command in the sandbox and returns its output.", command="The command", timeout_={"type": "integer"}),
    tool("grep", "Searches file contents with a regular expression.", pattern="Regex", glob_="File glob"),
    tool("list_dir", "Lists a directory.", path="Directory"),
    tool("todo_write", "Replaces the list of tasks.", todos={"type": "array", "items": {"type": "string"}}),
    tool("web_fetch", "Fetches a web page as markdown.", url="Address"),
]
MCP_POOL = [
    tool(f"mcp__{s}__{v}_{o}", f"{v.title()} {o}s in {s.title()}", id_="Identifier", query_="Filter", payload_={"type": "object"})
    for s, os in {
        "jira": ["issue", "sprint", "board"],
        "github": ["pull_request", "issue", "workflow_run", "branch"],
        "slack": ["message", "channel"],
        "notion": ["page", "database"],
        "linear": ["issue", "cycle"],
        "sentry": ["event", "release"],
        "postgres": ["query"],
    }.items()
    for o in os
    for v in ["create", "list", "get", "update"]
]


def loop(q, tools, steps, first, d="iot", codey=0.7):
    ms = [U(first)]
    for j in range(steps):
        k = 1 if q.p(0.8) else 2
        calls = []
        for _ in range(k):
            tl = q.c(tools)
            calls.append(
                (
                    "toolu_" + q.hex(20),
                    tl["name"],
                    {a: (q.path() if "path" in a else q.c(GEN_N) + " " + q.c(GEN_N)) for a in tl["params"]["properties"]},
                )
            )
        ms.append(TC(*calls, text=q.sent(d) if q.p(0.5) else None))
        for c in calls:
            ms.append(TR(c[0], c[1], q.code() if q.p(codey) else q.c([json.dumps(q.obj(d)), q.para(d), "ok", f"error: {q.sent(d)}"])))
    return ms


def env(q):
    return (
        f"<env>\nWorking directory: /home/{q.c(FIRST).lower()}/{q.c(SYL)}{q.c(SYL)}-{q.c(GEN_N)}\nIs git repo: {q.c(['Yes','No'])}\nPlatform: {q.c(['linux','darwin'])}\nToday's date: {q.date()}\n</env>\n<git_status>\nCurrent branch: {q.c(['main','dev','feat/'+q.c(GEN_N)])}\nRecent commits:\n"
        + "\n".join(f"{q.hex(7)} {q.sent('iot')[:60]}" for _ in range(q.n(2, 5)))
        + "\n</git_status>"
    )


CORE = """You are Forge, a software engineering assistant that works in the user's repository.

# Tone
Be concise. Do not explain code unless asked. Never use emoji.

# Conventions
Before you change a file, read it and imitate its style. Never assume that a library is available: look at the manifest first. Do not add comments unless asked.

# Doing tasks
Search before you edit. Run the linter and the tests after a change. Never commit unless the user says so.

# Safety
Refuse to write malware. Never print secrets, keys or tokens."""


@F.add("forge-main", "coding agent; MCP tools vary per session; dialogues grow; cached; stream")
def _(t, x):
    q, k = x.session(t, 8)
    extra = q.r.sample(MCP_POOL, q.n(0, 12))
    return Call(
        [CORE, env(q)],
        loop(q, FS, t.n(0, 22), q.chatty("iot")),
        tools=FS + extra,
        prov="anthropic",
        model="claude-sonnet-4-5" if x.x < 0.7 else "claude-opus-4-5",
        max=t.c([8192, 16000, 32000]),
        stream=True,
        cache=True,
        sdk="ajs@0.32.1" if x.x < 0.5 else "ajs@0.65.0",
        temp=1,
    )


@F.add("forge-title", "same product: conversation title")
def _(t, x):
    return Call(
        "Analyze if this message indicates a new conversation topic. If it does, extract a 2-3 word title that captures the new topic. Format your response as a JSON object with two fields: 'isNewTopic' (boolean) and 'title' (string, or null).",
        [U(t.chatty("iot"))],
        prov="anthropic",
        model="claude-3-5-haiku-latest",
        max=512,
        temp=0,
        sdk="ajs",
    )


@F.add("forge-compact", "conversation + same system and tools, last user message asks for a summary")
def _(t, x):
    q, k = x.session(t, 8)
    return Call(
        [CORE, env(q)],
        loop(q, FS, t.n(8, 22), q.chatty("iot"))
        + [
            U(
                "Your task is to create a detailed summary of the conversation so far, paying close attention to the user's explicit requests and your previous actions. Wrap your analysis in <analysis> tags, then list: 1. Primary request 2. Key technical concepts 3. Files and code sections 4. Errors and fixes 5. Pending tasks 6. Next step."
            )
        ],
        tools=FS,
        prov="anthropic",
        model="claude-sonnet-4-5",
        max=20000,
        cache=True,
        stream=True,
        sdk="ajs",
    )


@F.add("forge-explore", "subagent: read only, part of the tools")
def _(t, x):
    q, k = x.session(t, 6)
    tl = [FS[0], FS[4], FS[5]]
    return Call(
        [
            "You are a file search specialist for Forge. This is a READ-ONLY exploration task: you cannot create, modify or delete files. Use grep and list_dir to find what the caller asks for and report absolute paths with a one line reason each.",
            env(q),
        ],
        loop(q, tl, t.n(0, 15), q.question("iot")),
        tools=tl,
        prov="anthropic",
        model="claude-haiku-4-5",
        max=8192,
        stream=True,
        cache=True,
        sdk="ajs",
    )


@F.add("forge-commit-msg", "diff in user message")
def _(t, x):
    return Call(
        None,
        [
            U(
                "Write a commit message for the following staged changes. Imperative mood, first line at most 50 characters, then a blank line and the why.\n\n```diff\n"
                + t.diff()
                + "\n```"
            )
        ],
        prov="anthropic",
        model="claude-haiku-4-5",
        max=256,
        sdk="ajs",
    )


@F.add("pr-review", "diffs, repo guidelines filled in")
def _(t, x):
    return Call(
        f"You review pull requests for {t.c(x.tenants())}. Report only defects: wrong results, races, leaks, missing error handling. No style remarks. Each finding as FILE:LINE — sentence.\n\nRepository guidelines:\n"
        + "\n".join("- " + t.sent("iot") for _ in range(t.n(0, 6))),
        [
            U(
                f"PR {t.n(1,9999)}: {t.title('iot')}\nAuthor: {t.name()}\n\n{t.para('iot')}\n\n"
                + "\n".join(t.diff() for _ in range(t.n(1, 4)))
            )
        ],
        prov="anthropic",
        model="claude-sonnet-4-5",
        max=4096,
        temp=0,
        sdk="apy",
    )


@F.add("security-review", "diffs, similar to pr-review but other task")
def _(t, x):
    return Call(
        "You are a security engineer. Look at the diff for injection, path traversal, broken authentication, secrets in code and unsafe deserialisation. Answer with a JSON array of {severity, file, line, cwe, description}. An empty array means that the change is safe.",
        [U("\n".join(t.diff() for _ in range(t.n(1, 4))))],
        prov="anthropic",
        model="claude-sonnet-4-5",
        max=4096,
        temp=0,
        sdk="apy",
    )


@F.add("test-writer", "code in")
def _(t, x):
    return Call(
        "Write pytest tests for the code in <code>. Cover edge cases. Output one Python file and nothing else.",
        [U(f"<file>{t.path()}</file>\n<code>\n{t.code(40)}\n</code>")],
        prov="anthropic",
        model="claude-sonnet-4-5",
        max=t.n(1000, 8000),
        sdk="apy",
    )


@F.add("docstring-writer", "code in, short prompt")
def _(t, x):
    return Call(
        "Add Google-style docstrings to every function. Return the whole file.",
        [U(t.code())],
        prov="anthropic",
        model="claude-haiku-4-5",
        max=4096,
        sdk="apy",
    )


@F.add("autocomplete", "fill in the middle")
def _(t, x):
    a, b = t.code(20), t.code(8)
    return Call(
        None,
        [U(f"<prefix>{a}</prefix><suffix>{b}</suffix>")],
        prov="anthropic",
        model="claude-haiku-4-5",
        max=64,
        temp=0,
        extra={"stop_sequences": ["</middle>"]},
        stream=True,
        sdk="ajs",
    )


PW = "You are one member of a team of agents that migrates legacy systems for {org}. The team shares a blackboard.\n\nTeam rules:\n1. Speak only when it is your turn.\n2. Refer to tickets by number.\n3. Never invent file names.\n4. Everything you write is archived for the customer's auditors.\n\nYour role: "


def board(q):
    return "Blackboard:\n" + "\n".join(f"- {q.ref()} [{q.c(['open','done','blocked'])}] {q.sent('iot')}" for _ in range(q.n(2, 12)))


PT = [
    FS[0],
    FS[3],
    FS[4],
    tool("post_note", "Put a note on the blackboard", text="note"),
    tool("assign", "Assign a ticket to an agent", ticket="number", agent="name"),
]


def team(name, role):
    @F.add(name, "planner/worker team; same preamble and tools, role line differs")
    def _(t, x, role=role):
        q, k = x.session(t, 6)
        return Call(
            PW.format(org=q.c(x.tenants())) + role,
            loop(q, PT, t.n(0, 16), board(q)),
            tools=PT,
            prov="anthropic",
            model="claude-opus-4-5",
            max=4096,
            sdk="apy@0.39.0" if x.x < 0.4 else "apy@0.72.0",
        )


team("team-planner", "PLANNER. Break the migration into tickets, order them by dependency, and assign each to a worker.")
team("team-worker", "WORKER. Take the one ticket assigned to you, change the code, and post a note when it is finished.")
team("team-critic", "CRITIC. Try to refute what the worker claims. Run the commands yourself and post the exact output.")
team("team-scribe", "SCRIBE. Keep the customer-facing log up to date in full sentences; do not touch code.")
CREW = "You are {role}. {back}\nYour personal goal is: {goal}\nTo give my best complete final answer to the task respond using the exact following format:\n\nThought: I now can give a great answer\nFinal Answer: Your final answer must be the great and the most complete as possible, it must be outcome described.\n\nI MUST use these formats, my job depends on it!"


def crew(name, role, back, goal, task, exp, d):
    @F.add(name, "CrewAI default prompt; role differs")
    def _(t, x):
        ctx = "\n\nThis is the context you're working with:\n" + t.doc(d, 1, 3) if t.p(0.7) else ""
        return Call(
            CREW.format(role=role, back=back, goal=goal),
            [
                U(
                    f"\nCurrent Task: {task.format(topic=t.title(d),org=t.brand(),date=t.date())}\n\nThis is the expected criteria for your final answer: {exp}\nyou MUST return the actual complete content as the final answer, not a summary.{ctx}\n\nBegin! This is VERY important to you, use the tools available and give your best Final Answer, your job depends on it!\n\nThought:"
                )
            ],
            prov="openai" if t.p(0.9) else "openrouter",
            model="gpt-4o",
            temp=0.7,
            extra={"stop": ["\nObservation:"]},
            sdk="py",
        )


crew(
    "crew-researcher",
    "Market Research Analyst",
    "You're a seasoned analyst with a knack for uncovering the latest developments in any market.",
    "Find what changed in the market and why",
    "Research {topic} for {org}. The current date is {date}.",
    "A list with 10 bullet points of the most relevant information",
    "finance",
)
crew(
    "crew-writer",
    "Content Strategist",
    "You're known for turning dry findings into stories that executives read to the end.",
    "Write articles that executives share",
    "Write a blog article about {topic} for the site of {org}.",
    "A fully fledged article with headings in markdown, without the fences",
    "finance",
)
crew(
    "crew-factcheck",
    "Fact Checker",
    "You spent ten years on the desk of a newspaper and trust nobody.",
    "Remove every sentence that has no source",
    "Check the article on {topic} before {date}.",
    "The article with each unsupported sentence struck out",
    "finance",
)


@F.add("autogen-assistant", "AutoGen default assistant prompt")
def _(t, x):
    q, k = x.session(t, 5)
    ms = [U(q.sent("finance") + " " + q.question("finance"))]
    for j in range(t.n(0, 8)):
        ms += [
            A(q.sent("finance") + "\n```python\n" + q.code(12) + "\n```"),
            U(f"exitcode: {q.c([0,1])} (execution {q.c(['succeeded','failed'])})\nCode output: {q.sent('finance')}"),
        ]
    return Call(
        'You are a helpful AI assistant.\nSolve tasks using your coding and language skills.\nIn the following cases, suggest python code (in a python coding block) or shell script (in a sh coding block) for the user to execute.\n    1. When you need to collect info, use the code to output the info you need.\n    2. When you need to perform some task with code, use the code to perform the task and output the result. Finish the task smartly.\nReply "TERMINATE" in the end when everything is done.',
        ms,
        prov="openai",
        model="gpt-4o",
        temp=0,
        extra={"cache_seed": 41} if t.p(0.3) else {},
        sdk="py",
    )


@F.add("autogen-selector", "AutoGen group chat speaker selection")
def _(t, x):
    ro = t.r.sample(["Engineer", "Scientist", "Planner", "Executor", "Critic", "Admin", "Writer", "Designer"], t.n(3, 6))
    return Call(
        f"You are in a role play game. The following roles are available:\n"
        + "\n".join(f"{r}: {t.sent('iot')}" for r in ro)
        + f".\nRead the following conversation.\nThen select the next role from {ro} to play. Only return the role.",
        [U(t.para("iot", 1, 3)) for _ in range(t.n(1, 8))],
        prov="openai",
        model="gpt-4o",
        sdk="py",
    )


@F.add("browser-agent", "computer use, screenshots in tool results")
def _(t, x):
    q, k = x.session(t, 6)
    bt = [{"type": "computer_20250124", "name": "computer", "display_width_px": 1280, "display_height_px": 800}] + [
        tool("extract_table", "Returns the table under the cursor as CSV", name="label")
    ]
    ms = [U(f"Log in to the supplier portal of {q.brand()} and download the invoices since {q.date()}.")]
    for j in range(t.n(0, 14)):
        id = "toolu_" + q.hex(20)
        ms += [
            TC((id, "computer", {"action": q.c(["click", "type", "screenshot", "scroll"]), "coordinate": [q.n(0, 1280), q.n(0, 800)]})),
            TR(id, "computer", [{"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": q.b64(600)}}]),
        ]
    return Call(
        "You operate a web browser on behalf of the accounts payable department. Never enter payment data. If a captcha appears, stop and call the operator. After every click take a screenshot and describe what changed.",
        ms,
        tools=bt,
        prov="anthropic",
        model="claude-sonnet-4-5",
        max=4096,
        headers={"anthropic-beta": "computer-use-2025-01-24"},
        sdk="apy",
    )


@F.add("incident-commander", "agent; MCP tools subset changes every call")
def _(t, x):
    q, k = x.session(t, 6)
    tl = t.r.sample(MCP_POOL, t.n(4, 20))
    return Call(
        f"You are the incident commander for on-call team {q.c(x.tenants())}. Build a timeline, name a suspected cause, and open exactly one ticket. Post updates every {q.n(5,30)} minutes. Do not restart anything.",
        loop(q, tl, t.n(0, 18), f"ALERT {q.ref()} {q.iso()}\n{q.sent('iot')}\n{json.dumps(q.obj('iot'))}", codey=0.1),
        tools=tl,
        prov="anthropic",
        model="claude-sonnet-4-5",
        max=4096,
        sdk="apy",
    )


@F.add("log-triage", "same MCP pool; not the commander")
def _(t, x):
    tl = t.r.sample(MCP_POOL, t.n(4, 20))
    return Call(
        "Group the log lines below by root cause. Ignore lines at level DEBUG. If a group matches an open Sentry issue, link it; otherwise create one.",
        [
            U(
                "\n".join(
                    f"{t.iso()} {t.c(['DEBUG','INFO','WARN','ERROR'])} {t.c(GEN_N)}.{t.c(GEN_N)} {t.sent('iot')}"
                    for _ in range(t.n(10, 40))
                )
            )
        ],
        tools=tl,
        prov="anthropic",
        model="claude-haiku-4-5",
        max=2048,
        sdk="apy",
    )


@F.add("count-tokens", "count_tokens endpoint")
def _(t, x):
    q, k = x.session(t, 8)
    return Call(
        raw=(
            "POST",
            "/v1/messages/count_tokens",
            {
                "model": "claude-sonnet-4-5",
                "system": [{"type": "text", "text": CORE}],
                "messages": [{"role": "user", "content": t.chatty("iot")}],
            },
            {"input_tokens": t.n(100, 9000)},
        ),
        prov="anthropic",
        sdk="ajs",
    )


@F.add("release-notes", "rollout mid-way: prompt edited; model changed")
def _(t, x):
    a = "Turn the list of merged pull requests into release notes for customers. Group by Added, Changed, Fixed. Leave out refactorings."
    b = "Turn the list of merged pull requests into release notes for customers. Group by New, Improved, Fixed and Removed. Leave out refactorings and dependency bumps. Thank outside contributors by name."
    return Call(
        a if x.x < 0.5 else b,
        [
            U(
                f"Version {t.n(0,9)}.{t.n(0,40)}.{t.n(0,9)} ({t.date()})\n"
                + "\n".join(f"#{t.n(100,9999)} {t.sent('iot')} @{t.c(FIRST).lower()}" for _ in range(t.n(5, 30)))
            )
        ],
        prov="anthropic",
        model="claude-3-7-sonnet-latest" if x.x < 0.5 else "claude-sonnet-4-5",
        max=2048,
        sdk="apy",
    )


# --- second part: harder
@F.add("web-fetch-digest", "small model behind the web_fetch tool: page first, free question after it")
def _(t, x):
    return Call(
        None,
        [
            U(
                f"Web page content:\n---\n{t.doc(t.c(list(DOM)),2,6)}\n---\n\n{t.question('iot')}\n\nProvide a concise response based only on the content above. Use a 125-character maximum for quotes from any source document."
            )
        ],
        prov="anthropic",
        model="claude-haiku-4-5",
        max=2048,
        sdk="ajs",
    )


@F.add("dynamic-subagent", "subagent whose instructions a planner wrote; wrapper constant")
def _(t, x):
    q, k = x.session(t, 5)
    tl = q.r.sample(FS, q.n(2, 6))
    return Call(
        f"You are a subagent spawned by an orchestrator.\n\n<mission>\n{q.para('iot',3,8)}\n</mission>\n\nWork alone, do not ask questions, finish with a <report>.",
        loop(q, tl, t.n(0, 14), q.sent("iot")),
        tools=tl,
        prov="anthropic" if t.p(0.8) else "openrouter",
        model="claude-sonnet-4-5",
        max=8192,
        sdk="apy",
    )


@F.add("command-safety", "command classifier")
def _(t, x):
    return Call(
        "Classify the shell command as SAFE, NEEDS_APPROVAL or FORBIDDEN.",
        [U(f"{t.c(W('git npm cargo rm curl docker kubectl psql'))} {t.c(GEN_V)} --{t.c(GEN_N)} {t.path()}")],
        prov="anthropic",
        model="claude-haiku-4-5",
        max=8,
        temp=0,
        sdk="ajs",
    )


@F.add("anthropic-batch", "/v1/messages/batches: requests within a request")
def _(t, x):
    return Call(
        raw=(
            "POST",
            "/v1/messages/batches",
            {
                "requests": [
                    {
                        "custom_id": t.uuid(),
                        "params": {
                            "model": "claude-haiku-4-5",
                            "max_tokens": 64,
                            "system": "Label the commit as feature, fix, chore or docs.",
                            "messages": [{"role": "user", "content": t.diff()}],
                        },
                    }
                    for _ in range(t.n(2, 8))
                ]
            },
            {"id": "msgbatch_" + t.hex(20), "processing_status": "in_progress"},
        ),
        prov="anthropic",
    )
