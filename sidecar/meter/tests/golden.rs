//! Recorded exchanges, each as a line: what is metered must equal what is expected, to the last digit.

use tollgate_meter::{PriceBook, exchange::meter_line};

fn check(lines: &str) {
    let mut failures = Vec::new();
    for line in lines.lines() {
        let exchange: serde_json::Value = serde_json::from_str(line).expect("a JSON line");
        let result: serde_json::Value =
            serde_json::from_str(&meter_line(line, PriceBook::built_in())).expect("JSON");
        let expected = exchange["expected"].as_object().expect("what is expected");
        for (name, value) in expected.iter().filter(|(name, _)| *name != "note") {
            if result[name] != *value {
                failures.push(format!(
                    "{}: {name} is {}, expected {value}; {result}",
                    exchange["id"], result[name]
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn examples() {
    check(&std::fs::read_to_string("/tmp/examples.jsonl").unwrap());
}
