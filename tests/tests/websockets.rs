//! Sessions over WebSockets, with a real client and a real server: what is said passes untouched, each answer is a row.

use std::{fs, process::Command, thread};

use serde_json::{Value, json};
use tempfile::TempDir;
use tollgate_tests::harness::{
    process::Process,
    programs, python, wait,
    world::{Setup, World},
};

const REALTIME: &str = "/v1/realtime?model=gpt-realtime";

/// The stand-in, and a sidecar before it.
struct Sessions {
    world: World,
    standin: Process,
    port: u16,
    _folder: TempDir,
}

impl Sessions {
    fn start(flags: Option<&'static str>) -> Sessions {
        let folder = tempfile::Builder::new().prefix("tollgate-test-").tempdir().expect("a folder");
        let mut command = Command::new(python::interpreter());
        command.arg(programs::root().join("tests/sdk/websocket_standin.py"));
        python::clean(&mut command);
        let standin = Process::start("websockets", &mut command, folder.path()).expect("the stand-in");
        let port: u16 = wait::eventually("the stand-in's port", || {
            let log = standin.log();
            let line = log.split_once('\n').map(|(line, _)| line.parse());
            line.and_then(Result::ok).ok_or(log)
        });
        let origin = format!("http://127.0.0.1:{port}");
        let config = json!({"upstreams": {"openai": origin, "google": origin}});
        let world = World::with(Setup { flags, config: Some(config), ..Setup::default() });
        Sessions { world, standin, port, _folder: folder }
    }

    /// A session through the sidecar: what the client says of it.
    fn through(
        &self,
        provider: &str,
        path: &str,
        messages: &Value,
        until: &str,
        env: &[(&str, &str)],
    ) -> Value {
        session(&format!("ws://{}/{provider}{path}", self.world.sidecar.base), messages, until, env)
    }

    fn realtime(&self, plays: &[&str], until: &str, env: &[(&str, &str)]) -> Value {
        self.through("openai", REALTIME, &turns(plays), until, env)
    }

    /// What the stand-in saw of each handshake.
    fn handshakes(&self) -> Vec<Value> {
        let log = self.standin.log();
        log.lines().skip(1).filter_map(|line| serde_json::from_str(line).ok()).collect()
    }
}

fn session(url: &str, messages: &Value, until: &str, env: &[(&str, &str)]) -> Value {
    let messages = messages.to_string();
    let ours = [("URL", url), ("MESSAGES", &messages), ("UNTIL", until)];
    python::run("websocket_calls.py", &[&ours, env].concat())
}

fn turns(plays: &[&str]) -> Value {
    plays.iter().map(|play| json!({"type": "response.create", "play": play})).collect()
}

#[test]
fn each_turn_of_a_realtime_session_is_a_row_with_its_own_cost() {
    let sessions = Sessions::start(None);
    sessions.realtime(&["whole", "whole"], "response.done", &[]);
    let rows = sessions.world.rows(3);
    for (row, turn) in rows.iter().zip(1..=2) {
        assert_eq!(row["outcome"], "completed", "{row:#}");
        assert_eq!(row["usage_source"], "provider", "{row:#}");
        assert_eq!(row["model"], "gpt-realtime", "{row:#}");
        assert_eq!(row["endpoint"], "/v1/realtime", "{row:#}");
        assert_eq!((&row["input_tokens"], &row["output_tokens"]), (&json!(100 * turn), &json!(10 * turn)));
        assert!(row["cost_usd"].as_str().is_some_and(|cost| cost != "0"), "{row:#}");
    }
    let whole = &rows[2];
    assert_eq!(
        (&whole["outcome"], &whole["usage_source"]),
        (&json!("completed"), &json!("none")),
        "{whole:#}"
    );
    assert_eq!((&whole["status"], &whole["tokens_used"]), (&json!(101), &json!(0)), "{whole:#}");
}

#[test]
fn what_is_said_passes_as_it_is() {
    let sessions = Sessions::start(None);
    let through = sessions.realtime(&["whole", "whole"], "response.done", &[]);
    let direct = format!("ws://127.0.0.1:{}{REALTIME}", sessions.port);
    assert!(through == session(&direct, &turns(&["whole", "whole"]), "response.done", &[]));
    let extensions: Vec<bool> =
        sessions.handshakes().iter().map(|seen| seen["extensions"].is_null()).collect();
    assert_eq!(extensions, [true, false], "coded messages are offered, and not through the sidecar");
}

#[test]
fn a_session_that_the_provider_cuts_within_an_answer_is_cut_for_the_app_and_estimated() {
    let sessions = Sessions::start(None);
    let heard = sessions.realtime(&["whole", "cut"], "response.done", &[]);
    assert_eq!(heard["broken"], true);
    let rows = sessions.world.rows(2);
    assert_eq!(rows[0]["outcome"], "completed", "{:#}", rows[0]);
    assert_eq!(rows[1]["outcome"], "provider_closed", "{:#}", rows[1]);
    assert_eq!(rows[1]["usage_source"], "estimated", "{:#}", rows[1]);
}

#[test]
fn an_app_that_vanishes_within_an_answer_leaves_an_estimate() {
    let sessions = Sessions::start(None);
    sessions.realtime(&["hang"], "delta", &[("LEAVE", "abruptly")]);
    let row = sessions.world.row();
    assert_eq!(
        (&row["outcome"], &row["usage_source"]),
        (&json!("client_closed"), &json!("estimated")),
        "{row:#}"
    );
    assert_eq!(row["model"], "gpt-realtime", "{row:#}");
}

#[test]
fn a_goodbye_within_an_answer_cuts_it_too() {
    let sessions = Sessions::start(None);
    sessions.realtime(&["hang"], "delta", &[]);
    assert_eq!(sessions.world.row()["outcome"], "client_closed");
}

#[test]
fn the_session_of_a_feature_that_is_off_is_refused_before_it_begins() {
    const OFF: &str = "apiVersion: tollgate.dev/v1alpha1\nkind: FeatureFlag\nmetadata: {name: voice}\nspec: {enabled: false}\n";
    let sessions = Sessions::start(Some(OFF));
    let headers = [("HEADERS", r#"{"x-tollgate-feature": "voice"}"#)];
    let refused = sessions.realtime(&["whole"], "response.done", &headers);
    assert_eq!(refused["status"], 403);
    let body: Value =
        serde_json::from_str(refused["body"].as_str().expect("a body")).expect("OpenAI's own shape");
    assert!(body["error"]["message"].as_str().is_some_and(|message| message.contains("voice")), "{body:#}");
    let row = sessions.world.row();
    assert_eq!((&row["outcome"], &row["model"]), (&json!("refused"), &json!("gpt-realtime")), "{row:#}");
    assert_eq!(sessions.handshakes(), Vec::<Value>::new());
}

#[test]
fn a_rule_by_model_holds_for_a_session_that_names_it_and_is_open_for_one_that_does_not() {
    const DEAR: &str = "
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: dear}
spec: {enabled: false, match: [{authority: Enforced, models: [gpt-realtime]}]}
";
    let sessions = Sessions::start(Some(DEAR));
    let heard = |path| sessions.through("openai", path, &turns(&["whole"]), "response.done", &[]);
    assert_eq!(heard("/v1/realtime?model=gpt%2Drealtime")["status"], 403);
    heard("/v1/realtime");
    let rows = sessions.world.rows(3);
    let session = rows.iter().find(|row| row["status"] == 101).expect("the session's own row");
    assert_eq!(session["metadata"]["gate"], "undetermined", "{session:#}");
}

#[test]
fn a_session_is_cut_when_its_feature_goes_off_by_a_flag_that_cuts() {
    let flag = |enabled| {
        format!(
            "apiVersion: tollgate.dev/v1alpha1\nkind: FeatureFlag\nmetadata: {{name: voice}}\n\
             spec: {{enabled: {enabled}, whenDisabled: {{message: Not now., inFlight: Cut}}}}\n"
        )
    };
    let sessions = Sessions::start(None);
    sessions.world.replace("flags.yaml", &flag(true));
    let headers = [("HEADERS", r#"{"x-tollgate-feature": "voice"}"#)];
    let heard = thread::scope(|scope| {
        let session = scope.spawn(|| sessions.realtime(&["hang"], "never", &headers));
        wait::eventually("the session", || if sessions.handshakes().is_empty() { Err(()) } else { Ok(()) });
        sessions.world.replace("flags.yaml", &flag(false));
        session.join().expect("a session")
    });
    assert_eq!(heard["goodbye"], json!({"code": 1008, "reason": "Not now."}), "{}", heard["broken"]);
    let row = sessions.world.row();
    assert_eq!(
        (&row["outcome"], &row["metadata"]["gate"]),
        (&json!("client_closed"), &json!("cut")),
        "{row:#}"
    );
}

#[test]
fn a_key_among_the_subprotocols_names_the_account_and_is_kept_nowhere() {
    let sessions = Sessions::start(None);
    let offers = [("SUBPROTOCOLS", "realtime openai-insecure-api-key.sk-secret")];
    sessions.realtime(&["whole"], "response.done", &offers);
    let rows = sessions.world.rows(2);
    assert!(rows.iter().all(|row| row["account"].is_string()), "{rows:#?}");
    assert_eq!(rows[0]["account"], rows[1]["account"]);
    let ledger = fs::read_to_string(sessions.world.ledger()).expect("the ledger");
    assert!(!ledger.contains("sk-secret") && !sessions.world.sidecar.log().contains("sk-secret"));
}

#[test]
fn each_response_over_a_websocket_is_a_row() {
    let sessions = Sessions::start(None);
    let messages = json!([{"type": "response.create", "model": "gpt-5", "input": "Hello."},
        {"type": "response.create", "model": "gpt-5-mini", "input": "Again."}]);
    sessions.through("openai", "/v1/responses", &messages, "response.completed", &[]);
    let rows = sessions.world.rows(3);
    let said: Vec<_> = rows.iter().map(|row| (row["model"].clone(), row["input_tokens"].clone())).collect();
    assert_eq!(said[..2], [(json!("gpt-5"), json!(7)), (json!("gpt-5-mini"), json!(14))]);
    assert!(rows.iter().all(|row| row["outcome"] == "completed"), "{rows:#?}");
}

#[test]
fn each_turn_of_a_gemini_live_session_is_a_row() {
    let sessions = Sessions::start(None);
    let path = "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent?key=secret";
    let messages = json!([{"setup": {"model": "models/gemini-2.5-flash-native-audio-preview-09-2025"}},
        {"clientContent": {"turns": [{"parts": [{"text": "Hello."}]}], "turnComplete": true}}]);
    sessions.through("google", path, &json!([messages[0]]), "setupComplete", &[]);
    sessions.world.rows(1);
    sessions.through("google", path, &messages, "Complete", &[]);
    let rows = sessions.world.rows(3);
    let turn = rows.iter().find(|row| row["tokens_used"] == 25).expect("the turn's row");
    assert_eq!(
        (&turn["outcome"], &turn["usage_source"]),
        (&json!("completed"), &json!("provider")),
        "{turn:#}"
    );
}

#[test]
fn a_live_session_is_metered_with_the_two_slashes_that_the_sdks_put_before_its_path() {
    let sessions = Sessions::start(None);
    let messages = json!([{"setup": {"model": "models/gemini-2.5-flash-native-audio-preview-09-2025"}},
        {"clientContent": {"turns": [{"parts": [{"text": "Hello."}]}], "turnComplete": true}}]);
    let path = "//ws/google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent";
    sessions.through("google", path, &messages, "Complete", &[]);
    let rows = sessions.world.rows(2);
    assert!(
        rows.iter().any(|row| row["tokens_used"] == 25 && row["usage_source"] == "provider"),
        "{rows:#?}"
    );
}

#[test]
fn a_session_on_a_path_that_nobody_knows_is_no_free_read() {
    let sessions = Sessions::start(None);
    sessions.through("openai", "/v1/of-tomorrow", &json!([{"setup": {"model": "m"}}]), "setupComplete", &[]);
    let row = &sessions.world.rows(1)[0];
    assert_eq!((&row["usage_source"], &row["cost_usd"]), (&json!("unknown"), &Value::Null), "{row:#}");
    assert_eq!((&row["endpoint"], &row["status"]), (&json!("other"), &json!(101)), "{row:#}");
}
