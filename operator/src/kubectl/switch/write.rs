//! Writing a flag through the apiserver, whose answer carries what the operator has to say of it.

use anyhow::{Context, Result, anyhow};
use http::{HeaderMap, header::WARNING};
use http_body_util::BodyExt;
use kube::{
    Api,
    api::{DynamicObject, Patch, PatchParams, PostParams},
    client::Body,
    core::{Request, Status},
};

use super::target::{Target, Wish};
use crate::{kubectl::access::Cluster, switching};

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

/// Shown in the audit as the way the change came. It must not begin with `kubectl`: Flux takes back what such managers wrote.
const MANAGER: &str = "tollgate-kubectl";

pub(super) async fn write(cluster: &Cluster, target: &Target, wish: &Wish, mode: Mode) -> Result<Written> {
    let dry_run = mode == Mode::Try;
    let requests = Request::new(target.api.resource_url());
    let field_manager = Some(MANAGER.to_owned());
    let written = match &target.there {
        Some(there) => {
            let params = PatchParams { dry_run, field_manager, ..PatchParams::default() };
            let seen = switching::seen(&there.metadata);
            let merge = |version: String| {
                let patch = Patch::Merge(target.patch(wish, &version));
                send(cluster, requests.patch(target.name(), &params, &patch))
            };
            switching::while_it_is(&target.api, target.name(), &seen, merge).await
        }
        None => {
            let body = serde_json::to_vec(&target.fresh(wish)).context("the flag")?;
            send(cluster, requests.create(&PostParams { dry_run, field_manager }, body)).await
        }
    };
    let (object, said) = written.map_err(|error| refused(target, error))?;
    Ok(Written { flag: Flag { api: target.api.clone(), object }, said })
}

/// The flag that is answered, and the warnings beside it.
async fn send(
    cluster: &Cluster,
    request: Result<http::Request<Vec<u8>>, kube::core::request::Error>,
) -> kube::Result<(DynamicObject, Vec<String>)> {
    let request = request.map_err(kube::Error::BuildRequest)?;
    let (head, body) = cluster.client.send(request.map(Body::from)).await?.into_parts();
    let body = body.collect().await?.to_bytes();
    if !head.status.is_success() {
        let status: Status = serde_json::from_slice(&body).map_err(kube::Error::SerdeError)?;
        return Err(kube::Error::Api(status.boxed()));
    }
    let object = serde_json::from_slice(&body).map_err(kube::Error::SerdeError)?;
    Ok((object, warnings(&head.headers)))
}

/// Why it was not taken, and what to do.
fn refused(target: &Target, error: kube::Error) -> anyhow::Error {
    let name = target.shown();
    let kube::Error::Api(status) = error else { return anyhow::Error::new(error).context("the apiserver") };
    match status.code {
        403 => anyhow!(
            "{}. The ClusterRole tollgate-admin would allow it: kubectl create rolebinding tollgate-admin -n NAMESPACE \
             --clusterrole=tollgate-admin --user=YOU (a clusterrolebinding for --cluster-wide)",
            status.message
        ),
        409 => anyhow!(
            "somebody changed {name} meanwhile; nothing of theirs was overwritten. Look again, and try again"
        ),
        404 => anyhow!("{}: is Tollgate installed? kubectl tollgate status", status.message),
        _ => anyhow!("{name} was not taken: {}", status.message),
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
