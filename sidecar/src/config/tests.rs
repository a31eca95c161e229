use super::*;

fn parse(text: &str) -> Result<Config, String> {
    let document: Document = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
    Config::check(document, |_| None).map_err(|error| error.to_string())
}

fn refusal(text: &str) -> String {
    parse(text).expect_err("the configuration should be refused")
}

const WHOLE: &str = r#"
listen: {baseUrl: 127.0.0.1:7411, proxy: 127.0.0.1:7412, admin: 127.0.0.1:7419}
upstreams: {openai: "http://127.0.0.1:18080"}
workload: {namespace: shop, name: web, pod: web-0, feature: chat}
flags: flags.yaml
prices: prices.yaml
spool: /var/lib/tollgate
ledger: {file: usage.jsonl}
"#;

#[test]
fn the_whole_example_of_the_documentation_is_read() {
    let config = parse(WHOLE).unwrap();
    assert_eq!(config.listen.base_url.port(), 7411);
    assert_eq!(config.origins.of(Provider::OpenAi).to_string(), "http://127.0.0.1:18080");
    assert_eq!(config.origins.of(Provider::Anthropic).to_string(), "https://api.anthropic.com");
    assert_eq!(config.workload.feature.as_deref(), Some("chat"));
    assert_eq!(config.ledger, LedgerConfig::File("usage.jsonl".into()));
}

#[test]
fn only_the_base_url_port_is_required() {
    let config = parse("listen: {baseUrl: 127.0.0.1:0}").unwrap();
    assert_eq!(config.ledger, LedgerConfig::None);
    assert!(config.listen.admin.is_none() && config.flags.is_none() && config.enabled);
    assert!(config.attribution.baggage && config.attribution.users == Users::Plain);
}

#[test]
fn json_is_yaml() {
    assert!(parse(r#"{"listen": {"baseUrl": "127.0.0.1:0"}, "ledger": "none"}"#).is_ok());
}

#[test]
fn a_misspelt_key_is_named() {
    assert!(refusal("listen: {baseUrl: 127.0.0.1:0}\nleger: none").contains("leger"));
}

#[test]
fn an_unknown_provider_is_named_beside_the_known_ones() {
    assert_eq!(
        refusal("listen: {baseUrl: 127.0.0.1:0}\nupstreams: {opnai: 'http://x'}"),
        "upstreams.opnai: there is no such provider; write one of openai, anthropic, google, xai, openrouter"
    );
}

#[test]
fn an_upstream_that_is_no_address_says_what_to_write() {
    for url in ["localhost:8080", "ftp://x", "http://user@x", "http://x?y=1"] {
        let said = refusal(&format!("listen: {{baseUrl: 127.0.0.1:0}}\nupstreams: {{openai: '{url}'}}"));
        assert!(said.starts_with("upstreams.openai: "), "{said}");
    }
}

#[test]
fn a_ledger_of_two_kinds_is_refused() {
    let said = refusal("listen: {baseUrl: 127.0.0.1:0}\nledger: {file: a, postgres: b}");
    assert!(said.contains("exactly one of"), "{said}");
}

#[test]
fn the_token_may_come_from_the_environment() {
    let document: Document =
        serde_yaml::from_str("listen: {baseUrl: 127.0.0.1:0}\nledger: {postgres: 'postgres://db/x'}")
            .unwrap();
    let config =
        Config::check(document, |name| (name == "TOLLGATE_LEDGER_TOKEN").then(|| "t0k\n".to_owned()))
            .unwrap();
    assert_eq!(
        config.ledger,
        LedgerConfig::Postgres { url: "postgres://db/x".into(), token: Some("t0k".into()) }
    );
}

#[test]
fn the_printed_configuration_holds_no_secret() {
    let ledger = LedgerConfig::Postgres {
        url: "postgres://tollgate:s3cret@db:5432/x?sslpassword=s3cret".into(),
        token: Some("s3cret".into()),
    };
    assert_eq!(format!("{ledger:?}"), "postgres db:5432/x (token given)");
}

#[test]
fn a_gateways_path_goes_in_front_without_its_last_slash() {
    let origin: Origin = "https://gateway.example:8443/ai/".parse().unwrap();
    assert_eq!(origin.to_string(), "https://gateway.example:8443/ai");
    assert_eq!(origin.host_header, "gateway.example:8443");
}

#[test]
fn the_switch_is_true_or_false_and_nothing_else() {
    assert!(!enabled(Some("false".into())).unwrap());
    assert!(enabled(None).unwrap());
    assert!(enabled(Some("nope".into())).is_err());
}
