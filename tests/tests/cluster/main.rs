//! A whole node with the chart installed: what only a kubelet, helm, real pods and official SDKs can tell.
//!
//! One node serves all tests of this program; each test has namespaces of its own. Most leave Tollgate as it is and run
//! side by side; those that disturb the whole cluster have it alone.

mod calling;
mod calls;
mod capture;
mod console;
mod dashboard;
mod days;
mod escapes;
mod images;
mod kubectl;
mod pods;
mod tollgate;
