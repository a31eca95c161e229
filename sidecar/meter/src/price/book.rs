use std::borrow::Cow;

use jiff::Timestamp;

use super::{
    PriceError, Unpriced, built_in, file,
    lookup::{Priced, Served},
    table::{Model, Price},
};
use crate::{provider::Provider, usage::Usage};

/// Every price we know: the built-in ones, and over them an admin's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceBook {
    version: Cow<'static, str>,
    own: Vec<(Provider, Vec<Model>)>,
}

// === impl PriceBook ===

impl PriceBook {
    /// The book that is compiled in.
    pub fn built_in() -> &'static Self {
        static BOOK: PriceBook = PriceBook { version: Cow::Borrowed(built_in::VERSION), own: Vec::new() };
        &BOOK
    }

    /// The built-in book with an admin's prices over it. A model named there has those prices and no other.
    pub fn with_overrides(yaml: &str) -> Result<Self, PriceError> {
        let own = file::parse(yaml)?;
        Ok(Self { version: format!("{}+{:016x}", built_in::VERSION, fnv1a(yaml.as_bytes())).into(), own })
    }

    pub fn knows(&self, provider: Provider, model: &str) -> bool {
        self.find(provider, model).is_some()
    }

    /// The book's own name for a model: a snapshot or a fine-tuned model that has none of its own goes by its base's. As
    /// many as the book has, whatever calls say: fit for a metric's label.
    pub fn known_as(&self, provider: Provider, model: &str) -> Option<&str> {
        self.find(provider, model).map(|known| known.name.as_ref())
    }

    /// What `metadata.price` names: the date of the built-in book, and a mark of the admin's file.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// What a usage cost at a time.
    pub(crate) fn cost(
        &self,
        provider: Provider,
        model: &str,
        at: Timestamp,
        usage: &Usage,
        served: &Served,
    ) -> Priced {
        let Some(found) = self.find(provider, model) else {
            let looks_like = self.looks_like(provider, model).map(Box::from);
            return Err(Unpriced::UnknownModel { model: model.into(), looks_like });
        };
        price_at(&found.prices, at)
            .ok_or_else(|| Unpriced::NotYetPriced { model: model.into() })?
            .cost(model, usage, served)
    }

    /// The exact name; else the model that a dated snapshot (`-2026-03-05`, `-20260305`) is one of; a fine-tuned
    /// model (`ft:BASE:…`) only where its base has such prices. Never anything similar.
    ///
    /// An admin who prices a model means its snapshots too, which are what answers: his price goes before that of a
    /// built-in snapshot, unless the built-in book prices that one apart from its base.
    fn find(&self, provider: Provider, model: &str) -> Option<&Model> {
        // Google's requests name models by their resource: models/NAME, publishers/google/models/NAME
        let model = match provider {
            Provider::Google => model.rsplit('/').next().unwrap_or(model),
            Provider::OpenAi | Provider::Anthropic | Provider::Xai | Provider::OpenRouter => model,
        };
        if let Some(tuned) = model.strip_prefix("ft:") {
            let base = tuned.split(':').next().unwrap_or(tuned);
            let name = model.get(..base.len() + 3)?;
            return self.own(provider, name).or_else(|| built_in(provider, name));
        }
        let base = without_date(model);
        let snapshot = built_in(provider, model);
        let priced_as_base = |base| {
            snapshot.is_none_or(|snapshot| {
                built_in(provider, base).is_some_and(|known| known.prices == snapshot.prices)
            })
        };
        self.own(provider, model)
            .or_else(|| base.filter(|base| priced_as_base(base)).and_then(|base| self.own(provider, base)))
            .or(snapshot)
            .or_else(|| built_in(provider, base?))
    }

    fn own(&self, provider: Provider, name: &str) -> Option<&Model> {
        let (_, models) = self.own.iter().find(|(known, _)| *known == provider)?;
        named(models, name)
    }

    /// The known model that this one is a kind of by its name (`gpt-5.4` of `gpt-5.4-hyper`), else the one whose name
    /// begins the same way for longest, at least for a word.
    fn looks_like(&self, provider: Provider, model: &str) -> Option<&str> {
        let own = self.own.iter().filter(|(known, _)| *known == provider).flat_map(|(_, models)| models);
        own.chain(built_in::models(provider))
            .map(|known| known.name.as_ref())
            .map(|known| {
                let shared = known.bytes().zip(model.bytes()).take_while(|(a, b)| a == b).count();
                let is_base = shared == known.len() && model.as_bytes().get(shared) == Some(&b'-');
                (known, is_base, shared)
            })
            .filter(|&(known, _, shared)| known.get(..shared).is_some_and(|same| same.contains('-')))
            .max_by_key(|&(known, is_base, shared)| (is_base, shared, std::cmp::Reverse(known.len())))
            .map(|(known, ..)| known)
    }
}

fn built_in(provider: Provider, name: &str) -> Option<&'static Model> {
    named(built_in::models(provider), name)
}

fn named<'a>(models: &'a [Model], name: &str) -> Option<&'a Model> {
    let at = models.binary_search_by(|known| known.name.as_ref().cmp(name)).ok()?;
    models.get(at)
}

/// The last of the prices that holds at a time.
fn price_at(prices: &[Price], at: Timestamp) -> Option<&Price> {
    prices.iter().rev().find(|price| price.valid_from.is_none_or(|from| from <= at.as_second()))
}

/// The name without the date that makes it a snapshot.
fn without_date(model: &str) -> Option<&str> {
    let digits =
        |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    let (rest, last) = model.rsplit_once('-')?;
    if digits(last, 8) {
        return Some(rest);
    }
    let (rest, month) = rest.rsplit_once('-')?;
    let (rest, year) = rest.rsplit_once('-')?;
    (digits(year, 4) && digits(month, 2) && digits(last, 2)).then_some(rest)
}

/// Tells two files apart; nobody is kept out by it.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xCBF2_9CE4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}
