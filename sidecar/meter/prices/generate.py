#!/usr/bin/env python3
"""Makes the built-in price book from two public catalogues and the decisions below.

    python3 -m venv .venv && .venv/bin/pip install litellm==1.110.2 genai-prices==0.2.3
    .venv/bin/python sidecar/meter/prices/generate.py

writes, beside this file (or, for a check, into the folder that is given), a YAML a provider (the data, in the form that admins use for their own prices),
differences.md (each point where the catalogues disagree, what was taken and why), catalogues.tsv (every figure of both, for
the test that holds the book against them), and ../src/price/built_in/*.rs (the
same data as constants, so that a sidecar parses nothing at its start; a test keeps both equal).

Decimals all the way: a price is read as it is spelled and never becomes a float.
"""

import json
import re
import sys
from decimal import Decimal
from fractions import Fraction
from importlib import metadata, util
from pathlib import Path

from genai_prices.data import providers as genai_providers

HERE = Path(__file__).resolve().parent
OUT = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else HERE
PINNED = {"litellm": "1.110.2", "genai-prices": "0.2.3"}
VERSION = "2026-11-29"
# ours: litellm's providers and their prefix, genai-prices' provider
PROVIDERS = {
    "openai": ({"openai", "text-completion-openai"}, "openai/", "openai"),
    "anthropic": ({"anthropic"}, "", "anthropic"),
    "google": ({"gemini"}, "gemini/", "google"),
    "xai": ({"xai"}, "xai/", "x-ai"),
    "openrouter": ({"openrouter"}, "openrouter/", "openrouter"),
}
# Google's other platform: what Vertex AI has alone stands among Google's models, what it prices otherwise under this name.
VERTEX = "vertex/"

# Units in the order of UnitKind, by what their price is for.
MILLION = ["input", "input_cached", "input_cache_write", "input_cache_write_5m", "input_cache_write_1h",
           "input_cache_write_12h", "input_audio", "input_audio_cached", "input_image", "input_image_cached",
           "input_video", "output", "output_reasoning", "output_audio", "output_image", "output_video",
           "input_character"]
ONE = ["input_audio_second", "input_video_second", "output_audio_second", "output_video_second", "input_picture",
       "output_picture", "web_search_call", "grounded_prompt", "x_search_call", "search_source", "file_search_call",
       "attachment_search_call", "maps_call", "code_session", "text_message"]
# Of tokens, by the hour.
MILLION_HOURS = ["cache_storage"]
UNITS = MILLION + ONE + MILLION_HOURS
SERVICES = ["standard", "batch", "flex", "priority", "fast", "ultrafast", "decisions"]
MODES = ("chat", "responses", "completion", "embedding", "image_generation", "audio_transcription", "audio_speech",
         "realtime", "video_generation")

# --- decisions by hand: where the catalogues disagree, or both err against the provider's page ---------------------

# Names that are no API ids: other platforms' spellings, containers, moderation (free). And Lyria's newer models, billed by the song,
# which no answer counts: the catalogues have their tokens at 0, and a bill of 0 would be a lie.
NO_MODEL = re.compile(r"moderation|:extended|\.ft-|^gpt-oss|^openai/container|^container$|/container$|tts-.*/|^search_api$|lyria-(?!002)")

DECISIONS = [
    # (model, service, above, unit): price or None to leave out, and why
    ("ft:gpt-4o-2024-11-20", "standard", 0, "input_cache_write", None,
     "litellm files a cached-input price under cache writes, which this model does not bill; neither prices its cached "
     "input, so that counts as input"),
    ("ft:gpt-4o-2024-08-06", "batch", 0, "input_cached", None,
     "litellm: 0.9, which is neither half of 1.875 nor on the page; genai-prices could not confirm the batch rates"),
]
DECISIONS += [
    ("vertex/gemini-2.5-flash", "standard", 200000, "input_audio", None,
     "litellm: 0.3, the price of text; sound is 1, and 1.8 by priority above and below alike"),
    *(("vertex/gemini-2.5-flash-lite", service, 0, "input_audio", Decimal("0.15"),
       "half of 0.3, as on the Gemini API; litellm has half of the price of text") for service in ("batch", "flex")),
    *(("vertex/gemini-2.5-flash-lite", service, 200000, "input_audio", None, "as without the tier") for service in ("batch", "flex")),
]
# A unit that a service does not name costs there as without it: pictures would, by batch.
DECISIONS += [(model, "batch", 0, "output_image", Decimal(price),
               "its output is pictures, which cost as its output without batch, too; genai-prices files them as output, litellm leaves them out here")
              for model, price in (("gpt-image-1", 20), ("gpt-image-2-2026-04-21", 15), ("gpt-image-2.5-flare-2026-09-08", 15),
                                   ("gpt-image-2.5-sunburst-2026-09-08", 15))]
for model in ("gpt-5.5-pro", "gpt-5.5-pro-2026-04-23"):
    DECISIONS += [(model, "flex", 272000, unit, Decimal(price),
                   "as by batch: above 272k input costs twice and output 1.5 times as much by standard, batch and flex "
                   "(developers.openai.com/api/docs/models/gpt-5.5, 2026-06); neither has flex's tier")
                  for unit, price in (("input", 30), ("output", 135))]
DECISIONS += [("gemini-pro-latest", "flex", 200000, unit, Decimal(price),
               "as of gemini-3.1-pro-preview, which it goes by in all else; litellm leaves the tier out here")
              for unit, price in (("input", "2"), ("input_cached", "0.4"), ("output", "9"))]
for model in ("claude-mythos-5", "claude-mythos-5-1"):
    DECISIONS.append((model, "batch", 0, "input_cache_write_1h", Decimal(10),
                      "half of 20, as of every other Claude: the batch discount is on cache writes, too; neither names this one"))
for model in ("gemini-3.8-flash-cyber", "vertex/gemini-3.8-flash-cyber"):
    DECISIONS.append((model, "standard", 0, "output_reasoning", None,
                      "as its output, whose introductory price holds until 2026-12-31; litellm has the one after it"))
for unit in ("input", "input_cached", "input_cache_write", "output"):
    DECISIONS.append(("gpt-5.6-cyber", "standard", 272000, unit, None,
                      "litellm doubles above 272k; OpenAI's page publishes no long-context rates for it (genai-prices)"))

# Where both name a price and they differ: whose is taken. (models, units, whose, why)
SIDES = [
    (r"gpt-4o-(mini-)?transcribe.*", "input_audio", "genai-prices",
     "OpenAI's page prices audio tokens apart from text (6 and 3 USD); litellm has the price of text for both"),
    (r"gpt-4o-mini-tts", "output", "genai-prices", "what it makes is sound, 12 USD on OpenAI's page; litellm has the older 10"),
    (r"gpt-4o-mini-search-preview.*", "web_search_call", "litellm",
     "OpenAI's page: 25 USD per 1,000 for the search-preview models; genai-prices has the 10 USD of the tool"),
    (r"gpt-4\.1.*|gpt-4o-mini.*", "web_search_call", "genai-prices",
     "OpenAI's page: 10 USD per 1,000 for the web search tool; litellm has the 25 USD of the older preview tool"),
    (r"gemini-3\.5-flash-lite", "input_cached", "genai-prices",
     "Google's page (batch tab, 2026-10-14): 0.02, not half of 0.03"),
    (r"(vertex/)?gemini-3\.8-flash-cyber", "*", "genai-prices", "the introductory price holds until 2026-12-31 (Google's page); litellm has the one after it"),
    (r"gemini-2\.0-flash", "*", "genai-prices", "the Gemini API's price; litellm has Vertex AI's only"),
    (r"grok-code-fast.*", "*", "litellm", "its source is the API's own list of models, which has the name as one of grok-build-0.1's since its retirement"),
    (r"(vertex/)?claude-3-5-haiku.*", "*", "genai-prices", "0.80 and 4 since its price was lowered; litellm's entry for Vertex AI is the older one"),
]

# What neither files with a model, from the providers' pages: (provider, models that have this unit, unit, price, page)
BY_HAND = [
    ("openai", "file_search_call", "code_session", "0.03", "openai.com/api/pricing, 2026-11-28: containers, per session (both catalogues file it apart from the models)"),
    ("xai", "output", "web_search_call", "0.005", "docs.x.ai/developers/pricing, 2026-11-28: tools, 5 USD per 1,000 (litellm's default)"),
    *(("xai", "output", unit, price, f"docs.x.ai/developers/pricing, 2026-11-28: {tool} USD per 1,000 calls")
      for unit, price, tool in (("x_search_call", "0.005", "search of X, 5"), ("code_session", "0.005", "code execution, 5"),
                                ("file_search_call", "0.0025", "search of collections, 2.50"),
                                ("attachment_search_call", "0.01", "search of attachments, 10"))),
    ("xai", "output", "search_source", "0.025", "docs.x.ai/docs/guides/live-search, 2026-01-12: 25 USD per 1,000 sources, until it was retired on that day"),
]

# The same of some models alone, and of one variant: (provider, models, variant, unit, [(since, price)], page). Vertex AI's page has
# Google's prices of storage, too.
GOOGLES_PAGE = "ai.google.dev/gemini-api/docs/pricing, last updated 2026-09-23"
OF_SOME = [
    ("openai", r"gpt-4(o|\.1)(-mini)?(-\d{4}-\d{2}-\d{2})?", "web_search_preview", "web_search_call", [(None, "0.025")],
     "developers.openai.com/api/docs/pricing, 2026-03-12: web search preview, models that do not reason, 25 USD per 1,000 calls"),
    ("google", r"gemini-2\.5-pro|gemini-3-pro-preview|gemini-3\.1-pro-preview(-customtools)?", "", "cache_storage", [(None, "4.5")], GOOGLES_PAGE),
    ("google", r"gemini-2\.5-flash(-lite)?|gemini-3-flash-preview|gemini-3\.1-flash-lite(-preview)?|gemini-3\.5-flash(-lite)?", "", "cache_storage",
     [(None, "1")], GOOGLES_PAGE),
    ("google", r"gemini-3\.[678]-flash", "", "cache_storage", [(None, "0.5"), ("2027-01-01", "1")], GOOGLES_PAGE),
    # each resolution by name, too: else a silent one would be taken for the film with sound
    *(("google", rf"veo-3\.1-{models}generate-(001|preview)", variant, "output_video_second", [(None, price)],
       f"cloud.google.com/vertex-ai/generative-ai/pricing, as quoted on {read}: video generation, without audio")
      for models, variants, price, read in (
          ("fast-", ("silent", "silent/720p"), "0.08", "2026-09-12"), ("fast-", ("silent/1080p",), "0.1", "2026-09-12"),
          ("fast-", ("silent/4k",), "0.25", "2026-06-13"),
          ("", ("silent", "silent/720p", "silent/1080p"), "0.2", "2026-06-13"), ("", ("silent/4k",), "0.4", "2026-06-13"),
          ("lite-", ("silent", "silent/720p"), "0.03", "2026-06-13"), ("lite-", ("silent/1080p",), "0.05", "2026-06-13"))
      for variant in variants),
    *(("openai", r"sora-2-pro", size, "output_video_second", [(None, "0.5")],
       "platform.openai.com/docs/pricing, until its end on 2026-09-24: 1024x1792 and 1792x1024; litellm files it as sora-2-pro-high-res")
      for size in ("1024x1792", "1792x1024")),
]

# Models that neither catalogue has, from the providers' pages: (provider, model, prices, page)
MODELS_BY_HAND = [
    ("google", "gemini-decision-1", {"input": "0.1", "output": "0"},
     "ai.google.dev/gemini-api/docs/pricing, as quoted on 2026-11-12: decisions, 0.10 USD a million of input of any kind, output free"),
]

# Names that go on to answer, served by another model at its prices: (provider, models, since, whose prices, or None for litellm's, page)
REDIRECTED = [
    ("xai", r"grok-3(-beta|-latest)?|grok-4(-0709|-latest)?|grok-4(-1)?-fast(-non)?(-reasoning)?(-latest)?", "2026-05-15T19:00:00Z", "grok-4.3",
     "docs.x.ai/developers/migration/may-15-retirement, 2026-05-15: redirected to grok-4.3 and billed at its prices; genai-prices keeps the older ones"),
    ("xai", r"grok-code-fast.*", "2026-05-15T19:00:00Z", None,
     "the same page retires it; the older price until then is genai-prices'"),
]

# Figures of litellm that are no price of ours: (keys, in which mode or models, why)
LEFT_OUT = [
    ("cache_creation_input_audio_token_cost", "realtime", "the price of cached sound, filed as a cache write, too; OpenAI's realtime models bill no writes"),
    ("output_cost_per_second", "tts|whisper", "the same bill by another measure: these are billed by token, whisper by what it hears"),
    ("input_cost_per_second|input_cost_per_video_per_second", "realtime gemini", "the same bill by another measure: Google's answers count tokens"),
    ("(in|out)put_cost_per_image", "gemini|nano-banana|deep-research", "the same bill by another measure: Google's answers count tokens"),
    ("output_cost_per_image", "lyria", "a price of a song, filed as that of a picture; no answer counts songs, but for Lyria 2's on Vertex AI"),
    ("input_cost_per_video_per_second.*", "multimodalembedding", "by the interval that was asked for, which no answer tells"),
    ("output_cost_per_character", "medlm", "retired with the API that billed characters"),
]

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

LITELLM_TOKENS = {
    "input_cost_per_token": "input",
    "output_cost_per_token": "output",
    "output_cost_per_reasoning_token": "output_reasoning",
    "cache_read_input_token_cost": "input_cached",
    "cache_creation_input_token_cost": "input_cache_write",
    "cache_creation_input_token_cost_above_1hr": "input_cache_write_1h",
    "cache_creation_input_token_cost_above_12hr": "input_cache_write_12h",
    "input_cost_per_audio_token": "input_audio",
    "cache_read_input_audio_token_cost": "input_audio_cached",
    "output_cost_per_audio_token": "output_audio",
    "input_cost_per_image_token": "input_image",
    "cache_read_input_image_token_cost": "input_image_cached",
    "output_cost_per_image_token": "output_image",
    "input_cost_per_video_token": "input_video",
    "output_cost_per_video_token": "output_video",
    "input_cost_per_character": "input_character",
}
LITELLM_SERVICES = {"": "standard", "_batches": "batch", "_flex": "flex", "_priority": "priority",
                    "_ultrafast": "ultrafast", "_decisions": "decisions"}
GENAI_UNITS = {
    "input_mtok": "input",
    "output_mtok": "output",
    "cache_read_mtok": "input_cached",
    "cache_write_mtok": "input_cache_write",
    "cache_write_1h_mtok": "input_cache_write_1h",
    "input_audio_mtok": "input_audio",
    "cache_audio_read_mtok": "input_audio_cached",
    "output_audio_mtok": "output_audio",
    "input_image_mtok": "input_image",
    "cache_image_read_mtok": "input_image_cached",
    "output_image_mtok": "output_image",
    "input_video_mtok": "input_video",
    "output_video_mtok": "output_video",
    "output_reasoning_mtok": "output_reasoning",
    "input_mchars": "input_character",
}
# by the thousand, by the hour
GENAI_THOUSANDS = {"storage_searches_kcount": "file_search_call", "input_text_messages_kcount": "text_message"}
GENAI_HOURS = {"input_audio_hours": "input_audio_second", "audio_hours": "output_audio_second"}


def unit_of(provider, unit, name=""):
    """OpenAI's cache writes have one lifetime in its usage; Claude's plain ones last five minutes. Gemini bills no writes."""
    if unit != "input_cache_write":
        return unit
    if provider == "anthropic" or "claude" in name:
        return "input_cache_write_5m"
    return None if provider == "google" else unit


def of_litellm(provider, entry, name=""):
    """{(service, above, variant, unit): price}"""
    prices, mode, read = {}, entry.get("mode"), set()
    def put(unit, price, service="standard", above=0, variant=""):
        if price is not None and unit is not None:
            prices[service, above, variant, unit] = price
    for key, value in entry.items():
        if not isinstance(value, (int, float)):
            continue
        match = re.fullmatch(r"(\w+?)(?:_above_(\d+)k_tokens)?(_batches|_flex|_priority|_ultrafast|_decisions)?", key)
        if match and match[1] in LITELLM_TOKENS:
            read.add(key)
            above = int(match[2]) * 1000 if match[2] else 0
            # xAI's page: from 200,000 on; litellm has no other word than "above"
            above -= 1 if above and provider == "xai" else 0
            unit = unit_of(provider, LITELLM_TOKENS[match[1]], name)
            put(unit, Decimal(repr(value)) * 10**6, LITELLM_SERVICES[match[3] or ""], above)
    def number(key):
        read.add(key)
        return Decimal(repr(entry[key])) if isinstance(entry.get(key), (int, float)) else None
    if mode == "audio_transcription" and (second := number("input_cost_per_second")) is not None:
        # pages price minutes and hours; a third of a digit is a float's
        put("input_audio_second", Fraction(round(second * 3600, 6)) / 3600)
    if mode == "realtime" and provider in ("openai", "xai") and (second := number("input_cost_per_second")) is not None:
        # by the length of the session
        put("output_audio_second", Fraction(round(second * 3600, 6)) / 3600)
    put("text_message", number("input_cost_per_text_message"))
    if mode == "video_generation" or mode == "embedding" and provider == "google":
        put("input_picture", number("input_cost_per_image"))
    if mode == "video_generation":
        for key, variant in [("output_cost_per_second", ""), ("output_cost_per_video_per_second", ""),
                             ("output_cost_per_second_480p", "480p"), ("output_cost_per_second_720p", "720p"),
                             ("output_cost_per_second_1080p", "1080p"), ("output_cost_per_second_4k", "4k")]:
            put("output_video_second", number(key), variant=variant)
    if mode == "image_generation":
        by_token = "output_cost_per_image_token" in entry
        for key, variant in [("output_cost_per_image", ""), ("output_cost_per_image_1K", "1k"),
                             ("output_cost_per_image_2K", "2k")]:
            if not by_token:
                put("output_picture", number(key), variant=variant)
        if provider in ("openai", "xai") and not by_token and ("standard", 0, "", "output_picture") not in prices:
            # filed under input, but it is what a picture costs
            put("output_picture", number("input_cost_per_image"))
    if name == "lyria-002":
        # its answers count their songs as Imagen's count pictures
        put("output_picture", number("output_cost_per_image"))
    searches = (entry.get("search_context_cost_per_query") or {}).get("search_context_size_medium")
    if searches is not None and mode in ("chat", "responses", "realtime", "image_generation"):
        by_prompt = provider == "google" and "claude" not in name and entry.get("web_search_billing_unit") != "per_query"
        put("grounded_prompt" if by_prompt and not re.match(r"gemini-(?!2|1)", name) else "web_search_call", Decimal(repr(searches)))
    put("maps_call", number("google_maps_grounding_cost_per_query"))
    for key, value in entry.items():
        if re.search(r"_cost|cost_per", key) and isinstance(value, (int, float)) and value and key not in read:
            reason = next((why for keys, where, why in LEFT_OUT if re.fullmatch(keys, key) and re.search(where, f"{mode} {name}")), None)
            left_out.setdefault((key, reason), set()).add(f"{provider} {name}")
    return {key: price for key, price in prices.items() if price != 0 or key[3] in ("input", "output")}


def add_genai(provider, service, model_price, prices, name=""):
    for field, unit in GENAI_UNITS.items():
        value, unit = getattr(model_price, field, None), unit_of(provider, unit, name)
        if value is None or unit is None:
            continue
        if isinstance(value, Decimal):
            # OpenRouter lists quotients: nobody is billed at what is finer than 1e-18 a token
            prices[service, 0, "", unit] = value.quantize(Decimal("1e-12")) if value.as_tuple().exponent < -12 else value
            continue
        prices[service, 0, "", unit] = value.base
        for tier in value.tiers:
            prices[service, tier.start, "", unit] = tier.price
    for field, unit in GENAI_THOUSANDS.items():
        if (value := getattr(model_price, field, None)) is not None:
            prices[service, 0, "", unit] = value / 1000
    for field, unit in GENAI_HOURS.items():
        if (value := getattr(model_price, field, None)) is not None:
            prices[service, 0, "", unit] = Fraction(value) / 3600
    searches = getattr(model_price, "web_searches_kcount", None)
    if searches is not None and service == "standard":
        by_prompt = provider == "google" and re.match(r"gemini-(2|1)", name)
        prices[service, 0, "", "grounded_prompt" if by_prompt else "web_search_call"] = searches / 1000


def of_genai(provider, model, name):
    """[(valid_from or None, {(service, above, variant, unit): price})], oldest first. A variant's date is that of the
    catalogue's last look at the page, unless it lies ahead."""
    dated = model.prices if isinstance(model.prices, list) else [None]
    history = []
    for condition in dated:
        price = model.prices if condition is None else condition.prices
        if not hasattr(price, "input_mtok") and not hasattr(price, "__dict__"):
            continue
        start = getattr(getattr(condition, "constraint", None), "start_date", None)
        if condition is not None and start is None and condition.constraint is not None:
            continue  # a time of the day
        prices = {}
        add_genai(provider, "standard", price, prices, name)
        history.append((start.isoformat() if start else None, prices))
    today = current(history)
    for variant in model.price_variants or []:
        when = variant.when
        service = when.get("processing") or when.get("service_tier") or when.get("speed")
        if service not in SERVICES or service == "standard":
            continue
        start = getattr(variant.constraint, "start_date", None)
        ahead = start is not None and start.isoformat() > VERSION
        for since, prices in history:
            if since == start.isoformat() if ahead else since == history[today][0]:
                add_genai(provider, service, variant.prices, prices, name)
    if provider == "openai":
        add_decisions(history, model)
    return history


def current(history):
    """The entry that holds at VERSION."""
    held = [index for index, (since, _) in enumerate(history) if since is None or since <= VERSION]
    return held[-1] if held else 0


def add_decisions(history, model):
    """genai-prices files OpenAI's decisions as a provider of their own."""
    decisions = next(p for p in genai_providers if p.id == "openai-decisions").models
    for found in (found for found in decisions if found.id == model.id):
        add_genai("openai", "decisions", found.prices, history[current(history)][1], model.id)


def exact_names(clause):
    """The names that a clause spells out."""
    if hasattr(clause, "or_"):
        return [name for part in clause.or_ for name in exact_names(part)]
    return [clause.equals] if hasattr(clause, "equals") else []


# --- putting them together -----------------------------------------------------------------------------------------

differences = []
undecided = []
by_hand = set()
of_some = {}
left_out = {}
figures = []


def decide(name, key, litellm, genai):
    """One price out of what the two say."""
    for model, service, above, unit, price, why in DECISIONS:
        if (model, (service, above, "", unit)) == (name, key):
            differences.append((name, key, litellm, genai, price, why))
            return price
    if litellm is not None and genai is not None and Fraction(litellm) != Fraction(genai):
        for models, unit, whose, why in SIDES:
            if re.fullmatch(models, name) and unit in ("*", key[3]):
                price = litellm if whose == "litellm" else genai
                differences.append((name, key, litellm, genai, price, why))
                return price
        if name.startswith(VERTEX):
            differences.append((name, key, litellm, genai, litellm, "Vertex AI's own price; genai-prices has the Gemini API's"))
            return litellm
        undecided.append(f"{name} {key}: litellm says {litellm}, genai-prices {genai}: decide by hand")
    return genai if litellm is None else litellm


def merged(provider, name, litellm, history):
    """The model's dated prices, newest last."""
    history = history or [(None, {})]
    at = current(history)
    since, genai = history[at]
    for key in set(litellm) | set(genai):
        figures.append((provider, name, *map(str, key), *("" if x is None else hourly(key, x) for x in (litellm.get(key), genai.get(key)))))
    today = {}
    decided = {(d[1], d[2], "", d[3]) for d in DECISIONS if d[0] == name}
    for key in sorted(set(litellm) | set(genai) | decided):
        price = decide(name, key, litellm.get(key), genai.get(key))
        if price is None:
            continue
        one_sided = (key in litellm) != (key in genai) and litellm and genai
        flat_in_both = (key[0], 0, key[2], key[3]) in litellm and (key[0], 0, key[2], key[3]) in genai
        if one_sided and key[1] and flat_in_both and not ends_flat(provider, name):
            differences.append((name, key, litellm.get(key), genai.get(key), price, "one is flat, the other has a tier"))
        today[key] = price
    today = without_shadows(provider, today)
    # what lies ahead is genai-prices' alone: units that it does not name stay as they are
    ahead = [(when, {**as_announced(name, today, prices), **prices}) for when, prices in history[at + 1:]]
    before = [(when, without_shadows(provider, prices)) for when, prices in history[:at]]
    return before + [(since, today)] + ahead


def as_announced(name, today, ahead):
    """Google's page doubles whatever it changes; of services that genai-prices leaves out then, that is the new price."""
    doubled = {key for key, price in ahead.items() if key in today and price == 2 * today[key]}
    services = {key[0] for key in today} - {key[0] for key in ahead}
    after = dict(today)
    for key in sorted(today):
        if name.removeprefix(VERTEX).startswith("gemini-") and key[0] in services and ("standard", *key[1:]) in doubled:
            after[key] = 2 * today[key]
            differences.append((name, (key[0], key[1], key[2], "*"), None, None, None,
                                f"twice from the day on which its standard price doubles ({GOOGLES_PAGE}); genai-prices leaves this service out then"))
    return after


# What a unit costs where nobody says it apart, as price/sum.rs has it.
PARENTS = {"output_reasoning": "output", "input_image": "input", "input_video": "input"}
PARENTS_AT_GOOGLE = {"input_audio": "input", "output_audio": "output"}


def without_shadows(provider, prices):
    """Units that cost what their parent costs wherever they are named: a tier or a service names the parent alone, and means both."""
    parents = PARENTS | (PARENTS_AT_GOOGLE if provider == "google" else {})
    def is_shadow(unit):
        return all(prices.get((*key[:3], parents[unit])) == price for key, price in prices.items() if key[3] == unit)
    shadows = {unit for unit in parents if is_shadow(unit)}
    return {key: price for key, price in prices.items() if key[3] not in shadows}


def ends_flat(provider, name):
    """Since when and why a model of Anthropic's own has no tiers any more."""
    return FLAT_FROM.get(re.sub(r"-\d{8}$", "", name)) if provider == "anthropic" else None


def flat(prices):
    return {key: price for key, price in prices.items() if key[1] == 0}


def known_to_litellm(provider, catalogue):
    """{name as the API spells it: entry}"""
    wanted, prefix, _ = PROVIDERS[provider]
    known = {}
    for name, entry in catalogue.items():
        if entry.get("litellm_provider") in wanted and entry.get("mode") in MODES and not NO_MODEL.search(name):
            known.setdefault(name.removeprefix(prefix), entry)
    return known


def known_on_vertex(catalogue):
    """The same of Vertex AI, whose names are of publishers there; where litellm has two, that of Vertex AI's own prefix."""
    known = {}
    for name, entry in sorted(catalogue.items(), key=lambda item: not item[0].startswith("vertex_ai/")):
        if entry.get("litellm_provider", "").startswith("vertex_ai") and entry.get("mode") in MODES and not NO_MODEL.search(name):
            known.setdefault(name.rsplit("/", 1)[-1], entry)
    return known


# Pictures by size and quality: litellm spells them before the model's name.
SIZED = re.compile(r"(?:(low|medium|high|standard|hd)/)?(\d+-x-\d+)/(.+)")


def fold_sizes(provider, known):
    """Entries of one size and quality become variants of their model."""
    sized = {}
    for name in [name for name in known if "/" in name and provider in ("openai", "xai", "google")]:
        entry, match = known.pop(name), SIZED.fullmatch(name)
        if match and entry.get("mode") == "image_generation":
            price = entry.get("input_cost_per_image", entry.get("output_cost_per_image"))
            if price:
                size = match[2].replace("-x-", "x")
                variant = f"{match[1]}/{size}" if match[1] else size
                sized.setdefault(match[3], {})["standard", 0, variant, "output_picture"] = Decimal(repr(price))
    return sized


def book(provider, catalogue, genai_models):
    """{name: ([(valid_from, prices)], multipliers or None: US only, regional endpoints, the government's)}"""
    models = {}
    known = known_to_litellm(provider, catalogue)
    sized = fold_sizes(provider, known)
    on_vertex = known_on_vertex(catalogue) if provider == "google" else {}
    def genai_of(name):
        return next((model for model in genai_models if model.match.is_match(name)), None)
    names = dict.fromkeys([*known, *sized, *on_vertex])
    for model in genai_models:
        if NO_MODEL.search(model.id):
            continue
        for name in [model.id, *exact_names(model.match), *EXTRA_NAMES.get(model.id, [])]:
            # ids as the API spells them: no dots in Claude's versions, no unfinished prefixes
            foreign = re.search(r"^gpt-5-\d|^gpt-35|-$", name) or "/" in name and provider != "openrouter"
            foreign = foreign or provider == "anthropic" and re.search(r"@|claude-(?!2)[^.]*\.", name)
            if not foreign and genai_of(name) is model:
                names[name] = None
    def of(name, litellm, model, entry):
        history = of_genai(provider, model, name.removeprefix(VERTEX)) if model else []
        dated = merged(provider, name, litellm, history)
        if end := ends_flat(provider, name):
            since, why = end
            differences.append((name, ("standard", 200000, "", "*"), None, None, None, f"flat from {since}: {why}"))
            dated = [(None, dated[-1][1]), (since, flat(dated[-1][1]))]
        add_by_hand(provider, dated, name)
        us_only = (entry.get("provider_specific_entry") or {}).get("us")
        fast = (entry.get("provider_specific_entry") or {}).get("fast")
        if fast is not None and ("fast", 0, "", "input") not in dated[-1][1]:
            sys.exit(f"{name}: litellm has a fast multiplier, genai-prices no fast prices: decide by hand")
        regional = entry.get("regional_processing_uplift_multiplier_us") or on_vertex.get(
            name.removeprefix(VERTEX), {}).get("regional_endpoint_uplift_multiplier")
        government = entry.get("fedramp_uplift_multiplier")
        return (dated, *(Decimal(repr(factor)) if factor else None for factor in (us_only, regional, government)))
    for name in names:
        model, vertex = genai_of(name), on_vertex.get(name, {})
        entry = known.get(name, vertex)
        litellm = {**of_litellm(provider, entry, name), **sized.get(name, {})}
        made = of(name, litellm, model, entry)
        if made[0][-1][1]:
            models[name] = made
        if vertex and (name in known or model):
            there = of_litellm(provider, vertex, name)
            if apart(lambda: of(VERTEX + name, there, model, vertex)) != made:
                models[VERTEX + name] = of(VERTEX + name, there, model, vertex)
    for whose, name, prices, page in MODELS_BY_HAND:
        if whose == provider:
            models[name] = ([(None, {("standard", 0, "", unit): Decimal(price) for unit, price in prices.items()})], None, None, None)
            by_hand.update((provider, f"{unit} of {name}", price, page) for unit, price in prices.items())
    for whose, pattern, since, target, page in REDIRECTED:
        for name in [name for name in models if whose == provider and re.fullmatch(pattern, name)]:
            before = of_genai(provider, genai_of(name), name)
            add_by_hand(provider, before, name)
            then, *factors = models[target or name]
            models[name] = (before + [(since, then[-1][1])], *factors)
            differences.append((name, ("standard", 0, f"since {since}", "*"), None, None, None, page))
    return models


def add_by_hand(provider, dated, name):
    """What neither catalogue files with a model."""
    for whose, having, unit, price, page in BY_HAND:
        for _, prices in dated:
            key = ("standard", 0, "", unit)
            if whose == provider and ("standard", 0, "", having) in prices and key not in prices:
                prices[key] = Decimal(price)
                by_hand.add((provider, unit, price, page))
    for whose, pattern, variant, unit, held, page in OF_SOME:
        if whose != provider or not re.fullmatch(pattern, name.removeprefix(VERTEX)):
            continue
        for since, prices in dated:
            price = [price for start, price in held if start is None or since and start <= since][-1]
            prices["standard", 0, variant, unit] = Decimal(price)
            of_some.setdefault((provider, f"{unit} ({variant})" if variant else unit, price, page), set()).add(name.removeprefix(VERTEX))


def apart(make):
    """What it makes, and nothing written down of it."""
    before = len(differences), len(figures)
    made = make()
    del differences[before[0]:], figures[before[1]:]
    return made


# --- writing them down ---------------------------------------------------------------------------------------------

def spelled(price):
    if isinstance(price, Fraction):
        exact = Decimal(price.numerator) / Decimal(price.denominator)
        if Fraction(exact) != price:
            return spelled(Decimal(int(price * 3600 * 10**12)) / 10**12) + "/h"
        price = exact
    return format(price.normalize(), "f")


def hourly(key, price):
    """As the book keeps it: time by the hour."""
    price = Fraction(price) * (3600 if key[3].endswith("_second") else 1)
    return spelled(Decimal(price.numerator) / Decimal(price.denominator))


def write_figures():
    lines = ["\t".join(("provider", "model", "service", "above", "variant", "unit", "litellm", "genai-prices"))]
    lines += ["\t".join(row) for row in sorted(figures)]
    (OUT / "catalogues.tsv").write_text("\n".join(lines) + "\n")


def tree(dated, us_only, regional, government):
    """As in the YAML: [{valid_from, unit: price, above_N: {…}, variants: {…}, service: {…}}]"""
    out = []
    for since, prices in dated:
        entry = {"valid_from": since} if since else {}
        for service in SERVICES:
            node = {}
            for above in sorted({key[1] for key in prices if key[0] == service}):
                units = {unit: spelled(prices[service, above, "", unit]) for unit in UNITS
                         if (service, above, "", unit) in prices}
                if above == 0:
                    node.update(units)
                elif units:
                    node[f"above_{above}"] = units
            variants = {}
            for _, _, variant, unit in sorted(key for key in prices if key[0] == service and key[2]):
                variants.setdefault(variant, {})[unit] = spelled(prices[service, 0, variant, unit])
            if variants:
                node["variants"] = variants
            if service == "standard":
                entry.update(node)
            elif node:
                entry[service] = node
        if us_only:
            entry["us_only"] = spelled(us_only)
        if regional:
            entry["regional"] = spelled(regional)
        if government:
            entry["government"] = spelled(government)
        out.append(entry)
    return out


def yaml_lines(node, indent):
    pad = " " * indent
    for key, value in node.items():
        key = f'"{key}"' if re.search(r"[/:]|^\d", key) else key
        if isinstance(value, dict):
            yield f"{pad}{key}:"
            yield from yaml_lines(value, indent + 2)
        else:
            yield f"{pad}{key}: {value}" if key in ("valid_from", "same_as") else f'{pad}{key}: "{value}"'


def write_yaml(provider, models):
    lines = [
        f"# Prices of {provider}, USD per million tokens or characters, per second, per piece. Made by generate.py; do not edit.",
        f"# Sources: litellm {PINNED['litellm']} model_prices_and_context_window, genai-prices {PINNED['genai-prices']};",
        "# where they disagree, and what was taken: differences.md.",
        f"{provider}:",
    ]
    first = {}
    for name in sorted(models):
        entries = tree(*models[name])
        shape = json.dumps(entries)
        lines.append(f'  "{name}":' if re.search(r"[:~/@]", name) else f"  {name}:")
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
    percents = [int(Decimal(entry.get(name, 1)) * 100) for name in ("us_only", "regional", "government")]
    rates = []
    for service in SERVICES:
        node = entry if service == "standard" else entry.get(service)
        if not node:
            continue
        rates.append((service, 0, "", {u: p for u, p in node.items() if u in UNITS}))
        rates += [(service, int(key[6:]), "", units) for key, units in node.items() if key.startswith("above_")]
        rates += [(service, 0, variant, units) for variant, units in node.get("variants", {}).items()]
    text = ", ".join(
        f'rate(S::{service.capitalize()}, {above:_}, "{variant}", &[' + ", ".join(f"unit(U::{camel(u)}, {attos(u, p):_})" for u, p in units.items()) + "])"
        for service, above, variant, units in rates)
    return f"{seconds}, {percents}", text


def epoch(date):
    from datetime import datetime, timezone
    return int(datetime.fromisoformat(date).replace(tzinfo=timezone.utc).timestamp())


def attos(unit, price):
    """1e-18 USD a unit; the price is per million, or for one. Of time: 1e-12 USD an hour."""
    if unit.endswith("_second"):
        hourly = Decimal(price.removesuffix("/h")) * (1 if price.endswith("/h") else 3600)
        return int((hourly * 10**12).to_integral_value())
    scaled = Decimal(price) * (10**12 if unit in MILLION + MILLION_HOURS else 10**18)
    return int(scaled.to_integral_value())


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
    rows = {}
    for name, key, litellm, genai, taken, why in differences:
        rows.setdefault((*key, litellm, genai, taken, why), set()).add(name)
    lines = [
        "# Where the catalogues disagree",
        "",
        f"litellm {PINNED['litellm']} against genai-prices {PINNED['genai-prices']}, for the models in the book. Made by generate.py.",
        "Dated snapshots stand with their model. Above: tokens of input.",
        "",
        "| models | service | above or variant | unit | litellm | genai-prices | taken | why |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    table = []
    for (service, above, variant, unit, litellm, genai, taken, why), names in rows.items():
        cells = [together(names), service, above or variant, unit, *(("" if x is None else spelled(x)) for x in (litellm, genai, taken)), why]
        table.append("| " + " | ".join(map(str, cells)) + " |")
    lines += sorted(table)
    lines += ["", "## By hand", "", "| provider | unit | price | page |", "| --- | --- | --- | --- |"]
    rows = by_hand | {(provider, f"{unit} of {together(names)}", price, page) for (provider, unit, price, page), names in of_some.items()}
    lines += [f"| {' | '.join(row)} |" for row in sorted(rows)]
    lines += ["", "## Left out", "", "Figures of litellm that are no price of ours.", "", "| figure | models | why |", "| --- | --- | --- |"]
    lines += [f"| {key} | {together(names)} | {why} |" for (key, why), names in sorted(left_out.items(), key=str)]
    (OUT / "differences.md").write_text("\n".join(lines) + "\n")


def together(names):
    """Without the snapshots of models that stand there, too."""
    return ", ".join(name for name in sorted(names)
                     if (model := re.sub(r"(-\d{4}-\d{2}-\d{2}|[-@]\d{8}|@\w+)$", "", name)) == name or model not in names)


def main():
    for package, version in PINNED.items():
        if metadata.version(package) != version:
            sys.exit(f"{package} {version} is pinned, {metadata.version(package)} is installed")
    folder = Path(util.find_spec("litellm").submodule_search_locations[0])
    catalogue = json.loads((folder / "model_prices_and_context_window_backup.json").read_text())
    made = {}
    for provider, (_, _, genai_id) in PROVIDERS.items():
        genai = next(p for p in genai_providers if p.id == genai_id)
        made[provider] = book(provider, catalogue, genai.models)
    undecided.extend(f"litellm's {key} is neither read nor left out: {', '.join(sorted(names))}"
                     for (key, why), names in left_out.items() if why is None)
    if undecided:
        sys.exit("\n".join(undecided))
    for provider, models in made.items():
        write_yaml(provider, models)
        write_rust(provider, models)
        print(f"{provider}: {len(models)} models")
    write_differences()
    write_figures()


main()
