//! Lines out of chunks, each within a bound.

/// A line that is longer than it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLong;

/// The beginning of a line whose end has not come yet.
#[derive(Debug)]
pub(super) struct Lines {
    begun: Vec<u8>,
    longest: usize,
}

// === impl Lines ===

impl Lines {
    pub(super) fn new(longest: usize) -> Self {
        Self { begun: Vec::new(), longest }
    }

    /// Calls `on_line` for each line that the chunk completes, without its end; not for empty ones.
    pub(super) fn feed(&mut self, mut chunk: &[u8], mut on_line: impl FnMut(&[u8])) -> Result<(), TooLong> {
        while let Some(end) = chunk.iter().position(|byte| *byte == b'\n') {
            let (line, rest) = chunk.split_at(end);
            chunk = &rest[1..];
            if self.begun.len() + line.len() > self.longest {
                return Err(TooLong);
            }
            if self.begun.is_empty() {
                call(line, &mut on_line);
            } else {
                self.begun.extend_from_slice(line);
                // What a line needed is not kept: a large state comes seldom.
                call(&std::mem::take(&mut self.begun), &mut on_line);
            }
        }
        if self.begun.len() + chunk.len() > self.longest {
            return Err(TooLong);
        }
        self.begun.extend_from_slice(chunk);
        Ok(())
    }
}

fn call(line: &[u8], on_line: &mut impl FnMut(&[u8])) {
    let line = line.trim_ascii();
    if !line.is_empty() {
        on_line(line);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(longest: usize, chunks: &[&[u8]]) -> (Vec<String>, Result<(), TooLong>) {
        let mut found = Vec::new();
        let mut lines = Lines::new(longest);
        let fed = chunks.iter().try_for_each(|chunk| {
            lines.feed(chunk, |line| found.push(String::from_utf8(line.to_vec()).unwrap()))
        });
        (found, fed)
    }

    #[test]
    fn a_line_is_whole_once_its_end_has_come() {
        let (found, fed) = lines(10, &[b"on", b"e\ntwo\r\n\n", b"\nthr", b"ee"]);
        assert_eq!((found, fed), (vec!["one".to_owned(), "two".to_owned()], Ok(())));
    }

    #[test]
    fn a_line_beyond_the_bound_is_an_error_before_its_end_has_come() {
        assert_eq!(lines(4, &[b"1234\n", b"12", b"34\n"]).1, Ok(()));
        assert_eq!(lines(4, &[b"12345\n"]).1, Err(TooLong));
        assert_eq!(lines(4, &[b"123", b"45"]).1, Err(TooLong));
    }

    proptest! {
        #[test]
        fn cutting_changes_no_line(text in "[ab\n]{0,60}", cuts in proptest::collection::vec(0usize..60, 0..6)) {
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(text.len())).collect();
            cuts.extend([0, text.len()]);
            cuts.sort_unstable();
            let chunks: Vec<&[u8]> = cuts.windows(2).map(|ends| &text.as_bytes()[ends[0]..ends[1]]).collect();
            let whole: Vec<String> = match text.rsplit_once('\n') {
                Some((whole, _)) => whole.split('\n').filter(|line| !line.is_empty()).map(str::to_owned).collect(),
                None => Vec::new(),
            };
            prop_assert_eq!(lines(100, &chunks).0, whole);
        }
    }
}
