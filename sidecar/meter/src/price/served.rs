use super::table::Service;
use crate::{answer::AnswerFacts, endpoint::Dialect, provider::Provider, settle::Call};

/// How a call was served, as far as its price is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Served {
    pub(crate) service: Service,
    pub(crate) us_only: bool,
    pub(crate) place: Place,
    /// By Vertex AI, which has prices of its own.
    pub(crate) on_vertex: bool,
    /// What was made: `high/1024x1024`, `720p`; or by which tool: `web_search_preview`. Empty where that says nothing.
    pub(crate) variant: Box<str>,
}

/// Where the provider works a call off, as its host says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Anywhere,
    /// An endpoint that keeps to a region.
    Region,
    Government,
}

// === impl Served ===

impl Served {
    /// By the standard service, where nobody said otherwise.
    pub(crate) fn by_default() -> Self {
        Self {
            service: Service::Standard,
            us_only: false,
            place: Place::Anywhere,
            on_vertex: false,
            variant: Box::default(),
        }
    }

    /// `Err` is a service that no price list has.
    pub(crate) fn of(call: &Call<'_>, answer: Option<&AnswerFacts>) -> Result<Self, Box<str>> {
        let said =
            |field: fn(&AnswerFacts) -> &Option<Box<str>>| answer.and_then(|answer| field(answer).as_deref());
        let dialect = call.endpoint.dialect();
        let is_batch = dialect.is_some_and(Dialect::is_batch);
        let service = match said(|answer| &answer.service_tier) {
            _ if is_batch => Service::Batch,
            _ if dialect == Some(Dialect::OpenAiDecisions) => Service::Decisions,
            _ if said(|answer| &answer.speed) == Some("fast") => Service::Fast,
            Some(tier) => service(call.provider, tier).ok_or_else(|| Box::<str>::from(tier))?,
            None => Service::Standard,
        };
        let asked = call.request.map(|request| &request.asked);
        let quality = said(|answer| &answer.quality).or_else(|| asked?.quality.as_deref());
        let size = said(|answer| &answer.size).or_else(|| asked?.size.as_deref());
        let by_preview = answer.is_some_and(|answer| answer.searches_by_preview);
        Ok(Self {
            service,
            us_only: said(|answer| &answer.inference_geo).is_some_and(|geo| geo.eq_ignore_ascii_case("us")),
            place: Place::of(call.provider, call.host),
            on_vertex: call.provider == Provider::Google && call.host.contains("aiplatform"),
            variant: match (quality, size) {
                (Some(quality), Some(size)) => format!("{quality}/{size}").into(),
                (None, Some(size)) => size.into(),
                (Some(quality), None) if dialect == Some(Dialect::GoogleFilm) => quality.into(),
                (_, None) if by_preview => SEARCH_PREVIEW.into(),
                (_, None) => Box::default(),
            },
        })
    }

    /// As the ledger keeps it, in words: `flex`, `us`, `regional`, `vertex`, `size=high/1024x1024`. `None`: as by default.
    pub(crate) fn word(&self) -> Option<Box<str>> {
        let Self { service, us_only, place, on_vertex, variant } = self;
        let service = (*service != Service::Standard).then(|| service.name());
        let us = us_only.then_some(US);
        let place = match place {
            Place::Anywhere => None,
            Place::Region => Some(REGIONAL),
            Place::Government => Some(GOVERNMENT),
        };
        let vertex = on_vertex.then_some(VERTEX);
        let size = kept(variant).map(|variant| format!("{SIZE}{variant}"));
        let words: Vec<&str> = [service, us, place, vertex, size.as_deref()].into_iter().flatten().collect();
        (!words.is_empty()).then(|| words.join(" ").into())
    }

    /// Of what [`Served::word`] gave. `Err` is a service that no price list has.
    pub(crate) fn recorded(words: &str) -> Result<Self, Box<str>> {
        let mut served = Self::by_default();
        for word in words.split_ascii_whitespace() {
            match (word, word.strip_prefix(SIZE)) {
                (US, _) => served.us_only = true,
                (REGIONAL, _) => served.place = Place::Region,
                (GOVERNMENT, _) => served.place = Place::Government,
                (VERTEX, _) => served.on_vertex = true,
                (_, Some(variant)) => served.variant = variant.into(),
                (tier, None) => served.service = Service::from_name(tier).ok_or(tier)?,
            }
        }
        Ok(served)
    }
}

const US: &str = "us";
const REGIONAL: &str = "regional";
const GOVERNMENT: &str = "government";
const VERTEX: &str = "vertex";
/// A variant, too: searches by OpenAI's older tool.
const SEARCH_PREVIEW: &str = "web_search_preview";
/// What stands before a variant.
const SIZE: &str = "size=";
/// Longer is no word of a price list; the ledger keeps no text of anybody's.
const LONGEST: usize = 32;

/// A word that is fit to be kept.
fn kept(word: &str) -> Option<&str> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/');
    (!word.is_empty() && word.len() <= LONGEST && word.bytes().all(fits)).then_some(word)
}

/// What is kept of a service that no price list has.
pub(crate) fn unknown_word(tier: &str) -> Box<str> {
    kept(tier).unwrap_or("unknown").into()
}

fn service(provider: Provider, tier: &str) -> Option<Service> {
    match (provider, tier.to_ascii_lowercase().as_str()) {
        // "auto" is what was asked for; "scale" is capacity bought beforehand, as is Anthropic's "priority" and Google's
        // provisioned throughput: their tokens count at list price
        (
            _,
            "default"
            | "standard"
            | "auto"
            | "scale"
            | "on_demand"
            | "provisioned_throughput"
            | "unspecified",
        )
        | (Provider::Anthropic, "priority")
        | (_, "traffic_type_unspecified") => Some(Service::Standard),
        (_, "on_demand_priority") => Some(Service::Priority),
        (_, "on_demand_flex") => Some(Service::Flex),
        (_, tier) => Service::from_name(tier),
    }
}

// === impl Place ===

impl Place {
    fn of(provider: Provider, host: &str) -> Self {
        match provider {
            Provider::OpenAi if host.starts_with("gov.") => Self::Government,
            // by a client's certificate (openai-python 3.57.0): its regions are mtls-us., mtls-eu.
            Provider::OpenAi if host.starts_with("mtls.") => Self::Anywhere,
            Provider::OpenAi if host.ends_with(".api.openai.com") => Self::Region,
            Provider::Google if host.ends_with("-aiplatform.googleapis.com") => Self::Region,
            // two regions together
            Provider::Google if host.ends_with(".rep.googleapis.com") => Self::Region,
            _ => Self::Anywhere,
        }
    }
}
