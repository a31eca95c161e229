//! Alerts on their way to a mail server, with what Postgres remembers of it.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use kube::{Client, Config, runtime::events::Reporter};
use serde_json::json;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};
use tollgate_operator::{
    alerting::{
        delivery::{Delivery, Standing, standing},
        receivers::{Sender, identity},
    },
    events::Events,
    index::SharedIndex,
};

use crate::support::{Database, index_of};

/// Part of a recipient's name, and what the server says of it.
type Refusal = (&'static str, &'static str);
/// For whom a mail is, and the mail.
type Taken = (Vec<String>, String);

/// Takes mails.
#[derive(Clone)]
struct MailServer {
    address: SocketAddr,
    /// For whom it takes none, and what it says.
    refuses: Arc<Mutex<Vec<Refusal>>>,
    taken: Arc<Mutex<Vec<Taken>>>,
}

/// An alert with one receiver, and who tells it.
struct Scene {
    database: Database,
    index: SharedIndex,
    receiver: String,
    delivery: Delivery,
    server: MailServer,
}

// === impl MailServer ===

impl MailServer {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = Self { address, refuses: Arc::default(), taken: Arc::default() };
        let told = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(told.clone().talk(stream));
            }
        });
        server
    }

    async fn talk(self, stream: TcpStream) {
        let mut stream = BufReader::new(stream);
        let (mut line, mut to) = (String::new(), Vec::new());
        stream.write_all(b"220 here\r\n").await.unwrap();
        while stream.read_line(&mut line).await.is_ok_and(|read| read > 0) {
            let said = std::mem::take(&mut line);
            let answer = if said.starts_with("DATA") {
                stream.write_all(b"354 go on\r\n").await.unwrap();
                let mut text = String::new();
                while !text.ends_with("\r\n.\r\n") {
                    stream.read_line(&mut text).await.unwrap();
                }
                self.taken.lock().unwrap().push((std::mem::take(&mut to), text));
                "250 taken"
            } else if let Some(recipient) = said.trim_end().strip_prefix("RCPT TO:") {
                let refuses = self.refuses.lock().unwrap();
                let refused = refuses.iter().find(|(name, _)| recipient.contains(name)).map(|(_, why)| *why);
                if refused.is_none() {
                    to.push(recipient.trim_matches(['<', '>']).to_owned());
                }
                refused.unwrap_or("250 well")
            } else {
                "250 well"
            };
            stream.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
        }
    }

    fn refuses(&self, who: &[Refusal]) {
        *self.refuses.lock().unwrap() = who.to_vec();
    }

    /// Whom each mail went to, and whether it tells of a beginning.
    fn taken(&self) -> Vec<(String, bool)> {
        let taken = self.taken.lock().unwrap();
        taken.iter().map(|(to, text)| (to.join(" "), text.contains("has reached"))).collect()
    }
}

// === impl Scene ===

impl Scene {
    async fn new(to: &[&str]) -> Self {
        let server = MailServer::start().await;
        let spec = json!({
            "window": {"calendar": "Day"}, "limit": {"metric": "Cost", "amount": "50"}, "thresholds": [{"above": "100%"}],
            "receivers": [{"email": {
                "to": to, "from": "tollgate@example.com", "server": server.address.to_string(), "tls": "None",
            }}],
        });
        let receiver = identity(&serde_json::from_value(spec["receivers"][0].clone()).unwrap());
        // Nobody listens there: mail without a login asks the apiserver for nothing.
        let client = Client::try_from(Config::new("http://127.0.0.1:9".parse().unwrap())).unwrap();
        let events = Events::new(client.clone(), Reporter::from("tollgate"));
        let allowed = vec!["127.0.0.1".parse().unwrap()];
        let sender = Sender::new(client, events, "tollgate-system".to_owned(), allowed, None);
        Self {
            database: Database::migrated().await,
            index: index_of(spec),
            receiver,
            delivery: Delivery::with(sender, "default", Duration::ZERO),
            server,
        }
    }

    /// The alert began to fire, or it is over: who is to be told.
    async fn happens(&mut self, seq: i64, state: &str) {
        let receiver = &self.receiver;
        self.database
            .run(format!(
                "with event as (
                    insert into alert_events (cluster, alert_uid, kind, namespace, name, threshold, group_key, seq, state, at,
                        window_start, window_end, metric, value, threshold_value, severity)
                    values ('default', 'uid-9', 'UsageAlert', 'shop', 'daily', '{{\"above\":\"100%\"}}', '[]', {seq}, '{state}', now(),
                        now() - interval '1 hour', now() + interval '1 hour', 'Cost', 51, 50, 'Warning') returning id)
                 insert into alert_deliveries (event, cluster, alert_uid, receiver) select id, 'default', 'uid-9', '{receiver}' from event"
            ))
            .await;
    }

    async fn round(&mut self) {
        self.delivery.round(self.database.handle().pool(), &self.index).await.unwrap();
    }

    async fn standing(&self) -> Standing {
        standing(self.database.handle().pool(), "default").await.unwrap().remove(0)
    }

    /// The pause before the next attempt is over, or has become longer.
    async fn waits(&mut self, until: &str) {
        self.database
            .run(format!("update alert_deliveries set not_before = now() + interval '{until}'"))
            .await;
    }
}

#[tokio::test]
async fn a_refused_recipient_keeps_the_mail_from_nobody_else_and_is_tried_again_alone() {
    let mut scene = Scene::new(&["ada@example.com", "gone@example.com", "bob@example.com"]).await;
    scene.server.refuses(&[("gone", "550 5.1.1 no such user")]);
    scene.happens(1, "firing").await;
    scene.round().await;
    assert_eq!(scene.server.taken(), [("ada@example.com bob@example.com".to_owned(), true)]);
    let Standing { error, delivered, .. } = scene.standing().await;
    assert_eq!(
        (error.as_deref(), delivered),
        (
            Some(
                "not taken for gone@example.com: permanent error (550): 5.1.1 no such user (the others have it)"
            ),
            false
        )
    );

    scene.waits("-1 second").await;
    scene.round().await;
    let Standing { error, attempts, .. } = scene.standing().await;
    assert!(error.is_some_and(|error| error.contains("none of the recipients: gone@example.com")));
    assert_eq!((attempts, scene.server.taken().len()), (2, 1));

    scene.server.refuses(&[]);
    scene.waits("-1 second").await;
    scene.round().await;
    scene.waits("-1 second").await;
    scene.round().await;
    assert_eq!(scene.server.taken()[1..], [("gone@example.com".to_owned(), true)]);
    let Standing { error, delivered, .. } = scene.standing().await;
    assert_eq!((error, delivered), (None, true));
}

#[tokio::test]
async fn a_beginning_that_waits_for_its_next_attempt_is_told_before_the_end_of_it() {
    let mut scene = Scene::new(&["ada@example.com"]).await;
    scene.server.refuses(&[("ada", "451 4.3.0 later")]);
    scene.happens(1, "firing").await;
    scene.round().await;
    scene.waits("10 minutes").await;
    scene.server.refuses(&[]);
    scene.happens(2, "resolved").await;
    scene.round().await;
    let told: Vec<bool> = scene.server.taken().into_iter().map(|(_, begins)| begins).collect();
    assert_eq!(told, [true, false]);
}

#[tokio::test]
async fn what_was_told_to_be_over_is_not_told_to_have_begun() {
    let mut scene = Scene::new(&["ada@example.com"]).await;
    scene.server.refuses(&[("ada", "451 4.3.0 later")]);
    scene.happens(1, "firing").await;
    scene.round().await;
    scene.happens(2, "resolved").await;
    scene
        .database
        .run("update alert_deliveries set delivered_at = now() - interval '1 hour' where error is null")
        .await;
    scene.server.refuses(&[]);
    scene.waits("-1 second").await;
    scene.round().await;
    scene.round().await;
    assert_eq!(scene.server.taken(), []);
    assert_eq!(
        scene
            .database
            .value("select count(*) from alert_deliveries where delivered_at is null and gave_up_at is null")
            .await,
        0
    );
}
