//! Where in a request something stands, over all providers: what they call it differs, what it is does not.

/// A place in a request's body.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    Root,
    /// What the app itself says to the model.
    System,
    /// Messages, or the one text that is asked about.
    Conversation,
    /// The same, or which instructions the provider keeps.
    Prompt,
    /// Instructions that the provider keeps.
    StoredPrompt,
    /// A message of a conversation.
    Message,
    Role,
    MessageType,
    /// What a message says.
    Content,
    /// A block of what a message says.
    Part,
    PartType,
    /// What the model may use and must answer in: tools, schemas.
    Tools(u64),
    Model,
    /// The id of instructions that the provider keeps.
    Stored,
    /// What a text is worked on for, in a word.
    Purpose(u64),
    /// What the app itself calls its calls.
    Label(u64),
    /// Anything else, by its path.
    Parameter(u64),
    /// Of no use, or somebody's own: who asks, ids, what tools answered.
    Ignored,
}

// === impl Place ===

impl Place {
    pub(crate) fn of_root(name: &[u8], hash: u64) -> Self {
        match name {
            b"system" | b"instructions" | b"systemInstruction" | b"system_instruction" | b"preamble" => {
                Self::System
            }
            b"messages" | b"contents" | b"input" | b"content" | b"requests" | b"query" | b"texts"
            | b"instances" | b"message" => Self::Conversation,
            b"prompt" => Self::Prompt,
            b"tools" | b"functions" | b"response_format" | b"text" | b"output_config" | b"output_format" => {
                Self::Tools(hash)
            }
            b"model" => Self::Model,
            // a call site's own, where it says any
            b"cachedContent"
            | b"cached_content"
            | b"max_tokens"
            | b"max_completion_tokens"
            | b"max_output_tokens" => Self::Purpose(hash),
            b"assistant_id" | b"preset" => Self::Stored,
            b"taskType"
            | b"task_type"
            | b"input_type"
            | b"task"
            | b"dimensions"
            | b"outputDimensionality"
            | b"output_dimensionality" => Self::Purpose(hash),
            b"stream"
            | b"stream_options"
            | b"user"
            | b"safety_identifier"
            | b"previous_response_id"
            | b"conversation"
            | b"session_id"
            | b"seed" => Self::Ignored,
            b"metadata" | b"labels" => Self::Label(hash),
            _ => Self::Parameter(hash),
        }
    }

    pub(crate) fn member(self, name: &[u8], hash: u64) -> Self {
        match self {
            Self::Root => Self::of_root(name, hash),
            Self::System => match name {
                b"parts" | b"text" | b"content" => Self::System,
                _ => Self::Ignored,
            },
            Self::Message => match name {
                b"role" => Self::Role,
                b"content" | b"parts" | b"text" | b"prompt" => Self::Content,
                b"type" => Self::MessageType,
                b"taskType" | b"task_type" | b"outputDimensionality" | b"output_dimensionality" => {
                    Self::Purpose(hash)
                }
                _ => Self::Ignored,
            },
            Self::Part => match name {
                b"text" | b"parts" => Self::Content,
                b"type" => Self::PartType,
                _ => Self::Ignored,
            },
            Self::Tools(path) => Self::Tools(path.rotate_left(7) ^ hash),
            Self::Parameter(path) => match name {
                b"responseSchema" | b"response_schema" | b"responseJsonSchema" => Self::Tools(hash),
                b"user_id" | b"userId" => Self::Ignored,
                b"maxOutputTokens" | b"max_output_tokens" => Self::Purpose(hash),
                _ => Self::Parameter(path.rotate_left(7) ^ hash),
            },
            Self::Label(path) => match name {
                b"user_id" | b"userId" => Self::Ignored,
                _ => Self::Label(path.rotate_left(7) ^ hash),
            },
            Self::StoredPrompt if name == b"id" => Self::Stored,
            Self::Conversation
            | Self::Prompt
            | Self::StoredPrompt
            | Self::Stored
            | Self::Purpose(_)
            | Self::Role
            | Self::MessageType
            | Self::Content
            | Self::PartType
            | Self::Model
            | Self::Ignored => Self::Ignored,
        }
    }

    pub(crate) fn element(self) -> Self {
        match self {
            Self::Root
            | Self::Message
            | Self::Role
            | Self::MessageType
            | Self::PartType
            | Self::Model
            | Self::Stored
            | Self::StoredPrompt => Self::Ignored,
            Self::Part => Self::Part,
            place => place,
        }
    }

    /// What an object or array there is.
    pub(crate) fn opened(self, is_object: bool) -> Self {
        match (self, is_object) {
            (Self::Conversation, true) => Self::Message,
            (Self::Prompt, true) => Self::StoredPrompt,
            (Self::Prompt, false) => Self::Conversation,
            (Self::Content, true) => Self::Part,
            (place, _) => place,
        }
    }
}
