//! What one flag says of its feature's calls, ready to be asked about each of them.

use std::{collections::HashSet, sync::Arc};

use jiff::Timestamp;
use tollgate_crds::flag::{Mode, Period, Rollout, RolloutBy, Users};

use super::off::Off;

/// Who calls, as far as a flag may ask.
#[derive(Clone, Copy, Debug)]
pub struct Caller<'a> {
    pub user: CallingUser<'a>,
    /// The call's own id, which nobody chose.
    pub call: &'a [u8],
}

/// The user of a call, as the app names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallingUser<'a> {
    Named(&'a str),
    /// Nobody was named.
    None,
    /// The headers name none, and the body, which might, was not read.
    Unread,
}

/// Why a call may not pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// `enabled: false`.
    Spec,
    /// The flag's schedule, at this time.
    Schedule,
    /// The draw.
    Rollout,
    /// The user is denied, or not among those who are allowed.
    Users,
}

/// What is known of a flag's answer before a call is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Certainty {
    On,
    Off,
    /// On the time, the user, or the draw; or its answer is only noted.
    Depends,
}

/// One flag's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Pass,
    Refuse(Reason),
    /// That depends on the user, who was not read.
    ByUser,
}

/// One flag.
#[derive(Debug)]
pub(super) struct Stance {
    pub(super) off: Arc<Off>,
    pub(super) preview: bool,
    enabled: bool,
    schedule: Box<[Period]>,
    rollout: Option<Rollout>,
    users: Option<Lists>,
}

#[derive(Debug)]
struct Lists {
    allow: Option<HashSet<Box<str>>>,
    deny: HashSet<Box<str>>,
}

// === impl Stance ===

impl Stance {
    pub(super) fn new(
        off: Arc<Off>,
        enabled: bool,
        mode: Mode,
        schedule: &[Period],
        rollout: Option<Rollout>,
        users: Option<&Users>,
    ) -> Self {
        Self {
            off,
            preview: mode == Mode::Preview,
            enabled,
            schedule: schedule.into(),
            rollout: rollout.filter(|rollout| rollout.percent < 100),
            users: users.map(|users| Lists::of(users, rollout)),
        }
    }

    pub(super) fn certainty(&self) -> Certainty {
        match (self.enabled, self.preview) {
            _ if !self.schedule.is_empty() => Certainty::Depends,
            (false, false) => Certainty::Off,
            (false, true) => Certainty::Depends,
            (true, _) if self.rollout.is_none() && self.users.is_none() => Certainty::On,
            (true, _) => Certainty::Depends,
        }
    }

    pub(super) fn asks_for_user(&self) -> bool {
        self.users.is_some()
            || self.rollout.is_some_and(|rollout| rollout.by.unwrap_or_default() == RolloutBy::User)
    }

    pub(super) fn next_edge(&self, now: Timestamp) -> Option<Timestamp> {
        self.schedule.iter().filter_map(|period| period.next_edge(now)).min()
    }

    /// Whoever calls: whether nobody passes at this time, and why.
    pub(super) fn off_at(&self, now: Timestamp) -> Option<Reason> {
        match Period::decides(&self.schedule, now) {
            Some(enabled) => (!enabled).then_some(Reason::Schedule),
            None => (!self.enabled).then_some(Reason::Spec),
        }
    }

    pub(super) fn asked(&self, feature: &str, caller: &Caller<'_>, now: Timestamp) -> Said {
        if let Some(reason) = self.off_at(now) {
            return Said::Refuse(reason);
        }
        let user = match caller.user {
            CallingUser::Unread if self.asks_for_user() => return Said::ByUser,
            CallingUser::Named(user) => Some(user),
            CallingUser::None | CallingUser::Unread => None,
        };
        if let Some(Lists { allow, deny }) = &self.users {
            if user.is_some_and(|user| deny.contains(user)) {
                return Said::Refuse(Reason::Users);
            }
            if let Some(allow) = allow {
                match user {
                    Some(user) if allow.contains(user) => return Said::Pass,
                    _ if self.rollout.is_none() => return Said::Refuse(Reason::Users),
                    _ => {}
                }
            }
        }
        let Some(rollout) = self.rollout else { return Said::Pass };
        let drawn = match rollout.by.unwrap_or_default() {
            RolloutBy::User => user.is_some_and(|user| rollout.draws(feature, user.as_bytes())),
            RolloutBy::Call => rollout.draws(feature, caller.call),
        };
        if drawn { Said::Pass } else { Said::Refuse(Reason::Rollout) }
    }
}

// === impl Lists ===

impl Lists {
    fn of(users: &Users, rollout: Option<Rollout>) -> Self {
        let set = |users: &Vec<String>| users.iter().map(|user| user.as_str().into()).collect();
        // Where everybody is drawn, nobody needs to be allowed.
        let all_are_in = rollout.is_some_and(|rollout| rollout.percent == 100);
        Self {
            allow: users.allow.as_ref().filter(|_| !all_are_in).map(set),
            deny: users.deny.as_ref().map(set).unwrap_or_default(),
        }
    }
}

// === impl Reason ===

impl Reason {
    /// As the ledger's metadata says it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Spec => "Spec",
            Self::Schedule => "Schedule",
            Self::Rollout => "Rollout",
            Self::Users => "Users",
        }
    }
}
