//! Starts programs, and reads what they left behind. Everything lives in a folder of its own and ends with
//! the value that started it; a test that fails shows the logs of its programs.

pub mod alertmanager;
pub mod apart;
pub mod capture_table;
pub mod chart;
pub mod clock;
pub mod console;
pub mod control_plane;
pub mod dashboard;
pub mod fleet;
pub mod gitops;
pub mod http;
pub mod http2;
pub mod injected;
pub mod installation;
pub mod interrupt;
pub mod issuer;
pub mod metrics;
pub mod node;
pub mod operator;
pub mod ports;
pub mod postgres;
pub mod process;
pub mod programs;
pub mod prometheus;
pub mod python;
pub mod relay;
pub mod rows;
pub mod screen;
pub mod sidecar;
pub mod standin;
pub mod state_stream;
pub mod tether;
pub mod tls;
pub mod wait;
pub mod world;
