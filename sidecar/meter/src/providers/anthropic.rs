//! Anthropic: <https://docs.claude.com/en/api/overview>.

mod endpoints;
mod messages;

pub(crate) use endpoints::ENDPOINTS;
pub(crate) use messages::MESSAGES;
