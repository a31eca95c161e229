//! The state stream to the sidecars (`GET /v1/state`), their reports (`POST /v1/report`), and what replicas tell each
//! other (`POST /v1/peers`), on one TLS port.

mod reports;

pub use reports::Reports;
