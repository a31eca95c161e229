//! How far estimates are off, on texts of many scripts that real tokenizers counted (`estimates/generate.py`); the figures of
//! docs/metering.md are those that `cargo test -p tollgate-meter --test estimates -- --nocapture` prints.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Value, json};
use tollgate_meter::{
    AnswerFacts, AnswerHead, AnswerReader, Call, Coding, Dialect, Endpoint, Outcome, PriceBook, Provider,
    Ratio, Ratios, RequestFacts, UnitKind, Usage, settle,
};

const MODEL: &str = "gpt-5.4";

/// A text, delivered by a stream that was cut before its usage.
struct Text {
    delivered: AnswerFacts,
    /// As o200k, and as Claude's older tokenizer count it.
    tokens: [u64; 2],
}

// === impl Text ===

impl Text {
    fn call(&self, ratio: Ratio) -> Call<'_> {
        Call {
            provider: Provider::OpenAi,
            host: "api.openai.com",
            endpoint: Endpoint::of(Provider::OpenAi, "POST", "/v1/chat/completions"),
            reads: None,
            at: Timestamp::UNIX_EPOCH,
            request: None,
            request_sent: true,
            answer: Some(&self.delivered),
            status: Some(200),
            outcome: Outcome::ClientClosed,
            ratio,
        }
    }

    fn estimate(&self, ratio: Ratio) -> u64 {
        settle(&self.call(ratio), PriceBook::built_in()).usage.get(UnitKind::Output)
    }
}

fn corpus() -> BTreeMap<&'static str, Vec<Text>> {
    let mut corpus = BTreeMap::<_, Vec<Text>>::new();
    for line in include_str!("estimates/corpus.tsv").lines() {
        let [name, o200k, claude, text] =
            line.split('\t').collect::<Vec<_>>().try_into().expect("four columns");
        let content: Value = serde_json::from_str(text).expect("a JSON string");
        let event = json!({"model": MODEL, "choices": [{"delta": {"content": content}}]});
        let mut reader = AnswerReader::new(AnswerHead {
            dialect: Dialect::OpenAiChat,
            status: 200,
            content_type: Some("text/event-stream"),
            coding: Coding::Identity,
        });
        reader.feed(format!("data: {event}\n\n").as_bytes());
        reader.finish();
        let tokens = [o200k, claude].map(|count| count.parse().expect("a count"));
        corpus.entry(name).or_default().push(Text { delivered: reader.facts().clone(), tokens });
    }
    corpus
}

/// What completed calls with all the other texts showed.
fn learned<'a>(others: impl Iterator<Item = &'a Text>, tokenizer: usize) -> Ratio {
    let mut ratios = Ratios::default();
    for text in others {
        let usage = Usage::default().with(UnitKind::Output, text.tokens[tokenizer]);
        ratios.learn(&text.call(Ratio::default()), &usage);
    }
    ratios.of(Provider::OpenAi, MODEL)
}

/// Median and 95th percentile, in thousandths of the true count.
fn errors(
    corpus: &BTreeMap<&str, Vec<Text>>,
    tokenizer: usize,
    ratio: impl Fn(&[Text], usize) -> Ratio,
) -> (u64, u64) {
    let mut errors: Vec<_> = corpus
        .values()
        .flat_map(|texts| texts.iter().enumerate().map(move |(at, text)| (texts, at, text)))
        .map(|(texts, at, text)| {
            let tokens = text.tokens[tokenizer];
            text.estimate(ratio(texts, at)).abs_diff(tokens) * 1000 / tokens
        })
        .collect();
    errors.sort_unstable();
    (errors[errors.len() / 2], errors[errors.len() * 95 / 100])
}

#[test]
fn an_estimate_is_a_few_percent_off_once_completed_calls_have_corrected_it() {
    let corpus = corpus();
    for (tokenizer, name) in ["o200k", "Claude's older tokenizer"].into_iter().enumerate() {
        let alone = errors(&corpus, tokenizer, |_, _| Ratio::default());
        let corrected = errors(&corpus, tokenizer, |texts, at| {
            let others = texts.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, text)| text);
            learned(others, tokenizer)
        });
        let percent = |thousandths: u64| format!("{}.{} %", thousandths / 10, thousandths % 10);
        println!(
            "{name}: alone median {}, 95 % {}; corrected median {}, 95 % {}",
            percent(alone.0),
            percent(alone.1),
            percent(corrected.0),
            percent(corrected.1)
        );
        assert!(corrected.0 <= 70 && corrected.1 <= 250, "{corrected:?} thousandths");
        assert!(corrected.0 * 2 < alone.0 && corrected.1 * 2 < alone.1, "{corrected:?} after {alone:?}");
    }
}

#[test]
fn what_one_model_showed_says_nothing_of_another() {
    let corpus = corpus();
    let mut ratios = Ratios::default();
    let usage = Usage::default().with(UnitKind::Output, 100);
    ratios.learn(&corpus["Hindi"][0].call(Ratio::default()), &usage);
    assert_ne!(ratios.of(Provider::OpenAi, MODEL), Ratio::default());
    assert_eq!(ratios.of(Provider::OpenAi, "gpt-5.4-mini"), Ratio::default());
    assert_eq!(ratios.of(Provider::OpenRouter, MODEL), Ratio::default());
}

#[test]
fn a_model_is_known_by_the_name_that_it_was_asked_for_by_too() {
    let corpus = corpus();
    let mut ratios = Ratios::default();
    let text = &corpus["Hindi"][0];
    let delivered = AnswerFacts { model: Some("gpt-5.4-2026-03-05".into()), ..text.delivered.clone() };
    let request = RequestFacts { model: Some("gpt-5.4-latest".into()), ..RequestFacts::default() };
    let call = Call { request: Some(&request), answer: Some(&delivered), ..text.call(Ratio::default()) };
    ratios.learn(&call, &Usage::default().with(UnitKind::Output, 100));
    let known = ratios.of(Provider::OpenAi, "gpt-5.4-2026-03-05");
    assert_ne!(known, Ratio::default());
    assert_eq!(ratios.of(Provider::OpenAi, "gpt-5.4-latest"), known);
}

#[test]
fn what_was_learned_is_the_same_after_it_was_kept() {
    let corpus = corpus();
    let ratio = learned(corpus["Tamil"].iter(), 0);
    assert_eq!(Ratio::from_sums(ratio.sums()), ratio);
    let nonsense = Ratio::from_sums([u64::MAX, 1, 0, u64::MAX]);
    assert_eq!(nonsense, Ratio::default());
}

#[test]
fn a_call_whose_count_is_not_of_its_text_shows_nothing() {
    let corpus = corpus();
    let text = &corpus["English"][0];
    for usage in [
        Usage::default(),
        Usage::default().with(UnitKind::Output, 1_000_000_000),
        // thoughts that were delivered, or were not
        Usage::default().with(UnitKind::Output, 100).with(UnitKind::OutputReasoning, 5),
    ] {
        let mut ratios = Ratios::default();
        ratios.learn(&text.call(Ratio::default()), &usage);
        assert_eq!(ratios.of(Provider::OpenAi, MODEL), Ratio::default(), "{usage:?}");
    }
}

#[test]
fn models_past_the_sixty_fourth_take_the_place_of_the_one_that_was_called_longest_ago() {
    let corpus = corpus();
    let mut ratios = Ratios::default();
    let usage = Usage::default().with(UnitKind::Output, 100);
    let mut call = |model: usize| {
        let delivered =
            AnswerFacts { model: Some(format!("m{model}").into()), ..corpus["English"][0].delivered.clone() };
        let text = Text { delivered, tokens: [0, 0] };
        ratios.learn(&text.call(Ratio::default()), &usage);
    };
    (0..64).for_each(&mut call);
    // called again: now the second is the oldest
    call(0);
    call(64);
    let is_known = |model: &str| ratios.of(Provider::OpenAi, model) != Ratio::default();
    assert_eq!(["m0", "m1", "m2", "m64"].map(is_known), [true, false, true, true]);
}

#[test]
fn an_estimate_says_whether_it_was_corrected() {
    let corpus = corpus();
    let [text, others @ ..] = &corpus["Tamil"][..] else { panic!("there are texts") };
    let method = |ratio| settle(&text.call(ratio), PriceBook::built_in()).estimate.unwrap().method;
    assert_eq!(method(Ratio::default()), "bytes-v1: prompt and delivered output");
    assert_eq!(
        method(learned(others.iter(), 0)),
        "bytes-v1, corrected by this model's completed calls: prompt and delivered output"
    );
}
