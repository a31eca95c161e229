//! A port's connections: accepted one after the other, served side by side.

use std::{io, net::SocketAddr, net::TcpListener, pin::pin, time::Duration};

use tokio::{net::TcpStream, task::JoinSet, time::sleep};

/// After an error of the listener (too many open files) others may end meanwhile.
const BREATHE: Duration = Duration::from_millis(100);

/// Serves until `stop`; ends when the last connection has. `port`: for the log, "the push port".
pub(crate) fn accept<S: Future<Output = ()> + Send + 'static>(
    listener: TcpListener,
    port: &'static str,
    stop: impl Future<Output = ()>,
    serve: impl Fn(TcpStream, SocketAddr) -> S,
) -> io::Result<impl Future<Output = ()>> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    Ok(async move {
        let mut connections = JoinSet::new();
        let mut stop = pin!(stop);
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                _ = connections.join_next(), if !connections.is_empty() => continue,
                () = &mut stop => break,
            };
            match accepted {
                Ok((stream, peer)) => {
                    connections.spawn(serve(stream, peer));
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection to {port} could not be accepted");
                    sleep(BREATHE).await;
                }
            }
        }
        drop(listener);
        while connections.join_next().await.is_some() {}
    })
}
