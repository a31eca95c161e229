//! The apiserver away, or deaf: streams live on, and say how old their knowledge is.

use std::time::Duration;

use super::{
    replicas::Installation,
    world::{off, on},
};

/// A heartbeat that says the watch was last known to be complete at least so long ago.
fn older_than(age: Duration) -> impl FnMut(&serde_json::Value) -> bool {
    move |line| line["watchAge"].as_u64().is_some_and(|found| u128::from(found) >= age.as_millis())
}

fn fresh(line: &serde_json::Value) -> bool {
    line["watchAge"].as_u64().is_some_and(|age| age < 5_000)
}

#[tokio::test]
async fn while_the_apiserver_is_away_streams_live_on_and_say_how_old_their_knowledge_is() {
    let mut world = Installation::start(&["one"]).await;
    world.set(true).await;
    let mut stream = world.listen(0).await;
    stream.until(on("chat")).await.unwrap();

    world.plane.stop_apiserver().unwrap();
    stream.until(older_than(Duration::from_secs(5))).await.unwrap();
    // somebody who comes now is let in, too: the keys and the pods are known
    world.listen(0).await.until(on("chat")).await.unwrap();
    world.plane.start_apiserver().unwrap();
    world.set(false).await;

    stream.until(off("chat")).await.unwrap();
    stream.until(fresh).await.unwrap();
}

#[tokio::test]
async fn an_apiserver_that_hangs_shows_in_the_age_too() {
    let world = Installation::start(&["one"]).await;
    let mut stream = world.listen(0).await;
    world.plane.freeze_apiserver().unwrap();
    stream.until(older_than(Duration::from_secs(6))).await.unwrap();
    world.plane.thaw_apiserver().unwrap();
    stream.until(fresh).await.unwrap();
}
