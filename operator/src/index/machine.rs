//! The state machine: objects in, states out.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use jiff::Timestamp;
use tokio::sync::watch;
use tollgate_crds::{
    flag::{Effective, EffectiveReason},
    stream::{Attribution, StateFlag},
};

use super::{
    Alert, AlertKey, Change, Decision, Flag, FlagKey, Held, Kind, Namespace, Pod, Published, SpentBudget,
    Versions, Written, decision, newer, published::Told,
};

/// All that the watches have told, and what follows from it for each labelled namespace.
#[derive(Debug)]
pub struct Index {
    attribution: Attribution,
    namespaces: BTreeMap<String, Namespace>,
    flags: BTreeMap<FlagKey, Flag>,
    alerts: BTreeMap<AlertKey, Arc<Alert>>,
    spent: Vec<SpentBudget>,
    pods: HashMap<String, Pod>,
    versions: Versions,
    /// Of labelled namespaces only. None inside: not all that belongs into it has been listed yet.
    states: BTreeMap<String, watch::Sender<Option<Arc<Published>>>>,
    listed: BTreeSet<Kind>,
    /// Changes of flags that nobody has taken yet.
    changes: Vec<Change>,
}

/// A namespace's state cannot be whole before these were listed.
const NEEDED: [Kind; 3] = [Kind::Namespace, Kind::FeatureFlag, Kind::ClusterFeatureFlag];

// === impl Index ===

impl Index {
    pub fn new(attribution: Attribution) -> Self {
        Self {
            attribution,
            namespaces: BTreeMap::new(),
            flags: BTreeMap::new(),
            alerts: BTreeMap::new(),
            spent: Vec::new(),
            pods: HashMap::new(),
            versions: Versions::new(),
            states: BTreeMap::new(),
            listed: BTreeSet::new(),
            changes: Vec::new(),
        }
    }

    // --- what the watches tell ---

    pub fn apply_flag(&mut self, flag: Flag, now: Timestamp) {
        self.see(flag.key.kind(), &flag.resource_version);
        let key = flag.key.clone();
        self.put_flag(flag, now);
        self.publish_where(&key, now);
    }

    pub fn delete_flag(&mut self, flag: Flag, now: Timestamp) {
        let Flag { key, uid, resource_version, .. } = flag;
        self.see(key.kind(), &resource_version);
        // A namesake that was made since is another flag.
        if self.flags.get(&key).is_some_and(|held| held.uid == uid) {
            self.take_flag(&key, now);
            self.publish_where(&key, now);
        }
    }

    /// All flags of a kind, as a list of this resourceVersion had them.
    pub fn reset_flags(&mut self, kind: Kind, flags: Vec<Flag>, version: &str, now: Timestamp) {
        let listed: BTreeSet<&FlagKey> = flags.iter().map(|flag| &flag.key).collect();
        let gone: Vec<FlagKey> =
            self.flags.keys().filter(|key| key.kind() == kind && !listed.contains(key)).cloned().collect();
        for key in gone {
            self.take_flag(&key, now);
        }
        for flag in flags {
            self.put_flag(flag, now);
        }
        self.listed(kind, version);
        self.publish_all(now);
    }

    pub fn apply_alert(&mut self, alert: Alert, now: Timestamp) {
        self.see(alert.key.kind(), &alert.resource_version);
        let key = alert.key.clone();
        self.put_alert(alert, now);
        self.publish_for(key.namespace.as_deref(), now);
    }

    pub fn delete_alert(&mut self, alert: &Alert, now: Timestamp) {
        self.see(alert.key.kind(), &alert.resource_version);
        // A namesake that was made since is another alert.
        if self.alerts.get(&alert.key).is_some_and(|held| held.uid == alert.uid) {
            self.take_alert(&alert.key, now);
            self.publish_for(alert.key.namespace.as_deref(), now);
        }
    }

    /// All alerts of a kind, as a list of this resourceVersion had them.
    pub fn reset_alerts(&mut self, kind: Kind, alerts: Vec<Alert>, version: &str, now: Timestamp) {
        let listed: BTreeSet<&AlertKey> = alerts.iter().map(|alert| &alert.key).collect();
        let gone: Vec<AlertKey> =
            self.alerts.keys().filter(|key| key.kind() == kind && !listed.contains(key)).cloned().collect();
        for key in gone {
            self.take_alert(&key, now);
        }
        for alert in alerts {
            self.put_alert(alert, now);
        }
        self.listed(kind, version);
        self.publish_all(now);
    }

    pub fn apply_namespace(&mut self, namespace: Namespace, version: &str, now: Timestamp) {
        self.see(Kind::Namespace, version);
        let name = namespace.name.clone();
        self.namespaces.insert(name.clone(), namespace);
        self.publish(&name, now);
    }

    pub fn delete_namespace(&mut self, name: &str, version: &str, now: Timestamp) {
        self.see(Kind::Namespace, version);
        self.namespaces.remove(name);
        self.publish(name, now);
    }

    pub fn reset_namespaces(&mut self, namespaces: Vec<Namespace>, version: &str, now: Timestamp) {
        self.namespaces =
            namespaces.into_iter().map(|namespace| (namespace.name.clone(), namespace)).collect();
        self.listed(Kind::Namespace, version);
        self.publish_all(now);
    }

    pub fn apply_pod(&mut self, pod: Pod) {
        // Of its two watches (pending, running) the later one's word holds, whichever comes first.
        if self.pods.get(&pod.uid).is_some_and(|held| held.phase > pod.phase) {
            return;
        }
        self.pods.insert(pod.uid.clone(), pod);
    }

    /// The pod has left the watch of the pods in this one's phase.
    pub fn delete_pod(&mut self, pod: &Pod) {
        if self.pods.get(&pod.uid).is_some_and(|held| held.phase == pod.phase) {
            self.pods.remove(&pod.uid);
        }
    }

    /// All pods in this phase.
    pub fn reset_pods(&mut self, phase: super::Phase, pods: Vec<Pod>) {
        self.pods.retain(|_, pod| pod.phase != phase);
        for pod in pods {
            self.apply_pod(pod);
        }
    }

    /// A version of this kind was seen (a bookmark's).
    pub fn see(&mut self, kind: Kind, version: &str) {
        let seen = self.versions.entry(kind.name().to_owned()).or_default();
        if newer(version, seen) == Ordering::Greater {
            version.clone_into(seen);
        }
    }

    /// The changes of flags and alerts since the last call, in order.
    pub fn take_changes(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.changes)
    }

    // --- what is known ---

    /// By kind: the highest resourceVersion that was seen.
    pub fn versions(&self) -> &Versions {
        &self.versions
    }

    /// Whether everything that a state is made of has been listed.
    pub fn is_whole(&self) -> bool {
        NEEDED.iter().all(|kind| self.listed.contains(kind))
    }

    pub fn namespace(&self, name: &str) -> Option<&Namespace> {
        self.namespaces.get(name)
    }

    /// The namespaces that Tollgate is in.
    pub fn labelled(&self) -> impl Iterator<Item = &Namespace> {
        self.namespaces.values().filter(|namespace| namespace.is_labelled())
    }

    /// Whether the alerts have been listed.
    pub fn knows_alerts(&self) -> bool {
        [Kind::UsageAlert, Kind::ClusterUsageAlert].iter().all(|kind| self.listed.contains(kind))
    }

    /// All alerts, those of the whole cluster first.
    pub fn alerts(&self) -> impl Iterator<Item = &Arc<Alert>> {
        self.alerts.values()
    }

    /// The labelled namespaces whose calls an alert sees.
    pub fn seen_by(&self, alert: &Alert) -> impl Iterator<Item = String> {
        self.labelled().filter(|namespace| alert.sees(namespace)).map(|namespace| namespace.name.clone())
    }

    /// The alerts that see a namespace.
    pub fn alerts_in<'a>(&'a self, namespace: &'a Namespace) -> impl Iterator<Item = &'a Arc<Alert>> {
        self.alerts.values().filter(|alert| alert.sees(namespace))
    }

    pub fn flag(&self, key: &FlagKey) -> Option<&Flag> {
        self.flags.get(key)
    }

    /// All flags, in order of precedence.
    pub fn flags(&self) -> impl Iterator<Item = &Flag> {
        self.flags.values()
    }

    pub fn pod(&self, uid: &str) -> Option<&Pod> {
        self.pods.get(uid)
    }

    pub fn pods(&self) -> impl Iterator<Item = &Pod> {
        self.pods.values()
    }

    /// The state of a labelled namespace, now and from now on; it closes when the label goes. None inside: not known yet.
    pub fn state(&self, namespace: &str) -> Option<watch::Receiver<Option<Arc<Published>>>> {
        self.states.get(namespace).map(watch::Sender::subscribe)
    }

    /// As [`Self::state`], but the value of this moment.
    pub fn published(&self, namespace: &str) -> Option<Arc<Published>> {
        self.states.get(namespace)?.borrow().clone()
    }

    /// What holds for the flag's feature at this time. None if the flag is not right, or not there.
    pub fn decide(&self, key: &FlagKey, now: Timestamp) -> Option<Decision> {
        let flag = self.flags.get(key)?;
        let feature = &flag.accepted.as_ref().ok()?.feature;
        let namespaces: Vec<Vec<&Flag>> = self
            .reach(flag)
            .map(|namespace| {
                self.flags_in(namespace)
                    .filter(|other| other.accepted.as_ref().is_ok_and(|other| other.feature == *feature))
                    .collect()
            })
            .collect();
        let mut decision = decision::decide(flag, &namespaces, now);
        if decision.effective.enabled
            && let Some(spent) = self.spent.iter().find(|spent| {
                let mut reach = self.reach(flag).peekable();
                reach.peek().is_some() && reach.all(|namespace| spent.stops(feature, namespace))
            })
        {
            let by = Some(spent.alert.key.to_string());
            decision.effective = Effective { enabled: false, reason: EffectiveReason::Budget, by };
        }
        Some(decision)
    }

    /// Whether these budgets are known to be spent, and no others.
    pub fn knows_spent(&self, spent: &[SpentBudget]) -> bool {
        let known = |one: &SpentBudget| self.spent.iter().any(|other| other.is_same(one));
        self.spent.len() == spent.len() && spent.iter().all(known)
    }

    /// Of which budgets nothing is left, by whoever asks the judge.
    pub fn tell_spent(&mut self, spent: Vec<SpentBudget>) {
        self.spent = spent;
    }

    /// The labelled namespaces in which the flag holds.
    pub fn reach<'a>(&'a self, flag: &'a Flag) -> impl Iterator<Item = &'a Namespace> {
        let own = flag.key.namespace.as_ref().and_then(|name| self.namespaces.get(name));
        let all = flag.key.namespace.is_none().then(|| self.namespaces.values());
        own.into_iter()
            .chain(all.into_iter().flatten())
            .filter(|namespace| namespace.is_labelled() && holds_in(flag, namespace))
    }

    /// The features that a pod of the namespace must refuse while it knows no state.
    pub fn deny_while_unknown(&self, namespace: &Namespace) -> BTreeSet<String> {
        self.flags_in(namespace)
            .filter_map(|flag| flag.accepted.as_ref().ok())
            .filter(|accepted| accepted.deny_while_unknown)
            .map(|accepted| accepted.feature.clone())
            .collect()
    }

    /// Running pods with a sidecar in the flag's namespaces: those that ought to hold it.
    pub fn concerned<'a>(&'a self, flag: &'a Flag) -> impl Iterator<Item = &'a Pod> {
        let reach: BTreeSet<&str> = self.reach(flag).map(|namespace| namespace.name.as_str()).collect();
        self.pods.values().filter(move |pod| pod.ought_to_answer() && reach.contains(pod.namespace.as_str()))
    }

    /// Pods of labelled namespaces that have no sidecar, though they are not about to end.
    pub fn uncovered(&self) -> impl Iterator<Item = &Pod> {
        self.pods.values().filter(|pod| {
            !pod.injected
                && !pod.terminating
                && self.namespaces.get(&pod.namespace).is_some_and(Namespace::is_labelled)
        })
    }

    /// Whether who holds these versions of a namespace's state has the flag as it is now.
    pub fn held(&self, key: &FlagKey, namespace: &str, versions: &Versions) -> Held {
        self.published(namespace).map_or(Held::NotHere, |published| published.held(key, versions))
    }

    // --- how it follows ---

    fn put_flag(&mut self, flag: Flag, now: Timestamp) {
        let after = Written::from(&flag);
        let before = self.flags.insert(flag.key.clone(), flag);
        self.note(before.as_ref().map(Written::from), Some(after), now);
    }

    fn take_flag(&mut self, key: &FlagKey, now: Timestamp) {
        let before = self.flags.remove(key);
        self.note(before.as_ref().map(Written::from), None, now);
    }

    fn put_alert(&mut self, alert: Alert, now: Timestamp) {
        let alert = Arc::new(alert);
        let after = Written::from(&alert);
        let before = self.alerts.insert(alert.key.clone(), alert);
        self.note(before.as_ref().map(Written::from), Some(after), now);
    }

    fn take_alert(&mut self, key: &AlertKey, now: Timestamp) {
        let before = self.alerts.remove(key);
        self.note(before.as_ref().map(Written::from), None, now);
    }

    /// Remembers a change, if it is one.
    fn note(&mut self, before: Option<Written>, after: Option<Written>, now: Timestamp) {
        let unchanged = match (&before, &after) {
            (None, None) => true,
            (Some(before), Some(after)) => before.same(after),
            (None, Some(_)) | (Some(_), None) => false,
        };
        if !unchanged {
            self.changes.push(Change { at: now, before, after });
        }
    }

    /// A list is the truth, also where its version is lower than one that was seen: etcd was restored.
    fn listed(&mut self, kind: Kind, version: &str) {
        self.versions.insert(kind.name().to_owned(), version.to_owned());
        self.listed.insert(kind);
    }

    fn publish_where(&mut self, key: &FlagKey, now: Timestamp) {
        self.publish_for(key.namespace.as_deref(), now);
    }

    /// None: for the whole cluster.
    fn publish_for(&mut self, namespace: Option<&str>, now: Timestamp) {
        match namespace {
            Some(namespace) => self.publish(namespace, now),
            None => self.publish_all(now),
        }
    }

    fn publish_all(&mut self, now: Timestamp) {
        let names: BTreeSet<String> = self.states.keys().chain(self.namespaces.keys()).cloned().collect();
        for name in names {
            self.publish(&name, now);
        }
    }

    fn publish(&mut self, name: &str, now: Timestamp) {
        let Some(namespace) = self.namespaces.get(name).filter(|namespace| namespace.is_labelled()) else {
            self.states.remove(name);
            return;
        };
        let whole = self.is_whole();
        let flags: Vec<StateFlag> = self.flags_in(namespace).filter_map(Flag::for_sidecars).collect();
        let changed_at = u64::try_from(now.as_millisecond()).unwrap_or_default();
        let budgets = self.alerts_in(namespace).flat_map(|alert| alert.budgets.iter().cloned()).collect();
        let (versions, told) = (&self.versions, Told { flags, attribution: self.attribution, budgets });
        let sender = self.states.entry(name.to_owned()).or_insert_with(|| watch::Sender::new(None));
        if !whole {
            return;
        }
        sender.send_if_modified(|published| {
            let next = Published::next(published.as_deref(), name, told, versions, changed_at);
            let changed = next.is_some();
            if let Some(next) = next {
                *published = Some(Arc::new(next));
            }
            changed
        });
    }

    /// The flags that hold in the namespace, in order of precedence: first in the map stand those of the whole cluster.
    fn flags_in<'a>(&'a self, namespace: &'a Namespace) -> impl Iterator<Item = &'a Flag> {
        let first = FlagKey { namespace: Some(namespace.name.clone()), name: String::new() };
        let own = self.flags.range(first..).map(|(_, flag)| flag);
        self.flags
            .values()
            .take_while(|flag| flag.key.namespace.is_none())
            .chain(own.take_while(|flag| flag.key.namespace.as_ref() == Some(&namespace.name)))
            .filter(|flag| holds_in(flag, namespace))
    }
}

/// Whether the flag is right and holds in the namespace.
fn holds_in(flag: &Flag, namespace: &Namespace) -> bool {
    let Ok(accepted) = &flag.accepted else { return false };
    match &flag.key.namespace {
        Some(name) => *name == namespace.name,
        None => accepted.selector.as_ref().is_none_or(|selector| selector.selects(&namespace.labels)),
    }
}
