//! What injection puts into an app's container, for SDKs that are tried without a node. `tests/tests/admission.rs` holds both equal.

/// Where a pod finds whom to trust.
pub const TRUST: &str = "/var/run/tollgate/trust";

/// Names that lead to the sidecar.
pub const HOSTS: [&str; 13] = [
    "api.openai.com",
    "us.api.openai.com",
    "eu.api.openai.com",
    "api.anthropic.com",
    "generativelanguage.googleapis.com",
    "aiplatform.googleapis.com",
    "us-central1-aiplatform.googleapis.com",
    "europe-west1-aiplatform.googleapis.com",
    "europe-west4-aiplatform.googleapis.com",
    "us-east5-aiplatform.googleapis.com",
    "api.x.ai",
    "openrouter.ai",
    "eu.openrouter.ai",
];

/// Lines of a hosts file.
pub fn aliases() -> String {
    let names = HOSTS.join(" ");
    format!("127.0.0.1 {names}\n::1 {names}\n")
}

/// The variables of a container in this way of capture.
///
/// # Panics
/// Where there is no such way.
pub fn variables(mode: &str, trust: &str) -> Vec<(&'static str, String)> {
    let bundle = format!("{trust}/bundle.pem");
    let mut java = format!(
        "-Djavax.net.ssl.trustStore={trust}/truststore.jks -Djavax.net.ssl.trustStorePassword=changeit"
    );
    if mode == "proxy" {
        java += " -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=7412 \
                 -Dhttp.nonProxyHosts=localhost|127.*|[::1]|*.svc|*.cluster.local|10.*|192.168.*";
    }
    let trusting = [
        ("SSL_CERT_FILE", bundle.clone()),
        ("REQUESTS_CA_BUNDLE", bundle.clone()),
        ("CURL_CA_BUNDLE", bundle.clone()),
        ("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", bundle),
        ("NODE_EXTRA_CA_CERTS", format!("{trust}/ca.pem")),
        ("JAVA_TOOL_OPTIONS", java),
    ];
    let plain = |(name, value): (&'static str, &str)| (name, value.to_owned());
    match mode {
        "hosts" => trusting.into(),
        "proxy" => {
            let (proxy, direct) = (
                "http://127.0.0.1:7412",
                "localhost,127.0.0.1,::1,.svc,.cluster.local,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16",
            );
            let leading = [
                ("HTTPS_PROXY", proxy),
                ("https_proxy", proxy),
                ("NO_PROXY", direct),
                ("no_proxy", direct),
                ("NODE_USE_ENV_PROXY", "1"),
            ];
            trusting.into_iter().chain(leading.map(plain)).collect()
        }
        "base-url" => [
            ("OPENAI_BASE_URL", "http://127.0.0.1:7411/openai/v1"),
            ("ANTHROPIC_BASE_URL", "http://127.0.0.1:7411/anthropic"),
            ("GOOGLE_GEMINI_BASE_URL", "http://127.0.0.1:7411/google"),
        ]
        .map(plain)
        .into(),
        other => panic!("nothing is captured by {other}"),
    }
}
