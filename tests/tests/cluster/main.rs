//! A whole node with the chart installed: what only a kubelet, helm, real pods and official SDKs can tell.
//!
//! One node serves all tests of this program; each test has its own namespace.

mod images;
