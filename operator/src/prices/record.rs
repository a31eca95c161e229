//! The ConfigMap `tollgate-prices-in-force`, in the operator's own namespace: which prices hold, for a replica that starts
//! while the admin's file cannot be taken, and what is to be said of them, as conditions, for the admin.
//!
//! ```yaml
//! data:
//!   prices.yaml: …          # the last good file; absent where the built-in prices hold
//!   conditions.json: |      # Accepted: whether the admin's file is taken; Priced: whether all models have a price
//!     [{"type": "Accepted", "status": "False", "reason": "NotTaken", "message": "… at line 3 column 5", …}, …]
//! ```

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use k8s_openapi::api::core::v1::ConfigMap;
use kube::{
    Api,
    api::{Patch, PatchParams},
};
use serde_json::{Value, json};
use tokio::{sync::watch, time::sleep};
use tollgate_crds::stream::{PRICES_CONFIG_MAP, PRICES_IN_FORCE_CONFIG_MAP, PRICES_KEY};
use tollgate_meter::PriceBook;

use super::{in_force::InForce, judge::Refused, unpriced};
use crate::{
    context::{CONTROLLER, Context, Tasks},
    push::reports::Unpriced,
};

const CONDITIONS_KEY: &str = "conditions.json";
/// What comes together is written together.
const GATHER: Duration = Duration::from_millis(200);
/// Between two looks at what sidecars report.
const LOOK: Duration = Duration::from_secs(2);
/// After a failure.
const AGAIN: Duration = Duration::from_secs(5);
/// So many models are named; the metric counts them all.
const NAMED: usize = 10;

type Data = BTreeMap<String, String>;

/// A condition without its time.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    kind: &'static str,
    holds: bool,
    reason: &'static str,
    message: String,
}

pub(super) fn spawn(context: &Context, refusals: watch::Receiver<Option<Arc<Refused>>>, tasks: &mut Tasks) {
    let context = context.clone();
    tasks.spawn(async move {
        let leadership = context.leadership.clone();
        leadership.while_leading(|| keep(&context, refusals.clone())).await;
        "the record of the prices in force"
    });
}

/// What held last, for a replica that has taken nothing yet: the last good file, else the built-in prices. Waits for the
/// apiserver: nothing is told that could be older than what sidecars have.
pub(super) async fn recall(api: &Api<ConfigMap>) -> InForce {
    let mut said = false;
    let map = loop {
        match api.get_opt(PRICES_IN_FORCE_CONFIG_MAP).await {
            Ok(map) => break map,
            // A chart of an older release: nobody has written it.
            Err(kube::Error::Api(status)) if status.is_forbidden() => break None,
            Err(error) => {
                if !std::mem::replace(&mut said, true) {
                    tracing::warn!(%error, "the ConfigMap {PRICES_IN_FORCE_CONFIG_MAP} cannot be read: sidecars keep the prices that they have until it can");
                }
                sleep(AGAIN).await;
            }
        }
    };
    let text = map.and_then(|map| map.data?.remove(PRICES_KEY));
    match text.as_deref().map(PriceBook::with_overrides) {
        Some(Ok(book)) => InForce::new(book, text.as_deref()),
        Some(Err(_)) | None => InForce::new(PriceBook::built_in().clone(), None),
    }
}

async fn keep(context: &Context, mut refusals: watch::Receiver<Option<Arc<Refused>>>) {
    let api: Api<ConfigMap> = Api::namespaced(context.client.clone(), &context.settings.namespace);
    let mut told = context.prices.told();
    let (mut is, mut failing): (Option<Data>, bool) = (None, false);
    loop {
        let in_force = told.borrow_and_update().clone();
        let refused = refusals.borrow_and_update().clone();
        let kept = match (in_force, &is) {
            (None, _) => Ok(None), // nothing is known yet
            (Some(in_force), _) => {
                let unknown = unpriced::unknown(&context.reports, &in_force.book);
                let said = [
                    accepted(&in_force, refused.as_deref()),
                    priced(unknown.iter(), &context.settings.namespace),
                ];
                write(&api, &mut is, &in_force, &said).await.map(Some)
            }
        };
        let wait = match kept {
            Ok(_) => {
                failing = false;
                LOOK
            }
            Err(error) => {
                if !std::mem::replace(&mut failing, true) {
                    tracing::warn!(%error, "the ConfigMap {PRICES_IN_FORCE_CONFIG_MAP} cannot be kept: a replica that starts with a file that cannot be taken would not know the last good prices");
                }
                AGAIN
            }
        };
        tokio::select! {
            _ = told.changed() => {}
            _ = refusals.changed() => {}
            () = sleep(wait) => {}
        }
        sleep(GATHER).await;
    }
}

/// Writes what differs; what is there is read once.
async fn write(
    api: &Api<ConfigMap>,
    is: &mut Option<Data>,
    in_force: &InForce,
    said: &[Said],
) -> kube::Result<()> {
    if is.is_none() {
        let map = api.get_opt(PRICES_IN_FORCE_CONFIG_MAP).await?;
        *is = Some(map.and_then(|map| map.data).unwrap_or_default());
    }
    let now = jiff::Timestamp::now();
    let ought = data(in_force, said, is.as_ref(), &now.strftime("%FT%TZ").to_string());
    if is.as_ref() == Some(&ought) {
        return Ok(());
    }
    let body = json!({
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {
            "name": PRICES_IN_FORCE_CONFIG_MAP,
            "labels": {"app.kubernetes.io/name": "tollgate", "app.kubernetes.io/managed-by": CONTROLLER},
        },
        "data": ought,
    });
    let params = PatchParams::apply(CONTROLLER).force();
    api.patch(PRICES_IN_FORCE_CONFIG_MAP, &params, &Patch::Apply(body)).await?;
    *is = Some(ought);
    Ok(())
}

fn data(in_force: &InForce, said: &[Said], before: Option<&Data>, now: &str) -> Data {
    let before = before.and_then(|data| serde_json::from_str::<Vec<Value>>(data.get(CONDITIONS_KEY)?).ok());
    let conditions: Vec<Value> = said.iter().map(|said| said.condition(before.as_deref(), now)).collect();
    let mut data = Data::from([(CONDITIONS_KEY.to_owned(), format!("{:#}\n", Value::Array(conditions)))]);
    if let Some(text) = &in_force.text {
        data.insert(PRICES_KEY.to_owned(), text.to_string());
    }
    data
}

fn accepted(in_force: &InForce, refused: Option<&Refused>) -> Said {
    let version = in_force.book.version();
    let (holds, reason, message) = match (refused, &in_force.text) {
        (Some(refused), _) => (false, "NotTaken", refused.to_string()),
        (None, Some(_)) => {
            (true, "Taken", format!("{PRICES_KEY} of the ConfigMap {PRICES_CONFIG_MAP} holds, as {version}"))
        }
        (None, None) => (
            true,
            "BuiltIn",
            format!("There is no ConfigMap {PRICES_CONFIG_MAP}: the built-in prices {version} hold"),
        ),
    };
    Said { kind: "Accepted", holds, reason, message }
}

fn priced<'a>(unpriced: impl Iterator<Item = &'a Unpriced>, namespace: &str) -> Said {
    let mut models: Vec<String> = unpriced.map(|one| unpriced::advice(&one.model, namespace)).collect();
    models.sort_unstable();
    models.dedup();
    let (holds, reason, message) = match models.len() {
        0 => (true, "AllModels", "No sidecar has told of a model without a price in the last day".to_owned()),
        all => {
            let more = all.saturating_sub(NAMED);
            models.truncate(NAMED);
            let rest = if more > 0 { format!("; and {more} more") } else { String::new() };
            (false, "UnknownModel", models.join("; ") + &rest)
        }
    };
    Said { kind: "Priced", holds, reason, message }
}

// === impl Said ===

impl Said {
    /// Its time is that of its last transition.
    fn condition(&self, before: Option<&[Value]>, now: &str) -> Value {
        let Self { kind, holds, reason, message } = self;
        let status = if *holds { "True" } else { "False" };
        let same = before
            .into_iter()
            .flatten()
            .find(|before| before["type"] == *kind && before["status"] == status)
            .and_then(|before| before["lastTransitionTime"].as_str());
        json!({
            "type": kind, "status": status, "reason": reason, "message": message,
            "lastTransitionTime": same.unwrap_or(now),
        })
    }
}

#[cfg(test)]
mod tests {
    use tollgate_crds::stream::UnpricedModel;

    use super::*;

    const TEXT: &str = "openai: {discount: \"15%\"}\n";

    fn in_force(text: Option<&str>) -> InForce {
        match text {
            Some(text) => InForce::new(PriceBook::with_overrides(text).unwrap(), Some(text)),
            None => InForce::new(PriceBook::built_in().clone(), None),
        }
    }

    #[test]
    fn the_file_that_holds_is_kept_and_none_where_the_built_in_prices_hold() {
        let own = in_force(Some(TEXT));
        let kept = data(&own, &[accepted(&own, None)], None, "2026-11-28T10:00:00Z");
        assert_eq!(kept[PRICES_KEY], TEXT);
        let built_in = in_force(None);
        let said = accepted(&built_in, None);
        assert_eq!((said.holds, said.reason), (true, "BuiltIn"));
        assert!(!data(&built_in, &[said], Some(&kept), "2026-11-28T10:00:00Z").contains_key(PRICES_KEY));
    }

    #[test]
    fn a_condition_keeps_its_time_until_it_turns() {
        let own = in_force(Some(TEXT));
        let time = |data: &Data| {
            let conditions: Vec<Value> = serde_json::from_str(&data[CONDITIONS_KEY]).unwrap();
            conditions[0]["lastTransitionTime"].as_str().unwrap().to_owned()
        };
        let first = data(&own, &[accepted(&own, None)], None, "2026-11-28T10:00:00Z");
        let second = data(&own, &[accepted(&own, None)], Some(&first), "2026-11-28T11:00:00Z");
        assert_eq!(second, first);
        let turned = Said { holds: false, ..accepted(&own, None) };
        assert_eq!(
            time(&data(&own, &[turned], Some(&second), "2026-11-28T12:00:00Z")),
            "2026-11-28T12:00:00Z"
        );
    }

    #[test]
    fn models_without_a_price_are_named_each_once() {
        let model = UnpricedModel {
            feature: "chat".to_owned(),
            provider: "openai".to_owned(),
            model: "gpt-9".to_owned(),
            looks_like: None,
        };
        let of = |namespace: &str| Unpriced { namespace: namespace.to_owned(), model: model.clone() };
        let said = priced([of("shop"), of("lab")].iter(), "tollgate-system");
        assert_eq!((said.holds, said.reason), (false, "UnknownModel"));
        assert_eq!(said.message.matches("gpt-9\" is in no price book").count(), 1, "{}", said.message);
        assert!(priced([].iter(), "tollgate-system").holds);
    }
}
