//! Which calls a flag would have refused.

use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};
use tollgate_crds::{
    Authority, FeatureFlagSpec, LabelSelector, Match, Mode, OnStateUnknown, Period, Rollout, RolloutBy, Users,
};

use super::{Scope, Seen, scope::begin};

/// A flag as somebody is about to write it.
#[derive(Clone, Debug)]
pub struct FlagPreview {
    pub feature: String,
    pub spec: FeatureFlagSpec,
    pub cluster: Option<String>,
    /// Where it holds. None: in all namespaces.
    pub namespaces: Option<Vec<String>>,
    /// The ledger has hashes of users, not their ids.
    pub hashed_users: bool,
}

/// A `match` entry, as far as the ledger can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matching {
    /// Whatever feature the app named; else only calls that named none.
    pub enforced: bool,
    pub providers: Option<Vec<String>>,
    /// Regular expressions.
    pub models: Option<Vec<String>>,
    pub fingerprints: Option<Vec<String>>,
}

/// What is to be told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub feature: String,
    /// All calls that it is about.
    pub all: Seen,
    pub refused: Refused,
    /// It refuses nothing, it only counts.
    pub is_preview: bool,
    /// What `match` has that the ledger cannot be asked.
    pub left_out: bool,
}

/// Which of the calls it would have refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    None,
    All,
    /// While its schedule says so.
    AtTimes,
    Some(Seen),
    /// A share that is drawn anew for each call, in percent.
    Share(u8),
    /// Users that the ledger does not know by their ids, or too many of them.
    Unknown,
}

/// What the draws and lists say of one user. The sidecar's rule, for one who is known.
fn refuses(feature: &str, rollout: Option<Rollout>, users: Option<&Users>, user: Option<&str>) -> bool {
    let has = |list: &Option<Vec<String>>| {
        user.is_some_and(|user| list.iter().flatten().any(|listed| listed == user))
    };
    if users.is_some_and(|users| has(&users.deny)) {
        return true;
    }
    let allows = users.is_some_and(|users| users.allow.is_some());
    if allows && users.is_some_and(|users| has(&users.allow)) {
        return false;
    }
    match rollout {
        None => allows,
        Some(Rollout { percent: 100, .. }) => false,
        Some(rollout) => !user.is_some_and(|user| rollout.draws(feature, user.as_bytes())),
    }
}

// === impl FlagPreview ===

impl FlagPreview {
    /// Asks the ledger.
    pub async fn ask(&self, pool: &PgPool, now: Timestamp) -> Result<Told, sqlx::Error> {
        self.ask_on(&mut *begin(pool).await?, now).await
    }

    /// Asks the ledger as whoever the transaction is.
    pub async fn ask_on(&self, connection: &mut PgConnection, now: Timestamp) -> Result<Told, sqlx::Error> {
        // Destructured whole: a field that refuses must not be forgotten here.
        let FeatureFlagSpec {
            feature: _,
            description: _,
            enabled,
            mode,
            schedule,
            rollout,
            users,
            matches,
            when_disabled: _,
            on_state_unknown: None | Some(OnStateUnknown::Allow | OnStateUnknown::Deny),
        } = &self.spec;
        let matching: Vec<Matching> = matches.iter().filter_map(Matching::of).collect();
        let left_out = matching.len() < matches.len();
        let scope = Scope {
            cluster: self.cluster.clone(),
            namespaces: self.namespaces.clone(),
            features: Some(vec![self.feature.clone()]),
            matching,
            counted: None,
        };
        let is_off = match Period::decides(schedule, now) {
            Some(enabled) => !enabled,
            None => *enabled == Some(false),
        };
        let is_off_at_times = *enabled == Some(false) || schedule.iter().any(|period| !period.enabled);
        let by_call = rollout.filter(|rollout| rollout.by == Some(RolloutBy::Call) && rollout.percent < 100);
        let asks_users = users.is_some() || rollout.is_some_and(|rollout| rollout.percent < 100);
        let (all, refused) = if is_off {
            (scope.seen_of(connection, None).await?, Refused::All)
        } else if let (Some(rollout), None) = (by_call, users) {
            (scope.seen_of(connection, None).await?, Refused::Share(100 - rollout.percent))
        } else if asks_users && (self.hashed_users || by_call.is_some()) {
            (scope.seen_of(connection, None).await?, Refused::Unknown)
        } else if asks_users {
            let refuses = |user: Option<&str>| refuses(&self.feature, *rollout, users.as_ref(), user);
            let (all, some) = scope.seen_apart(connection, refuses).await?;
            (all, some.map_or(Refused::Unknown, Refused::Some))
        } else if is_off_at_times {
            (scope.seen_of(connection, None).await?, Refused::AtTimes)
        } else {
            (scope.seen_of(connection, None).await?, Refused::None)
        };
        let is_preview = *mode == Some(Mode::Preview);
        Ok(Told { feature: self.feature.clone(), all, refused, is_preview, left_out })
    }
}

// === impl Matching ===

impl Matching {
    /// None where the entry asks what the ledger does not know.
    fn of(entry: &Match) -> Option<Self> {
        let Match {
            authority,
            workload,
            container: None,
            providers,
            models,
            path: None,
            header: None,
            fingerprint,
        } = entry
        else {
            return None;
        };
        if workload.as_ref().is_some_and(|workload| *workload != LabelSelector::default()) {
            return None;
        }
        Some(Self {
            enforced: *authority == Some(Authority::Enforced),
            providers: providers
                .as_ref()
                .map(|providers| providers.iter().map(|provider| provider.name().to_owned()).collect()),
            models: models.as_ref().map(|models| models.iter().map(|glob| expression(glob)).collect()),
            fingerprints: fingerprint.clone(),
        })
    }
}

/// A glob as a regular expression of Postgres.
fn expression(glob: &str) -> String {
    let mut expression = String::from("^");
    for character in glob.chars() {
        match character {
            '*' => expression.push_str(".*"),
            character if character.is_ascii_alphanumeric() => expression.push(character),
            character => expression.extend(['\\', character]),
        }
    }
    expression.push('$');
    expression
}
