use tollgate_meter::{Dialect, Fault, RequestReader};

use super::{Input, hear, naive};

const GRPC: &str = "application/grpc";

/// Frames of protobuf messages, of any method; beside a naive reader in one.
pub(crate) fn bodies(bytes: &[u8]) {
    let Some(input) = Input::of(bytes) else { return };
    let dialect = input.one_of(&naive::GRPC_DIALECTS);
    let whole = hear(dialect, GRPC, std::iter::once(input.body));
    assert_eq!(hear(dialect, GRPC, input.pieces()), whole, "{dialect:?}");
    assert_eq!(hear(dialect, GRPC, input.body.chunks(1)), whole, "{dialect:?}, byte by byte");

    let mut asked = RequestReader::new(Some(dialect));
    asked.feed(input.body);
    let mut in_pieces = RequestReader::new(Some(dialect));
    input.pieces().for_each(|piece| in_pieces.feed(piece));
    assert_eq!(in_pieces.facts(), asked.facts(), "{dialect:?}");

    let heard = hear(Dialect::XaiGrpcChat, GRPC, std::iter::once(input.body));
    if let Some(said) = naive_completion(input.body) {
        let cannot_be = Some(Fault::BrokenMessage) == heard.facts.fault;
        assert!(!cannot_be, "{said:?} is a message");
        let usage = heard.facts.usage.map(|usage| usage.tokens()).map(|tokens| (tokens.input, tokens.output));
        assert_eq!(usage, said.usage());
        assert_eq!(heard.facts.cost.map(|cost| cost.picos()), said.cost().filter(|_| usage.is_some()));
    }
}

/// `SamplingUsage` of the one message of a body: its numbers by their fields.
#[derive(Debug)]
struct Said {
    numbers: Vec<(u64, u64)>,
}

// === impl Said ===

impl Said {
    /// The last one holds; proto3 leaves out what is zero.
    fn number(&self, field: u64) -> u64 {
        self.numbers.iter().rfind(|(said, _)| *said == field).map_or(0, |(_, value)| *value)
    }

    fn usage(&self) -> Option<(u64, u64)> {
        let [completion, prompt, image, reasoning, cached] = [1, 2, 5, 6, 7].map(|field| self.number(field));
        (image + cached <= prompt).then_some((prompt, completion + reasoning))
    }

    fn cost(&self) -> Option<u128> {
        let said = self.numbers.iter().any(|(field, _)| *field == 11);
        said.then(|| u128::from(self.number(11)) * 100)
    }
}

/// `None`: not one frame with a well-formed message, or one whose usage is more than plain counts.
fn naive_completion(body: &[u8]) -> Option<Said> {
    let (head, message) = body.split_first_chunk::<5>()?;
    let length = u32::from_be_bytes([head[1], head[2], head[3], head[4]]);
    if head[0] != 0 || usize::try_from(length) != Ok(message.len()) {
        return None;
    }
    let fields = fields(message)?;
    // fields that the reader knows, in a wire type that is not theirs, are another matter
    let known = [(1, 2), (2, 2), (5, 2), (6, 2), (9, 2), (15, 0)];
    if fields.iter().any(|(number, value)| known.iter().any(|(k, wire)| k == number && *wire != value.wire()))
    {
        return None;
    }
    let nested = |numbers: &[u64]| {
        fields.iter().filter(|(number, _)| numbers.contains(number)).all(|(_, value)| match value {
            Value::Bytes(bytes) => bytes.is_empty(),
            Value::Number(_) | Value::Fixed => false,
        })
    };
    if !nested(&[2, 5]) {
        return None;
    }
    let mut usages = fields.iter().filter(|(number, _)| *number == 9);
    let (Some((_, Value::Bytes(usage))), None) = (usages.next(), usages.next()) else { return None };
    let numbers = self::fields(usage)?.into_iter().map(|(number, value)| match (number, value) {
        (1 | 2 | 5 | 6 | 7 | 11, Value::Number(value)) if value <= 1_000_000_000 => Some((number, value)),
        _ => None,
    });
    let said = Said { numbers: numbers.collect::<Option<Vec<_>>>()? };
    // a usage of zeros alone says nothing
    let is_something = [1, 2, 5, 6, 7].iter().any(|&field| said.number(field) > 0) || said.cost().is_some();
    is_something.then_some(said)
}

enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    Fixed,
}

// === impl Value ===

impl Value<'_> {
    fn wire(&self) -> u64 {
        match self {
            Self::Number(_) => 0,
            Self::Bytes(_) => 2,
            Self::Fixed => 1,
        }
    }
}

fn fields(mut message: &[u8]) -> Option<Vec<(u64, Value<'_>)>> {
    let mut fields = Vec::new();
    while !message.is_empty() {
        let key = varint(&mut message)?;
        let value = match key & 7 {
            0 => Value::Number(varint(&mut message)?),
            1 => {
                message = message.get(8..)?;
                Value::Fixed
            }
            2 => {
                let length = usize::try_from(varint(&mut message)?).ok()?;
                let (bytes, rest) = message.split_at_checked(length)?;
                message = rest;
                Value::Bytes(bytes)
            }
            5 => {
                message = message.get(4..)?;
                Value::Fixed
            }
            _ => return None,
        };
        // zero is no field's number, and there are none above this
        let number = (key >> 3).min(1 << 29);
        (1..1 << 29).contains(&number).then(|| fields.push((number, value)))?;
    }
    Some(fields)
}

/// At most nine bytes: no number here is larger.
fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for at in 0..9 {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7F) << (7 * at);
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}
