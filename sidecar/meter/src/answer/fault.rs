/// Why a usage could not be read, or not trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Fault {
    /// A count below zero.
    NegativeCount,
    /// A count that is no whole number.
    FractionalCount,
    /// A count of more than a billion.
    HugeCount,
    /// A count that is a string.
    TextCount,
    /// A count that is a boolean, an object or an array.
    CountOfWrongType,
    /// A count without which there is no usage.
    MissingCount,
    /// The details are more than the total that they are parts of.
    PartsExceedTotal,
    /// `usage`, or its details, is no object.
    UsageOfWrongType,
    /// A stream said two usages that differ, where its dialect has one; the last was taken.
    UsageTwice,
    /// The body is no JSON, or its events hold none.
    BrokenJson,
    /// The body is no gRPC, or its messages are not what they should be.
    BrokenMessage,
    /// A coding that we cannot read.
    UnknownCoding,
    /// The bytes are not what their coding says.
    BrokenCoding,
    /// The body unpacks to very much more than it is.
    Bomb,
}

// === impl Fault ===

impl Fault {
    pub const ALL: [Self; 14] = [
        Self::NegativeCount,
        Self::FractionalCount,
        Self::HugeCount,
        Self::TextCount,
        Self::CountOfWrongType,
        Self::MissingCount,
        Self::PartsExceedTotal,
        Self::UsageOfWrongType,
        Self::UsageTwice,
        Self::BrokenJson,
        Self::BrokenMessage,
        Self::UnknownCoding,
        Self::BrokenCoding,
        Self::Bomb,
    ];

    /// A usage was said, and cannot be believed.
    pub(crate) const fn is_of_usage(self) -> bool {
        match self {
            Self::NegativeCount
            | Self::FractionalCount
            | Self::HugeCount
            | Self::TextCount
            | Self::CountOfWrongType
            | Self::MissingCount
            | Self::PartsExceedTotal
            | Self::UsageOfWrongType => true,
            Self::UsageTwice
            | Self::BrokenJson
            | Self::BrokenMessage
            | Self::UnknownCoding
            | Self::BrokenCoding
            | Self::Bomb => false,
        }
    }

    /// The name in `metadata.estimate.fault` and in metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NegativeCount => "negative_count",
            Self::FractionalCount => "fractional_count",
            Self::HugeCount => "huge_count",
            Self::TextCount => "text_count",
            Self::CountOfWrongType => "count_of_wrong_type",
            Self::MissingCount => "missing_count",
            Self::PartsExceedTotal => "parts_exceed_total",
            Self::UsageOfWrongType => "usage_of_wrong_type",
            Self::UsageTwice => "usage_twice",
            Self::BrokenJson => "broken_json",
            Self::BrokenMessage => "broken_message",
            Self::UnknownCoding => "unknown_coding",
            Self::BrokenCoding => "broken_coding",
            Self::Bomb => "bomb",
        }
    }
}
