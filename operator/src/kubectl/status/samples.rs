//! What a metrics endpoint says, as far as a check reads it.

/// The samples of one scrape.
#[derive(Clone, Debug, Default)]
pub(super) struct Samples(pub(super) String);

// === impl Samples ===

impl Samples {
    /// The values of the metric's series whose labels have this text in them.
    pub(super) fn of<'a>(&'a self, metric: &'a str, labels: &'a str) -> impl Iterator<Item = f64> + 'a {
        self.0.lines().filter_map(move |line| {
            let rest = line.strip_prefix(metric)?;
            let (of, value) = match rest.strip_prefix('{') {
                Some(rest) => rest.rsplit_once('}')?,
                None => ("", rest),
            };
            if !value.starts_with(' ') || !of.contains(labels) {
                return None;
            }
            value.split_whitespace().next()?.parse().ok()
        })
    }

    /// The highest of these values.
    pub(super) fn highest(&self, metric: &str, labels: &str) -> Option<f64> {
        self.of(metric, labels).reduce(f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_metric_is_found_by_its_whole_name_and_a_label() {
        let samples = Samples(
            "# TYPE a gauge\na{source=\"stream\",x=\"1\"} 2.5\na{source=\"prices\"} 9\na_other 7\nb 3\n"
                .to_owned(),
        );
        assert_eq!(samples.of("a", "").collect::<Vec<_>>(), [2.5, 9.0]);
        assert_eq!(samples.highest("a", "source=\"stream\""), Some(2.5));
        assert_eq!(samples.highest("b", ""), Some(3.0));
        assert_eq!(samples.highest("c", ""), None);
    }
}
