//! Figures added up, by group and by bucket. Pure.

use std::collections::HashMap;

use jiff::Timestamp;

use super::{
    Ask, Figures,
    usage::{Group, Key, Usage},
};

/// So many figures an answer has, groups times buckets: some 10 MB. A question of more is answered for those that cost most.
pub(super) const MOST_FIGURES: usize = 100_000;

/// Groups as they come, line by line.
pub(super) struct Fold {
    buckets: usize,
    groups: HashMap<Vec<String>, Sums>,
}

/// Of one group, by bucket.
#[derive(Default)]
struct Sums {
    added: Vec<Figures>,
    /// What is in another bucket after all; empty where nothing is.
    taken: Vec<Figures>,
}

/// More groups than are kept.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooMany;

// === impl Fold ===

impl Fold {
    pub(super) fn new(buckets: usize) -> Self {
        Self { buckets, groups: HashMap::new() }
    }

    /// What a line has, into its bucket.
    pub(super) fn add(&mut self, key: Vec<String>, bucket: usize, figures: Figures) -> Result<(), TooMany> {
        let buckets = self.buckets;
        plus(&mut self.group(key)?.added, bucket, figures, buckets);
        Ok(())
    }

    /// What was added to the bucket `from` with other lines, and belongs into another.
    pub(super) fn take_along(
        &mut self,
        key: Vec<String>,
        from: usize,
        into: usize,
        figures: Figures,
    ) -> Result<(), TooMany> {
        let buckets = self.buckets;
        let group = self.group(key)?;
        plus(&mut group.taken, from, figures, buckets);
        plus(&mut group.added, into, figures, buckets);
        Ok(())
    }

    fn group(&mut self, key: Vec<String>) -> Result<&mut Sums, TooMany> {
        if self.groups.len() >= most_groups(self.buckets) && !self.groups.contains_key(&key) {
            return Err(TooMany);
        }
        Ok(self.groups.entry(key).or_default())
    }

    /// The answer: groups that cost most first, those past `top` as one.
    pub(super) fn usage(self, bounds: Vec<Timestamp>, top: u16) -> Usage {
        let mut groups: Vec<Group> = self
            .groups
            .into_iter()
            .map(|(key, sums)| {
                let buckets = sums.buckets();
                let mut sum = Figures::default();
                buckets.iter().for_each(|figures| sum += *figures);
                Group { key: Key::Of(key), sum, buckets }
            })
            .collect();
        groups.sort_by(dearest);
        let mut usage = Usage { buckets: vec![Figures::default(); self.buckets], bounds, ..Usage::default() };
        for group in &groups {
            usage.sum += group.sum;
            usage.buckets.iter_mut().zip(&group.buckets).for_each(|(all, figures)| *all += *figures);
        }
        let left = groups.split_off(groups.len().min(top.into()));
        if !left.is_empty() {
            let count = u64::try_from(left.len()).unwrap_or(u64::MAX);
            let none = vec![Figures::default(); self.buckets];
            let mut others = Group { key: Key::Others(count), sum: Figures::default(), buckets: none };
            for group in left {
                others.sum += group.sum;
                others.buckets.iter_mut().zip(group.buckets).for_each(|(all, figures)| *all += figures);
            }
            groups.push(others);
        }
        usage.groups = groups;
        usage
    }
}

/// So many groups an answer has, others not counted.
pub(super) fn most_groups(buckets: usize) -> usize {
    MOST_FIGURES / buckets.max(1)
}

fn plus(sums: &mut Vec<Figures>, bucket: usize, figures: Figures, buckets: usize) {
    if sums.is_empty() {
        sums.resize(buckets, Figures::default());
    }
    if let Some(sum) = sums.get_mut(bucket) {
        *sum += figures;
    }
}

fn dearest(one: &Group, other: &Group) -> std::cmp::Ordering {
    let dearest = other.sum.cost.cmp(&one.sum.cost).then(other.sum.calls.cmp(&one.sum.calls));
    dearest.then_with(|| one.key.cmp(&other.key))
}

// === impl Sums ===

impl Sums {
    fn buckets(self) -> Vec<Figures> {
        let Self { mut added, taken } = self;
        added.iter_mut().zip(taken).for_each(|(figures, taken)| *figures = figures.without(&taken));
        added
    }
}

// === impl Usage ===

impl Usage {
    /// The answer to a coarser question: by fewer dimensions, or the whole time as one. None: not all groups are told apart.
    pub(super) fn coarsened(&self, asked: &Ask, ask: &Ask) -> Option<Self> {
        let places = ask.by.iter().map(|dimension| asked.by.iter().position(|known| known == dimension));
        let places: Vec<usize> = places.collect::<Option<_>>()?;
        let bounds = if ask.step.is_some() { self.bounds.clone() } else { vec![ask.span.from] };
        let mut fold = Fold::new(bounds.len());
        for group in &self.groups {
            let Key::Of(key) = &group.key else { return None };
            let key: Vec<String> = places.iter().map(|at| key.get(*at).cloned()).collect::<Option<_>>()?;
            if ask.step.is_none() {
                fold.add(key, 0, group.sum).ok()?;
                continue;
            }
            for (bucket, figures) in group.buckets.iter().enumerate() {
                fold.add(key.clone(), bucket, *figures).ok()?;
            }
        }
        Some(Self { coarse: self.coarse, hours_behind: self.hours_behind, ..fold.usage(bounds, ask.top) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(calls: u64) -> Figures {
        Figures { calls, cost: calls.to_string().parse().unwrap(), ..Figures::default() }
    }

    fn key(name: &str) -> Vec<String> {
        vec![name.to_owned()]
    }

    #[test]
    fn groups_that_cost_most_come_first_and_those_past_the_top_are_one() {
        let mut fold = Fold::new(2);
        for (name, bucket, calls) in [("b", 0, 1), ("a", 0, 1), ("dear", 1, 9), ("b", 1, 1), ("last", 0, 1)] {
            fold.add(key(name), bucket, figures(calls)).unwrap();
        }
        let usage = fold.usage(vec![Timestamp::UNIX_EPOCH; 2], 2);
        let groups: Vec<_> =
            usage.groups.iter().map(|group| (group.key.clone(), group.buckets.clone())).collect();
        assert_eq!(
            groups,
            [
                (Key::Of(key("dear")), vec![figures(0), figures(9)]),
                (Key::Of(key("b")), vec![figures(1), figures(1)]),
                (Key::Others(2), vec![figures(2), figures(0)]),
            ]
        );
        assert_eq!((usage.sum, usage.buckets), (figures(13), vec![figures(3), figures(10)]));
    }

    #[test]
    fn what_is_taken_along_is_in_one_bucket_in_whatever_order_lines_come() {
        let mut fold = Fold::new(2);
        fold.take_along(key("a"), 0, 1, figures(2)).unwrap();
        fold.add(key("a"), 0, figures(5)).unwrap();
        let usage = fold.usage(vec![Timestamp::UNIX_EPOCH; 2], 9);
        assert_eq!(usage.groups[0].buckets, [figures(3), figures(2)]);
        assert_eq!(usage.sum, figures(5));
    }

    #[test]
    fn more_groups_than_are_kept_are_said_to_be_too_many() {
        let mut fold = Fold::new(MOST_FIGURES / 2);
        fold.add(key("a"), 0, figures(1)).unwrap();
        fold.add(key("b"), 0, figures(1)).unwrap();
        fold.add(key("a"), 1, figures(1)).unwrap();
        assert_eq!(fold.add(key("c"), 0, figures(1)), Err(TooMany));
    }
}
