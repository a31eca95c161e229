//! Before every page but the one to sign in: whoever is not known goes no further, and whoever is, is told to the page.

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
};

use axum::{
    extract::{Request, State},
    http::header,
    middleware::Next,
    response::Response,
};
use jiff::Timestamp;

use super::{
    cookies,
    door::{Door, Entered},
    refused::{Asked, Refused},
    shield::{Peer, Who},
};

pub(super) async fn identify(State(door): State<Arc<Door>>, mut request: Request, next: Next) -> Response {
    let asked = Asked::of(request.method(), request.uri(), request.headers());
    let cookies = request.headers().clone();
    let (viewer, session) = match door.who(request.headers(), address(&request)).await {
        Ok(Entered { viewer, session }) => (viewer, session),
        Err(refused) => {
            let gone = matches!(refused, Refused::Forged | Refused::Over(_));
            let mut response = refused.answer(&asked);
            if gone {
                cookies::clear(&cookies, response.headers_mut(), cookies::SESSION);
            }
            return response;
        }
    };
    let who = Who(Arc::clone(&viewer.name));
    request.extensions_mut().insert(viewer);
    // A page asks as its reader by the extension alone.
    request.headers_mut().remove(header::AUTHORIZATION);
    request.headers_mut().remove(header::COOKIE);
    let mut response = next.run(request).await;
    if let Some(session) = session.and_then(|session| session.renewed(Timestamp::now()))
        && let Err(error) = door.keep(&session, response.headers_mut())
    {
        tracing::warn!(%error, "a session could not be prolonged");
    }
    response.extensions_mut().insert(who);
    response
}

/// From where a request comes; whoever serves the connection says so.
pub(super) fn address(request: &Request) -> IpAddr {
    let peer = request.extensions().get::<Peer>();
    peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |Peer(address)| address.ip())
}
