use std::{convert::Infallible, fs, path::Path};

use super::*;

/// A file in a folder of its own, a watch on it, and a clock that only this test moves.
struct Bench {
    folder: tempfile::TempDir,
    watch: FileWatch<String, String>,
    now: Instant,
}

impl Bench {
    /// A watch whose texts are valid unless they say "bad".
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let parse = |text: &str| match text.contains("bad") {
            true => Err(format!("holds {text:?}")),
            false => Ok(text.to_owned()),
        };
        let watch = FileWatch::new("flags", folder.path().join("file"), parse);
        Self { folder, watch, now: Instant::now() }
    }

    fn with(text: &str) -> Self {
        let mut bench = Self::new();
        bench.write(text);
        assert_eq!(bench.look(), Look::Taken(text.to_owned()));
        bench
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("file")
    }

    fn write(&self, text: &str) {
        fs::write(self.path(), text).unwrap();
    }

    fn rename_onto(&self, text: &str) {
        let other = self.folder.path().join("other");
        fs::write(&other, text).unwrap();
        fs::rename(other, self.path()).unwrap();
    }

    /// One period later.
    fn look(&mut self) -> Look<String> {
        self.now += PERIOD;
        self.watch.look(self.now)
    }

    /// The first look that is not in the middle of a change, and how long after the change it came.
    fn settled(&mut self) -> (Look<String>, Duration) {
        let start = self.now;
        loop {
            match self.look() {
                Look::Moving => assert!(self.now - start < Duration::from_secs(1), "never settles"),
                look => return (look, self.now - start),
            }
        }
    }
}

fn taken(text: &str) -> Look<String> {
    Look::Taken(text.to_owned())
}

#[test]
fn the_first_look_takes_what_is_there() {
    Bench::with("one");
}

#[test]
fn a_file_that_does_not_change_stays_the_same() {
    let mut bench = Bench::with("one");
    for _ in 0..20 {
        assert_eq!(bench.look(), Look::Same);
    }
}

#[test]
fn a_file_written_in_place_counts_once_it_keeps_still_and_within_200_ms() {
    let mut bench = Bench::with("one");
    bench.write("two, longer");
    assert_eq!(bench.look(), Look::Moving);
    assert_eq!(bench.look(), taken("two, longer"));
    assert_eq!(bench.look(), Look::Same);
}

#[test]
fn half_a_file_does_not_count() {
    let mut bench = Bench::with("one");
    bench.write("half");
    assert_eq!(bench.look(), Look::Moving);
    bench.write("half and the other half");
    assert_eq!(bench.look(), Look::Moving);
    assert_eq!(bench.look(), taken("half and the other half"));
}

#[test]
fn still_means_for_twenty_milliseconds_however_often_it_is_looked_at() {
    let mut bench = Bench::with("one");
    bench.write("two, longer");
    let start = bench.now;
    for after in [1, 5, 10, 20] {
        assert_eq!(bench.watch.look(start + Duration::from_millis(after)), Look::Moving, "{after}");
    }
    assert_eq!(bench.watch.look(start + Duration::from_millis(21)), taken("two, longer"));
}

#[test]
fn a_file_that_was_whole_before_it_was_put_in_place_counts_at_once() {
    let mut bench = Bench::with("one");
    let other = bench.folder.path().join("other");
    fs::write(&other, "two").unwrap();
    let earlier = fs::metadata(&other).unwrap().modified().unwrap() - Duration::from_secs(60);
    File::options().append(true).open(&other).unwrap().set_modified(earlier).unwrap();
    fs::rename(other, bench.path()).unwrap();
    assert_eq!(bench.look(), taken("two"));
}

#[test]
fn a_file_that_was_put_in_place_counts_within_200_ms() {
    let mut bench = Bench::with("one");
    bench.rename_onto("two");
    let (look, after) = bench.settled();
    assert_eq!(look, taken("two"));
    assert!(after <= Duration::from_millis(50), "{after:?}");
}

#[test]
fn a_change_that_the_files_clock_hides_is_found() {
    let mut bench = Bench::with("one");
    let time = fs::metadata(bench.path()).unwrap().modified().unwrap();
    bench.write("two");
    File::options().append(true).open(bench.path()).unwrap().set_modified(time).unwrap();
    // As if the clock of the file had not moved at all: what was judged looks like what is there.
    let seen = Seen::at(&bench.path());
    bench.watch.judged.as_mut().unwrap().seen = seen;
    assert_eq!(bench.look(), taken("two"));
}

#[test]
fn a_touched_file_is_the_same_file() {
    let mut bench = Bench::with("one");
    bench.rename_onto("one");
    assert_eq!(bench.settled().0, Look::Same);
}

#[test]
fn what_cannot_be_taken_is_refused_until_it_is_mended() {
    let mut bench = Bench::with("one");
    bench.rename_onto("bad");
    assert_eq!(bench.settled().0, Look::Refused);
    assert_eq!(bench.look(), Look::Refused);
    bench.rename_onto("one");
    assert_eq!(bench.settled().0, taken("one"));
}

#[test]
fn a_file_that_goes_and_comes_back_is_taken_again() {
    let mut bench = Bench::with("one");
    fs::remove_file(bench.path()).unwrap();
    assert_eq!(bench.settled().0, Look::Refused);
    bench.write("one");
    assert_eq!(bench.settled().0, taken("one"));
}

#[test]
fn a_file_that_is_not_there_yet_is_waited_for() {
    let mut bench = Bench::new();
    assert_eq!(bench.look(), Look::Refused);
    bench.write("one");
    assert_eq!(bench.settled().0, taken("one"));
}

#[test]
fn a_symlink_that_is_swapped_is_followed() {
    let mut bench = Bench::new();
    let (link, file) = (bench.folder.path().join("link"), bench.path());
    let swap = |to: &str| {
        std::os::unix::fs::symlink(to, &link).unwrap();
        fs::rename(&link, &file).unwrap();
    };
    for (name, text) in [("v1", "one"), ("v2", "two")] {
        fs::write(bench.folder.path().join(name), text).unwrap();
    }
    swap("v1");
    assert_eq!(bench.watch.look(bench.now), taken("one"));
    swap("v2");
    assert_eq!(bench.settled().0, taken("two"));
}

#[test]
fn what_is_no_text_file_is_refused() {
    let mut bench = Bench::with("one");
    fs::write(bench.path(), b"\xff\xfe").unwrap();
    assert_eq!(bench.settled().0, Look::Refused);

    fs::remove_file(bench.path()).unwrap();
    fs::create_dir(bench.path()).unwrap();
    assert_eq!(bench.settled().0, Look::Refused);

    fs::remove_dir(bench.path()).unwrap();
    File::create(bench.path()).unwrap().set_len(MAX_BYTES + 1).unwrap();
    assert_eq!(bench.settled().0, Look::Refused);

    bench.rename_onto("two");
    assert_eq!(bench.settled().0, taken("two"));
}

#[test]
fn problems_say_what_is_wrong() {
    let text = |problem: Problem<Infallible>| problem.to_string();
    assert_eq!(text(Problem::Gone), "is not there");
    assert_eq!(text(Problem::TooLarge), "has more than 4194304 bytes");
    assert_eq!(Problem::Invalid("document 2: no").to_string(), "document 2: no");
}

#[tokio::test]
async fn a_running_watch_looks_again_and_again() {
    let bench = Bench::new();
    bench.write("one");
    let (sender, mut looks) = tokio::sync::mpsc::unbounded_channel();
    let path = bench.path();
    let watch = bench.watch.run(move |look| {
        let _ = sender.send(look);
    });
    let reader = async {
        assert_eq!(looks.recv().await, Some(taken("one")));
        assert_eq!(looks.recv().await, Some(Look::Same));
        fs::remove_file(Path::new(&path)).unwrap();
        while looks.recv().await != Some(Look::Refused) {}
    };
    tokio::select! {
        () = watch => unreachable!("a watch never ends"),
        () = reader => {}
    }
}
