//! What an address says: which stretch of time, in which zone, of which calls. Everything a page shows is in its address, and
//! survives every link.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::query::{Cursor, Dimension, Filter, Range, SingleFilter, Step, Zone, range::RangeError};

/// What is shown.
#[derive(Clone, Debug, Default)]
pub(super) struct View {
    /// None: what is usual on the page.
    pub(super) range: Option<Range>,
    /// None: the installation's.
    pub(super) zone: Option<Zone>,
    pub(super) step: Option<Step>,
    pub(super) by: Vec<Dimension>,
    pub(super) filter: Filter,
    pub(super) single: SingleFilter,
    pub(super) behind: Option<Cursor>,
    pub(super) limit: Option<u16>,
}

/// What a form said, or an address, beside what is shown.
pub(super) struct Words(Vec<(String, String)>);

/// What an address says wrong, and what to write.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum AddressError {
    #[error(transparent)]
    Range(#[from] RangeError),
    #[error("zone={0:?} is none: expected an IANA zone such as Europe/Berlin")]
    Zone(String),
    #[error("step={0:?} is none: expected hour, day, week or month")]
    Step(String),
    #[error(
        "by={0:?} is none: expected namespace, feature, user, provider, model, workload, outcome or source, three at most"
    )]
    By(String),
    #[error("behind={0:?} is not where a page ends: take the address that the page before gave")]
    Behind(String),
    #[error("limit={0:?} is none: expected 1 to 1000")]
    Limit(String),
    #[error("unpriced={0:?} is none: expected 1, or 0 for all calls")]
    Unpriced(String),
    #[error("%00 stands in it, which no name and no id holds: leave it out")]
    Nul,
    #[error("what stands behind a % in its path is no text (UTF-8)")]
    Path,
    #[error("{word} is no word here: expected {}", expected.join(", "))]
    Word { word: String, expected: Vec<&'static str> },
}

/// How an address says that calls have no such word. A word that reads so itself has parentheses around it.
const NONE: &str = "(none)";
const MOST_BY: usize = 3;
/// What an address can say besides filters.
const WORDS: [&str; 10] =
    ["range", "from", "until", "zone", "by", "step", "limit", "behind", UNPRICED, FINGERPRINT];
const UNPRICED: &str = "unpriced";
const FINGERPRINT: &str = "fingerprint";
/// Past what needs none in a query.
const QUERY: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b':').remove(b'/');

// === impl View ===

impl View {
    pub(super) fn parse(query: &str) -> Result<Self, AddressError> {
        let mut view = Self::default();
        let (mut range, mut from, mut until) = (None, None, None);
        if query.contains("%00") {
            return Err(AddressError::Nul);
        }
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = decoded(value);
            // a form sends fields that nobody filled in
            if value.is_empty() {
                continue;
            }
            match key {
                "range" => range = Some(value),
                "from" => from = Some(value),
                "until" => until = Some(value),
                "zone" => {
                    view.zone = Some(
                        Zone::named(&value).ok_or_else(|| AddressError::Zone(value.clone().into_owned()))?,
                    );
                }
                "step" => {
                    view.step = Some(
                        Step::named(&value).ok_or_else(|| AddressError::Step(value.clone().into_owned()))?,
                    );
                }
                // a form says it once for each
                "by" => {
                    for dimension in by(&value)? {
                        if !view.by.contains(&dimension) {
                            view.by.push(dimension);
                        }
                    }
                    if view.by.len() > MOST_BY {
                        return Err(AddressError::By(value.into_owned()));
                    }
                }
                UNPRICED => {
                    view.single.unpriced = match &*value {
                        "1" | "true" => true,
                        "0" | "false" => false,
                        _ => return Err(AddressError::Unpriced(value.into_owned())),
                    }
                }
                FINGERPRINT => {
                    let group = read(&value).into_owned();
                    if !view.single.fingerprints.contains(&group) {
                        view.single.fingerprints.push(group);
                    }
                }
                "behind" => {
                    let behind = value.parse::<Cursor>();
                    view.behind = Some(behind.map_err(|()| AddressError::Behind(value.into_owned()))?);
                }
                "limit" => {
                    let limit = value.parse::<u16>().ok().filter(|limit| (1..=1_000).contains(limit));
                    view.limit = Some(limit.ok_or_else(|| AddressError::Limit(value.into_owned()))?);
                }
                other => {
                    if let Some(dimension) = Dimension::named(other) {
                        view.filter = std::mem::take(&mut view.filter).and(dimension, &read(&value));
                    }
                }
            }
        }
        view.range = Range::parse(range.as_deref(), from.as_deref(), until.as_deref())?;
        Ok(view)
    }

    /// The same as an address: `path?…`. Where a page goes on is not in it.
    pub(super) fn address(&self, path: &str) -> String {
        let Self { range, zone, step, by, filter, single, behind: _, limit } = self;
        let SingleFilter { unpriced, fingerprints } = single;
        let mut pairs: Vec<(&str, String)> = Vec::new();
        if let Some(range) = range {
            pairs.extend(range.words());
        }
        pairs.extend(zone.iter().map(|zone| ("zone", zone.name().to_owned())));
        pairs.extend(step.iter().map(|step| ("step", step.name().to_owned())));
        if !by.is_empty() {
            let names: Vec<&str> = by.iter().map(|dimension| dimension.name()).collect();
            pairs.push(("by", names.join(",")));
        }
        for (dimension, value) in filter.pairs() {
            pairs.push((dimension.name(), written(value)));
        }
        if *unpriced {
            pairs.push((UNPRICED, "1".to_owned()));
        }
        pairs.extend(fingerprints.iter().map(|group| (FINGERPRINT, written(group))));
        pairs.extend(limit.iter().map(|limit| ("limit", limit.to_string())));
        with(path, &pairs)
    }

    /// Without what sums do not know.
    #[must_use]
    pub(super) fn of_sums(self) -> Self {
        Self { single: SingleFilter::default(), ..self }
    }

    /// Only what survives a link to another page: time and zone.
    pub(super) fn time(&self) -> Self {
        Self { range: self.range.clone(), zone: self.zone.clone(), ..Self::default() }
    }

    #[must_use]
    pub(super) fn of(mut self, dimension: Dimension, value: &str) -> Self {
        self.filter = self.filter.only(dimension, value);
        self
    }

    #[must_use]
    pub(super) fn during(mut self, range: Range) -> Self {
        self.range = Some(range);
        self
    }
}

// === impl Words ===

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
        Self(pairs.map(|(key, value)| (key.to_owned(), decoded(value).into_owned())).collect())
    }

    /// Nothing said is `""`.
    pub(super) fn get(&self, key: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == key);
        found.map_or("", |(_, value)| value.trim())
    }
}

/// A word of calls as addresses have it.
pub(super) fn written(word: &str) -> String {
    match word {
        "" => NONE.to_owned(),
        word if is_none_in_parentheses(word) => format!("({word})"),
        word => word.to_owned(),
    }
}

/// The word that an address means.
fn read<'a>(value: &'a str) -> Cow<'a, str> {
    match value {
        NONE => Cow::Borrowed(""),
        value if is_none_in_parentheses(value) => Cow::Borrowed(&value[1..value.len() - 1]),
        value => Cow::Borrowed(value),
    }
}

/// `(none)`, `((none))` and so on.
fn is_none_in_parentheses(word: &str) -> bool {
    let inner = word.trim_start_matches('(');
    let opened = word.len() - inner.len();
    opened > 0
        && inner
            .strip_prefix("none")
            .is_some_and(|closed| closed.len() == opened && closed.bytes().all(|byte| byte == b')'))
}

/// Grouped by nothing is `by=none`.
fn by(value: &str) -> Result<Vec<Dimension>, AddressError> {
    if value == "none" {
        return Ok(Vec::new());
    }
    let refused = || AddressError::By(value.to_owned());
    let by: Option<Vec<Dimension>> = value.split(',').map(|name| Dimension::named(name.trim())).collect();
    by.filter(|by| by.len() <= MOST_BY).ok_or_else(refused)
}

/// For programs: a word that is misspelt, or leaves nothing out of this path's answer, would be answered with the figures of everything. Pages have
/// words of their own besides.
pub(super) fn only_known_words(path: &str, query: &str) -> Result<(), AddressError> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let mut words = pairs.map(|pair| pair.split_once('=').map_or(pair, |(word, _)| word));
    let all = WORDS.into_iter().chain(Dimension::ALL.map(Dimension::name));
    let expected: Vec<&str> = all.filter(|word| is_obeyed(path, word)).collect();
    match words.find(|word| !expected.contains(word)) {
        Some(word) => Err(AddressError::Word { word: format!("{word:?}"), expected }),
        None => Ok(()),
    }
}

/// Whether a path of the API does what a word says: of which calls, of which changes.
fn is_obeyed(path: &str, word: &str) -> bool {
    match (path.trim_start_matches("/api/v1/"), word) {
        (path, UNPRICED | FINGERPRINT) => path == "calls",
        (path, word) => match (path, Dimension::named(word)) {
            (_, None) | ("usage" | "compare" | "calls", Some(_)) => true,
            (path, Some(dimension)) => {
                path == "changes" && matches!(dimension, Dimension::Namespace | Dimension::Feature)
            }
        },
    }
}

/// A path with a query.
pub(super) fn with(path: &str, pairs: &[(&str, String)]) -> String {
    let mut address = path.to_owned();
    for (at, (key, value)) in pairs.iter().enumerate() {
        address.push(if at == 0 { '?' } else { '&' });
        address.push_str(key);
        address.push('=');
        address.extend(utf8_percent_encode(value, QUERY));
    }
    address
}

/// As a part of a path.
pub(super) fn segment(text: &str) -> String {
    const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
    utf8_percent_encode(text, SEGMENT).to_string()
}

pub(super) fn decoded(value: &str) -> Cow<'_, str> {
    let spaced = value.replace('+', " ");
    Cow::Owned(percent_decode_str(&spaced).decode_utf8_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_the_same_when_it_is_written_again() {
        for query in [
            "range=7d&zone=Europe/Berlin&step=day&by=feature,model&feature=chat&user=(none)",
            "from=2026-10-01&until=2026-10-31&provider=openai&provider=xai",
            "from=2026-10-01T00:00:00Z&until=2026-10-01T08:00:00Z&unpriced=1&limit=20",
            "feature=unattributed&fingerprint=fp-3f61c09b2ad4&fingerprint=(none)",
        ] {
            let address = View::parse(query).unwrap().address("/explore");
            assert_eq!(percent_decode_str(&address).decode_utf8().unwrap(), format!("/explore?{query}"));
        }
    }

    #[test]
    fn a_form_says_once_for_each_by_what_calls_are_told_apart() {
        let view = View::parse("by=feature&by=model&by=&by=feature").unwrap();
        assert_eq!(view.address("/explore"), "/explore?by=feature%2Cmodel");
    }

    #[test]
    fn fields_that_nobody_filled_in_say_nothing() {
        assert_eq!(View::parse("range=&feature=&user=&by=").unwrap().address("/"), "/");
    }

    #[test]
    fn calls_with_a_price_are_left_out_where_that_is_asked() {
        let asked = |query| View::parse(query).unwrap().single.unpriced;
        assert!(asked("unpriced=1") && asked("unpriced=true"));
        assert!(!asked("unpriced=0") && !asked("unpriced=false") && !asked("unpriced=") && !asked(""));
    }

    #[test]
    fn a_value_cannot_leave_its_place_in_an_address() {
        let view = View::default().of(Dimension::User, "a&b=c d\"<é");
        let address = view.address("/calls");
        assert_eq!(address, "/calls?user=a%26b%3Dc%20d%22%3C%C3%A9");
        assert_eq!(View::parse(&address["/calls?".len()..]).unwrap().filter, view.filter);
    }

    #[test]
    fn a_word_that_reads_like_none_is_not_none() {
        for (word, address) in [
            ("", "(none)"),
            ("(none)", "((none))"),
            ("((none))", "(((none)))"),
            ("(none", "(none"),
            ("()", "()"),
        ] {
            assert_eq!((written(word), read(address)), (address.to_owned(), word.into()));
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_what_to_write() {
        for (query, told) in [
            ("zone=Berlin", "Europe/Berlin"),
            ("step=year", "expected hour, day"),
            ("by=colour", "expected namespace"),
            ("by=user,model,feature,outcome", "three at most"),
            ("by=user&by=model&by=feature&by=outcome", "three at most"),
            ("limit=0", "1 to 1000"),
            ("unpriced=maybe", "expected 1"),
            ("feature=a%00", "leave it out"),
            ("behind=9223372036854775807.019ad3c4-5b6e-7000-8000-000000000001", "the page before"),
            ("from=0001-01-01&until=9999-12-31", "ten years"),
            ("from=2026-10-31&until=2026-10-01", "from is not before until"),
            ("zone=../../etc/passwd", "Europe/Berlin"),
        ] {
            let error = View::parse(query).unwrap_err().to_string();
            assert!(error.contains(told), "{query}: {error}");
        }
    }
}
