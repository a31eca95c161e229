//! Anthropic: <https://docs.claude.com/en/api/overview>.

mod batch;
mod endpoints;
pub(crate) mod messages;

pub(crate) use batch::{BATCH, RESULTS};
pub(crate) use endpoints::ENDPOINTS;
pub(crate) use messages::MESSAGES;
