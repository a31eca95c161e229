//! Figures as FinOps FOCUS 1.2: a line a day, namespace, feature, provider and model. Days are UTC's, as the specification wants them.

use std::sync::Arc;

use axum::{body::Body, response::Response};
use jiff::{Timestamp, civil::Date};
use serde_json::json;

use super::{
    context::{Context, Missing},
    csv::{self, line},
    explore::USUAL,
};
use crate::query::{Ask, Dimension, Figures, Key, Span, Step, Usage, Zone};

const BY: [Dimension; 4] = [Dimension::Namespace, Dimension::Feature, Dimension::Provider, Dimension::Model];

/// A column, and what a charge has in it.
type Column = (&'static str, fn(&Charge) -> String);

/// What one line is about.
struct Charge {
    from: Timestamp,
    until: Timestamp,
    namespace: String,
    feature: String,
    provider: String,
    model: String,
    cluster: String,
    figures: Figures,
}

const COLUMNS: [Column; 50] = [
    ("AvailabilityZone", |_| String::new()),
    ("BilledCost", |charge| charge.figures.cost.to_string()),
    ("BillingAccountId", |charge| charge.cluster.clone()),
    ("BillingAccountName", |charge| charge.cluster.clone()),
    ("BillingAccountType", |_| "Cluster".to_owned()),
    ("BillingCurrency", |_| "USD".to_owned()),
    ("BillingPeriodEnd", |charge| charge.month().1),
    ("BillingPeriodStart", |charge| charge.month().0),
    ("CapacityReservationId", |_| String::new()),
    ("CapacityReservationStatus", |_| String::new()),
    ("ChargeCategory", |_| "Usage".to_owned()),
    ("ChargeClass", |_| String::new()),
    ("ChargeDescription", Charge::description),
    ("ChargeFrequency", |_| "Usage-Based".to_owned()),
    ("ChargePeriodEnd", |charge| charge.until.to_string()),
    ("ChargePeriodStart", |charge| charge.from.to_string()),
    ("CommitmentDiscountCategory", |_| String::new()),
    ("CommitmentDiscountId", |_| String::new()),
    ("CommitmentDiscountName", |_| String::new()),
    ("CommitmentDiscountQuantity", |_| String::new()),
    ("CommitmentDiscountStatus", |_| String::new()),
    ("CommitmentDiscountType", |_| String::new()),
    ("CommitmentDiscountUnit", |_| String::new()),
    ("ConsumedQuantity", Charge::quantity),
    ("ConsumedUnit", |_| "Tokens".to_owned()),
    ("ContractedCost", |charge| charge.figures.cost.to_string()),
    ("ContractedUnitPrice", |_| String::new()),
    ("EffectiveCost", |charge| charge.figures.cost.to_string()),
    // null, and not a name of ours: no invoice is known here
    ("InvoiceId", |_| String::new()),
    ("InvoiceIssuerName", |charge| company(&charge.provider).to_owned()),
    ("ListCost", |charge| charge.figures.cost.to_string()),
    ("ListUnitPrice", |_| String::new()),
    ("PricingCategory", |_| "Standard".to_owned()),
    ("PricingCurrency", |_| "USD".to_owned()),
    ("PricingQuantity", Charge::quantity),
    ("PricingUnit", |_| "Tokens".to_owned()),
    ("ProviderName", |charge| company(&charge.provider).to_owned()),
    ("PublisherName", |charge| company(&charge.provider).to_owned()),
    ("RegionId", |_| String::new()),
    ("RegionName", |_| String::new()),
    ("ResourceId", |charge| format!("{}/{}", charge.namespace, charge.feature)),
    ("ResourceName", |charge| charge.feature.clone()),
    ("ResourceType", |_| "Feature".to_owned()),
    ("ServiceCategory", |_| "AI and Machine Learning".to_owned()),
    ("ServiceName", |charge| format!("{} API", company(&charge.provider))),
    ("ServiceSubcategory", |_| "Generative AI".to_owned()),
    ("SubAccountId", |charge| charge.namespace.clone()),
    ("SubAccountName", |charge| charge.namespace.clone()),
    (
        "SubAccountType",
        |charge| if charge.namespace.is_empty() { String::new() } else { "Namespace".to_owned() },
    ),
    ("Tags", Charge::tags),
];

async fn text(context: &Context) -> Result<String, Missing> {
    let span = context.range(USUAL).span(context.now, &Zone::utc());
    let cluster = context.reader()?.cluster().to_owned();
    let mut text = String::new();
    line(&mut text, COLUMNS.iter().map(|(name, _)| (*name).to_owned()));
    // Month by month: a charge is of one day and one billing period, however many years are asked for.
    for month in each(&span, Step::Month) {
        let usage = by_day(context, &month).await?;
        if !usage.groups.iter().any(|group| matches!(group.key, Key::Others(_))) {
            charges(&mut text, &cluster, month.until, &usage);
            continue;
        }
        // more groups than an answer holds: a bill names each
        for day in each(&month, Step::Day) {
            charges(&mut text, &cluster, day.until, &*by_day(context, &day).await?);
        }
    }
    Ok(text)
}

async fn by_day(context: &Context, span: &Span) -> Result<Arc<Usage>, Missing> {
    let ask = Ask::of(span.clone()).stepped(Step::Day).filtered(&context.view.filter).by(&BY, u16::MAX);
    context.usage(&ask).await
}

fn each(span: &Span, step: Step) -> Vec<Span> {
    let bounds = span.bounds(step);
    let ends = bounds.iter().skip(1).copied().chain([span.until]);
    bounds
        .iter()
        .zip(ends)
        .map(|(from, until)| Span { from: *from, until, zone: span.zone.clone() })
        .collect()
}

/// A line a group and day.
fn charges(text: &mut String, cluster: &str, until: Timestamp, usage: &Usage) {
    let ends: Vec<Timestamp> = usage.bounds.iter().skip(1).copied().chain([until]).collect();
    for group in &usage.groups {
        let key = match &group.key {
            Key::Of(key) => key.clone(),
            Key::Others(_) => vec!["others".to_owned(); BY.len()],
        };
        let [namespace, feature, provider, model] = <[String; 4]>::try_from(key).unwrap_or_default();
        for ((from, until), figures) in usage.bounds.iter().zip(&ends).zip(&group.buckets) {
            if figures.calls == 0 {
                continue;
            }
            let charge = Charge {
                from: *from,
                until: *until,
                namespace: namespace.clone(),
                feature: feature.clone(),
                provider: provider.clone(),
                model: model.clone(),
                cluster: cluster.to_owned(),
                figures: *figures,
            };
            line(text, COLUMNS.iter().map(|(_, value)| value(&charge)));
        }
    }
}

pub(super) async fn file(context: Context) -> Result<Response, Missing> {
    Ok(csv::file("tollgate-focus.csv", Body::from(text(&context).await?)))
}

/// As the company calls itself.
fn company(provider: &str) -> &str {
    match provider {
        "openai" => "OpenAI",
        "anthropic" => "Anthropic",
        "google" => "Google",
        "xai" => "xAI",
        "openrouter" => "OpenRouter",
        other => other,
    }
}

// === impl Charge ===

impl Charge {
    fn description(&self) -> String {
        let Figures { calls, unpriced_calls, .. } = self.figures;
        let unpriced = if unpriced_calls > 0 {
            format!(", {unpriced_calls} of them without a price and not in the cost")
        } else {
            String::new()
        };
        format!("{calls} calls of {}{unpriced}", self.model)
    }

    /// When the month of the charge begins and ends.
    fn month(&self) -> (String, String) {
        let utc = Zone::utc();
        let first: Date = utc.clock(self.from).date().first_of_month();
        let next = first.saturating_add(jiff::Span::new().months(1));
        (utc.midnight(first).to_string(), utc.midnight(next).to_string())
    }

    /// Tokens, as a decimal, which the specification asks for.
    fn quantity(&self) -> String {
        format!("{}.0", self.figures.tokens())
    }

    fn tags(&self) -> String {
        let Self { namespace, feature, model, figures, .. } = self;
        json!({
            "tollgate/namespace": namespace, "tollgate/feature": feature, "tollgate/model": model,
            "tollgate/estimated_usd": figures.estimated_cost.to_string(),
            "tollgate/unpriced_calls": figures.unpriced_calls.to_string(),
        })
        .to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_once_and_in_order() {
        let names: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
        assert!(names.is_sorted() && names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
    }
}
