//! Whose rows they are: what a pod's token says stands over what its rows say.
//!
//! The members are written behind all others, and of members with one name the last one holds for Postgres (`jsonb`): so
//! no row is taken apart and put together again, and no figure in it passes through another form.

use serde_json::value::RawValue;

use super::keeper::KeepError;

/// What is stamped.
#[derive(Clone, Copy, Debug)]
pub struct Identity<'a> {
    pub cluster: &'a str,
    pub namespace: &'a str,
    pub pod: &'a str,
}

/// The rows of a JSON array, each stamped.
pub(super) fn stamped(batch: &[u8], of: &Identity<'_>) -> Result<Vec<Vec<u8>>, KeepError> {
    let rows: Vec<&RawValue> = serde_json::from_slice(batch).map_err(KeepError::Parse)?;
    rows.into_iter().map(|row| one(row.get(), of)).collect()
}

/// One row, stamped.
pub(super) fn one(row: &str, of: &Identity<'_>) -> Result<Vec<u8>, KeepError> {
    let Identity { cluster, namespace, pod } = of;
    // A row of ours is an object that begins with its id: also what tells it from damage on the disk.
    let open = row.strip_suffix('}').filter(|_| tollgate_ledger::id_of(row.as_bytes()).is_some());
    let stamp = serde_json::json!({"cluster": cluster, "namespace": namespace, "pod": pod}).to_string();
    let mut stamped = open.ok_or(KeepError::NoRow)?.as_bytes().to_vec();
    stamped.push(b',');
    stamped.extend_from_slice(&stamp.as_bytes()[1..]);
    Ok(stamped)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OF: Identity<'_> = Identity { cluster: "c", namespace: "shop", pod: "web-0" };
    const ID: &str = "0193a5b0-0000-7000-8000-000000000001";

    #[test]
    fn what_the_token_says_stands_last_and_the_rest_keeps_its_bytes() {
        let batch = format!(r#"[{{"id":"{ID}","pod":"other","cost_usd":0.10}}]"#);
        let rows = stamped(batch.as_bytes(), &OF).unwrap();
        let expected = format!(
            r#"{{"id":"{ID}","pod":"other","cost_usd":0.10,"cluster":"c","namespace":"shop","pod":"web-0"}}"#
        );
        assert_eq!(rows, [expected.into_bytes()]);
    }

    #[test]
    fn what_is_no_row_is_refused_with_all_of_its_batch() {
        for batch in [&b"{"[..], b"[1]", br#"[{"feature":"chat"}]"#, br#"[{"id":"7"}]"#] {
            assert!(stamped(batch, &OF).is_err(), "{}", String::from_utf8_lossy(batch));
        }
    }
}
