//! The baseline in blocks as long as the window, out of which the noise is measured.

#![expect(clippy::float_arithmetic, reason = "statistics, not money")]

use super::look::{AROUND, JUST_NOW, LATELY, Look, level, typical};
use crate::{
    block::Block,
    history::{BIN, DAY},
};

/// Noise is that of so many minutes earlier and later, where there is enough.
const NEAR: i64 = 90;

impl Look<'_> {
    /// The baseline in blocks as long as the window, each with what was to be expected of it then.
    pub(super) fn blocks(&self) -> Vec<Block> {
        let width = self.width.clamp(BIN, DAY) / BIN * BIN;
        let count = (DAY / width) as usize;
        let last = (self.end - JUST_NOW).div_euclid(DAY);
        // what changed for good is no noise
        let since = self.change.map_or(last, |change| change.since.div_euclid(DAY).min(last));
        let days: Vec<i64> = (last - self.known..since).collect();
        let came: Vec<Vec<f64>> = days
            .iter()
            .map(|day| {
                let at = |block: usize| day * DAY + block as i64 * width + self.clock.moved(last - day);
                (0..count).map(|block| self.past.between(at(block), at(block) + width)).collect()
            })
            .collect();
        let from = |day: usize, block: usize| {
            days[day] * DAY + block as i64 * width + self.clock.moved(last - days[day])
        };
        let known: Vec<Vec<bool>> = (0..days.len())
            .map(|day| {
                (0..count).map(|block| from(day, block)).map(|at| self.is_known(at, at + width)).collect()
            })
            .collect();
        let profile = [false, true].map(|weekend| self.profile(&days, (&came, &known), weekend));
        let weekend = |day: usize, block: usize| self.clock.rests(days[day] * DAY + block as i64 * width);
        let expected = |day: usize, block: usize| profile[usize::from(weekend(day, block))][block];
        let (lately, gap) =
            ((LATELY / width).max(1) as usize, (JUST_NOW + width - 1) as usize / width as usize);
        let (asked, today) = ((self.end - width).rem_euclid(DAY), self.clock.rests(self.end - 1));
        let mut blocks = Vec::with_capacity(days.len() * count);
        for at in lately + gap..days.len() * count {
            let (mut had, mut usual) = (0.0, 0.0);
            let (day, block) = (at / count, at % count);
            if !known[day][block] {
                continue;
            }
            for before in (at - gap - lately..at - gap).filter(|before| known[before / count][before % count])
            {
                had += came[before / count][before % count];
                usual += expected(before / count, before % count);
            }
            let expected = expected(day, block) * level(had, usual, self.unit);
            let away = (block as i64 * width - asked).rem_euclid(DAY);
            let near = weekend(day, block) == today && away.min(DAY - away) <= NEAR;
            let from = from(day, block);
            let told = self.told.iter().any(|(begin, end)| *begin < from + width && from < *end);
            blocks.push(Block { came: came[day][block], expected, day, time: block, near, told });
        }
        blocks
    }

    /// What each block of a working day, or of a weekend's day, usually has.
    fn profile(&self, days: &[i64], (came, known): (&[Vec<f64>], &[Vec<bool>]), weekend: bool) -> Vec<f64> {
        let count = came.first().map_or(0, Vec::len);
        let width = DAY / count.max(1) as i64;
        (0..count)
            .map(|block| {
                let at = |day: &i64| day * DAY + block as i64 * width;
                let days = days.iter().zip(came).zip(known);
                let alike =
                    days.filter(|((day, _), known)| known[block] && self.clock.rests(at(day)) == weekend);
                let alike: Vec<(&Vec<f64>, &Vec<bool>)> =
                    alike.map(|((_, came), known)| (came, known)).collect();
                let mut mean = 0.0;
                for (around, needed) in AROUND {
                    let around = ((around + width - 1) / width) as usize;
                    let span = block.saturating_sub(around)..(block + around + 1).min(count);
                    let blocks = span.len() as f64;
                    let whole =
                        alike.iter().filter(|(_, known)| known[span.clone()].iter().all(|known| *known));
                    let sums: Vec<f64> = whole.map(|(came, _)| came[span.clone()].iter().sum()).collect();
                    let found = typical(&sums, 6.0 * self.unit);
                    mean = found.mean / blocks;
                    if found.seen >= needed * self.unit {
                        break;
                    }
                }
                mean
            })
            .collect()
    }
}
