//! Models that calls use and no price book has: sidecars report them, and the admin is told which they look like and what to
//! write, by an Event once for each, in `tollgate-prices-in-force`, and in the conditions of the flags whose calls they are.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    time::Duration,
};

use k8s_openapi::api::core::v1::ObjectReference;
use kube::runtime::events::EventType;
use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeMetric},
    metrics::{MetricType, gauge::ConstGauge},
};
use tollgate_crds::stream::{PRICES_CONFIG_MAP, PRICES_KEY, UnpricedModel};
use tollgate_meter::{PriceBook, Provider};

use super::{in_force::Prices, judge::named};
use crate::{
    context::{Context, Tasks},
    leadership::Leadership,
    push::reports::{Reports, Unpriced},
};

/// Between two looks.
const LOOK: Duration = Duration::from_secs(1);
/// So many Events at one look.
const AT_ONCE: usize = 10;

/// How many there are; the leader's word, which knows those of all replicas.
#[derive(Debug)]
struct Counted {
    reports: Reports,
    prices: Prices,
    leadership: Leadership,
}

pub(super) fn spawn(context: &Context, tasks: &mut Tasks) {
    let counted = Counted {
        reports: context.reports.clone(),
        prices: context.prices.clone(),
        leadership: context.leadership.clone(),
    };
    context.metrics.register(|registry| registry.register_collector(Box::new(counted)));
    let context = context.clone();
    tasks.spawn(async move {
        let leadership = context.leadership.clone();
        leadership.while_leading(|| tell(&context)).await;
        "the Events of models without a price"
    });
}

/// What sidecars have reported and these prices do not know either: a price that has come since ends it.
pub(crate) fn unknown(reports: &Reports, book: &PriceBook) -> BTreeSet<Unpriced> {
    let mut unpriced = reports.unpriced();
    unpriced.retain(|one| {
        let UnpricedModel { provider, model, .. } = &one.model;
        Provider::from_name(provider).is_some_and(|provider| !book.knows(provider, model))
    });
    unpriced
}

/// What it is, and what to write.
pub(super) fn advice(unpriced: &UnpricedModel, namespace: &str) -> String {
    let UnpricedModel { feature: _, provider, model, looks_like } = unpriced;
    // A JSON string is one of YAML's, whatever it holds.
    let quoted = |name: &str| serde_json::Value::from(name).to_string();
    let name = quoted(model);
    let own = format!("{provider}: {{{name}: {{input: \"…\", output: \"…\"}}}} (USD a million tokens)");
    let write = match looks_like {
        Some(known) => format!(
            "it looks like {}. If it costs the same, write {provider}: {{{name}: {{same_as: {}}}}}, else {own}",
            quoted(known),
            quoted(known)
        ),
        None => format!("write {own}"),
    };
    format!(
        "{provider}'s model {name} is in no price book: {write}, under {PRICES_KEY} of the ConfigMap {PRICES_CONFIG_MAP} in {namespace}"
    )
}

/// An Event for each that was not told of yet, for as long as this replica leads.
async fn tell(context: &Context) {
    let mut told: HashSet<(String, String)> = HashSet::new();
    loop {
        let unknown = unknown(&context.reports, &context.prices.book());
        let models: BTreeMap<(String, String), &Unpriced> =
            unknown.iter().map(|one| ((one.model.provider.clone(), one.model.model.clone()), one)).collect();
        told.retain(|known| models.contains_key(known));
        let news: Vec<_> = models.into_iter().filter(|(key, _)| !told.contains(key)).take(AT_ONCE).collect();
        for (key, one) in news {
            if publish(context, one).await {
                told.insert(key);
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn publish(context: &Context, unpriced: &Unpriced) -> bool {
    let Unpriced { namespace, model } = unpriced;
    let ours = &context.settings.namespace;
    let note = format!(
        "{}. Calls of the feature {} in {namespace} have their tokens and no cost; past ones get theirs by tollgate reprice",
        advice(model, ours),
        model.feature
    );
    let about = ObjectReference { namespace: Some(ours.clone()), ..named() };
    match super::events::publish(context, EventType::Warning, "UnpricedModel", note, &about).await {
        Ok(()) => true,
        Err(error) => {
            tracing::warn!(%error, "the Event of a model without a price could not be written");
            false
        }
    }
}

// === impl Counted ===

impl Collector for Counted {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), std::fmt::Error> {
        if !self.leadership.leads() {
            return Ok(());
        }
        let unknown = unknown(&self.reports, &self.prices.book());
        let mut family = encoder.encode_descriptor(
            "tollgate_operator_unpriced_models",
            "Models that were called in the last day and that no price book has",
            None,
            MetricType::Gauge,
        )?;
        for provider in Provider::ALL {
            let models: BTreeSet<&str> = unknown
                .iter()
                .filter(|one| one.model.provider == provider.name())
                .map(|one| one.model.model.as_str())
                .collect();
            let count = i64::try_from(models.len()).unwrap_or(i64::MAX);
            ConstGauge::new(count).encode(family.encode_family(&[("provider", provider.name())])?)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpriced(looks_like: Option<&str>) -> UnpricedModel {
        UnpricedModel {
            feature: "chat".to_owned(),
            provider: "openai".to_owned(),
            model: "gpt-5.4-hyper".to_owned(),
            looks_like: looks_like.map(str::to_owned),
        }
    }

    #[test]
    fn the_advice_names_the_model_that_it_looks_like_and_what_to_write() {
        assert_eq!(
            advice(&unpriced(Some("gpt-5.4")), "tollgate-system"),
            "openai's model \"gpt-5.4-hyper\" is in no price book: it looks like \"gpt-5.4\". If it costs the same, \
             write openai: {\"gpt-5.4-hyper\": {same_as: \"gpt-5.4\"}}, else openai: {\"gpt-5.4-hyper\": {input: \"…\", \
             output: \"…\"}} (USD a million tokens), under prices.yaml of the ConfigMap tollgate-prices in tollgate-system"
        );
    }

    #[test]
    fn what_the_advice_says_to_write_prices_the_model() {
        let advice = advice(&unpriced(Some("gpt-5.4")), "tollgate-system");
        let (_, yaml) = advice.split_once("write ").unwrap();
        let (yaml, _) = yaml.split_once(", else ").unwrap();
        assert!(PriceBook::with_overrides(yaml).unwrap().knows(Provider::OpenAi, "gpt-5.4-hyper"), "{yaml}");
    }
}
