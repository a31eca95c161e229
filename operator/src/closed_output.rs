//! A reader that has seen enough (`| head`) ends a command, and does not break it; a disk without room ends it with a sentence.

use std::{
    io::{self, Write},
    panic, process,
};

/// `println!` panics where nobody reads any more, or nothing can be written. Whatever is left to say is lost: the process ends there.
pub fn ends_the_process() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |panicked| {
        let said = panicked.payload_as_str().unwrap_or_default();
        if said.starts_with(UNHEARD) {
            process::exit(1);
        }
        match said.strip_prefix(UNWRITTEN) {
            Some(why) if why.contains("Broken pipe") => process::exit(BROKEN_PIPE),
            Some(why) => {
                // a panic within this one would abort
                let _unheard = writeln!(io::stderr(), "error: cannot write the output: {why}");
                process::exit(1);
            }
            None => usual(panicked),
        }
    }));
}

/// As `println!` says it, and `eprintln!`.
const UNWRITTEN: &str = "failed printing to stdout: ";
const UNHEARD: &str = "failed printing to stderr: ";
/// As a shell says of a program that the signal for it has ended.
const BROKEN_PIPE: i32 = 141;
