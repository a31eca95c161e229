//! A sidecar in a pod and its operator: the real client over real TLS, and an operator that says what a test tells it to.

mod operator;
mod pod;
mod program;
mod stream;
mod trouble;
mod wait;
