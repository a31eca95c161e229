//! What history would have cost by other prices. Nothing is written; `tollgate reprice` is for that.
//!
//! Out of the rollup, which keeps apart whatever a price depends on: so days whose rows are gone are in it, too.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::{Row, postgres::PgRow};
use tollgate_meter::{Cost, PriceBook, Provider, Recorded, UnitKind, Usage, cost::DecimalError};

use super::{QueryError, Reader, Span};

/// Of one model's calls, those that something was used for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposed {
    pub calls: u64,
    /// Of them: without a cost now.
    pub unpriced_calls: u64,
    /// What the others cost now.
    pub was: Cost,
    /// What those cost that the book has a price for.
    pub cost: Cost,
    /// Calls that it has none for, by why.
    pub left: BTreeMap<String, u64>,
}

/// Calls of an hour that are priced alike: of one service, and of one class of size.
#[derive(Debug, PartialEq, Eq)]
struct Alike {
    calls: u64,
    /// What all of them used; none: a kind or a count that is not known here.
    units: Option<BTreeMap<UnitKind, u64>>,
}

/// The hour's first second, how they were served, and what their input is larger than.
type Class = (i64, String, i32);

/// A hundred million dollars, as the ledger has it of one call: more is no bill.
const MOST_PICOS: u128 = 100_000_000 * 1_000_000_000_000;

// === impl Reader ===

impl Reader {
    /// What this model's calls would have cost by the book.
    pub async fn proposed(
        &self,
        span: &Span,
        provider: Provider,
        model: &str,
        book: &PriceBook,
    ) -> Result<Proposed, QueryError> {
        let mut transaction = self.begin().await?;
        let rows = sqlx::query(
            "with lines as materialized (
                 select extract(epoch from hour)::bigint as hour, served, input_above, calls, unpriced_calls, cost_usd, units
                 from public.usage_hourly
                 where cluster = $1 and provider = $2 and model = $3 and hour >= to_timestamp($4) and hour < to_timestamp($5)
                     and usage_source in ('provider', 'estimated') and price <> 'provider'
             )
             select hour, served, input_above, null as kind, sum(calls)::bigint as calls, sum(unpriced_calls)::bigint as unpriced,
                    trim_scale(sum(cost_usd))::text as sum
             from lines group by hour, served, input_above
             union all
             select hour, served, input_above, key, 0, 0, trim_scale(sum(value::numeric))::text
             from lines, jsonb_each_text(units) group by hour, served, input_above, key",
        )
        .bind(self.cluster())
        .bind(provider.name())
        .bind(model)
        .bind(span.from.as_second())
        .bind(span.until.as_second())
        .fetch_all(&mut *transaction)
        .await
        .map_err(QueryError::of)?;
        let mut proposed = Proposed::default();
        let mut classes: BTreeMap<Class, Alike> = BTreeMap::new();
        for row in &rows {
            let (class, kind) = read(row).map_err(QueryError::of)?;
            let alike =
                classes.entry(class).or_insert_with(|| Alike { calls: 0, units: Some(BTreeMap::new()) });
            match kind {
                Told::Calls { calls, unpriced, cost } => {
                    alike.calls += calls;
                    proposed.calls += calls;
                    proposed.unpriced_calls += unpriced;
                    proposed.was = proposed.was + cost;
                }
                Told::Units(Some((kind, count))) => {
                    if let Some(units) = &mut alike.units {
                        units.insert(kind, count);
                    }
                }
                Told::Units(None) => alike.units = None,
            }
        }
        for ((hour, served, _), alike) in &classes {
            let at = Timestamp::from_second(*hour).unwrap_or_default();
            match alike.priced(provider, model, at, served, book) {
                Ok(cost) => proposed.cost = proposed.cost + cost,
                Err(why) => *proposed.left.entry(why).or_default() += alike.calls,
            }
        }
        Ok(proposed)
    }
}

/// What a line of the answer tells of a class.
enum Told {
    Calls { calls: u64, unpriced: u64, cost: Cost },
    Units(Option<(UnitKind, u64)>),
}

fn read(row: &PgRow) -> Result<(Class, Told), sqlx::Error> {
    let class = (row.try_get("hour")?, row.try_get("served")?, row.try_get("input_above")?);
    let sum: String = row.try_get("sum")?;
    let count = |name: &str| row.try_get::<i64, _>(name).map(i64::unsigned_abs);
    let told = match row.try_get::<Option<String>, _>("kind")? {
        None => Told::Calls {
            calls: count("calls")?,
            unpriced: count("unpriced")?,
            cost: sum.parse().map_err(|error: DecimalError| sqlx::Error::Decode(error.into()))?,
        },
        Some(name) => Told::Units(UnitKind::from_name(&name).and_then(|kind| Some((kind, kind.read(&sum)?)))),
    };
    Ok((class, told))
}

// === impl Alike ===

impl Alike {
    /// As calls of middle size: a class of size has one price, so their sum is that of the calls that there were.
    fn priced(
        &self,
        provider: Provider,
        model: &str,
        at: Timestamp,
        served: &str,
        book: &PriceBook,
    ) -> Result<Cost, String> {
        let units = self.units.as_ref().ok_or("their usage is not of a form that this release knows")?;
        let served = Some(served).filter(|served| !served.is_empty());
        let mut sum = Cost::ZERO;
        for (calls, usage) in middling(self.calls, units) {
            let one = book
                .reprice(&Recorded { provider, model, at, served, usage: &usage })
                .map_err(|why| why.to_string())?;
            let all = one.picos().checked_mul(u128::from(calls)).filter(|all| *all < MOST_PICOS);
            sum = sum + Cost::from_picos(all.ok_or("the cost is larger than any bill")?);
        }
        Ok(sum)
    }
}

/// Calls as equal as whole units let them be, whose sum is exactly what was used: so many of each.
fn middling(calls: u64, units: &BTreeMap<UnitKind, u64>) -> Vec<(u64, Usage)> {
    let calls = calls.max(1);
    let mut rests: Vec<u64> = units.values().map(|all| all % calls).collect();
    rests.extend([0, calls]);
    rests.sort_unstable();
    rests.dedup();
    let parts = rests.iter().zip(rests.iter().skip(1));
    let usage = |from: u64| {
        units.iter().fold(Usage::default(), |usage, (kind, all)| {
            match all / calls + u64::from(from < all % calls) {
                0 => usage,
                one => usage.with(*kind, one),
            }
        })
    };
    parts.map(|(from, until)| (until - from, usage(*from))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn priced(calls: u64, units: &[(UnitKind, u64)], yaml: &str) -> String {
        let book = PriceBook::with_overrides(yaml).unwrap();
        let alike = Alike { calls, units: Some(units.iter().copied().collect()) };
        let at = Timestamp::constant(1_795_000_000, 0);
        alike.priced(Provider::OpenAi, "m", at, "", &book).map_or_else(|why| why, |cost| cost.to_string())
    }

    #[test]
    fn many_calls_cost_what_all_of_their_units_do() {
        let used = [(UnitKind::Input, 1_000_001), (UnitKind::Output, 7)];
        assert_eq!(priced(3, &used, "openai: {m: {input: '1', output: '2'}}"), "1.000015");
        let parts = middling(3, &used.into_iter().collect());
        assert_eq!(parts.iter().map(|(calls, _)| calls).sum::<u64>(), 3, "{parts:?}");
    }

    #[test]
    fn a_tier_is_of_the_size_of_calls_and_not_of_their_sum() {
        let yaml = "openai: {m: {input: '1', above_272000: {input: '2'}}}";
        assert_eq!(priced(10, &[(UnitKind::Input, 2_000_000)], yaml), "2");
        assert_eq!(priced(10, &[(UnitKind::Input, 3_000_000)], yaml), "6");
    }

    #[test]
    fn what_the_book_has_no_price_for_says_why() {
        let told = priced(1, &[(UnitKind::OutputPicture, 1)], "openai: {m: {input: '1'}}");
        assert!(told.contains("no price"), "{told}");
    }
}
