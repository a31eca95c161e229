//! What is other in one text than in another, line by line.

/// Lines that were there before only, and lines that are there now only, in their order. A line that stands twice is two, and one that moved is gone
/// here and new there.
pub(super) fn of<'a>(before: &'a [String], after: &'a [String]) -> Vec<Line<'a>> {
    let head = before.iter().zip(after).take_while(|(before, after)| before == after).count();
    let (before, after) = (&before[head..], &after[head..]);
    let tail =
        before.iter().rev().zip(after.iter().rev()).take_while(|(before, after)| before == after).count();
    let (before, after) = (&before[..before.len() - tail], &after[..after.len() - tail]);
    if before.len().saturating_mul(after.len()) > MOST {
        return before
            .iter()
            .map(|line| Line::Gone(line))
            .chain(after.iter().map(|line| Line::New(line)))
            .collect();
    }
    let kept = longest_kept(before, after);
    let (mut lines, mut old, mut new) = (Vec::new(), 0, 0);
    while old < before.len() || new < after.len() {
        match (before.get(old), after.get(new)) {
            (Some(was), Some(is)) if was == is => (old, new) = (old + 1, new + 1),
            (Some(was), is) if is.is_none() || kept[old + 1][new] >= kept[old][new + 1] => {
                lines.push(Line::Gone(was));
                old += 1;
            }
            (_, Some(is)) => {
                lines.push(Line::New(is));
                new += 1;
            }
            (_, None) => break,
        }
    }
    lines
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line<'a> {
    Gone(&'a str),
    New(&'a str),
}

/// So many pairs of lines are compared; longer texts are told whole.
const MOST: usize = 100_000;

/// How many lines two texts share at most from these lines on.
fn longest_kept(before: &[String], after: &[String]) -> Vec<Vec<u32>> {
    let mut kept = vec![vec![0; after.len() + 1]; before.len() + 1];
    for old in (0..before.len()).rev() {
        for new in (0..after.len()).rev() {
            kept[old][new] = match before[old] == after[new] {
                true => kept[old + 1][new + 1] + 1,
                false => kept[old + 1][new].max(kept[old][new + 1]),
            };
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    fn told(before: &str, after: &str) -> String {
        let (before, after) = (lines(before), lines(after));
        let told = of(&before, &after).into_iter().map(|line| match line {
            Line::Gone(line) => format!("-{line}"),
            Line::New(line) => format!("+{line}"),
        });
        told.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_line_that_stands_elsewhere_too_is_told_where_it_changed() {
        assert_eq!(told("day off night on", "day on night off"), "-off -night +night +off");
        assert_eq!(told("a x b x", "a x b"), "-x");
        assert_eq!(told("one two", "two one"), "-one +one");
        assert_eq!(told("a b c", "a b c"), "");
        assert_eq!(told("", "a"), "+a");
    }

    proptest! {
        #[test]
        fn what_is_told_makes_one_text_of_the_other(before in "[ab ]{0,24}", after in "[abc ]{0,24}") {
            let (before, after) = (lines(&before), lines(&after));
            let (mut gone, mut new) = (before.clone(), after.clone());
            for line in of(&before, &after) {
                let (from, line) = match line { Line::Gone(line) => (&mut gone, line), Line::New(line) => (&mut new, line) };
                let at = from.iter().position(|known| known == line).unwrap();
                from.remove(at);
            }
            gone.sort();
            new.sort();
            prop_assert_eq!(gone, new);
        }
    }
}
