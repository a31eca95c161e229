//! The table of `docs/capture.md`: what was called, and what came of it in each way of capture.

use std::fs;

use super::programs;
use serde::Deserialize;

/// A call in one way of capture: a cell of the table with its row's head.
#[derive(Debug, PartialEq, Eq)]
pub struct Cell {
    pub sdk: String,
    pub call: String,
    /// What the app got while its feature was off. `None`: the call went past us.
    pub refused_with: Option<String>,
}

/// What an app of `tests/sdk` prints of a call.
#[derive(Debug, Deserialize)]
pub struct Outcome {
    sdk: String,
    call: String,
    model: String,
    text: Option<String>,
    exception: Option<String>,
    message: Option<String>,
}

const METERED: &str = "metered, refused";
const PAST: &str = "past us";

/// The column of a way of capture, as documented for this language.
///
/// # Panics
/// When there is no such table.
pub fn documented(language: &str, mode: &str) -> Vec<Cell> {
    let path = programs::root().join("docs/capture.md");
    let text = fs::read_to_string(path).expect("docs/capture.md");
    let mut rows = text.lines().filter_map(|line| {
        let cells = line.strip_prefix('|')?.strip_suffix('|')?;
        Some(cells.split('|').map(|cell| cell.trim().replace('`', "")).collect::<Vec<_>>())
    });
    let head = rows.find(|row| row[0] == "language").expect("the table of SDKs");
    let place = |name: &str| head.iter().position(|cell| cell == name).expect("a column");
    let [sdk, call, mode, exception] = ["SDK", "call", mode, "the app gets, when off"].map(place);
    rows.filter(|row| row[0] == language)
        .map(|row| Cell {
            sdk: row[sdk].clone(),
            call: row[call].clone(),
            refused_with: match row[mode].as_str() {
                METERED => Some(row[exception].clone()),
                PAST => None,
                other => panic!("{other:?} is neither {METERED:?} nor {PAST:?}"),
            },
        })
        .collect()
}

/// What an app printed.
///
/// # Panics
/// When a line is no outcome.
pub fn outcomes(printed: &str) -> Vec<Outcome> {
    let outcome = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
    printed.lines().map(outcome).collect()
}

/// The same as it was seen: what apps printed while their feature was on, and off, and the ledger's rows of both
/// (`on|MODEL|STREAMED|OUTCOME|USAGE_SOURCE`).
///
/// # Panics
/// When a call was neither metered as it should be nor past us altogether.
pub fn seen(on: &[Outcome], off: &[Outcome], rows: &[String]) -> Vec<Cell> {
    assert_eq!(on.len(), off.len(), "{on:#?}\n{off:#?}");
    on.iter().zip(off).map(|(on, off)| cell(on, off, rows)).collect()
}

fn cell(on: &Outcome, off: &Outcome, rows: &[String]) -> Cell {
    let of = |pod: &str| -> Vec<&str> {
        let streamed = if on.call == "stream" { "t" } else { "f" };
        let head = format!("{pod}|{}|{streamed}|", on.model);
        rows.iter().filter_map(|row| row.strip_prefix(head.as_str())).collect()
    };
    let refused_with = match (&of("on")[..], &of("off")[..]) {
        (["completed|provider"], ["refused|none"]) => {
            assert!(on.text.as_ref().is_some_and(|text| !text.is_empty()), "{on:#?}");
            assert!(off.exception.is_some(), "{off:#?}");
            off.exception.clone()
        }
        ([], []) => None,
        rows => panic!("{on:#?}\n{off:#?}\n{rows:#?}\n{:?}\n{:?}", on.message, off.message),
    };
    Cell { sdk: on.sdk.clone(), call: on.call.clone(), refused_with }
}
