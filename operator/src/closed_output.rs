//! A reader that has seen enough (`| head`) ends a command, and does not break it.

use std::{panic, process};

/// `println!` panics where nobody reads any more. Whatever is left to say nobody would read: the process ends there.
pub fn ends_the_process() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |panicked| {
        if panicked.payload_as_str().is_some_and(is_of_a_closed_pipe) {
            process::exit(BROKEN_PIPE);
        }
        usual(panicked);
    }));
}

/// As a shell says of a program that the signal for it has ended.
const BROKEN_PIPE: i32 = 141;

fn is_of_a_closed_pipe(said: &str) -> bool {
    said.starts_with("failed printing to stdout") && said.contains("Broken pipe")
}
