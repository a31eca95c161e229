//! libFuzzer over one of the [`checks`]: `make fuzz WHAT=json MINUTES=10`. The corpus that it leaves is replayed by
//! `tests/corpus.rs` in every test run.
#![no_main]

mod checks;

use std::sync::LazyLock;

use checks::CHECKS;
use libfuzzer_sys::fuzz_target;

static CHECK: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let wanted = std::env::var("WHAT").unwrap_or_default();
    let found = CHECKS.iter().find(|(name, _)| *name == wanted);
    let names = CHECKS.map(|(name, _)| name).join(", ");
    found.unwrap_or_else(|| panic!("WHAT={wanted:?} is none of: {names}")).1
});

fuzz_target!(|bytes: &[u8]| CHECK(bytes));
