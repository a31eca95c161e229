//! Random lives of a spool beside a model of what must come of them: each record once in the ledger, each call that
//! died open an orphan, at whatever moment the process is killed and whatever it tore.

use std::{
    collections::BTreeSet,
    io::{Read, Seek, SeekFrom, Write},
};

use proptest::{collection::vec, prelude::*, sample::Index};

use super::*;

#[derive(Clone, Debug)]
enum Step {
    /// A call without a slot.
    Append {
        writer: Index,
        user: usize,
    },
    Begin {
        writer: Index,
    },
    /// One of the open calls ends.
    End {
        call: Index,
    },
    /// A batch goes to the ledger, and is acknowledged.
    Ship,
    /// Killed, and started again with so many writers.
    Kill {
        writers: usize,
        tears: Vec<Tear>,
    },
    /// Killed when the ledger had a batch, before the cursor knew.
    KillAfterWrite {
        writers: usize,
        tears: Vec<Tear>,
    },
}

/// What a kill leaves half done.
#[derive(Clone, Debug)]
enum Tear {
    /// Part of a frame at the end of a segment.
    Frame { segment: Index, len: Index },
    /// Part of a line at the end of the ledger.
    Line { len: Index },
    /// A slot of the cursor, half written.
    Cursor { slot: usize, at: usize },
}

struct Life {
    place: Place,
    opened: Option<Opened>,
    sink: Sink,
    open: Vec<(usize, CallId, OpenCall)>,
    appended: BTreeSet<CallId>,
}

impl Life {
    fn new() -> Self {
        let place = Place::new();
        let (opened, sink) = (place.open(2), Sink::file(place.ledger()));
        Self { place, opened: Some(opened), sink, open: Vec::new(), appended: BTreeSet::new() }
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Append { writer, user } => {
                let writers = &mut self.opened.as_mut().unwrap().writers;
                let (writer, id) = (writer.index(writers.len()), new_id());
                append(&mut writers[writer], id, &"u".repeat(user), None);
                self.appended.insert(id);
            }
            Step::Begin { writer } => {
                let writers = &mut self.opened.as_mut().unwrap().writers;
                let (writer, id) = (writer.index(writers.len()), new_id());
                let facts = OpenFacts {
                    provider: Provider::OpenAi,
                    host: "api.openai.com",
                    endpoint: "/v1/chat/completions",
                    feature: "chat",
                    user_id: None,
                    account: None,
                };
                let call = writers[writer].begin(id, &facts).unwrap();
                self.open.push((writer, id, call));
            }
            Step::End { call } => {
                if self.open.is_empty() {
                    return;
                }
                let (writer, id, call) = self.open.swap_remove(call.index(self.open.len()));
                append(&mut self.opened.as_mut().unwrap().writers[writer], id, "ada", Some(call));
                self.appended.insert(id);
            }
            Step::Ship => {
                block_on(self.opened.as_mut().unwrap().shipper.ship(&mut self.sink)).unwrap();
            }
            Step::Kill { writers, tears } => self.kill(writers, tears),
            Step::KillAfterWrite { writers, tears } => {
                block_on(self.opened.as_mut().unwrap().shipper.ship_without_acknowledging(&mut self.sink))
                    .unwrap();
                self.kill(writers, tears);
            }
        }
    }

    /// Whoever is told of what would be lost with the folder is told of all of it, at any moment.
    fn is_witnessed(&self) {
        let witness = &self.opened.as_ref().unwrap().witness;
        let open: BTreeSet<_> = witness.open_calls(usize::MAX).iter().map(|call| call.id).collect();
        assert_eq!(open, self.open.iter().map(|(_, id, _)| *id).collect(), "open calls");
        let waiting = witness.waiting(usize::MAX);
        let waiting: BTreeSet<_> = waiting.iter().map(|row| id_of(row.as_bytes()).unwrap()).collect();
        let ledger = fs::read(self.place.ledger()).unwrap_or_default();
        let shipped: BTreeSet<_> = ledger.split(|byte| *byte == b'\n').filter_map(id_of).collect();
        let unknown: Vec<_> =
            self.appended.iter().filter(|id| !shipped.contains(id) && !waiting.contains(id)).collect();
        assert!(unknown.is_empty(), "rows that are neither shipped nor witnessed: {unknown:?}");
    }

    /// What the process had written stays; the rest is gone with it.
    fn kill(&mut self, writers: usize, tears: Vec<Tear>) {
        self.opened = None;
        self.sink = Sink::file(self.place.ledger());
        for tear in tears {
            self.tear(tear);
        }
        let opened = self.opened.insert(self.place.open(writers));
        opened.shipper.look_back(); // as the shipper does before all else
        let found: BTreeSet<_> = opened.orphans.iter().map(|orphan| orphan.facts.id).collect();
        let expected: BTreeSet<_> = self.open.drain(..).map(|(_, id, _)| id).collect();
        assert_eq!(found, expected, "orphans");
        for orphan in opened.orphans.drain(..) {
            append(&mut opened.writers[orphan.writer], orphan.facts.id, "lost", Some(orphan.call));
            self.appended.insert(orphan.facts.id);
        }
    }

    fn tear(&self, tear: Tear) {
        match tear {
            Tear::Frame { segment, len } => {
                let segments = self.place.segments();
                if segments.is_empty() {
                    return;
                }
                let path = &segments[segment.index(segments.len())];
                let bytes = fs::read(path).unwrap();
                // Another record's beginning, as a write that was cut would have left it.
                let frame = &bytes[16..];
                let piece = &frame[..len.index(frame.len().clamp(1, 500))];
                fs::OpenOptions::new().append(true).open(path).unwrap().write_all(piece).unwrap();
            }
            Tear::Line { len } => {
                if let Ok(mut file) = fs::OpenOptions::new().append(true).open(self.place.ledger()) {
                    let line = format!("{{\"id\":\"{}\",\"created_at\":", new_id());
                    file.write_all(&line.as_bytes()[..len.index(line.len())]).unwrap();
                }
            }
            Tear::Cursor { slot, at } => {
                let path = self.place.spool().join("cursor");
                let mut file = fs::OpenOptions::new().read(true).write(true).open(path).unwrap();
                let at = (slot * 2048 + at) as u64;
                let mut byte = [0];
                file.seek(SeekFrom::Start(at)).unwrap();
                file.read_exact(&mut byte).unwrap();
                file.seek(SeekFrom::Start(at)).unwrap();
                file.write_all(&[!byte[0]]).unwrap();
            }
        }
    }

    fn end(mut self) {
        self.kill(1, Vec::new());
        self.opened = None;
        let opened = self.place.open(1); // whose shipper looks back by itself
        assert_eq!(ship_all(opened.shipper, &self.place.ledger()), 0);
        let expected: BTreeMap<_, _> = self.appended.iter().map(|id| (*id, 1)).collect();
        assert_eq!(self.place.lines(), expected);
    }
}

fn tear() -> impl Strategy<Value = Tear> {
    prop_oneof![
        (any::<Index>(), any::<Index>()).prop_map(|(segment, len)| Tear::Frame { segment, len }),
        any::<Index>().prop_map(|len| Tear::Line { len }),
        (0usize..2, 0usize..1000).prop_map(|(slot, at)| Tear::Cursor { slot, at }),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let tears = || vec(tear(), 0..3);
    prop_oneof![
        10 => (any::<Index>(), 0usize..1500).prop_map(|(writer, user)| Step::Append { writer, user }),
        4 => any::<Index>().prop_map(|writer| Step::Begin { writer }),
        4 => any::<Index>().prop_map(|call| Step::End { call }),
        4 => Just(Step::Ship),
        1 => (1usize..4, tears()).prop_map(|(writers, tears)| Step::Kill { writers, tears }),
        1 => (1usize..4, tears()).prop_map(|(writers, tears)| Step::KillAfterWrite { writers, tears }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 2000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_each_record_stands_once_in_the_ledger(steps in vec(step(), 1..60)) {
        let mut life = Life::new();
        for step in steps {
            life.step(step);
            life.is_witnessed();
        }
        life.end();
    }
}
