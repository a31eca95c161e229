//! The Lease itself: read, taken, renewed, given back.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use k8s_openapi::{
    api::coordination::v1::{Lease, LeaseSpec},
    apimachinery::pkg::apis::meta::v1::{MicroTime, ObjectMeta},
    jiff::Timestamp,
};
use kube::{Api, Client, api::PostParams};
use tokio::{sync::watch, time::timeout};

use super::{
    DURATION, LOOK, Leader, Leadership, MARGIN, RENEW, Standing,
    rules::{Observed, Step},
};

/// A replica that would lead.
pub struct Candidate {
    leases: Api<Lease>,
    name: String,
    address: Option<SocketAddr>,
    standing: watch::Sender<Standing>,
}

#[derive(Debug, thiserror::Error)]
pub enum LeaseError {
    #[error("the Lease {LEASE} cannot be read or written: {0}")]
    Kube(#[from] kube::Error),
    #[error("the apiserver did not answer within {} s about the Lease {LEASE}", PATIENCE.as_secs())]
    Slow,
}

/// Its name.
pub(crate) const LEASE: &str = "tollgate-operator";
/// Where the leader's push port is, for the other replicas.
const ADDRESS: &str = "tollgate.dev/push-address";
/// Well below the margin: an answer that comes later than that proves nothing.
const PATIENCE: Duration = Duration::from_secs(3);

// === impl Candidate ===

impl Candidate {
    /// A candidate of this name, and what others ask about it. `address` is where its push port can be reached.
    pub fn new(
        client: Client,
        namespace: &str,
        name: &str,
        address: Option<SocketAddr>,
    ) -> (Self, Leadership) {
        let (standing, receiver) = watch::channel(Standing::default());
        let leases = Api::namespaced(client, namespace);
        (Self { leases, name: name.to_owned(), address, standing }, Leadership::new(receiver))
    }

    /// Stands for election until `stop` ends; then the lease is given back, so that the next one need not wait.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let mut observed = Observed::default();
        let mut stop = std::pin::pin!(stop);
        let mut failing = false;
        loop {
            let asked = Instant::now();
            let wait = match timeout(PATIENCE, self.turn(&mut observed, asked)).await {
                Ok(Ok(wait)) => {
                    failing = false;
                    wait
                }
                failed => {
                    let error = match failed {
                        Ok(Err(error)) => error,
                        _ => LeaseError::Slow,
                    };
                    if !std::mem::replace(&mut failing, true) {
                        tracing::warn!(%error, "no news of who leads; what only the leader may do may have to wait");
                    }
                    LOOK
                }
            };
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = &mut stop => break,
            }
        }
        let led = self.standing.send_replace(Standing::default()).until.is_some();
        if led && let Err(error) = timeout(PATIENCE, self.give_back()).await.unwrap_or(Err(LeaseError::Slow))
        {
            tracing::warn!(%error, "the lease was not given back: the next leader waits until it has run out");
        }
    }

    /// Looks, and acts on it. Gives how long to wait until the next time.
    async fn turn(&self, observed: &mut Observed, now: Instant) -> Result<Duration, LeaseError> {
        let Some(lease) = self.leases.get_opt(LEASE).await? else {
            let lease = Lease {
                metadata: ObjectMeta { name: Some(LEASE.to_owned()), ..ObjectMeta::default() },
                ..Lease::default()
            };
            return self.write(lease, now, true).await;
        };
        let spec = lease.spec.clone().unwrap_or_default();
        observed.see(&spec, now);
        match observed.step(&self.name, &spec, now) {
            Step::Renew | Step::Take => self.write(lease, now, false).await,
            Step::Wait => {
                self.publish(None, Some(leader_of(&lease, spec)));
                Ok(LOOK)
            }
        }
    }

    /// Writes the lease as ours. Who was faster wins: the apiserver refuses a version that is not the newest.
    async fn write(&self, mut lease: Lease, now: Instant, create: bool) -> Result<Duration, LeaseError> {
        let before = lease.spec.take().unwrap_or_default();
        let ours = before.holder_identity.as_deref() == Some(&self.name);
        let time = MicroTime(Timestamp::now());
        lease.spec = Some(LeaseSpec {
            holder_identity: Some(self.name.clone()),
            lease_duration_seconds: i32::try_from(DURATION.as_secs()).ok(),
            acquire_time: if ours { before.acquire_time } else { Some(time.clone()) },
            renew_time: Some(time),
            lease_transitions: Some(before.lease_transitions.unwrap_or_default() + i32::from(!ours)),
            ..LeaseSpec::default()
        });
        let annotations = lease.metadata.annotations.get_or_insert_default();
        match self.address {
            Some(address) => annotations.insert(ADDRESS.to_owned(), address.to_string()),
            None => annotations.remove(ADDRESS),
        };
        let written = if create {
            self.leases.create(&PostParams::default(), &lease).await
        } else {
            self.leases.replace(LEASE, &PostParams::default(), &lease).await
        };
        match written {
            Ok(_) => {
                let me = Leader { name: self.name.clone(), address: self.address };
                self.publish(Some(now + DURATION - MARGIN), Some(me));
                Ok(RENEW)
            }
            Err(kube::Error::Api(status)) if status.code == 409 => Ok(Duration::ZERO),
            Err(error) => Err(error.into()),
        }
    }

    async fn give_back(&self) -> Result<(), LeaseError> {
        let mut lease = self.leases.get(LEASE).await?;
        let spec = lease.spec.get_or_insert_default();
        if spec.holder_identity.as_deref() == Some(&self.name) {
            spec.holder_identity = None;
            self.leases.replace(LEASE, &PostParams::default(), &lease).await?;
        }
        Ok(())
    }

    fn publish(&self, until: Option<Instant>, leader: Option<Leader>) {
        let now = Instant::now();
        let next = Standing { until, leader };
        let before = self.standing.send_replace(next.clone());
        match (before.leads(now), next.leads(now)) {
            (false, true) => tracing::info!("this replica leads"),
            (true, false) => tracing::warn!(leader = ?next.leader, "this replica does not lead any more"),
            _ => {}
        }
    }
}

fn leader_of(lease: &Lease, spec: LeaseSpec) -> Leader {
    let annotations = lease.metadata.annotations.as_ref();
    let address = annotations.and_then(|annotations| annotations.get(ADDRESS)?.parse().ok());
    Leader { name: spec.holder_identity.unwrap_or_default(), address }
}
