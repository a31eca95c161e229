//! Who is calling: which feature, which user.
//!
//! A feature is taken from the first of these that names one: an Enforced `match` of a flag, the header
//! `x-tollgate-feature`, the path `/feature/NAME/…`, the W3C baggage member `tollgate.feature`, a Hint `match`, the
//! pod's annotation; else it is `unattributed`. A name that no flag can have (DNS-1123, at most 253 characters) counts
//! as not given. A header that comes several times, or folded into one with commas, names the first valid one of its
//! values: proxies repeat headers, and a repetition must not lose the name.

mod baggage;
mod feature;
mod strip;
mod user;

pub use feature::{Attribution, Misnamed, Open, Source, Via, attribute};
pub use strip::strip;
pub use user::{MAX_USER_BYTES, User, is_user_id, user};
