//! What a scrape says, read as Prometheus would.

use std::collections::BTreeMap;

/// All samples of one scrape.
#[derive(Clone, Debug)]
pub struct Samples(pub Vec<Sample>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    pub name: String,
    pub labels: BTreeMap<String, String>,
    /// As written; counters of calls are whole numbers.
    pub value: String,
}

// === impl Samples ===

impl Samples {
    /// # Panics
    /// When a line is no sample.
    pub fn parse(text: &str) -> Samples {
        let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        Samples(
            lines.map(|line| Sample::parse(line).unwrap_or_else(|| panic!("no sample: {line:?}"))).collect(),
        )
    }

    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Sample> {
        self.0.iter().filter(move |sample| sample.name == name)
    }

    /// The samples of this name whose labels hold these, summed; the part behind the point is cut off.
    pub fn sum(&self, name: &str, labels: &[(&str, &str)]) -> u64 {
        self.named(name)
            .filter(|sample| labels.iter().all(|(key, value)| sample.label(key) == Some(*value)))
            .filter_map(|sample| sample.value.split('.').next()?.parse::<u64>().ok())
            .sum()
    }
}

// === impl Sample ===

impl Sample {
    pub fn label(&self, name: &str) -> Option<&str> {
        self.labels.get(name).map(String::as_str)
    }

    fn parse(line: &str) -> Option<Sample> {
        let (name, mut rest) = line.split_at(line.find(['{', ' '])?);
        let mut labels = BTreeMap::new();
        if let Some(inside) = rest.strip_prefix('{') {
            let mut inside = inside;
            while !inside.starts_with('}') {
                let (key, value) = inside.split_once("=\"")?;
                let (value, after) = unquote(value)?;
                labels.insert(key.to_owned(), value);
                inside = after.strip_prefix(',').unwrap_or(after);
            }
            rest = &inside[1..];
        }
        let value = rest.trim_start().split(' ').next()?.to_owned();
        Some(Sample { name: name.to_owned(), labels, value })
    }
}

/// The text up to the closing quote, and what stands behind it.
fn unquote(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '"' => return Some((value, &text[index + 1..])),
            '\\' => match characters.next()?.1 {
                'n' => value.push('\n'),
                other => value.push(other),
            },
            other => value.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_with_the_labels_are_summed() {
        let text = "# TYPE calls counter\ncalls_total{feature=\"a\",model=\"x\"} 2\ncalls_total{feature=\"a\",model=\"}\\\"\"} 3.0\n\
                    calls_total{feature=\"b\"} 7\nup 1\n# EOF\n";
        let samples = Samples::parse(text);
        assert_eq!(samples.sum("calls_total", &[("feature", "a")]), 5);
        assert_eq!(samples.sum("up", &[]), 1);
    }
}
