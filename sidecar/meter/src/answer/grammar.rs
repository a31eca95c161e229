use super::{AnswerFacts, Counts, Fault};
use crate::{
    cost::Cost,
    grpc,
    json::Shape,
    request,
    usage::{UnitKind, Usage},
};

/// How one dialect spells what we want to know: where things stand, and what its counts mean.
pub(crate) struct Grammar {
    pub(crate) request: &'static Shape<request::Field>,
    /// A whole answer; a line of a file of answers.
    pub(crate) whole: &'static Shape<Field>,
    /// The data of one event of a stream, one element of a list of chunks, one message of a session.
    pub(crate) event: &'static Shape<Field>,
    /// A stream that comes as one JSON list of events.
    pub(crate) list: Option<&'static Shape<Field>>,
    pub(crate) terminal: Terminal,
    pub(crate) usages: Usages,
    pub(crate) answers: Answers,
    /// Where it is no JSON.
    pub(crate) grpc: Option<&'static Grpc>,
    pub(crate) read: fn(&Said<'_>) -> Result<Reading, Fault>,
    /// What was used, where the request tells it (characters to be spoken, seconds of film) and no answer does.
    pub(crate) by_request: Option<fn(&request::RequestFacts, &AnswerFacts) -> Option<Usage>>,
}

/// The messages of a gRPC method.
pub(crate) struct Grpc {
    pub(crate) request: grpc::Fields<request::Field>,
    pub(crate) answer: grpc::Fields<Field>,
    /// The answer is a stream of messages, each of which says more.
    pub(crate) streams: bool,
}

/// How a stream says that it is complete.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Terminal {
    /// `data: [DONE]`
    DoneLine,
    /// An event of one of these `type`s.
    EventKind(&'static [&'static str]),
    /// An event with a [`Field::Finish`].
    Finish,
    /// Its end.
    End,
}

/// What it means that a stream says several usages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Usages {
    /// It has one; two that differ are a fault.
    One,
    /// Their counts complete each other.
    AddUp,
    /// Each is of one of several things that were asked for.
    Each,
    /// The last one holds.
    Last,
    /// Each is the total so far; it is the whole once the stream has finished.
    Running,
    /// One a turn of a session; what was counted in the turn's messages before belongs to it.
    Turn,
}

/// How many answers a body holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answers {
    One,
    /// Each document is an answer of its own: a line of a batch's results.
    Each,
    /// Each [`Field::Answer`] of the document is an answer of its own.
    Listed,
    /// Each document that says a usage closes an answer; the model is the session's.
    Session,
}

/// The places in an answer that matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Root,
    /// An object on the way to something that matters.
    Plain,
    Id,
    /// When the provider made it: seconds since 1970, or RFC 3339.
    Created,
    Model,
    /// Who answered, where no model is named: work that several models did.
    Agent,
    /// An event's `type`.
    Kind,
    /// What has become of work that goes on without the call: `queued`, `in_progress`, `completed`, `failed` …
    Status,
    /// Answers that come later: a word here says that this one is a promise.
    Promise,
    /// One answer of several that a document lists.
    Answer,
    /// Why the answer ended; null while it has not.
    Finish,
    Error,
    ServiceTier,
    /// As [`Field::ServiceTier`], of a platform that names the usual way, too, whatever the tier.
    Traffic,
    Speed,
    InferenceGeo,
    /// Of what was made: `1024x1536`, `720p`.
    Size,
    /// Of what was made: `high`, `hd`.
    Quality,
    Usage,
    /// An object inside the usage, and the counts that stand in it.
    Details {
        name: &'static str,
        first: usize,
        last: usize,
    },
    /// A number inside the usage; the index is the dialect's own.
    Count(usize),
    /// As [`Field::Count`], of a number that stands beside the usage.
    Beside(usize),
    /// As [`Field::Seconds`], beside the usage: a number, or one spelled as text.
    BesideSeconds(usize),
    /// A time of day and date beside the usage, in milliseconds since 1970.
    BesideTime(usize),
    /// As [`Field::Count`], in seconds, with a fraction.
    Seconds(usize),
    /// As [`Field::Count`], in USD.
    Money(usize),
    /// As [`Field::Count`], in 1e-10 USD.
    Ticks(usize),
    /// A count by modality: an object with an [`Field::EntryKind`] and an [`Field::EntryCount`]. Its count goes to this
    /// index (text), or behind it (see [`MODALITIES`]).
    Entry(usize),
    EntryKind,
    EntryCount,
    /// Each value or object here is one unit.
    Piece(UnitKind),
    /// What is here makes one unit, however often it is here.
    Once(UnitKind),
    /// A number of units.
    Add(UnitKind),
    /// A word here may be one unit.
    Tally(&'static [(&'static str, UnitKind)]),
    /// A word here may say that what [`Field::Tally`] counted is none after all.
    Untally(&'static [(&'static str, UnitKind)]),
    /// As [`Field::Tally`], over all events: it counts where the stream breaks before it says its usage.
    Step(&'static [(&'static str, UnitKind)]),
    /// Each name here is one unit, however often it is said; an empty one is none.
    Distinct(UnitKind),
    /// As [`Field::Step`]: what is here makes one unit, however often it is here.
    StepOnce(UnitKind),
    /// A usage of its own: of one step of the work, or of another model that helped. The index is that of its output.
    Part(usize),
    /// What a part is; a word of these.
    PartKind(&'static [&'static str]),
    PartModel,
    /// A tool that the answer could use, and what it is.
    HostedTool,
    /// The model of parts and of listed answers that name none, and of what a session says that is not its own model's.
    OtherModel,
    /// What is named here was refused by the provider itself: where nothing was delivered, nothing is billed.
    Refusal,
}

/// The modalities that providers count by, in the order of their counts; and the tools, behind them.
pub(crate) const MODALITIES: [&str; 8] =
    ["TEXT", "IMAGE", "AUDIO", "VIDEO", "DOCUMENT", "GOOGLE_SEARCH", "GOOGLE_MAPS", "RETRIEVAL"];

/// What a document said that can be billed.
#[derive(Clone, Copy)]
pub(crate) struct Said<'a> {
    /// `None`: it said no usage, only `tallied`.
    pub(crate) counts: Option<&'a Counts>,
    /// Units counted where they stand.
    pub(crate) tallied: Usage,
    /// Those of [`Field::Step`] and [`Field::StepOnce`], so far.
    pub(crate) steps: Usage,
    /// Usages of their own, those of one kind and model added up.
    pub(crate) parts: &'a [Part],
}

/// What one step of the work used, or another model.
pub(crate) struct Part {
    pub(crate) kind: Option<&'static str>,
    pub(crate) model: Option<Box<str>>,
    /// Its output is above zero.
    pub(crate) made_output: bool,
    pub(crate) counts: Counts,
}

/// A usage as its dialect understands it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) usage: Usage,
    /// The output is all of it.
    pub(crate) is_final: bool,
    /// The provider's own word for what it costs.
    pub(crate) cost: Option<Cost>,
    pub(crate) whose: Whose,
    /// What has a bill of its own.
    pub(crate) apart: Vec<Apart>,
}

/// What was used beside an answer, at other prices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Apart {
    pub(crate) whose: Whose,
    pub(crate) usage: Usage,
}

/// Which model used it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    /// The one that answered.
    Answers,
    /// The [`Field::OtherModel`].
    Others,
    Named(Box<str>),
}

// === impl Said ===

impl<'a> Said<'a> {
    /// The counts, without which there is no usage.
    pub(crate) fn counts(&self) -> Result<&'a Counts, Fault> {
        self.counts.ok_or(Fault::MissingCount)
    }
}

// === impl Reading ===

impl Reading {
    /// All that was used, to be priced by the book.
    pub(crate) fn of(usage: Usage) -> Self {
        Self { usage, is_final: true, cost: None, whose: Whose::Answers, apart: Vec::new() }
    }

    /// At the provider's own word for its cost, where it says one. Its counts are for the reader then: where their parts do not
    /// fit, the totals are kept.
    pub(crate) fn at_cost(
        cost: Option<Cost>,
        reading: Result<Self, Fault>,
        totals: impl FnOnce() -> Result<Usage, Fault>,
    ) -> Result<Self, Fault> {
        let reading = match reading {
            Err(Fault::PartsExceedTotal) if cost.is_some() => Self::of(totals()?),
            reading => reading?,
        };
        Ok(Self { cost, ..reading })
    }
}
