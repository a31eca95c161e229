//! Whose rows they are: what a pod's token says stands over what its rows say.
//!
//! The members are written behind all others, and of members with one name the last one holds for Postgres (`jsonb`): so
//! no row is taken apart and put together again, and no figure in it passes through another form.

use serde::de::{Error, IgnoredAny};

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
    rows(batch).map_err(KeepError::Parse)?.into_iter().map(|row| one(row, of)).collect()
}

/// The elements of a JSON array, each as it stands there.
fn rows(batch: &[u8]) -> serde_json::Result<Vec<&str>> {
    let wrong = |what| Err(serde_json::Error::custom(what));
    let text = std::str::from_utf8(batch).map_err(serde_json::Error::custom)?.trim();
    let Some(mut rest) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) else {
        return wrong("it is no array");
    };
    let mut rows = Vec::new();
    loop {
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<IgnoredAny>();
        match values.next() {
            None if rows.is_empty() => return Ok(rows),
            None => return wrong("nothing stands behind the last comma"),
            Some(value) => value?,
        };
        let (row, behind) = rest.split_at(values.byte_offset());
        rows.push(row.trim());
        let behind = behind.trim_start();
        match behind.strip_prefix(',') {
            Some(next) => rest = next,
            None if behind.is_empty() => return Ok(rows),
            None => return wrong("no comma stands between two elements"),
        }
    }
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
        for batch in
            [&b"{"[..], b"[1]", b"[1", b"[1 2]", b"[{},]", br#"[{"feature":"chat"}]"#, br#"[{"id":"7"}]"#]
        {
            assert!(stamped(batch, &OF).is_err(), "{}", String::from_utf8_lossy(batch));
        }
    }
}
