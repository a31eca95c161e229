//! Watches one file and says when what it holds may be taken.
//!
//! A look costs one `stat`; the text is read when the answer changed. What must never happen is that half a file
//! counts, for half a flags file can be a valid one in which fewer features are off:
//!
//! - A file that took the place of another (rename, a ConfigMap's symlink) is whole and is taken at once. It shows in
//!   a new inode whose last change (ctime) is later than its last write (mtime): renaming does that, writing does not.
//! - Everything else may be somebody still writing. It is taken once it has kept still for [`STILL`].
//!
//! Clocks of files are coarse: two writes within one tick look the same. So for a while after each change ([`DOUBT`])
//! the text itself is read and compared. All of it together lets a change count within 200 ms.

mod stat;

use std::{
    fs::File,
    hash::{DefaultHasher, Hash, Hasher},
    io::{ErrorKind, Read},
    path::PathBuf,
    time::{Duration, Instant},
};

use stat::Stat;

/// Between two looks.
const PERIOD: Duration = Duration::from_millis(25);
/// A file written in place counts once it has not changed for this long.
const STILL: Duration = Duration::from_millis(20);
/// As long after a change as a file's clock may hide another one; a kernel's tick is 10 ms at most.
const DOUBT: Duration = Duration::from_millis(100);
/// Larger files are not read.
const MAX_BYTES: u64 = 4 << 20;

/// A file that is looked at again and again. `T` is what its text means.
pub struct FileWatch<T, E> {
    /// What the file is to its reader, for the log: flags, prices.
    what: &'static str,
    path: PathBuf,
    #[expect(clippy::type_complexity, reason = "a parser, boxed so that watches of a kind have one type")]
    parse: Box<dyn Fn(&str) -> Result<T, E> + Send>,
    /// What was last taken or refused.
    judged: Option<Judged>,
    /// What is there now, and may still change.
    moving: Option<(Seen, Instant)>,
    period: Duration,
    /// There may be no such file.
    optional: bool,
}

/// What one look found.
#[derive(Debug, PartialEq, Eq)]
pub enum Look<T> {
    /// The file changed, and this is what it means now.
    Taken(T),
    /// The file is still what was last taken.
    Same,
    /// The file is changing; what was last taken holds.
    Moving,
    /// The file holds what cannot be taken; what was last taken holds. Said in the log once for each change.
    Refused,
    /// There is no file, and there need not be one.
    Absent,
}

/// Why a file is not taken.
#[derive(Debug, thiserror::Error)]
pub enum Problem<E> {
    #[error("is not there")]
    Gone,
    #[error("is not a file")]
    NotAFile,
    #[error("cannot be read: {0}")]
    Unreadable(std::io::Error),
    #[error("has more than {MAX_BYTES} bytes")]
    TooLarge,
    #[error("is not UTF-8 text")]
    NotText,
    #[error("{0}")]
    Invalid(E),
}

/// What is at the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    Nothing,
    /// Not a file, or one nobody lets us look at.
    Unusable,
    File(Stat),
}

struct Judged {
    seen: Seen,
    /// Of the text; none where it could not be read.
    digest: Option<u64>,
    at: Instant,
    taken: bool,
}

/// The text, or why there is none. `Err(None)`: it changed under our hands.
type Text<E> = Result<String, Option<Problem<E>>>;

// === impl FileWatch ===

impl<T, E: std::fmt::Display> FileWatch<T, E> {
    pub fn new(
        what: &'static str,
        path: PathBuf,
        parse: impl Fn(&str) -> Result<T, E> + Send + 'static,
    ) -> Self {
        Self {
            what,
            path,
            parse: Box::new(parse),
            judged: None,
            moving: None,
            period: PERIOD,
            optional: false,
        }
    }

    /// A file that may be missing, and is looked at less often.
    pub(crate) fn optional(self, period: Duration) -> Self {
        Self { period, optional: true, ..self }
    }

    /// Looks now and on, every 25 ms unless told otherwise. Never ends.
    pub async fn run(mut self, mut on_look: impl FnMut(Look<T>)) {
        let mut ticks = tokio::time::interval(self.period);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            on_look(self.look(Instant::now()));
        }
    }

    /// Looks once. The first look takes the file as it is: there is nothing good yet to keep. Blocks for a `stat`, and
    /// where the file changed for reading it.
    pub fn look(&mut self, now: Instant) -> Look<T> {
        let seen = Seen::at(&self.path);
        if self.optional && seen == Seen::Nothing {
            (self.judged, self.moving) = (None, None);
            return Look::Absent;
        }
        if let Some(judged) = &self.judged {
            if judged.seen != seen {
                if !seen.replaces(&judged.seen) && self.has_moved(seen, now) {
                    return Look::Moving;
                }
            } else if judged.is_beyond_doubt(now) {
                let look = judged.again();
                self.moving = None;
                return look;
            }
        }
        self.judge(seen, now)
    }

    /// Whether it changed within the last moments, or is only now seen to have changed.
    fn has_moved(&mut self, seen: Seen, now: Instant) -> bool {
        match self.moving {
            Some((before, since)) if before == seen => now.saturating_duration_since(since) < STILL,
            _ => {
                self.moving = Some((seen, now));
                true
            }
        }
    }

    fn judge(&mut self, seen: Seen, now: Instant) -> Look<T> {
        let text = match self.read(seen) {
            Err(None) => {
                self.moving = None;
                return Look::Moving;
            }
            text => text,
        };
        let digest = text.as_ref().ok().map(digest);
        // The same text again, whatever the file's clock says: a touch, or the second reading of a fresh change.
        if let Some(judged) = &mut self.judged
            && judged.digest.is_some()
            && judged.digest == digest
        {
            if judged.seen != seen {
                (judged.seen, judged.at) = (seen, now);
            }
            self.moving = None;
            return judged.again();
        }
        // Still the same trouble as before: it was said.
        if digest.is_none() && self.judged.as_ref().is_some_and(|judged| judged.seen == seen && !judged.taken)
        {
            return Look::Refused;
        }
        let result = match text {
            Ok(text) => (self.parse)(&text).map_err(Problem::Invalid),
            Err(problem) => Err(problem.unwrap_or(Problem::Gone)),
        };
        self.moving = None;
        self.judged = Some(Judged { seen, digest, at: now, taken: result.is_ok() });
        match result {
            Ok(value) => {
                tracing::info!(file = %self.path.display(), "{} taken", self.what);
                Look::Taken(value)
            }
            Err(problem) => {
                tracing::error!(
                    "the {} file {} {problem}: not taken, the last good state stays",
                    self.what,
                    self.path.display()
                );
                Look::Refused
            }
        }
    }

    fn read(&self, seen: Seen) -> Text<E> {
        let stat = match seen {
            Seen::Nothing => return Err(Some(Problem::Gone)),
            Seen::Unusable => {
                return Err(Some(match std::fs::metadata(&self.path) {
                    Ok(_) => Problem::NotAFile,
                    Err(error) => Problem::Unreadable(error),
                }));
            }
            Seen::File(stat) if stat.size > MAX_BYTES => return Err(Some(Problem::TooLarge)),
            Seen::File(stat) => stat,
        };
        let unreadable = |error: std::io::Error| match error.kind() {
            // Between the look and the reading it was renamed away.
            ErrorKind::NotFound => None,
            _ => Some(Problem::Unreadable(error)),
        };
        let file = File::open(&self.path).map_err(unreadable)?;
        let same = |file: &File| file.metadata().is_ok_and(|metadata| Stat::of(&metadata) == stat);
        if !same(&file) {
            return Err(None);
        }
        let mut bytes = Vec::with_capacity(usize::try_from(stat.size).unwrap_or_default());
        (&file).take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        if !same(&file) {
            return Err(None);
        }
        String::from_utf8(bytes).map_err(|_| Some(Problem::NotText))
    }
}

// === impl Judged ===

impl Judged {
    fn is_beyond_doubt(&self, now: Instant) -> bool {
        !matches!(self.seen, Seen::File(_)) || now.saturating_duration_since(self.at) > DOUBT
    }

    fn again<T>(&self) -> Look<T> {
        if self.taken { Look::Same } else { Look::Refused }
    }
}

// === impl Seen ===

impl Seen {
    fn at(path: &std::path::Path) -> Self {
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_file() => Self::File(Stat::of(&metadata)),
            Err(error) if error.kind() == ErrorKind::NotFound => Self::Nothing,
            Ok(_) | Err(_) => Self::Unusable,
        }
    }

    /// Whether this is another file, put whole in the place of what was there.
    fn replaces(&self, before: &Self) -> bool {
        match (self, before) {
            (Self::File(now), Self::File(before)) => now.was_moved_onto(before),
            _ => false,
        }
    }
}

fn digest(text: &String) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests;
