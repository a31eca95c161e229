//! The migrations are compiled in: a changed or added one must be noticed.

fn main() {
    println!("cargo::rerun-if-changed=../migrations");
}
