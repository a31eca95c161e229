//! Numbers as people read them.

/// With a comma each three digits.
pub(crate) fn grouped(count: impl Into<u128>) -> String {
    let digits = count.into().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Like `1 pod` and `1,204 pods`.
pub(crate) fn counted(count: impl TryInto<u64>, one: &str) -> String {
    match count.try_into().unwrap_or(u64::MAX) {
        1 => format!("1 {one}"),
        count => format!("{} {one}s", grouped(count)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_one_and_thousands_have_commas() {
        let shown = [0_u64, 1, 2, 1_204, 1_000_000].map(|count| counted(count, "pod"));
        assert_eq!(shown, ["0 pods", "1 pod", "2 pods", "1,204 pods", "1,000,000 pods"]);
    }
}
