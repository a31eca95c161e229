//! What fuzzers found worth keeping (`fuzz/corpus`) is read again in every test run: `make fuzz` says how it is made.

#[path = "../fuzz/src/checks/mod.rs"]
mod checks;

use checks::CHECKS;

#[test]
fn whatever_a_fuzzer_thought_of_is_read_without_a_panic_whole_and_cut_alike_and_as_by_a_naive_reader() {
    for (name, check) in CHECKS {
        let folder = format!("{}/fuzz/corpus/{name}", env!("CARGO_MANIFEST_DIR"));
        let files = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
        let mut count = 0;
        for file in files {
            let path = file.expect("a readable folder").path();
            let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            if std::panic::catch_unwind(|| check(&bytes)).is_err() {
                panic!("{}: see above", path.display());
            }
            count += 1;
        }
        assert!(count > 0, "{folder} has inputs");
    }
}
