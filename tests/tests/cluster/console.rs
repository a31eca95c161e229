//! The console as the chart installs it, through its Service.

use serde_json::{Value, json};
use tollgate_tests::harness::{
    console::Browser,
    http::{Call, Connection, Reply},
    installation, wait,
    world::chat,
};

use crate::tollgate::{Turn, shared};

/// The answer to whoever calls the Service by a name of this machine, as with `kubectl port-forward`.
fn ask(tollgate: &Turn, call: &Call) -> Reply {
    let service = installation::console(&tollgate.node).unwrap();
    let answer = tollgate.node.inside(|| {
        let mut connection = Connection::open(service)?;
        connection.write(&call.bytes("127.0.0.1:80".parse().expect("an address")))?;
        connection.reply()
    });
    answer.unwrap().unwrap()
}

#[test]
fn who_has_a_token_sees_in_the_console_what_a_pod_has_spent() {
    let tollgate = shared();
    let namespace = tollgate.labelled("console");
    namespace.pod("web", &json!({}));
    assert_eq!(namespace.call("web", &chat(json!({}), "").under("/openai")).status(), 200);
    tollgate.apply_file("people.yaml").unwrap();
    let token = tollgate.ctl(&["create", "token", "me"]);

    let stranger = ask(&tollgate, &Call::get("/"));
    assert_eq!((stranger.status(), stranger.header("location")), (303, Some("/sign-in")));
    let form = Call::new("POST", "/sign-in").header("content-type", "application/x-www-form-urlencoded");
    let form = form.header("sec-fetch-site", "same-origin").body(format!("token={token}&next=%2F"));
    let signed_in = ask(&tollgate, &form);
    assert_eq!(signed_in.status(), 303, "{}", signed_in.text());

    let browser = Browser::of(&signed_in);
    let usage = browser.get("/api/v1/usage?range=today&by=namespace&namespace=console");
    wait::eventually("the pod's call", || {
        let usage: Value = ask(&tollgate, &usage).json();
        let calls = usage["sum"]["calls"].as_u64();
        if calls == Some(1) { Ok(()) } else { Err(usage) }
    });
    let overview = ask(&tollgate, &browser.get("/")).text();
    assert!(overview.contains("default/me"), "{overview}");
}
