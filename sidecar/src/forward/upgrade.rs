//! A connection that changes its protocol (WebSocket): from then on bytes pass both ways untouched.

use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use tokio::io::copy_bidirectional;

use super::pool::Connection;
use crate::call::{Call, Ending};

/// Joins app and provider until either ends. The call stays open as long, and is recorded then.
pub(super) fn bridge(
    connection: Connection,
    app: Option<OnUpgrade>,
    provider: Option<OnUpgrade>,
    call: Option<Box<Call>>,
) {
    tokio::task::spawn_local(async move {
        let ending = match (app, provider) {
            (Some(app), Some(provider)) => {
                let ((), app, provider) = tokio::join!(connection.finish(), app, provider);
                match (app, provider) {
                    (Ok(app), Ok(provider)) => {
                        let (mut app, mut provider) = (TokioIo::new(app), TokioIo::new(provider));
                        match copy_bidirectional(&mut app, &mut provider).await {
                            Ok(_both_closed) => Ending::Whole,
                            Err(_reset) => Ending::Broken,
                        }
                    }
                    (Err(_gone), _) => return,
                    (Ok(_), Err(_gone)) => Ending::Broken,
                }
            }
            // A provider that changes a protocol nobody asked to change: there is nobody to join it to.
            (None, _) | (_, None) => Ending::Broken,
        };
        if let Some(mut call) = call {
            call.close(ending);
        }
    });
}
