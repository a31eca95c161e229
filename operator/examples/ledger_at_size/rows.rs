//! Rows as an ordinary fleet's: fifty features in ten namespaces, two models each, and ten thousand users of two features each.

use jiff::{SignedDuration, Timestamp};
use tollgate_ledger::{CallIds, Metadata, Record, SpoolWriter, Timings};
use tollgate_meter::{Cost, Outcome, Provider, UnitKind, Usage, UsageSource};

const FEATURES: u64 = 50;
const USERS: u64 = 10_000;
/// One row in so many is late: by hours, by days.
const LATE: u64 = 100;

/// One sidecar's calls: those of one feature.
pub(crate) struct Calls {
    ids: CallIds,
    feature: String,
    namespace: String,
    workload: String,
    /// Who uses it.
    users: Vec<u64>,
    number: u64,
}

// === impl Calls ===

impl Calls {
    pub(crate) fn of(sidecar: u64) -> std::io::Result<Self> {
        let feature = sidecar % FEATURES;
        Ok(Self {
            ids: CallIds::from_os()?,
            feature: format!("feature-{feature:02}"),
            namespace: format!("team-{}", feature % 10),
            workload: format!("web-{feature:02}"),
            users: (0..USERS).filter(|user| features_of(*user).contains(&feature)).collect(),
            number: sidecar,
        })
    }

    pub(crate) fn append(&mut self, writer: &mut SpoolWriter) {
        self.number = self.number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let chance = self.number >> 33;
        let late = if chance.is_multiple_of(LATE) { chance / LATE % 480 } else { 0 };
        let at = Timestamp::now() - SignedDuration::from_hours(i64::try_from(late).unwrap_or(0));
        // higher bits than those that choose the rest
        let user = usize::try_from(chance >> 16).map_or(0, |chance| chance % self.users.len());
        let user = format!("user-{:04}", self.users[user]);
        let input = 200 + chance % 3_000;
        let usage = Usage::default().with(UnitKind::Input, input).with(UnitKind::Output, 40 + chance % 700);
        let record = Record {
            id: self.ids.next(at),
            cluster: None,
            namespace: Some(&self.namespace),
            workload: Some(&self.workload),
            pod: Some("web-0"),
            container: None,
            feature: &self.feature,
            user_id: Some(&user),
            provider: Provider::OpenAi,
            host: "api.openai.com",
            model: Some(if chance.is_multiple_of(5) {
                "gpt-4o-2024-08-06"
            } else {
                "gpt-4o-mini-2024-07-18"
            }),
            endpoint: "/v1/chat/completions",
            outcome: Outcome::Completed,
            status: Some(200),
            streamed: true,
            tokens: usage.tokens(),
            cost: Some(Cost::from_picos(u128::from(input) * 2_500_000)),
            usage_source: UsageSource::Provider,
            account: Some("abcdefghijklmnop"),
            metadata: Metadata {
                price: Some("2026-11-01"),
                request_id: Some("chatcmpl-abcdefghijklmnopqrstuvw"),
                model_requested: Some("gpt-4o"),
                timings: Some(Timings { first_byte_us: Some(412_345), total_us: 2_345_678 }),
                ..Metadata::of(&usage)
            },
        };
        writer.append(&record, None);
    }
}

/// Of one namespace, and not of all alike: of the first namespaces there are more users, and of the first features.
fn features_of(user: u64) -> [u64; 2] {
    let (whose, which) = (user * 7_919 % USERS, user * 3_571 % USERS);
    let (namespace, first) = (whose * whose / 10_000_000, which * which / 20_000_000);
    [first, first + 1].map(|feature| namespace + 10 * (feature % 5))
}
