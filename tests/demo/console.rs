//! The demo's console in a browser of this machine: a way into the cluster's network, and a token.

use std::{
    env,
    net::{Ipv4Addr, TcpListener},
    path::Path,
};

use anyhow::{Context, Result};
use tollgate_tests::harness::{installation, interrupt, node::Node, relay::Relay, screen::Screen};

/// Unless PORT says another.
const PORT: u16 = 7480;

/// Shows it until Ctrl-C.
pub(crate) fn open(screen: &Screen, folder: &Path) -> Result<()> {
    let port = env::var("PORT").ok().map_or(Ok(PORT), |port| port.parse()).context("PORT is a number")?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .with_context(|| format!("port {port} of this machine: PORT=… make demo-console takes another"))?;
    let node = Node::running(folder)?;
    let service = installation::console(&node)?;
    // its threads are begun in the node's network, and stay there
    let _relay = node.inside(|| Relay::on(listener, vec![service]))??;
    let token = node.kubectl(&["create", "token", "me", "--duration=8h"])?;
    screen.title(&format!("The console: http://localhost:{port}"));
    screen.line("Sign in with this token, good for eight hours; Ctrl-C ends the way in:");
    println!("\n{token}\n");
    interrupt::comes();
    Ok(())
}
