//! The sentences. An apiserver shows 256 bytes of a warning.

use super::{AlertTold, Fired, Seen, Told, flag::Refused};
use crate::numbers::{counted, grouped};

/// Calls of the feature that are under way, as far as this replica hears of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenNow {
    pub calls: u64,
    pub streams: u64,
}

/// What is to be said of a flag, the most important first.
pub fn sentences(told: &Told, open: OpenNow) -> Vec<String> {
    let Told { feature, all, refused, is_preview, left_out } = told;
    let would = if *is_preview {
        "would have counted as refused (mode Preview refuses nothing)"
    } else {
        "would have refused"
    };
    let first = match refused {
        Refused::All => format!("over the last 24 h this {would} {}", described(all)),
        Refused::Some(some) if some.calls == 0 => {
            format!("over the last 24 h this {would} none of the feature {feature}'s {}", described(all))
        }
        Refused::Some(some) => {
            format!(
                "over the last 24 h this {would} {}, of {} calls in all",
                described(some),
                grouped(all.calls)
            )
        }
        Refused::Share(percent) => {
            format!("over the last 24 h this {would} about {percent} % of {}", described(all))
        }
        Refused::AtTimes => {
            format!("its schedule refuses calls at times; over the last 24 h there were {}", described(all))
        }
        Refused::None => {
            format!("this refuses nothing; over the last 24 h the feature {feature} had {}", described(all))
        }
        Refused::Unknown => format!(
            "whom its users and rollout would have refused cannot be said from the ledger; over the last 24 h there were {}",
            described(all)
        ),
    };
    let first = match open {
        OpenNow { calls: 0, .. } => first,
        OpenNow { calls, streams } => {
            format!("{first}; {} now open, {} of them", calls_are(calls), counted(streams, "stream"))
        }
    };
    let mut sentences = vec![first];
    sentences.extend(caveats(all));
    if *left_out {
        sentences.push(
            "calls that only its match entries by path, header, container or pod label find are not in these numbers"
                .to_owned(),
        );
    }
    sentences
}

/// What is to be said of an alert.
pub fn alert_sentences(told: &AlertTold) -> Vec<String> {
    let AlertTold { all, fired, left_out } = told;
    let would = match fired {
        Fired::Times { times: 0, .. } => "this would not have fired".to_owned(),
        Fired::Times { times, groups: 0 | 1, .. } => {
            format!("this would have fired {}", counted(*times, "time"))
        }
        Fired::Times { times, groups, .. } => {
            format!("this would have fired {}, for {} groups", counted(*times, "time"), grouped(*groups))
        }
        Fired::Unknown => "how often this would have fired takes too long to say".to_owned(),
        Fired::LeftOut => "how often this would have fired is not said".to_owned(),
    };
    let mut sentences = vec![format!("over the last 24 h {would}; it counts {}", described(all))];
    if let Fired::Times { already: true, .. } = fired {
        sentences.push("it would have been firing already when these began".to_owned());
    }
    if let Fired::Times { disabled: 1.., .. } = fired {
        sentences.push("it disables: calls that came then would have been refused".to_owned());
    }
    sentences.extend(caveats(all));
    if *left_out {
        sentences.push(
            "its anomalies and forecasts by the calendar are not in this: `tollgate alert replay` tries them on weeks of traffic"
                .to_owned(),
        );
    }
    sentences
}

/// What the USD hide.
fn caveats(seen: &Seen) -> impl Iterator<Item = String> {
    let Seen { unpriced, estimated_cost, .. } = seen;
    let without_price = (*unpriced > 0)
        .then(|| format!("{} of these calls have no price yet and are not in the USD", grouped(*unpriced)));
    let estimated = (estimated_cost != "0")
        .then(|| format!("{} USD of it are of calls whose usage is estimated", dollars(estimated_cost)));
    without_price.into_iter().chain(estimated)
}

/// Like `1,204 calls, 38.20 USD, from 3 workloads, 57 users`.
fn described(seen: &Seen) -> String {
    let Seen { calls, unpriced: _, cost, estimated_cost: _, workloads, users } = seen;
    format!(
        "{}, {} USD, from {}, {}",
        counted(*calls, "call"),
        dollars(cost),
        counted(*workloads, "workload"),
        counted(*users, "user")
    )
}

fn calls_are(count: u64) -> String {
    if count == 1 { "1 call is".to_owned() } else { format!("{} calls are", grouped(count)) }
}

/// At least two decimals, and no digit that the ledger has is left out.
fn dollars(cost: &str) -> String {
    match cost.split_once('.') {
        None => format!("{cost}.00"),
        Some((whole, part)) => format!("{whole}.{part:0<2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(calls: u64, cost: &str) -> Seen {
        let (cost, estimated_cost) = (cost.to_owned(), "0".to_owned());
        Seen { calls, unpriced: 0, cost, estimated_cost, workloads: 3, users: 57 }
    }

    fn told(refused: Refused) -> Told {
        Told {
            feature: "chat".to_owned(),
            all: seen(1_204, "38.2"),
            refused,
            is_preview: false,
            left_out: false,
        }
    }

    #[test]
    fn what_a_switch_would_have_done_is_one_sentence() {
        assert_eq!(
            sentences(&told(Refused::All), OpenNow { calls: 2, streams: 2 }),
            [
                "over the last 24 h this would have refused 1,204 calls, 38.20 USD, from 3 workloads, 57 users; 2 calls \
              are now open, 2 streams of them"
            ]
        );
    }

    #[test]
    fn what_an_alert_would_have_done_is_one_sentence_and_what_else_there_is_to_know() {
        let told = |fired| AlertTold { all: seen(1_204, "38.2"), fired, left_out: false };
        assert_eq!(
            alert_sentences(&told(Fired::Times { times: 3, groups: 2, disabled: 1, already: true })),
            [
                "over the last 24 h this would have fired 3 times, for 2 groups; it counts 1,204 calls, 38.20 USD, from 3 workloads, 57 users",
                "it would have been firing already when these began",
                "it disables: calls that came then would have been refused"
            ]
        );
        let never = alert_sentences(&told(Fired::Times { times: 0, groups: 0, disabled: 0, already: false }));
        assert!(never[0].starts_with("over the last 24 h this would not have fired; it counts"), "{never:?}");
    }

    #[test]
    fn every_sentence_fits_into_a_warning() {
        let most = Seen {
            calls: u64::MAX,
            unpriced: u64::MAX,
            cost: "123456789012.123456789012".to_owned(),
            estimated_cost: "123456789012.123456789012".to_owned(),
            workloads: 1_000_000,
            users: 1_000_000_000,
        };
        for refused in [Refused::All, Refused::None, Refused::AtTimes, Refused::Unknown, Refused::Share(99)] {
            let told = Told { all: most.clone(), left_out: true, is_preview: true, ..told(refused) };
            for sentence in sentences(&told, OpenNow::default()) {
                assert!(sentence.len() <= 256, "{}: {sentence}", sentence.len());
            }
        }
        for fired in
            [Fired::Times { times: 99_999, groups: 1_000, disabled: 7, already: true }, Fired::Unknown]
        {
            for sentence in alert_sentences(&AlertTold { all: most.clone(), fired, left_out: true }) {
                assert!(sentence.len() <= 256, "{}: {sentence}", sentence.len());
            }
        }
    }

    #[test]
    fn what_has_no_price_or_is_estimated_is_not_hidden_in_a_sum() {
        let all = Seen { unpriced: 7, estimated_cost: "0.25".to_owned(), ..seen(10, "3") };
        let sentences = sentences(&Told { all, ..told(Refused::All) }, OpenNow::default());
        assert_eq!(
            sentences[1..],
            [
                "7 of these calls have no price yet and are not in the USD",
                "0.25 USD of it are of calls whose usage is estimated"
            ]
        );
    }
}
