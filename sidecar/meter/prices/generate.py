#!/usr/bin/env python3
"""Makes the built-in price book from two public catalogues and the decisions below.

    python3 -m venv .venv && .venv/bin/pip install litellm==1.110.2 genai-prices==0.2.3
    .venv/bin/python sidecar/meter/prices/generate.py

writes, beside this file (or, for a check, into the folder that is given), openai.yaml and anthropic.yaml (the data, in the form that admins use for their own prices),
differences.md (each point where the catalogues disagree, what was taken and why), and ../src/price/built_in/*.rs (the
same data as constants, so that a sidecar parses nothing at its start; a test keeps both equal).

Decimals all the way: a price is read as it is spelled and never becomes a float.
"""

import json
import re
import sys
from decimal import Decimal
from importlib import metadata, util
from pathlib import Path

from genai_prices.data import providers as genai_providers

HERE = Path(__file__).resolve().parent
OUT = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else HERE
PINNED = {"litellm": "1.110.2", "genai-prices": "0.2.3"}
VERSION = "2026-11-25"
PROVIDERS = ("openai", "anthropic")

# Units in the order of UnitKind. Tokens by the million; calls by the call.
UNITS = [
    "input", "input_cached", "input_cache_write", "input_cache_write_5m", "input_cache_write_1h", "input_audio",
    "input_image", "output", "output_reasoning", "output_audio", "output_image", "web_search_call",
]
SERVICES = ["standard", "batch", "flex", "priority", "fast", "ultrafast"]
MODES = ("chat", "responses", "completion", "embedding")

# --- decisions by hand: where the catalogues disagree, or both err against the provider's page ---------------------

# Models of genai-prices that are not text in, text (or vectors) out, and names that are no API ids.
NOT_TEXT = re.compile(r"image|realtime|transcribe|whisper|tts|live|moderation|:extended|\.ft-|^gpt-oss|^openai/container")

DECISIONS = [
    # (model, service, above, unit): price or None to leave out, and why
    ("ft:gpt-4o-2024-11-20", "standard", 0, "input_cache_write", None,
     "litellm files a cached-input price under cache writes, which this model does not bill; neither prices its cached "
     "input, so that counts as input"),
    ("ft:gpt-4o-2024-08-06", "batch", 0, "input_cached", None,
     "litellm: 0.9, which is neither half of 1.875 nor on the page; genai-prices could not confirm the batch rates"),
]
for unit in ("input", "input_cached", "input_cache_write", "output"):
    DECISIONS.append(("gpt-5.6-cyber", "standard", 272000, unit, None,
                      "litellm doubles above 272k; OpenAI's page publishes no long-context rates for it (genai-prices)"))

# Dated prices that neither catalogue has as such: the model's tiers until then, flat afterwards.
FLAT_FROM = {
    "claude-sonnet-4-5": ("2026-04-30",
                          "the 1M-token beta ended 2026-04-30 (release notes); genai-prices keeps its tier, litellm has none"),
}

# Anthropic names its families with and without -latest; the catalogues have one or the other.
EXTRA_NAMES = {
    "claude-3-5-haiku-latest": ["claude-3-5-haiku"],
    "claude-3-5-sonnet": ["claude-3-5-sonnet-latest"],
    "claude-3-7-sonnet-latest": ["claude-3-7-sonnet"],
    "claude-3-opus-latest": ["claude-3-opus"],
    "claude-opus-4-0": ["claude-opus-4"],
    "claude-sonnet-4-0": ["claude-sonnet-4"],
    "claude-2": ["claude-2.0", "claude-2.1"],
    "gpt-4o-audio-preview": ["gpt-4o-audio-preview"],
    "gpt-4o-mini-audio-preview": ["gpt-4o-mini-audio-preview"],
    "gpt-4.5-preview": ["gpt-4.5-preview"],
}

# --- reading the catalogues ----------------------------------------------------------------------------------------

LITELLM_UNITS = {
    "input_cost_per_token": "input",
    "output_cost_per_token": "output",
    "output_cost_per_reasoning_token": "output_reasoning",
    "cache_read_input_token_cost": "input_cached",
    "cache_creation_input_token_cost": "input_cache_write",
    "cache_creation_input_token_cost_above_1hr": "input_cache_write_1h",
    "input_cost_per_audio_token": "input_audio",
    "output_cost_per_audio_token": "output_audio",
    "input_cost_per_image_token": "input_image",
}
LITELLM_SERVICES = {"": "standard", "_batches": "batch", "_flex": "flex", "_priority": "priority",
                    "_ultrafast": "ultrafast"}
GENAI_UNITS = {
    "input_mtok": "input",
    "output_mtok": "output",
    "cache_read_mtok": "input_cached",
    "cache_write_mtok": "input_cache_write",
    "cache_write_1h_mtok": "input_cache_write_1h",
    "input_audio_mtok": "input_audio",
    "output_audio_mtok": "output_audio",
    "input_image_mtok": "input_image",
    "output_reasoning_mtok": "output_reasoning",
}


def unit_of(provider, unit):
    """OpenAI's cache writes have one lifetime in its usage; Anthropic's plain ones last five minutes."""
    return "input_cache_write_5m" if provider == "anthropic" and unit == "input_cache_write" else unit


def of_litellm(provider, entry):
    """{(service, above, unit): price}"""
    prices = {}
    for name, value in entry.items():
        match = re.fullmatch(r"(\w+?)(?:_above_(\d+)k_tokens)?(_batches|_flex|_priority|_ultrafast)?", name)
        if not match or match[1] not in LITELLM_UNITS or value is None:
            continue
        unit = unit_of(provider, LITELLM_UNITS[match[1]])
        above = int(match[2]) * 1000 if match[2] else 0
        prices[LITELLM_SERVICES[match[3] or ""], above, unit] = Decimal(repr(value)) * 10**6
    if provider == "anthropic" and "search_context_cost_per_query" in entry:
        per_search = entry["search_context_cost_per_query"]["search_context_size_medium"]
        prices["standard", 0, "web_search_call"] = Decimal(repr(per_search))
    return prices


def add_genai(provider, service, model_price, prices):
    for field, unit in GENAI_UNITS.items():
        value = getattr(model_price, field, None)
        if value is None:
            continue
        unit = unit_of(provider, unit)
        if isinstance(value, Decimal):
            prices[service, 0, unit] = value
            continue
        prices[service, 0, unit] = value.base
        for tier in value.tiers:
            prices[service, tier.start, unit] = tier.price
    searches = getattr(model_price, "web_searches_kcount", None)
    if provider == "anthropic" and service == "standard" and searches is not None:
        prices[service, 0, "web_search_call"] = searches / 1000


def of_genai(provider, model):
    """[(valid_from or None, {(service, above, unit): price})], oldest first. The services are today's: their dates in
    the catalogue are those of its last look at the page."""
    dated = model.prices if isinstance(model.prices, list) else [None]
    history = []
    for condition in dated:
        prices = {}
        if condition is None:
            add_genai(provider, "standard", model.prices, prices)
            history.append((None, prices))
            continue
        add_genai(provider, "standard", condition.prices, prices)
        start = getattr(condition.constraint, "start_date", None)
        history.append((start.isoformat() if start else None, prices))
    for variant in model.price_variants or []:
        when = variant.when
        service = when.get("processing") or when.get("service_tier") or when.get("speed")
        if service in SERVICES and service != "standard":
            add_genai(provider, service, variant.prices, history[-1][1])
    return history


def exact_names(clause):
    """The names that a clause spells out."""
    if hasattr(clause, "or_"):
        return [name for part in clause.or_ for name in exact_names(part)]
    return [clause.equals] if hasattr(clause, "equals") else []


# --- putting them together -----------------------------------------------------------------------------------------

differences = []


def decide(name, key, litellm, genai):
    """One price out of what the two say."""
    for model, service, above, unit, price, why in DECISIONS:
        if (model, (service, above, unit)) == (name, key):
            differences.append((name, key, litellm, genai, price, why))
            return price
    if litellm is not None and genai is not None and litellm != genai:
        sys.exit(f"{name} {key}: litellm says {litellm}, genai-prices {genai}: decide by hand")
    return genai if litellm is None else litellm


def merged(name, litellm, history):
    """The model's dated prices, newest last."""
    *past, (since, genai) = history or [(None, {})]
    today = {}
    for key in sorted(set(litellm) | set(genai) | {d[:1] and d[1:4] for d in DECISIONS if d[0] == name}):
        price = decide(name, key, litellm.get(key), genai.get(key))
        if price is None:
            continue
        one_sided = (key in litellm) != (key in genai) and litellm and genai
        if one_sided and key[0] == "standard":
            source = "litellm" if key in litellm else "genai-prices"
            differences.append((name, key, litellm.get(key), genai.get(key), price, f"only {source} has it"))
        elif one_sided and key[1] and (key[0], 0, key[2]) in litellm and (key[0], 0, key[2]) in genai:
            differences.append((name, key, litellm.get(key), genai.get(key), price, "one is flat, the other has a tier"))
        today[key] = price
    return past + [(since, today)]


def flat(prices):
    return {key: price for key, price in prices.items() if key[1] == 0}


def book(provider, catalogue, genai_models):
    """{name: ([(valid_from, prices)], us-only multiplier or None)}"""
    models = {}
    known = {name: entry for name, entry in catalogue.items()
             if entry.get("litellm_provider") == provider and entry.get("mode") in MODES and not NOT_TEXT.search(name)}
    def genai_of(name):
        return next((model for model in genai_models if model.match.is_match(name)), None)
    names = dict.fromkeys(known)
    for model in genai_models:
        if NOT_TEXT.search(model.id):
            continue
        for name in [model.id, *exact_names(model.match), *EXTRA_NAMES.get(model.id, [])]:
            # ids as the API spells them: no other platform's, no dots in Claude's versions, no unfinished prefixes
            foreign = re.search(r"@|^gpt-5-\d|^gpt-35|-$", name) or re.search(r"claude-(?!2)[^.]*\.", name)
            if not foreign and genai_of(name) is model:
                names[name] = None
    for name in names:
        entry, model = known.get(name, {}), genai_of(name)
        history = of_genai(provider, model) if model else []
        dated = merged(name, of_litellm(provider, entry), history)
        if not any(key == ("standard", 0, "input") for key in dated[-1][1]):
            continue
        family = re.sub(r"-\d{8}$", "", name)
        if family in FLAT_FROM:
            since, why = FLAT_FROM[family]
            differences.append((name, ("standard", 200000, "*"), None, None, None, f"flat from {since}: {why}"))
            dated = [(None, dated[-1][1]), (since, flat(dated[-1][1]))]
        us_only = (entry.get("provider_specific_entry") or {}).get("us")
        fast = (entry.get("provider_specific_entry") or {}).get("fast")
        if fast is not None and ("fast", 0, "input") not in dated[-1][1]:
            sys.exit(f"{name}: litellm has a fast multiplier, genai-prices no fast prices: decide by hand")
        models[name] = (dated, Decimal(repr(us_only)) if us_only else None)
    return models


# --- writing them down ---------------------------------------------------------------------------------------------

def spelled(price):
    return format(price.normalize(), "f")


def tree(dated, us_only):
    """As in the YAML: [{valid_from, unit: price, above_N: {…}, service: {…}}]"""
    out = []
    for since, prices in dated:
        entry = {"valid_from": since} if since else {}
        for service in SERVICES:
            node = {}
            for above in sorted({key[1] for key in prices if key[0] == service}):
                units = {unit: spelled(prices[service, above, unit]) for unit in UNITS if (service, above, unit) in prices}
                if above == 0:
                    node.update(units)
                else:
                    node[f"above_{above}"] = units
            if service == "standard":
                entry.update(node)
            elif node:
                entry[service] = node
        if us_only:
            entry["us_only"] = spelled(us_only)
        out.append(entry)
    return out


def yaml_lines(node, indent):
    pad = " " * indent
    for key, value in node.items():
        if isinstance(value, dict):
            yield f"{pad}{key}:"
            yield from yaml_lines(value, indent + 2)
        else:
            yield f"{pad}{key}: {value}" if key in ("valid_from", "same_as") else f'{pad}{key}: "{value}"'


def write_yaml(provider, models):
    lines = [
        f"# Prices of {provider}, USD per million tokens (calls: per call). Made by generate.py; do not edit.",
        f"# Sources: litellm {PINNED['litellm']} model_prices_and_context_window, genai-prices {PINNED['genai-prices']};",
        "# where they disagree, and what was taken: differences.md.",
        f"{provider}:",
    ]
    first = {}
    for name in sorted(models):
        entries = tree(*models[name])
        shape = json.dumps(entries)
        lines.append(f'  "{name}":' if ":" in name else f"  {name}:")
        model = next((known for known in first.get(shape, []) if name.startswith(known)), None)
        if model is not None:
            lines.append(f'    same_as: "{model}"')
        elif len(entries) == 1 and "valid_from" not in entries[0]:
            lines += yaml_lines(entries[0], 4)
        else:
            for entry in entries:
                block = list(yaml_lines(entry, 6))
                block[0] = "    - " + block[0].lstrip()
                lines += block
        first.setdefault(shape, []).append(name)
    (OUT / f"{provider}.yaml").write_text("\n".join(lines) + "\n")


def rust_price(entry):
    since = entry.get("valid_from")
    seconds = "None" if since is None else f"Some({epoch(since)})"
    us_only = entry.get("us_only")
    percent = int(Decimal(us_only) * 100) if us_only else 100
    rates = []
    for service in SERVICES:
        node = entry if service == "standard" else entry.get(service)
        if not node:
            continue
        rates.append((service, 0, {u: p for u, p in node.items() if u in UNITS}))
        rates += [(service, int(key[6:]), units) for key, units in node.items() if key.startswith("above_")]
    text = ", ".join(
        f"rate(S::{service.capitalize()}, {above:_}, &[" + ", ".join(f"unit(U::{camel(u)}, {attos(u, p):_})" for u, p in units.items()) + "])"
        for service, above, units in rates)
    return f"{seconds}, {percent}", text


def epoch(date):
    from datetime import datetime, timezone
    return int(datetime.fromisoformat(date).replace(tzinfo=timezone.utc).timestamp())


def attos(unit, price):
    """1e-18 USD a unit; the price is per million tokens, or per call."""
    scaled = Decimal(price) * (10**18 if unit == "web_search_call" else 10**12)
    if scaled != int(scaled):
        sys.exit(f"{unit} at {price} is finer than 1e-18")
    return int(scaled)


def camel(unit):
    return "".join(part if part[0].isdigit() else part.capitalize() for part in unit.split("_"))


def write_rust(provider, models):
    body = [
        "//! Made by prices/generate.py from the catalogues; do not edit.",
        "",
        "use super::{model, price, rate, unit};",
        "use crate::{price::table::{Model, Price, Rate, Service as S}, usage::UnitKind as U};",
        "",
        f"pub(super) static {provider.upper()}: &[Model] = &[",
    ]
    statics, names = [], {}
    for name in sorted(models):
        entries = tree(*models[name])
        shape = json.dumps(entries)
        if shape not in names:
            number = len(names)
            names[shape] = f"P{number}"
            dated = []
            for index, (head, rates) in enumerate(map(rust_price, entries)):
                label = f"R{number}" + (f"_{index}" if len(entries) > 1 else "")
                statics.append(f"static {label}: &[Rate] = &[{rates}];")
                dated.append(f"price({head}, {label})")
            statics.append(f"static P{number}: &[Price] = &[{', '.join(dated)}];")
        body.append(f'    model("{name}", {names[shape]}),')
    body += ["];", "", *statics]
    folder = HERE.parent / "src/price/built_in" if OUT == HERE else OUT
    (folder / f"{provider}.rs").write_text("\n".join(body) + "\n")


def write_differences():
    lines = [
        "# Where the catalogues disagree",
        "",
        f"litellm {PINNED['litellm']} against genai-prices {PINNED['genai-prices']}, for the models in the book. Made by generate.py.",
        "",
        "| model | service | above | unit | litellm | genai-prices | taken | why |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, (service, above, unit), litellm, genai, taken, why in sorted(differences, key=lambda d: (d[0], d[1])):
        cells = [name, service, above or "", unit, *(("" if x is None else spelled(x)) for x in (litellm, genai, taken)), why]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    (OUT / "differences.md").write_text("\n".join(lines) + "\n")


def main():
    for package, version in PINNED.items():
        if metadata.version(package) != version:
            sys.exit(f"{package} {version} is pinned, {metadata.version(package)} is installed")
    folder = Path(util.find_spec("litellm").submodule_search_locations[0])
    catalogue = json.loads((folder / "model_prices_and_context_window_backup.json").read_text())
    for provider in PROVIDERS:
        genai = next(p for p in genai_providers if p.id == provider)
        models = book(provider, catalogue, genai.models)
        write_yaml(provider, models)
        write_rust(provider, models)
        print(f"{provider}: {len(models)} models")
    write_differences()


main()
