//! One folder each: what that provider serves, and how its usage reads.

pub mod anthropic;
pub mod google;
pub mod openai;
pub mod openrouter;
pub mod xai;
