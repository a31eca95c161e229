//! One call as one row of `provider_usage_logs`, written as JSON without a detour: this runs on the hot path, before
//! the last byte of the answer goes to the app.
//!
//! The row is one object with every column, null where there is nothing, and without line breaks. It begins with
//! `{"id":"…","created_at":"…",` at fixed lengths. `received_at` is not in it: whoever takes the row stamps that.

mod json;

use tollgate_meter::{Cost, Estimate, Outcome, Provider, Tokens, Usage, UsageSource};

pub(crate) use json::{TIME_LEN, time};

use self::json::Object;
use crate::call_id::{CallId, TEXT_LEN};

/// All that is known about a call when it has ended: the columns of `provider_usage_logs`.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    pub id: CallId,
    pub cluster: Option<&'a str>,
    pub namespace: Option<&'a str>,
    pub workload: Option<&'a str>,
    pub pod: Option<&'a str>,
    pub container: Option<&'a str>,
    pub feature: &'a str,
    pub user_id: Option<&'a str>,
    pub provider: Provider,
    /// The provider's own host, wherever the call really went.
    pub host: &'a str,
    /// The model that answered, else the one asked for.
    pub model: Option<&'a str>,
    /// A template out of the meter's table, never a path as it came.
    pub endpoint: &'a str,
    pub outcome: Outcome,
    /// The status as the app saw it.
    pub status: Option<u16>,
    pub streamed: bool,
    pub tokens: Tokens,
    pub cost: Option<Cost>,
    pub usage_source: UsageSource,
    pub account: Option<&'a str>,
    pub metadata: Metadata<'a>,
}

/// What the column `metadata` holds; members without a value are left out.
#[derive(Clone, Copy, Debug)]
pub struct Metadata<'a> {
    /// Disjoint counts by kind; may be empty.
    pub usage: &'a Usage,
    /// The version of the price book that gave the cost.
    pub price: Option<&'a str>,
    /// How it was served, as far as that makes a price. None: as by default.
    pub served: Option<&'a str>,
    /// Why there is no cost.
    pub unpriced: Option<&'a str>,
    /// The provider's id of the answer.
    pub request_id: Option<&'a str>,
    pub model_requested: Option<&'a str>,
    /// The group of calls that it is like.
    pub fingerprint: Option<&'a str>,
    pub timings: Option<Timings>,
    /// What the gate has to say beyond yes and no, such as `undetermined`.
    pub gate: Option<&'a str>,
    /// The budget that is spent, like `UsageAlert shop/daily`.
    pub budget: Option<&'a str>,
    pub would_refuse: Option<WouldRefuse<'a>>,
    pub estimate: Option<Estimate>,
    /// Members of the usage that nobody knows yet, by name: a new kind of billing shows on the day it appears.
    pub unknown_fields: &'a [Box<str>],
    /// The answer may be read again and tells no time: the database keeps the id of its first reading.
    pub timeless: bool,
    /// The row is the sum of so many calls, for which the spool had no room one by one.
    pub merged: Option<u64>,
}

/// Times since the call began, in microseconds.
#[derive(Clone, Copy, Debug)]
pub struct Timings {
    /// Until the first byte of the provider's answer.
    pub first_byte_us: Option<u64>,
    pub total_us: u64,
}

/// A flag in preview that would have refused this call.
#[derive(Clone, Copy, Debug)]
pub struct WouldRefuse<'a> {
    pub flag: &'a str,
    pub reason: &'a str,
}

/// A row's beginning, up to its id: how rows are found again in spool and file.
pub(crate) const PREFIX: &[u8] = br#"{"id":""#;

/// Where `received_at` may be set in: behind `{"id":"…","created_at":"…",`.
pub(crate) const STAMP_AT: usize = PREFIX.len() + TEXT_LEN + br#"","created_at":"#.len() + TIME_LEN + 1;

/// The id of a rendered row; `None` if it is no row of ours.
pub fn id_of(row: &[u8]) -> Option<CallId> {
    let text = row.strip_prefix(PREFIX)?;
    CallId::parse(text.get(..TEXT_LEN)?)
}

/// Input tokens above which some provider's price is another one: what merges calls, or rolls them up, keeps these apart.
pub const INPUT_SIZES: [u32; 4] = [100_000, 128_000, 200_000, 272_000];

// === impl Record ===

impl Record<'_> {
    /// Appends the row to `out`.
    pub fn render(&self, out: &mut Vec<u8>) {
        // Destructured whole, so that no column can be forgotten.
        let Self {
            id,
            cluster,
            namespace,
            workload,
            pod,
            container,
            feature,
            user_id,
            provider,
            host,
            model,
            endpoint,
            outcome,
            status,
            streamed,
            tokens,
            cost,
            usage_source,
            account,
            metadata,
        } = self;
        let mut row = Object::begin(out);
        row.id("id", *id);
        row.time("created_at", id.created_at());
        row.text_or_null("cluster", *cluster);
        row.text_or_null("namespace", *namespace);
        row.text_or_null("workload", *workload);
        row.text_or_null("pod", *pod);
        row.text_or_null("container", *container);
        row.text("feature", feature);
        row.text_or_null("user_id", *user_id);
        row.text("provider", provider.name());
        row.text("host", host);
        row.text_or_null("model", *model);
        row.text("endpoint", endpoint);
        row.text("outcome", outcome.name());
        row.number_or_null("status", status.map(u64::from));
        row.boolean("streamed", *streamed);
        row.number("tokens_used", tokens.used());
        row.number("input_tokens", tokens.input);
        row.number("output_tokens", tokens.output);
        row.number("cached_input_tokens", tokens.cached_input);
        row.number("cache_write_tokens", tokens.cache_write);
        row.number("reasoning_tokens", tokens.reasoning);
        row.cost_or_null("cost_usd", *cost);
        row.text("usage_source", usage_source.name());
        row.text_or_null("account", *account);
        row.object("metadata", |inner| metadata.render(inner));
        row.end();
    }
}

// === impl Metadata ===

impl<'a> Metadata<'a> {
    /// Of a call about which nothing more is known than its usage.
    pub const fn of(usage: &'a Usage) -> Self {
        Self {
            usage,
            price: None,
            served: None,
            unpriced: None,
            request_id: None,
            model_requested: None,
            fingerprint: None,
            timings: None,
            gate: None,
            budget: None,
            would_refuse: None,
            estimate: None,
            unknown_fields: &[],
            timeless: false,
            merged: None,
        }
    }

    fn render(&self, object: &mut Object<'_>) {
        let Self {
            usage,
            price,
            served,
            unpriced,
            request_id,
            model_requested,
            fingerprint,
            timings,
            gate,
            budget,
            would_refuse,
            estimate,
            unknown_fields,
            timeless,
            merged,
        } = self;
        object.object("usage", |counts| {
            for (kind, count) in usage.iter() {
                counts.shown(kind.name(), kind.shown(count));
            }
        });
        object.text_if("price", *price);
        object.text_if("served", *served);
        object.text_if("unpriced", *unpriced);
        object.text_if("request_id", *request_id);
        object.text_if("model_requested", *model_requested);
        object.text_if("fingerprint", *fingerprint);
        if let Some(Timings { first_byte_us, total_us }) = timings {
            object.object("timings", |timings| {
                if let Some(first_byte_us) = first_byte_us {
                    timings.number("first_byte_us", *first_byte_us);
                }
                timings.number("total_us", *total_us);
            });
        }
        object.text_if("gate", *gate);
        object.text_if("budget", *budget);
        if let Some(WouldRefuse { flag, reason }) = would_refuse {
            object.object("would_refuse", |why| {
                why.text("flag", flag);
                why.text("reason", reason);
            });
        }
        if let Some(Estimate { method, fault }) = estimate {
            object.object("estimate", |how| {
                how.text("method", method);
                how.text("fault", fault);
            });
        }
        if !unknown_fields.is_empty() {
            object.texts("unknown_fields", unknown_fields);
        }
        if *timeless {
            object.boolean("timeless", true);
        }
        if let Some(calls) = merged {
            object.number("merged", *calls);
        }
    }
}

#[cfg(test)]
mod tests;
