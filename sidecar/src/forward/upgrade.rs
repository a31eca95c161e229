//! A connection that changes its protocol: from then on bytes pass both ways untouched, and a WebSocket's messages are
//! read while they pass. It is cut where its feature is turned off by a flag that cuts.

use std::cell::{Cell, RefCell};
use std::future::pending;
use std::io;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt, AsyncWriteExt, ReadHalf, WriteHalf};
use tokio::sync::Notify;

use super::pool::Connection;
use super::websocket::{FrameReader, goodbye};
use crate::call::{Call, Ending};
use crate::state::Off;
use crate::worker::Worker;

/// What is read at once.
const BUFFER: usize = 16 << 10;

/// Once one side has left: how long the other may take to say what it still has to say.
const GOODBYE: Duration = Duration::from_secs(5);

/// What passes after the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Protocol {
    WebSocket,
    /// Nothing of it is read.
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    App,
    Provider,
}

/// What both directions know.
struct Bridge {
    worker: Rc<Worker>,
    call: RefCell<Option<Box<Call>>>,
    protocol: Protocol,
    /// Told once its feature was turned off.
    is_cut: Notify,
    /// Who ended it first, and whether with a goodbye.
    ended: Cell<Option<(Side, bool)>>,
}

/// Joins app and provider until either ends. The call stays open as long, and is recorded then; what a session makes on
/// the way is recorded when it is made.
pub(super) fn bridge(
    worker: Rc<Worker>,
    connection: Connection,
    app: Option<OnUpgrade>,
    provider: Option<OnUpgrade>,
    call: Option<Box<Call>>,
    protocol: Protocol,
) {
    // HTTP's part of the app's connection ends with the change.
    let counted = worker.counted();
    let bridge =
        Bridge { worker, call: RefCell::new(call), protocol, is_cut: Notify::new(), ended: Cell::new(None) };
    tokio::task::spawn_local(async move {
        let _counted = counted;
        // A provider that changes a protocol nobody asked to change: there is nobody to join it to.
        let (Some(app), Some(provider)) = (app, provider) else { return bridge.close(Ending::Broken) };
        let ((), app, provider) = tokio::join!(connection.finish(), app, provider);
        match (app, provider) {
            (Ok(app), Ok(provider)) => bridge.pass(app, provider).await,
            // The call's own drop says that the app has gone.
            (Err(_gone), _) => {}
            (Ok(_), Err(_gone)) => bridge.close(Ending::Broken),
        }
    });
}

// === impl Protocol ===

impl Protocol {
    pub(super) fn of(name: &http::HeaderValue) -> Self {
        if name.as_bytes().eq_ignore_ascii_case(b"websocket") { Self::WebSocket } else { Self::Other }
    }
}

// === impl Bridge ===

impl Bridge {
    async fn pass(&self, app: Upgraded, provider: Upgraded) {
        let (from_app, to_app) = tokio::io::split(TokioIo::new(app));
        let (from_provider, to_provider) = tokio::io::split(TokioIo::new(provider));
        let mut up = std::pin::pin!(self.up(from_app, to_provider));
        let mut down = std::pin::pin!(self.down(from_provider, to_app));
        tokio::select! {
            () = &mut up => drop(tokio::time::timeout(GOODBYE, down).await),
            () = &mut down => drop(tokio::time::timeout(GOODBYE, up).await),
        }
        self.close(self.ending());
    }

    async fn up(&self, mut from: ReadHalf<TokioIo<Upgraded>>, mut to: WriteHalf<TokioIo<Upgraded>>) {
        let (mut frames, owed) = (FrameReader::default(), Cell::default());
        tokio::select! {
            () = self.direction(Side::App, &mut from, &mut to, &mut frames, &owed) => {
                // It may have gone before us.
                let _gone = to.shutdown().await;
            }
            () = self.is_cut.notified() => {
                drop(to);
                // What an app still says is read: or its own kernel would throw our goodbye away.
                let mut buffer = vec![0; BUFFER];
                while from.read(&mut buffer).await.is_ok_and(|length| length > 0) {}
            }
        }
    }

    async fn down(&self, mut from: ReadHalf<TokioIo<Upgraded>>, mut to: WriteHalf<TokioIo<Upgraded>>) {
        let (mut frames, owed) = (FrameReader::default(), Cell::default());
        let cut = tokio::select! {
            () = self.direction(Side::Provider, &mut from, &mut to, &mut frames, &owed) => None,
            off = self.turned_off() => Some(off),
        };
        if let Some(off) = cut {
            self.cut();
            if self.protocol == Protocol::WebSocket && frames.is_between_frames() && !owed.get() {
                let _gone = write(&mut to, &goodbye(&off.message)).await;
            }
        }
        let _gone = to.shutdown().await;
    }

    /// Hands on what `from` says until it, or whom it speaks to, has gone. `owed`: some of what was read is not written yet.
    async fn direction(
        &self,
        side: Side,
        from: &mut ReadHalf<TokioIo<Upgraded>>,
        to: &mut WriteHalf<TokioIo<Upgraded>>,
        frames: &mut FrameReader,
        owed: &Cell<bool>,
    ) {
        let mut buffer = vec![0; BUFFER];
        loop {
            let bytes = match from.read(&mut buffer).await {
                Ok(0) | Err(_) => return self.end(side, false),
                Ok(length) => &buffer[..length],
            };
            owed.set(true);
            self.read(side, frames, bytes);
            if write(to, bytes).await.is_err() {
                return self.end(side.other(), false);
            }
            owed.set(false);
        }
    }

    /// Returns once a flag cuts the call off.
    async fn turned_off(&self) -> Arc<Off> {
        loop {
            // Before the look, so that no turn comes between.
            let turned = self.worker.turned();
            match self.call.borrow().as_ref().map(|call| call.cut_by()) {
                Some(Some(off)) => return off,
                Some(None) => {}
                None => break,
            }
            turned.await;
        }
        pending().await
    }

    /// The call ends here, as the provider sees it.
    fn cut(&self) {
        if let Some(mut call) = self.call.take() {
            call.cut(None);
        }
        self.is_cut.notify_one();
    }

    /// What is complete with these bytes is recorded before they are handed on.
    fn read(&self, side: Side, frames: &mut FrameReader, bytes: &[u8]) {
        let mut call = self.call.borrow_mut();
        let Some(call) = call.as_mut().filter(|_| self.protocol == Protocol::WebSocket) else { return };
        let could_read = !frames.is_blind();
        frames.feed(bytes, |part| match side {
            Side::App => call.app_said(part.bytes, part.begins),
            Side::Provider => call.provider_said(part.bytes, part.ends),
        });
        if side == Side::Provider {
            call.note_delivered();
        }
        if frames.is_blind() && could_read {
            call.note_unreadable();
        }
        if frames.is_closed() {
            self.end(side, true);
        }
    }

    fn end(&self, side: Side, with_goodbye: bool) {
        if self.ended.get().is_none() {
            self.ended.set(Some((side, with_goodbye)));
        }
    }

    /// A goodbye in the middle of an answer cuts it as a reset does.
    fn ending(&self) -> Ending {
        let is_within = self.call.borrow_mut().as_mut().is_some_and(|call| call.is_within_answer());
        match self.ended.get() {
            None => Ending::Whole,
            Some((_, true)) if !is_within => Ending::Whole,
            // Only a WebSocket has goodbyes that we know.
            Some(_) if self.protocol == Protocol::Other => Ending::Whole,
            Some((Side::App, _)) => Ending::AppClosed,
            Some((Side::Provider, _)) => Ending::Broken,
        }
    }

    fn close(&self, ending: Ending) {
        if let Some(mut call) = self.call.take() {
            call.close(ending);
        }
    }
}

// === impl Side ===

impl Side {
    fn other(self) -> Self {
        match self {
            Self::App => Self::Provider,
            Self::Provider => Self::App,
        }
    }
}

async fn write(to: &mut WriteHalf<TokioIo<Upgraded>>, bytes: &[u8]) -> io::Result<()> {
    to.write_all(bytes).await?;
    to.flush().await
}
