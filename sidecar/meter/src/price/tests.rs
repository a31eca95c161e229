mod catalogues;

use jiff::Timestamp;
use proptest::prelude::*;

use super::{Line, PriceBook, Served, Unpriced, built_in, file, served::Place, table::Service};
use crate::{
    cost::Cost,
    provider::Provider,
    usage::{Measure, UnitKind, Usage},
};

const OPENAI: &str = include_str!("../../prices/openai.yaml");
const ANTHROPIC: &str = include_str!("../../prices/anthropic.yaml");
const GOOGLE: &str = include_str!("../../prices/google.yaml");
const XAI: &str = include_str!("../../prices/xai.yaml");
const OPENROUTER: &str = include_str!("../../prices/openrouter.yaml");

fn error(yaml: &str) -> String {
    PriceBook::with_overrides(yaml).expect_err("this file is not to be taken").to_string()
}

fn cost(book: &PriceBook, model: &str, usage: &Usage) -> Result<String, Unpriced> {
    let at = Timestamp::constant(1_795_000_000, 0);
    book.cost(Provider::OpenAi, model, at, usage, &Served::by_default()).map(|cost| cost.to_string())
}

#[test]
fn the_constants_are_what_the_price_files_say() {
    for (provider, yaml) in [
        (Provider::OpenAi, OPENAI),
        (Provider::Anthropic, ANTHROPIC),
        (Provider::Google, GOOGLE),
        (Provider::Xai, XAI),
        (Provider::OpenRouter, OPENROUTER),
    ] {
        let parsed = file::parse(yaml).expect("the built-in prices are a valid price file");
        let [(named, prices)] = parsed.providers.as_slice() else { panic!("one provider a file") };
        assert_eq!((*named, prices.models.as_slice()), (provider, built_in::models(provider)));
    }
}

#[test]
fn built_in_models_are_sorted_and_each_stands_once() {
    for provider in Provider::ALL {
        let models = built_in::models(provider);
        assert!(models.windows(2).all(|pair| pair[0].name < pair[1].name), "{provider}");
    }
}

#[test]
fn models_are_known_by_name_by_snapshot_and_never_by_likeness() {
    let book = PriceBook::built_in();
    for (provider, model) in [
        (Provider::OpenAi, "gpt-4o"),
        (Provider::OpenAi, "gpt-4o-2024-08-06"),
        (Provider::OpenAi, "gpt-6-sol-2026-09-09"),
        (Provider::OpenAi, "ft:gpt-4o-mini-2024-07-18:acme:name:id"),
        (Provider::OpenAi, "ft:gpt-3.5-turbo"),
        (Provider::Anthropic, "claude-3-5-sonnet-20241022"),
        (Provider::Anthropic, "claude-opus-5-20260601"),
    ] {
        assert!(book.knows(provider, model), "{model}");
    }
    for (provider, model) in [
        (Provider::OpenAi, "gpt-4o-2024-08-0"),
        (Provider::OpenAi, "gpt-4o-next"),
        (Provider::OpenAi, "GPT-4o"),
        (Provider::OpenAi, "gpt"),
        (Provider::OpenAi, ""),
        (Provider::OpenAi, "ft:gpt-4o-2024-05-13:acme::id"),
        (Provider::OpenAi, "ft:"),
        (Provider::OpenAi, "claude-opus-5"),
        (Provider::Anthropic, "gpt-4o"),
        (Provider::Anthropic, "claude-opus-5-2026060"),
        (Provider::Google, "gemini-2.5-prose"),
    ] {
        assert!(!book.knows(provider, model), "{model}");
    }
}

#[test]
fn vertex_ai_has_prices_of_its_own_and_names_versions_behind_an_at() {
    let at = "2026-11-24T12:00:00Z".parse().expect("a time");
    let cost = |book: &PriceBook, model: &str, on_vertex, place| {
        let served = Served { on_vertex, place, ..Served::by_default() };
        let input = Usage::default().with(UnitKind::Input, 100_000);
        book.cost(Provider::Google, model, at, &input, &served).map(|cost| cost.to_string())
    };
    let built_in = PriceBook::built_in();
    for (model, on_vertex, place, expected) in [
        ("gemini-2.0-flash", false, Place::Anywhere, "0.01"),
        ("gemini-2.0-flash", true, Place::Anywhere, "0.015"),
        ("models/gemini-3.5-flash", true, Place::Anywhere, "0.15"),
        ("publishers/google/models/gemini-3.5-flash", true, Place::Region, "0.165"),
        ("gemini-2.5-pro", true, Place::Region, "0.125"),
        ("claude-haiku-4-5@20251001", true, Place::Anywhere, "0.1"),
        ("claude-haiku-4-5-20251001", true, Place::Region, "0.11"),
        ("meta/llama-3.3-70b-instruct-maas", true, Place::Anywhere, "0.072"),
    ] {
        assert_eq!(cost(built_in, model, on_vertex, place).as_deref(), Ok(expected), "{model}");
    }
    // an admin's price is for both, unless he names one
    let own = "google: {gemini-2.0-flash: {input: 7}, gemini-2.5-pro: {input: 7}, vertex/gemini-2.5-pro: {input: 8}}";
    let own = PriceBook::with_overrides(own).expect("a valid file");
    for (model, on_vertex, expected) in
        [("gemini-2.0-flash", true, "0.7"), ("gemini-2.5-pro", false, "0.7"), ("gemini-2.5-pro", true, "0.8")]
    {
        assert_eq!(cost(&own, model, on_vertex, Place::Anywhere).as_deref(), Ok(expected), "{model}");
    }
}

#[test]
fn a_snapshot_with_a_price_of_its_own_has_that_price() {
    let usage = Usage::default().with(UnitKind::Input, 1_000_000);
    assert_eq!(cost(PriceBook::built_in(), "gpt-4o", &usage).as_deref(), Ok("2.5"));
    assert_eq!(cost(PriceBook::built_in(), "gpt-4o-2024-05-13", &usage).as_deref(), Ok("5"));
}

#[test]
fn a_unit_without_a_price_is_not_priced_as_another() {
    let usage = Usage::default().with(UnitKind::InputAudio, 1);
    let reason = cost(PriceBook::built_in(), "gpt-4o", &usage).expect_err("gpt-4o takes no sound");
    assert_eq!(reason.to_string(), "the price book has no price of \"input_audio\" for \"gpt-4o\"");
}

#[test]
fn sound_costs_as_text_where_googles_page_has_one_price_for_all() {
    let at = "2026-11-24T12:00:00Z".parse().expect("a time");
    let usage = Usage::default().with(UnitKind::InputAudio, 1_000).with(UnitKind::InputAudioCached, 1_000);
    let cost = |model| PriceBook::built_in().cost(Provider::Google, model, at, &usage, &Served::by_default());
    assert_eq!(cost("gemini-2.5-pro").map(|cost| cost.to_string()).as_deref(), Ok("0.001375"));
    assert_eq!(cost("gemini-2.5-flash").map(|cost| cost.to_string()).as_deref(), Ok("0.0011"));
}

#[test]
fn a_price_file_is_read_whole_with_all_it_can_say() {
    let yaml = "
openai:
  mine:
    input: 1.10
    output: \"2\"
    web_search_call: 0.025
    above_1000: {input: 2.20}
    flex:
      input: 0.5
      above_1000: {input: 1}
  mine-2026-01-01: {same_as: mine}
  dated:
    - input: 4
    - {valid_from: 2026-01-01, input: 3}
    - {valid_from: \"2036-06-01T12:00:00Z\", input: 2}
anthropic:
  theirs: {input: 1, us_only: 1.1}
";
    let book = PriceBook::with_overrides(yaml).expect("a valid file");
    let usage = |input| Usage::default().with(UnitKind::Input, input).with(UnitKind::WebSearchCall, 1);
    assert_eq!(cost(&book, "mine", &usage(1000)).as_deref(), Ok("0.0261"));
    assert_eq!(cost(&book, "mine-2026-01-01", &usage(1001)), cost(&book, "mine", &usage(1001)));
    let input = |count| Usage::default().with(UnitKind::Input, count);
    assert_eq!(cost(&book, "mine", &input(1001)).as_deref(), Ok("0.0022022"));
    assert_eq!(cost(&book, "dated", &input(1_000_000)).as_deref(), Ok("3"));
    assert_eq!(cost(&book, "gpt-4o", &input(1_000_000)).as_deref(), Ok("2.5"));
    assert!(book.knows(Provider::Anthropic, "theirs"));
}

#[test]
fn a_file_without_bytes_is_not_taken() {
    for yaml in ["", " \n"] {
        assert!(error(yaml).contains("is empty"), "{yaml:?}");
    }
}

#[test]
fn an_admins_price_of_a_model_holds_for_its_snapshots() {
    let book =
        PriceBook::with_overrides("openai: {gpt-4o-mini: {input: 1}, gpt-4o: {input: 7}}").expect("valid");
    let input = Usage::default().with(UnitKind::Input, 1_000_000);
    assert_eq!(cost(&book, "gpt-4o-mini-2024-07-18", &input).as_deref(), Ok("1"));
    // priced apart from its base in the built-in book: not what the admin meant
    assert_eq!(cost(&book, "gpt-4o-2024-05-13", &input).as_deref(), Ok("5"));
}

#[test]
fn a_model_goes_by_a_name_of_the_book_whatever_calls_say() {
    let book = PriceBook::built_in();
    let known = |model| book.known_as(Provider::OpenAi, model);
    assert_eq!(known("gpt-4o-2031-01-01"), Some("gpt-4o"));
    assert_eq!(known("ft:gpt-4o-mini:acme:x:1"), known("ft:gpt-4o-mini:other::2"));
    assert_eq!(known("nobody"), None);
}

fn cost_at(book: &PriceBook, model: &str, usage: &Usage, at: &str) -> Result<String, Unpriced> {
    let at = at.parse().expect("a time");
    book.cost(Provider::OpenAi, model, at, usage, &Served::by_default()).map(|cost| cost.to_string())
}

#[test]
fn a_discount_is_of_the_built_in_price_by_model_or_by_provider_and_holds_for_snapshots() {
    let yaml = "
openai:
  discount: 15%
  gpt-4o: {discount: 12.5%}
  mine: {input: 4}
  gpt-5.4: {discount: 100%}
";
    let book = PriceBook::with_overrides(yaml).expect("a valid file");
    let input = Usage::default().with(UnitKind::Input, 1_000_000).with(UnitKind::WebSearchCall, 1);
    let searched = |model| cost(&book, model, &input);
    assert_eq!(searched("gpt-4.1").as_deref(), Ok("1.7085"));
    let input = Usage::default().with(UnitKind::Input, 1_000_000);
    for (model, expected) in [
        ("gpt-4o", "2.1875"),
        ("gpt-4o-2024-08-06", "2.1875"),
        // priced apart: it has the discount of all others
        ("gpt-4o-2024-05-13", "4.25"),
        // prices of one's own are what is paid
        ("mine", "4"),
        ("gpt-5.4", "0"),
    ] {
        assert_eq!(cost(&book, model, &input).as_deref(), Ok(expected), "{model}");
    }
}

#[test]
fn a_discount_and_a_price_hold_from_their_instant_on() {
    let yaml = "
openai:
  discount: [{valid_from: 2026-03-01, discount: 10%}]
  gpt-4o:
    - {valid_from: 2026-06-01T12:00:00Z, discount: 20%}
    - {valid_from: 2026-07-01, discount: 0%}
  mine: [{input: 4}, {valid_from: 2026-06-01, input: 3}]
";
    let book = PriceBook::with_overrides(yaml).expect("a valid file");
    let input = Usage::default().with(UnitKind::Input, 1_000_000);
    for (model, at, expected) in [
        ("gpt-4.1", "2026-02-28T23:59:59.999999999Z", "2"),
        ("gpt-4.1", "2026-03-01T00:00:00Z", "1.8"),
        ("gpt-4o", "2026-06-01T11:59:59.999Z", "2.5"),
        ("gpt-4o", "2026-06-01T12:00:00Z", "2"),
        ("gpt-4o", "2026-07-01T00:00:00Z", "2.5"),
        ("mine", "2026-05-31T23:59:59.999999999Z", "4"),
        ("mine", "2026-06-01T00:00:00Z", "3"),
    ] {
        assert_eq!(cost_at(&book, model, &input, at).as_deref(), Ok(expected), "{model} {at}");
    }
}

#[test]
fn prices_in_another_currency_cost_usd_at_the_rate_of_the_day() {
    let yaml = "
currency: EUR
rates:
  - {valid_from: 2026-01-01, usd: 1.083457}
  - {valid_from: 2026-02-01, usd: \"1.1\"}
openai:
  mine: {input: 3, input_audio_second: 0.36/h, output_picture: 0.07, flex: {input: 1}}
";
    let book = PriceBook::with_overrides(yaml).expect("a valid file");
    let input = Usage::default().with(UnitKind::Input, 7);
    assert_eq!(cost_at(&book, "mine", &input, "2026-01-31T00:00:00Z").as_deref(), Ok("0.000022752597"));
    assert_eq!(cost_at(&book, "mine", &input, "2026-02-01T00:00:00Z").as_deref(), Ok("0.0000231"));
    // the built-in book is in USD, whatever the file is in
    let input = Usage::default().with(UnitKind::Input, 1_000_000);
    assert_eq!(cost_at(&book, "gpt-4o", &input, "2026-02-01T00:00:00Z").as_deref(), Ok("2.5"));
    let all = Usage::default().with(UnitKind::OutputPicture, 2).with(UnitKind::InputAudioSecond, 1_000_000);
    assert_eq!(cost_at(&book, "mine", &all, "2026-02-01T00:00:00Z").as_deref(), Ok("0.15411"));
    let before = cost_at(&book, "mine", &input, "2025-12-31T00:00:00Z");
    assert_eq!(before, Err(Unpriced::NotYetPriced { model: "mine".into() }));
}

#[test]
fn a_model_served_by_oneself_may_cost_nothing() {
    let book =
        PriceBook::with_overrides("openai: {\"meta-llama/Llama-4\": {input: 0, output: 0}}").expect("valid");
    let usage = Usage::default().with(UnitKind::Input, 9).with(UnitKind::OutputReasoning, 9);
    assert_eq!(cost(&book, "meta-llama/Llama-4", &usage).as_deref(), Ok("0"));
}

fn explained(book: &PriceBook, model: &str, usage: &Usage, served: &Served) -> Vec<Line> {
    let at = "2026-11-24T12:00:00Z".parse().expect("a time");
    book.explain(Provider::OpenAi, model, at, usage, served).expect("a price")
}

#[test]
fn each_line_of_a_cost_says_quantity_price_factor_source_and_since_when() {
    let yaml = "{currency: EUR, rates: [{usd: 1.1}], openai: {discount: 10%, \
                mine: [{input: 1}, {valid_from: 2026-05-01, input: 1.25, input_audio_second: 0.006/min, regional: 1.2}]}}";
    let book = PriceBook::with_overrides(yaml).expect("a valid file");
    let usage = Usage::default().with(UnitKind::Input, 1_000).with(UnitKind::InputAudioSecond, 1_500_000);
    let lines = explained(&book, "mine", &usage, &Served { place: Place::Region, ..Served::by_default() });
    let line = |unit, quantity: &str, price: &str, per, factor: &str, amount: &str| Line {
        unit,
        quantity: quantity.into(),
        price: price.into(),
        currency: "EUR".into(),
        per,
        factor: Some(factor.into()),
        amount: amount.into(),
        source: "override".into(),
        valid_from: Some("2026-05-01T00:00:00Z".into()),
    };
    assert_eq!(
        lines,
        [
            line("input", "1000", "1.25", "million tokens", "1.32", "0.00165"),
            line("input_audio_second", "1.5", "0.36", "hour", "1.1", "0.000165"),
        ]
    );
    let usage = Usage::default().with(UnitKind::Output, 3);
    let [line] = explained(&book, "gpt-4o", &usage, &Served::by_default()).try_into().expect("a line");
    assert_eq!((line.price.as_str(), line.currency.as_str()), ("10", "USD"));
    assert_eq!((line.factor.as_deref(), line.amount.as_str()), (Some("0.9"), "0.000027"));
    assert_eq!((line.source, line.valid_from), (format!("built-in {}", built_in::VERSION), None));
}

#[test]
fn an_empty_price_file_changes_no_price() {
    for yaml in ["# nothing yet\n", "---\n", "{}", "openai: {}"] {
        let book = PriceBook::with_overrides(yaml).expect(yaml);
        assert!(book.knows(Provider::OpenAi, "gpt-4o"), "{yaml}");
    }
}

#[test]
fn a_price_before_the_first_is_not_known() {
    let book =
        PriceBook::with_overrides("openai: {new: {valid_from: 2036-01-01, input: 1}}").expect("a valid file");
    let usage = Usage::default().with(UnitKind::Input, 1);
    assert_eq!(cost(&book, "new", &usage), Err(Unpriced::NotYetPriced { model: "new".into() }));
}

#[test]
fn errors_name_the_place_and_what_to_write() {
    let cases = [
        ("openai:\n  m:\n    inptu: 1\n", "unknown name \"inptu\"", "line 3"),
        (
            "openai:\n  m:\n    input: abc\n",
            "input: \"abc\": expected a decimal number such as 0.25",
            "openai.m",
        ),
        ("openai:\n  m:\n    input: -1\n", "expected a decimal number", "openai.m"),
        ("openai:\n  m:\n    input: 1e-3\n", "expected a decimal number", "openai.m"),
        ("openai:\n  m:\n    input: 0.0000000000001\n", "more than 12 digits after the point", "openai.m"),
        ("openai:\n  m:\n    input: 99999999\n", "larger than can be kept", "openai.m"),
        ("openai:\n  m:\n    input: [1]\n", "a decimal number such as", "line 3"),
        ("openai:\n  m:\n    input: 1\n    input: 2\n", "\"input\" stands twice", "openai.m"),
        ("openai:\n  m: {input: 1}\n  m: {input: 2}\n", "\"m\" stands twice", "openai"),
        ("openai:\n  m: {}\n", "no price: write at least input", "openai.m"),
        ("openai:\n  m: []\n", "at least one", "openai.m"),
        ("openai:\n  m: 5\n", "prices, a list of dated prices, a discount, or same_as", "line 2"),
        ("openai:\n  gpt-4o: {discount: 15}\n", "expected a percentage", "line 2"),
        (
            "openai:\n  gpt-4o: {discount: 101%}\n",
            "discount: \"101%\": expected a percentage of at most 100",
            "line 2",
        ),
        (
            "openai:\n  gpt-4o: {discount: 1%, input: 1}\n",
            "discount: it is of the built-in prices and stands alone",
            "line 2",
        ),
        (
            "openai:\n  gpt-4o: [{input: 1}, {valid_from: 2026-01-01, discount: 1%}]\n",
            "stands alone",
            "line 2",
        ),
        (
            "openai:\n  m: {discount: 1%}\n",
            "m: discount: the built-in book has no price of this model",
            "line 2",
        ),
        ("openai:\n  m: {input: 1, flex: {discount: 1%}}\n", "flex: only units", "line 2"),
        ("openai:\n  discount: []\n", "discount: a list needs at least one", "line 2"),
        (
            "openai:\n  discount: [{percent: 1%}]\n",
            "unknown field `percent`, expected `valid_from` or `discount`",
            "line 2",
        ),
        (
            "openai:\n  discount: [{discount: 1%}, {discount: 2%}]\n",
            "discount: they must stand oldest first",
            "line 2",
        ),
        ("currency: EUR\nopenai: {}\n", "need what one EUR is in USD: rates: [{usd: \"1.08\"}]", "currency"),
        ("currency: euro\n", "currency: \"euro\": expected three letters such as EUR", "line 1"),
        ("rates: [{usd: 1}]\n", "say what currency the prices of this file are in", "rates"),
        ("currency: USD\nrates: [{usd: 1}]\n", "say what currency", "rates"),
        ("currency: EUR\nrates: [{usd: 0}]\n", "usd: \"0\": a rate is more than 0", "line 2"),
        ("currency: EUR\nrates: [{usd: x}]\n", "usd: \"x\": expected a decimal number", "line 2"),
        ("currency: EUR\nrates: []\n", "rates: a list needs at least one", "rates"),
        ("openai: {}\nopenai: {}\n", "\"openai\" stands twice", "openai"),
        (
            "openai:\n  m: {same_as: n}\n",
            "m: same_as names \"n\", which neither this file nor the built-in book prices",
            "openai",
        ),
        ("openai:\n  m: {same_as: m}\n", "m: same_as names \"m\"", "openai"),
        ("openai:\n  m: {same_as: n, input: 1}\n", "same_as stands alone", "openai.m"),
        ("openai:\n  m: {valid_from: soon, input: 1}\n", "expected a date such as 2026-06-01", "line 2"),
        (
            "openai:\n  m: {valid_from: 2026-02-30, input: 1}\n",
            "expected a date such as 2026-06-01",
            "line 2",
        ),
        ("openai:\n  m: [{input: 1}, {input: 2}]\n", "oldest first", "openai.m"),
        (
            "openai:\n  m: {input: 1, flex: {valid_from: 2026-01-01, input: 1}}\n",
            "only units, above_… and variants",
            "openai.m",
        ),
        ("openai:\n  m: {input: 1, above_5: {above_6: {input: 1}}}\n", "only units belong here", "openai.m"),
        ("openai:\n  m: {input: 1, above_0: {input: 1}}\n", "unknown name \"above_0\"", "line 2"),
        ("openai:\n  m: {input: 1, us_only: cheap}\n", "expected a factor", "line 2"),
        (
            "azure:\n  m: {input: 1}\n",
            "unknown provider \"azure\", expected one of openai, anthropic",
            "xai, openrouter, or currency or rates",
        ),
        ("openai: [1]\n", "a mapping of names", "openai"),
        ("openai:\n  m: {input: 1\n", "flow mapping", "line"),
        ("- 1\n", "expected a mapping of providers, such as openai:", "at line 1"),
        ("azure: {}\n", "unknown provider \"azure\"", "at line 1"),
        ("# ours\nopenai: {}\nazure: {}\n", "unknown provider \"azure\"", "at line 3"),
        ("apiVersion: v1\nkind: ConfigMap\n", "this is a manifest of Kubernetes", "at line 1"),
        ("openai: {}\ncurrency: EUR\n", "prices in EUR need what one EUR is in USD", "at line 2"),
        ("openai: {}\nrates: [{usd: 1}]\n", "say what currency the prices of this file are in", "at line 2"),
        ("openai: {}\nxai: {}\nopenai: {}\n", "\"openai\" stands twice", "at line 3"),
        ("openai: {}\n---\nopenai: {}\n", "more than one document: write all prices into one", "at line 2"),
        ("openai:\n  m: \0\n", "control characters are not allowed", "at line 2"),
        (
            "currency: EUR\nrates: [{valid_from: 2026-05-01, usd: 1}, {valid_from: 2026-01-01, usd: 2}]\n",
            "must stand oldest first",
            "at line 2",
        ),
    ];
    for (yaml, problem, place) in cases {
        let error = error(yaml);
        assert!(error.contains(problem) && error.contains(place), "{yaml:?} gives: {error}");
    }
}

proptest! {
    #[test]
    fn price_files_of_any_kind_never_panic(yaml in "([a-z_:\\-{}\\[\\]\", 0-9.\n]|openai|input|above_5|same_as){0,40}") {
        let _ = PriceBook::with_overrides(&yaml);
    }

    #[test]
    fn an_exact_sum_is_what_fractions_give(
        counts in prop::collection::vec(0..=1_000_000_000u64, UnitKind::ALL.len()),
        micros in prop::collection::vec(0..10_000_000u64, UnitKind::ALL.len()),
    ) {
        let unit = |(kind, micros): (UnitKind, &u64)| format!("{}: {}.{:06}", kind.name(), micros / 1_000_000, micros % 1_000_000);
        let units: Vec<_> = UnitKind::ALL.into_iter().zip(&micros).map(unit).collect();
        let book = PriceBook::with_overrides(&format!("openai: {{m: {{{}}}}}", units.join(", "))).expect("a valid file");
        let mut usage = Usage::default();
        // in 1/3600 of 1e-12 USD
        let mut exact = 0u128;
        for ((kind, &count), &micros) in UnitKind::ALL.into_iter().zip(&counts).zip(&micros) {
            usage.set(kind, count);
            exact += u128::from(count) * u128::from(micros) * match kind.measure() {
                Measure::Tokens | Measure::Characters | Measure::Seconds => 3_600,
                Measure::Pieces => 3_600_000_000,
                Measure::TokenHours => 1,
            };
        }
        let (picos, rest) = (exact / 3_600, exact % 3_600);
        let up = match rest.cmp(&1_800) {
            std::cmp::Ordering::Less => 0,
            std::cmp::Ordering::Equal => picos & 1,
            std::cmp::Ordering::Greater => 1,
        };
        let exact = picos + up;
        match cost(&book, "m", &usage) {
            Ok(cost) => prop_assert_eq!(cost.parse::<Cost>().expect("a cost"), Cost::from_picos(exact)),
            Err(reason) => prop_assert!(reason == Unpriced::TooLarge && exact >= 100_000_000 * 1_000_000_000_000),
        }
    }
}

/// The catalogues have cache writes of twelve hours under the older name alone, and all other figures alike under both.
#[test]
fn what_fast_does_not_name_costs_there_as_by_its_older_name() {
    let book = PriceBook::built_in();
    let at = Timestamp::constant(1_795_000_000, 0);
    for input in [100_000, 300_000] {
        let usage = Usage::default().with(UnitKind::InputCacheWrite12h, input).with(UnitKind::Output, 7);
        let by = |service| {
            let served = Served { service, ..Served::by_default() };
            book.cost(Provider::OpenAi, "gpt-6-sol", at, &usage, &served).map(|cost| cost.to_string())
        };
        assert_eq!(by(Service::Fast), by(Service::Priority), "{input}");
        assert_ne!(by(Service::Fast), by(Service::Standard), "{input}");
    }
}

#[test]
fn a_service_whose_tier_names_one_unit_keeps_its_own_prices_for_the_others() {
    let yaml =
        "openai:\n  m: {input: 4, output: 8, flex: {input: 2, output: 4, above_1000: {input_audio: 1}}}\n";
    let book = PriceBook::with_overrides(yaml).expect("a valid file");
    let usage = Usage::default().with(UnitKind::Input, 1_000_000);
    let served = Served { service: Service::Flex, ..Served::by_default() };
    let at = Timestamp::constant(1_795_000_000, 0);
    let cost = book.cost(Provider::OpenAi, "m", at, &usage, &served).map(|cost| cost.to_string());
    assert_eq!(cost.as_deref(), Ok("2"));
}
