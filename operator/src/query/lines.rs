//! What a call costs by a book, line by line.

use jiff::Timestamp;
use tollgate_meter::{Line, PriceBook, Provider, Recorded, UnitKind, Usage};

use super::Call;

// === impl Call ===

impl Call {
    /// By this book; in words, why it has no price.
    pub fn lines(&self, book: &PriceBook) -> Result<Vec<Line>, String> {
        let calls = self.calls();
        if calls > 1 {
            // a price may depend on one call's size
            return Err(format!("it is the sum of {calls} calls, each of which was priced by itself"));
        }
        let provider = Provider::from_name(&self.provider).ok_or("the provider is of a newer release")?;
        let model = self.model.as_deref().ok_or("neither request nor answer named a model")?;
        let at: Timestamp = self.created_at.parse().map_err(|_| "its time cannot be read")?;
        let units = self.metadata["usage"].as_object().ok_or("it has no usage")?;
        let usage = units.iter().try_fold(Usage::default(), |usage, (name, count)| {
            let kind = UnitKind::from_name(name)?;
            Some(usage.with(kind, kind.read(&count.to_string())?))
        });
        let usage = usage.ok_or("its usage is of a newer release")?;
        let served = self.metadata["served"].as_str();
        let recorded = Recorded { provider, model, at, served, usage: &usage };
        book.explain_recorded(&recorded).map_err(|why| why.to_string())
    }
}
