//! What a page loads: a style sheet and a script, compiled in. Their names carry a hash of what they are, so browsers may keep
//! them for ever; no asset comes from anywhere else.

use std::sync::LazyLock;

use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

/// One file.
#[derive(Debug)]
pub(super) struct Asset {
    /// `/assets/console-0123456789abcdef.js`.
    pub(super) address: String,
    kind: &'static str,
    bytes: &'static [u8],
}

pub(super) static STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("css", "text/css; charset=utf-8", include_bytes!("assets/console.css")));
pub(super) static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("js", "text/javascript; charset=utf-8", include_bytes!("assets/console.js")));

pub(super) async fn serve(Path(name): Path<String>) -> Response {
    let asked = [&STYLE, &SCRIPT].into_iter().find(|asset| asset.address.ends_with(&format!("/{name}")));
    match asked {
        Some(asset) => {
            let headers = [
                (header::CONTENT_TYPE, asset.kind),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ];
            (headers, asset.bytes).into_response()
        }
        None => (StatusCode::NOT_FOUND, "There is no such asset: reload the page.\n").into_response(),
    }
}

// === impl Asset ===

impl Asset {
    fn new(extension: &str, kind: &'static str, bytes: &'static [u8]) -> Self {
        let hash = Sha256::digest(bytes);
        let hash: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Self { address: format!("/assets/console-{hash}.{extension}"), kind, bytes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_loaded_from_elsewhere() {
        for asset in [&STYLE, &SCRIPT] {
            let text = std::str::from_utf8(asset.bytes).unwrap();
            for sign in ["http:", "https:", "@import", "url(//", "eval(", "new Function"] {
                assert!(!text.contains(sign), "{}: {sign}", asset.address);
            }
        }
    }

    #[test]
    fn the_script_stays_small_enough_to_be_read() {
        let lines = std::str::from_utf8(SCRIPT.bytes).unwrap().lines().count();
        assert!(lines < 300, "{lines} lines");
    }

    #[tokio::test]
    async fn an_asset_is_served_under_its_hash_and_no_other() {
        let name = SCRIPT.address.rsplit('/').next().unwrap().to_owned();
        let served = serve(Path(name)).await;
        assert_eq!(served.headers()[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
        assert_eq!(
            serve(Path("console-0000000000000000.js".to_owned())).await.status(),
            StatusCode::NOT_FOUND
        );
    }
}
