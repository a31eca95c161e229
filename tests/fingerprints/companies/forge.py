# A maker of developer tools: agents with some of their tools, agents beneath agents, templates with choices in them, prompts that the
# provider keeps, batches that say their job's name and nothing else.
from company import Fam, sub
from wire import *
from lex import *

F = Fam()
LANGUAGES = ["python", "rust", "go", "typescript", "java", "kotlin", "ruby"]
TOOLS = [
    tool("read_file", "Read a file of the workspace", path="string"),
    tool("grep", "Search by regular expression", pattern="string"),
    tool("run", "Run a shell command in the sandbox", command="string"),
    tool("write_file", "Write a file", path="string", content="string"),
    tool("list_dir", "List a folder", path="string"),
    tool("git_diff", "Show uncommitted changes", ref="string"),
    tool("ask_user", "Ask the user a question", question="string"),
    tool("browser", "Open a page", url="string"),
]
MCP = [
    tool("mcp__jira__search", "Search Jira issues", jql="string"),
    tool("mcp__slack__post", "Post to a channel", channel="string", text="string"),
    tool("mcp__sentry__events", "List events of an error", id="string"),
    tool("mcp__pg__query", "Run SQL, read only", sql="string"),
]
_guide = sub("forge", "guide")
GUIDE = "\n\n".join(_guide.para("iot", 4, 7) for _ in range(9))


def workspace(t):
    files = ", ".join(t.path() for _ in range(t.n(3, 25)))
    return f"<environment>\nrepo: {t.brand()}\nbranch: main-{t.hex(4)}\ndate: {t.iso()}\nfiles: {files}\n</environment>"


def work(t, tools, turns, first):
    "what an agent did so far"
    messages = [U(first)]
    for _ in range(turns):
        call = "call_" + t.hex(20)
        messages += [TC((call, t.c(tools)["name"], {"path": t.path()})), TR(call, "read_file", t.code(t.n(3, 12)))]
        if t.p(0.2):
            messages += [A(t.sent("iot")), U(t.chatty("iot"))]
    return messages


@F.add("coder", "an agent: any of its tools and of its servers', rules of the project in half of the calls, up to thirty turns")
def _(t, x):
    tools = TOOLS[:4] + t.r.sample(TOOLS[4:], t.n(0, 4)) + (t.r.sample(MCP, t.n(1, 3)) if t.p(0.5) else [])
    rules = "\n\n# Project rules\n" + t.para("iot") if t.p(0.5) else ""
    return Call(
        f"You are Forge, an agent that writes code in the user's repository.\n\n{workspace(t)}\n\n{GUIDE}{rules}",
        work(t, tools, min(t.n(0, 30), t.n(0, 30)), t.chatty("iot")),
        model="gpt-4.1" if x.x < 0.6 else "gpt-5-mini",
        tools=tools,
        stream=True,
        sdk="js",
    )


@F.add("reviewer", "the same guide, fewer tools, another first and last line")
def _(t, x):
    tools = [TOOLS[0], TOOLS[1], TOOLS[5]]
    return Call(
        f"You are Forge, an agent that reviews pull requests.\n\n{workspace(t)}\n\n{GUIDE}\n\nReport bugs only, no style.",
        work(t, tools, t.n(0, 10), f"Review PR #{t.n(1, 9999)}: {t.sent('iot')}\n```diff\n{t.diff()}\n```"),
        model="gpt-4.1",
        tools=tools,
        stream=True,
        sdk="js",
    )


def beneath_forge(role, tools, task):
    @F.add("sub-" + role, "an agent beneath the agent: one template, another role and other tools")
    def _(t, x):
        return Call(
            f"You are a subagent of Forge. Role: {role}. {task}\nWorkspace {t.uuid()}.\nReturn a report of at most {t.c([5, 10, 20])} lines to the main agent.",
            work(t, tools, t.n(0, 8), t.chatty("iot")),
            prov="responses",
            sysrole="instructions",
            model="gpt-5-mini",
            tools=tools,
            extra={"store": False, "reasoning": {"effort": t.c(["low", "medium"])}},
        )


beneath_forge("explorer", [TOOLS[0], TOOLS[1], TOOLS[4]], "Find where things are; change nothing.")
beneath_forge("debugger", [TOOLS[0], TOOLS[1], TOOLS[2]], "Find out why a test fails; change nothing.")
beneath_forge("documenter", [TOOLS[0], TOOLS[3]], "Write the documentation of what changed.")


def asked(name, tags, text, **how):
    "no instructions: all that the app says is in the question"

    @F.add(name, tags)
    def _(t, x):
        return Call(None, [U(text(t))], model="gpt-4o-mini" if x.x < 0.5 else "gpt-4.1-mini", sdk="js", **how)


asked(
    "explain",
    "a template of one sentence with two choices in it, before a colon",
    lambda t: f"Explain this {t.c(LANGUAGES)} code to a {t.c(['beginner', 'senior engineer', 'student', 'manager'])}:\n\n```\n{t.code()}\n```",
)
asked(
    "tests",
    "two choices, further apart",
    lambda t: f"Write unit tests in {t.c(['pytest', 'jest', 'junit', 'rspec'])} for the following {t.c(LANGUAGES)} function. Cover edge cases.\n\n```\n{t.code()}\n```",
)
asked(
    "port",
    "two choices out of the same list",
    lambda t: f"Port this function from {t.c(LANGUAGES)} to {t.c(LANGUAGES)}. Keep comments.\n\n```\n{t.code()}\n```",
)
asked("regex", "three words", lambda t: f"regex for: {t.sent('iot')}", max=60)
asked("naming", "a template around a word", lambda t: f"Suggest a better name for the variable `{t.c(GEN_N)}` in:\n{t.code(t.n(3, 9))}", extra={"n": 3})


def told(name, instructions, question, **how):
    @F.add(name, "a line or two of instructions")
    def _(t, x):
        return Call(instructions, [U(question(t))], model="gpt-4o-mini", sdk="js", **how)


told("commit", "Write a conventional commit message for the diff. Output the message only.", lambda t: t.diff(), max=200)
told(
    "pull-request",
    "Write the description of a pull request from its commits. Sections: Why, What, How to test.",
    lambda t: "\n".join(f"{t.hex(7)} {t.sent('iot')}" for _ in range(t.n(2, 20))),
    max=600,
)


@F.add("ci-logs", "a list of known flaky tests in the middle, always another one")
def _(t, x):
    flaky = "\n".join(f"- {t.path()}::test_{t.c(GEN_N)}" for _ in range(t.n(2, 15)))
    return Call(
        f"You find the root cause in CI logs. Quote the first line that went wrong. Known flaky tests:\n{flaky}",
        [U("\n".join(f"{t.n(10, 23)}:{t.n(10, 59)} [{t.c(['INFO', 'WARN', 'ERROR'])}] {t.sent('iot')}" for _ in range(t.n(10, 40))))],
        model="gpt-4.1-mini",
        sdk="apyo",
    )


def kept_by_the_provider(name, prompt, versions):
    @F.add(name, "a stored prompt: its id, a version that goes up, variables")
    def _(t, x):
        variables = {"customer": t.name(), "plan": t.c(["free", "team", "enterprise"]), "today": t.iso()}
        stored = {"id": prompt, "version": str(1 + int(x.x * versions)), "variables": variables}
        return Call(None, [U(t.chatty("support"))], prov="responses", model="gpt-4.1", extra={"prompt": stored})


kept_by_the_provider("stored-support", "pmpt_68d1a3b4c0ffee", 4)
kept_by_the_provider("stored-upsell", "pmpt_77aa01d5beaded", 2)


def batch(name, job):
    @F.add(name, "a batch: its job's name is all that says whose it is")
    def _(t, x):
        body = {
            "input_file_id": "file-" + t.hex(22),
            "endpoint": "/v1/chat/completions",
            "completion_window": "24h",
            "metadata": {"job": job, "run": t.uuid(), "shard": str(t.n(0, 50))},
        }
        return Call(raw=("POST", "/v1/batches", body, {"id": "batch_" + t.hex(20), "status": "validating"}))


batch("batch-tags", "tag-repositories")
batch("batch-digest", "weekly-digest")
batch("batch-backfill", "embeddings-backfill")


@F.add("upload", "the files of those batches: nothing tells them apart")
def _(t, x):
    body = multipart(t, {"purpose": "batch"}, f"shard-{t.n(0, 99)}.jsonl", "application/octet-stream")
    return Call(raw=("POST", "/v1/files", body, {"id": "file-" + t.hex(22)}))


@F.add("assistant", "an assistant that the provider keeps: its threads' messages, and its runs")
def _(t, x):
    thread = "thread_" + t.hex(24)
    if t.p(0.4):
        said = {"role": "user", "content": t.chatty("iot")}
        return Call(raw=("POST", f"/v1/threads/{thread}/messages", said, {"id": "msg_" + t.hex(20)}), headers={"openai-beta": "assistants=v2"})
    run = {"assistant_id": "asst_9kQpTz41Lm", "additional_instructions": f"The user is {t.name()} from {t.c(CITIES)}."}
    return Call(raw=("POST", f"/v1/threads/{thread}/runs", run, {"id": "run_" + t.hex(20)}), headers={"openai-beta": "assistants=v2"})
