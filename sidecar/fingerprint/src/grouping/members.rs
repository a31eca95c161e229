//! Some of the calls, as bits.

/// Some of the calls.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Members {
    bits: Vec<u64>,
}

// === impl Members ===

impl Members {
    pub(super) fn all(calls: usize) -> Self {
        let mut members = Self::none(calls);
        (0..calls).for_each(|at| members.insert(at));
        members
    }

    pub(super) fn none(calls: usize) -> Self {
        Self { bits: vec![0; calls.div_ceil(64)] }
    }

    pub(super) fn insert(&mut self, at: usize) {
        self.bits[at / 64] |= 1 << (at % 64);
    }

    pub(super) fn has(&self, at: usize) -> bool {
        self.bits[at / 64] & (1 << (at % 64)) != 0
    }

    pub(super) fn count(&self) -> u64 {
        self.bits.iter().map(|bits| u64::from(bits.count_ones())).sum()
    }

    pub(super) fn shared(&self, other: &Self) -> u64 {
        self.bits.iter().zip(&other.bits).map(|(a, b)| u64::from((a & b).count_ones())).sum()
    }

    pub(super) fn or(&self, other: &Self) -> Self {
        Self { bits: self.bits.iter().zip(&other.bits).map(|(a, b)| a | b).collect() }
    }

    pub(super) fn and(&self, other: &Self) -> Self {
        Self { bits: self.bits.iter().zip(&other.bits).map(|(a, b)| a & b).collect() }
    }

    pub(super) fn without(&self, other: &Self) -> Self {
        Self { bits: self.bits.iter().zip(&other.bits).map(|(a, b)| a & !b).collect() }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.bits.iter().enumerate().flat_map(|(word, bits)| {
            (0..64).filter(move |bit| bits & (1 << bit) != 0).map(move |bit| word * 64 + bit)
        })
    }

    /// Which of these are there in others, numbered as these are.
    pub(super) fn numbered(&self, others: &Self) -> Self {
        let mut numbered = Self::none(self.count() as usize);
        self.iter()
            .enumerate()
            .filter(|(_, at)| others.has(*at))
            .for_each(|(place, _)| numbered.insert(place));
        numbered
    }

    pub(super) fn partition(&self, is_in: impl Fn(usize) -> bool) -> (Self, Self) {
        let calls = self.bits.len() * 64;
        let (mut inside, mut outside) = (Self::none(calls), Self::none(calls));
        for at in self.iter() {
            if is_in(at) { inside.insert(at) } else { outside.insert(at) }
        }
        (inside, outside)
    }
}
