//! Writing a flag through the apiserver, whose answer carries what the operator has to say of it.

use anyhow::{Context, Result, bail};
use http::{HeaderMap, header::WARNING};
use http_body_util::BodyExt;
use kube::{
    Api,
    api::{DynamicObject, Patch, PatchParams, PostParams},
    client::Body,
    core::{Request, Status},
};

use super::target::{Target, Wish};
use crate::kubectl::access::Cluster;

/// Whether it is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// All that would be refused is refused, and nothing is kept.
    Try,
    Apply,
}

/// What came of it.
pub(super) struct Written {
    pub(super) flag: Flag,
    /// Warnings, as the operator's admission words them.
    pub(super) said: Vec<String>,
}

/// A flag as it was answered, and where it is to be asked for again.
pub(super) struct Flag {
    pub(super) api: Api<DynamicObject>,
    pub(super) object: DynamicObject,
}

/// Shown in the audit as the way the change came.
const MANAGER: &str = "kubectl-tollgate";

pub(super) async fn write(cluster: &Cluster, target: &Target, wish: &Wish, mode: Mode) -> Result<Written> {
    let dry_run = mode == Mode::Try;
    let requests = Request::new(target.api.resource_url());
    let field_manager = Some(MANAGER.to_owned());
    let request = match &target.there {
        Some(_) => {
            let params = PatchParams { dry_run, field_manager, ..PatchParams::default() };
            requests.patch(target.name(), &params, &Patch::Merge(target.patch(wish)))
        }
        None => {
            let body = serde_json::to_vec(&target.fresh(wish)).context("the flag")?;
            requests.create(&PostParams { dry_run, field_manager }, body)
        }
    };
    let request = request.context("the request")?;
    let answer = cluster.client.send(request.map(Body::from)).await.context("the apiserver")?;
    let (head, body) = answer.into_parts();
    let body = body.collect().await.context("the apiserver's answer")?.to_bytes();
    if !head.status.is_success() {
        let status: Status = serde_json::from_slice(&body).context("the apiserver's answer")?;
        refused(target, &status)?;
    }
    let object = serde_json::from_slice(&body).context("the apiserver's answer is no flag")?;
    Ok(Written { flag: Flag { api: target.api.clone(), object }, said: warnings(&head.headers) })
}

/// Why it was not taken, and what to do.
fn refused(target: &Target, status: &Status) -> Result<()> {
    let name = target.shown();
    match status.code {
        403 => bail!(
            "{}. The ClusterRole tollgate-admin would allow it: kubectl create rolebinding tollgate-admin -n NAMESPACE \
             --clusterrole=tollgate-admin --user=YOU (a clusterrolebinding for --cluster-wide)",
            status.message
        ),
        409 => bail!(
            "somebody changed {name} meanwhile; nothing of theirs was overwritten. Look again, and try again"
        ),
        404 => bail!("{}: is Tollgate installed? kubectl tollgate status", status.message),
        _ => bail!("{name} was not taken: {}", status.message),
    }
}

/// `299 - "text"`, as often as there are warnings; several may stand in one header.
fn warnings(headers: &HeaderMap) -> Vec<String> {
    let headers = headers.get_all(WARNING).iter().filter_map(|header| header.to_str().ok());
    headers.flat_map(texts).collect()
}

/// What stands in quotes.
fn texts(header: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut text: Option<String> = None;
    let mut characters = header.chars();
    while let Some(character) = characters.next() {
        match (&mut text, character) {
            (Some(text), '\\') => text.extend(characters.next()),
            (Some(_), '"') => texts.extend(text.take()),
            (None, '"') => text = Some(String::new()),
            (Some(text), character) => text.push(character),
            (None, _) => {}
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::texts;

    #[test]
    fn a_warning_is_what_stands_in_its_quotes() {
        assert_eq!(texts(r#"299 - "one, two", 299 - "a \"b\" \\ c""#), ["one, two", r#"a "b" \ c"#]);
        assert!(texts("299 -").is_empty());
    }
}
