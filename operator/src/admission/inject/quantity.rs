//! Kubernetes' quantities, as exact numbers: `500m`, `1.5`, `64Mi`, `2e3`.

use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

/// Thousand-millionths: Kubernetes knows nothing smaller.
const SCALE: i128 = 1_000_000_000;

/// How much it is, in thousand-millionths; `None` where it is no quantity, or one beyond all measure.
pub(super) fn amount(quantity: &Quantity) -> Option<i128> {
    let text = quantity.0.trim();
    let end =
        text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '+' | '-'))).unwrap_or(text.len());
    let (number, suffix) = text.split_at(end);
    let (multiplier, divisor) = factor(suffix)?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let negative = whole.starts_with('-');
    let whole = whole.strip_prefix(['+', '-']).unwrap_or(whole);
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !are_digits(whole) || !are_digits(fraction) || whole.len() + fraction.len() == 0 {
        return None;
    }
    let whole: i128 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    // What is finer than a thousand-millionth is cut off: it cannot make a difference here.
    let fraction: String = fraction.chars().chain(std::iter::repeat('0')).take(9).collect();
    let fraction: i128 = fraction.parse().ok()?;
    let scaled = whole.checked_mul(SCALE)?.checked_add(fraction)?.checked_mul(multiplier)? / divisor;
    Some(if negative { -scaled } else { scaled })
}

/// How much it is in whole ones (bytes, say), cut off.
pub(super) fn whole(text: &str) -> Option<u64> {
    u64::try_from(amount(&Quantity(text.to_owned()))? / SCALE).ok()
}

fn factor(suffix: &str) -> Option<(i128, i128)> {
    let power = |base: i128, exponent: u32| base.checked_pow(exponent);
    Some(match suffix {
        "" => (1, 1),
        "n" => (1, power(10, 9)?),
        "u" => (1, power(10, 6)?),
        "m" => (1, power(10, 3)?),
        "k" => (power(10, 3)?, 1),
        "M" => (power(10, 6)?, 1),
        "G" => (power(10, 9)?, 1),
        "T" => (power(10, 12)?, 1),
        "P" => (power(10, 15)?, 1),
        "E" => (power(10, 18)?, 1),
        "Ki" => (power(1024, 1)?, 1),
        "Mi" => (power(1024, 2)?, 1),
        "Gi" => (power(1024, 3)?, 1),
        "Ti" => (power(1024, 4)?, 1),
        "Pi" => (power(1024, 5)?, 1),
        "Ei" => (power(1024, 6)?, 1),
        exponent => {
            let exponent: i32 = exponent.strip_prefix(['e', 'E'])?.parse().ok()?;
            let power = power(10, exponent.unsigned_abs())?;
            if exponent < 0 { (1, power) } else { (power, 1) }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_amount_is_the_same_however_it_is_written() {
        let same = [
            ["1", "1000m", "1.0", "1e0", "1000000u"],
            ["64Mi", "65536Ki", "67108864", "67108864000m", "0.0625Gi"],
            ["1500", "1.5k", "1500000m", "15e2", "+1500"],
            ["0.1", "100m", ".1", "1e-1", "100000u"],
        ];
        for spellings in same {
            let amounts = spellings.map(|text| amount(&Quantity(text.to_owned())));
            assert!(amounts[0].is_some(), "{spellings:?}");
            assert_eq!(amounts, [amounts[0]; 5], "{spellings:?}");
        }
    }

    #[test]
    fn what_is_no_quantity_is_none() {
        for text in [
            "",
            "Mi",
            "1x",
            "1..2",
            "--1",
            "1.-2",
            "+",
            "1e",
            "9999999999999999999999999999E",
            "e400",
            "1e999999999999",
        ] {
            assert_eq!(amount(&Quantity(text.to_owned())), None, "{text}");
        }
    }
}
