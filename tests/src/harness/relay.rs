//! What stands between two programs on loopback: passes bytes, late or not at all, and lets go of connections when told.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed},
    },
    thread,
    time::Duration,
};

use anyhow::Result;

/// A relay, until the process ends.
#[derive(Debug)]
pub struct Relay {
    pub address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    targets: Vec<SocketAddr>,
    turn: AtomicUsize,
    delay_millis: AtomicU64,
    open: Mutex<Vec<TcpStream>>,
}

const BUFFER: usize = 64 << 10;

// === impl Relay ===

impl Relay {
    /// Each connection goes to the next of the targets that accepts one, as behind a Service.
    pub fn start(targets: Vec<SocketAddr>) -> Result<Relay> {
        Relay::on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?, targets)
    }

    /// The same for connections that come here. The targets are looked for in the network of whoever starts it.
    pub fn on(listener: TcpListener, targets: Vec<SocketAddr>) -> Result<Relay> {
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            targets,
            turn: AtomicUsize::new(0),
            delay_millis: AtomicU64::new(0),
            open: Mutex::default(),
        });
        let accepting = Arc::clone(&shared);
        thread::spawn(move || {
            for near in listener.incoming().flatten() {
                let shared = Arc::clone(&accepting);
                thread::spawn(move || shared.serve(near));
            }
        });
        Ok(Relay { address, shared })
    }

    /// Everything that passes comes so much later.
    pub fn delay(&self, delay: Duration) {
        self.shared.delay_millis.store(u64::try_from(delay.as_millis()).unwrap_or(0), Relaxed);
    }

    /// Lets go of all connections, in the middle of whatever is said on them.
    pub fn cut(&self) {
        for stream in self.shared.open.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            let _gone = stream.shutdown(Shutdown::Both);
        }
    }
}

// === impl Shared ===

impl Shared {
    fn serve(self: Arc<Self>, near: TcpStream) {
        let Some(far) = self.connect() else { return };
        let pairs = || Some((near.try_clone().ok()?, far.try_clone().ok()?));
        let (Some((near_in, far_out)), Some((near_out, far_in))) = (pairs(), pairs()) else { return };
        {
            let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            open.extend(near.try_clone());
            open.extend(far.try_clone());
        }
        let up = Arc::clone(&self);
        let other = thread::spawn(move || up.pass(near_in, far_out));
        self.pass(far_in, near_out);
        let _ended = other.join();
    }

    fn connect(&self) -> Option<TcpStream> {
        let first = self.turn.fetch_add(1, Relaxed);
        let mut turns = (0..self.targets.len()).map(|step| self.targets[(first + step) % self.targets.len()]);
        turns.find_map(|target| TcpStream::connect_timeout(&target, Duration::from_secs(2)).ok())
    }

    fn pass(&self, mut from: TcpStream, mut to: TcpStream) {
        let _ = to.set_nodelay(true);
        let mut buffer = vec![0; BUFFER];
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            let delay = self.delay_millis.load(Relaxed);
            if delay > 0 {
                thread::sleep(Duration::from_millis(delay));
            }
            if to.write_all(&buffer[..count]).is_err() {
                break;
            }
        }
        let _gone = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
    }
}
