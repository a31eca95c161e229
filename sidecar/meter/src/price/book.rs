use std::borrow::Cow;

use jiff::Timestamp;

use super::{
    PriceError, Unpriced, built_in,
    factor::{Dated, Factor},
    file,
    own::Own,
    served::Served,
    sum::{Priced, Sum},
    table::{Model, Price},
};
use crate::{provider::Provider, usage::Usage};

/// Every price we know: the built-in ones, and over them an admin's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceBook {
    version: Cow<'static, str>,
    pub(super) own: Own,
}

/// The prices of a model at a time.
pub(super) struct Held<'a> {
    pub(super) price: &'a Price,
    pub(super) factor: Factor,
    pub(super) origin: Origin,
    /// The price, or its factor.
    pub(super) valid_from: Option<i64>,
}

/// Whose prices they are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    BuiltIn,
    Own,
}

/// The entry that a model is priced by.
#[derive(Clone, Copy)]
struct Entry<'a> {
    model: &'a Model,
    origin: Origin,
    discount: Option<&'a Dated<Factor>>,
}

// === impl PriceBook ===

impl PriceBook {
    /// The book that is compiled in.
    pub fn built_in() -> &'static Self {
        static BOOK: PriceBook = PriceBook { version: Cow::Borrowed(built_in::VERSION), own: Own::none() };
        &BOOK
    }

    /// The built-in book with an admin's file over it: a model that has prices there has those and no other, discounts are
    /// of the built-in ones.
    pub fn with_overrides(yaml: &str) -> Result<Self, PriceError> {
        let own = file::parse(yaml)?;
        Ok(Self { version: format!("{}+{:016x}", built_in::VERSION, fnv1a(yaml.as_bytes())).into(), own })
    }

    pub fn knows(&self, provider: Provider, model: &str) -> bool {
        self.find(provider, model, false).is_some()
    }

    /// The book's own name for a model: a snapshot or a fine-tuned model that has none of its own goes by its base's. As
    /// many as the book has, whatever calls say: fit for a metric's label.
    pub fn known_as(&self, provider: Provider, model: &str) -> Option<&str> {
        self.find(provider, model, false).map(|entry| entry.model.name.as_ref())
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
        self.sum(provider, model, at, usage, served)?.1.total()
    }

    /// The prices that hold, and the sum that they give.
    pub(super) fn sum(
        &self,
        provider: Provider,
        model: &str,
        at: Timestamp,
        usage: &Usage,
        served: &Served,
    ) -> Result<(Held<'_>, Sum), Unpriced> {
        let Some(entry) = self.find(provider, model, served.on_vertex) else {
            let looks_like = self.looks_like(provider, model).map(Box::from);
            return Err(Unpriced::UnknownModel { model: model.into(), looks_like });
        };
        let held = self.held(entry, at).ok_or_else(|| Unpriced::NotYetPriced { model: model.into() })?;
        let sum = Sum::of(held.price, provider, model, usage, served, held.factor)?;
        Ok((held, sum))
    }

    /// `None`: neither price nor rate holds yet.
    fn held<'a>(&'a self, entry: Entry<'a>, at: Timestamp) -> Option<Held<'a>> {
        let seconds = at.as_second();
        let price = price_at(&entry.model.prices, seconds)?;
        let (since, factor) = match (entry.origin, &self.own.currency) {
            (Origin::Own, Some(currency)) => {
                currency.rates.at(seconds).map(|(since, rate)| (since, *rate))?
            }
            (Origin::Own, None) => (None, Factor::ONE),
            // before the first discount there was none
            (Origin::BuiltIn, _) => match entry.discount.and_then(|discount| discount.at(seconds)) {
                Some((since, discount)) => (since, *discount),
                None => (None, Factor::ONE),
            },
        };
        Some(Held { price, factor, origin: entry.origin, valid_from: price.valid_from.max(since) })
    }

    pub(super) fn currency(&self, origin: Origin) -> &str {
        match (origin, &self.own.currency) {
            (Origin::Own, Some(currency)) => &currency.name,
            _ => "USD",
        }
    }

    /// The exact name; else the model that a dated snapshot (`-2026-03-05`, `-20260305`, `@20260305`) is one of; a
    /// fine-tuned model (`ft:BASE:…`) only where its base has such prices. Never anything similar.
    ///
    /// An admin who prices a model means its snapshots too, which are what answers: his price goes before that of a
    /// built-in snapshot, unless the built-in book prices that one apart from its base.
    fn find(&self, provider: Provider, model: &str, on_vertex: bool) -> Option<Entry<'_>> {
        let model = provider.listed_model(model);
        let model = self.alias(provider, model).unwrap_or(model);
        if let Some(tuned) = model.strip_prefix("ft:") {
            let base = tuned.split(':').next().unwrap_or(tuned);
            let name = model.get(..base.len() + 3)?;
            return self.own(provider, name).or_else(|| self.listed(provider, &[name]));
        }
        let on_vertex = |name: &str| on_vertex.then(|| format!("vertex/{name}"));
        let snapshot = built_in(provider, model);
        let version = model.split_once('@').filter(|_| provider == Provider::Google);
        let base = version.map(|(name, _)| name).or_else(|| without_date(model)).filter(|base| {
            snapshot.is_none_or(|snapshot| {
                built_in(provider, base).is_some_and(|known| known.prices == snapshot.prices)
            })
        });
        let (model_there, base_there) = (on_vertex(model), base.and_then(on_vertex));
        let names = [model_there.as_deref(), Some(model), base_there.as_deref(), base];
        let names: Vec<_> = names.into_iter().flatten().collect();
        let own = names.iter().find_map(|name| self.own(provider, name));
        own.or_else(|| self.listed(provider, &names)).or_else(|| free(provider, model))
    }

    /// The model of the built-in book that the admin says this one, or the one it is a snapshot of, costs the same as.
    fn alias(&self, provider: Provider, model: &str) -> Option<&str> {
        let own = self.own.at(provider)?;
        let of_base = || match named(&own.models, model) {
            Some(_) => None,
            None => own.alias(without_date(model)?),
        };
        own.alias(model).or_else(of_base)
    }

    fn own(&self, provider: Provider, name: &str) -> Option<Entry<'_>> {
        let model = named(&self.own.at(provider)?.models, name)?;
        Some(Entry { model, origin: Origin::Own, discount: None })
    }

    /// The first of the names that the built-in book has, at the discount of the first that the admin's file has.
    fn listed(&self, provider: Provider, names: &[&str]) -> Option<Entry<'_>> {
        let model = names.iter().find_map(|name| built_in(provider, name))?;
        let own = self.own.at(provider);
        let discount =
            own.and_then(|own| names.iter().find_map(|name| own.discount_of(name)).or(own.discount.as_ref()));
        Some(Entry { model, origin: Origin::BuiltIn, discount })
    }

    /// The known model that this one is a kind of by its name (`gpt-5.4` of `gpt-5.4-hyper`), else the one whose name
    /// begins the same way for longest, at least for a word.
    fn looks_like(&self, provider: Provider, model: &str) -> Option<&str> {
        let own = self.own.at(provider).into_iter().flat_map(|own| &own.models);
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

/// OpenRouter's free variants, which its lists leave out.
fn free(provider: Provider, model: &str) -> Option<Entry<'static>> {
    let is_free = provider == Provider::OpenRouter && model.ends_with(built_in::FREE.name.as_ref());
    is_free.then_some(Entry { model: &built_in::FREE, origin: Origin::BuiltIn, discount: None })
}

fn built_in(provider: Provider, name: &str) -> Option<&'static Model> {
    named(built_in::models(provider), name)
}

fn named<'a>(models: &'a [Model], name: &str) -> Option<&'a Model> {
    let at = models.binary_search_by(|known| known.name.as_ref().cmp(name)).ok()?;
    models.get(at)
}

/// The last of the prices that holds at a time.
fn price_at(prices: &[Price], seconds: i64) -> Option<&Price> {
    prices.iter().rev().find(|price| price.valid_from.is_none_or(|from| from <= seconds))
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
