//! Models that no price book has, as calls named them: told to the operator, who tells the admin. They are no label of a metric:
//! apps can name what they like.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tollgate_crds::stream::UnpricedModel;
use tollgate_meter::{Provider, Unpriced};

use super::{CallMetrics, lock};

/// What one worker saw; it writes, and whoever reports reads: nobody else waits for either.
#[derive(Default)]
pub(super) struct UnpricedModels(Mutex<Vec<Seen>>);

struct Seen {
    feature: Arc<str>,
    provider: Provider,
    model: Box<str>,
    looks_like: Option<Box<str>>,
    last: Instant,
}

/// Of one worker: more than an app calls, unless it makes them up.
const MOST: usize = 16;
/// A longer name is no model's.
const LONGEST: usize = 128;
/// As long as the counts in a flag's status look back.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

// === impl UnpricedModels ===

impl UnpricedModels {
    /// A call had no cost. Past the sixteenth, a model takes the place of the one that was called longest ago.
    pub(super) fn saw(&self, feature: &Arc<str>, provider: Provider, why: Option<&Unpriced>, now: Instant) {
        let Some(Unpriced::UnknownModel { model, looks_like }) = why else { return };
        if model.len() > LONGEST || model.chars().any(char::is_control) {
            return;
        }
        let mut seen = lock(&self.0);
        let known = seen
            .iter_mut()
            .find(|known| known.provider == provider && known.model == *model && known.feature == *feature);
        if let Some(known) = known {
            known.last = now;
            return;
        }
        if seen.len() == MOST
            && let Some((oldest, _)) = seen.iter().enumerate().min_by_key(|(_, known)| known.last)
        {
            seen.swap_remove(oldest);
        }
        seen.push(Seen {
            feature: Arc::clone(feature),
            provider,
            model: model.clone(),
            looks_like: looks_like.clone(),
            last: now,
        });
    }

    fn told(&self, now: Instant, all: &mut BTreeSet<UnpricedModel>) {
        let mut seen = lock(&self.0);
        seen.retain(|known| now.saturating_duration_since(known.last) < DAY);
        all.extend(seen.iter().map(|known| UnpricedModel {
            feature: known.feature.as_ref().to_owned(),
            provider: known.provider.name().to_owned(),
            model: known.model.as_ref().to_owned(),
            looks_like: known.looks_like.as_deref().map(str::to_owned),
        }));
    }
}

// === impl CallMetrics ===

impl CallMetrics {
    /// Those of the last day, all workers together, each once.
    pub(in crate::metrics) fn unpriced(&self, now: Instant) -> Vec<UnpricedModel> {
        let mut all = BTreeSet::new();
        for shard in lock(&self.shards).iter() {
            shard.unpriced.told(now, &mut all);
        }
        all.into_iter().take(MOST).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unknown(model: &str) -> Unpriced {
        Unpriced::UnknownModel { model: model.into(), looks_like: Some("gpt-5.4".into()) }
    }

    fn see(models: &UnpricedModels, model: &str, now: Instant) {
        models.saw(&"chat".into(), Provider::OpenAi, Some(&unknown(model)), now);
    }

    fn told(models: &UnpricedModels, now: Instant) -> Vec<String> {
        let mut all = BTreeSet::new();
        models.told(now, &mut all);
        all.into_iter().map(|told| told.model).collect()
    }

    #[test]
    fn a_model_is_told_once_with_the_one_that_it_looks_like() {
        let (models, now) = (UnpricedModels::default(), Instant::now());
        see(&models, "gpt-9", now);
        see(&models, "gpt-9", now);
        let mut all = BTreeSet::new();
        models.told(now, &mut all);
        let gpt_9 = UnpricedModel {
            feature: "chat".to_owned(),
            provider: "openai".to_owned(),
            model: "gpt-9".to_owned(),
            looks_like: Some("gpt-5.4".to_owned()),
        };
        assert_eq!(Vec::from_iter(all), [gpt_9]);
    }

    #[test]
    fn a_model_that_was_not_called_for_a_day_is_told_no_more() {
        let (models, now) = (UnpricedModels::default(), Instant::now());
        see(&models, "gpt-9", now);
        assert_eq!(told(&models, now + DAY - Duration::from_secs(1)), ["gpt-9"]);
        assert_eq!(told(&models, now + DAY), Vec::<String>::new());
    }

    #[test]
    fn made_up_names_take_the_place_of_what_was_called_longest_ago_and_grow_no_further() {
        let (models, now) = (UnpricedModels::default(), Instant::now());
        for number in 0..40 {
            see(&models, &format!("m{number:02}"), now + Duration::from_secs(number));
        }
        see(&models, &"m".repeat(LONGEST + 1), now);
        see(&models, "two\nlines", now);
        let told = told(&models, now + Duration::from_secs(40));
        assert_eq!((told.len(), &*told[0], &*told[MOST - 1]), (MOST, "m24", "m39"));
    }

    #[test]
    fn what_has_no_cost_for_another_reason_is_no_unknown_model() {
        let (models, now) = (UnpricedModels::default(), Instant::now());
        for why in [None, Some(&Unpriced::NotMetered), Some(&Unpriced::NoModel)] {
            models.saw(&"chat".into(), Provider::OpenAi, why, now);
        }
        assert_eq!(told(&models, now), Vec::<String>::new());
    }
}
