//! Words of dates, by their hashes.

use super::hash;

/// Words of dates, in English and German, and those that are such within a sentence only: "May I", "March on".
pub(super) const OF_DATES: [u64; 25] = hashes_of([
    "january",
    "february",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "januar",
    "februar",
    "märz",
    "mai",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
]);
pub(super) const OF_DATES_WITHIN: [u64; 14] = hashes_of([
    "march", "may", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
]);

/// What stands behind the numbers of a date.
pub(super) const OF_NUMBERS: [u64; 15] =
    hashes_of(["年", "月", "日", "时", "時", "分", "秒", "号", "號", "년", "월", "일", "시", "분", "초"]);

const fn hashes_of<const COUNT: usize>(words: [&str; COUNT]) -> [u64; COUNT] {
    let mut hashes = [0; COUNT];
    let mut word = 0;
    while word < COUNT {
        hashes[word] = hash::hash_of(words[word].as_bytes());
        word += 1;
    }
    hashes
}
