//! The prices that hold, and the way from whoever finds them to whoever asks.

use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::watch;
use tollgate_crds::stream::{AdminPrices, Message};
use tollgate_meter::PriceBook;

use crate::index::line;

/// What holds, for whoever asks. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Prices(watch::Receiver<Option<Arc<InForce>>>);

/// Where what holds is told.
pub struct PricesTold(watch::Sender<Option<Arc<InForce>>>);

/// The prices that hold.
#[derive(Debug)]
pub(crate) struct InForce {
    pub(super) book: Arc<PriceBook>,
    /// The admin's file; none: the built-in prices as they are.
    pub(super) text: Option<Box<str>>,
    /// As a line of the state stream.
    pub(crate) line: Bytes,
}

/// Nothing is known until the ConfigMap has been looked for.
pub(crate) fn channel() -> (PricesTold, Prices) {
    let (told, prices) = watch::channel(None);
    (PricesTold(told), Prices(prices))
}

// === impl Prices ===

impl Prices {
    /// The built-in book until something else is known.
    pub fn book(&self) -> Arc<PriceBook> {
        match &*self.0.borrow() {
            Some(in_force) => Arc::clone(&in_force.book),
            None => Arc::new(PriceBook::built_in().clone()),
        }
    }

    /// Each time that others hold.
    pub(crate) fn told(&self) -> watch::Receiver<Option<Arc<InForce>>> {
        self.0.clone()
    }
}

// === impl PricesTold ===

impl PricesTold {
    pub(super) fn version(&self) -> Option<String> {
        self.0.borrow().as_ref().map(|held| held.book.version().to_owned())
    }

    /// What says the same is not told again.
    pub(super) fn hold(&self, in_force: InForce) {
        self.0.send_if_modified(|held| {
            let is_news = held.as_ref().is_none_or(|held| held.line != in_force.line);
            if is_news {
                tracing::info!("prices {} hold", in_force.book.version());
                *held = Some(Arc::new(in_force));
            }
            is_news
        });
    }
}

// === impl InForce ===

impl InForce {
    pub(super) fn new(book: PriceBook, text: Option<&str>) -> Self {
        let told = AdminPrices { text: text.map(str::to_owned) };
        Self { book: Arc::new(book), text: text.map(Box::from), line: line(&Message::Prices(told)) }
    }
}
