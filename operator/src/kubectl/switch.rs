//! `kubectl tollgate on` and `off`: looked at before, written under the person's own name, watched until it holds.
//!
//! - [`target`]: which flag is meant, and what is to be written; whoever keeps it in git is not fought
//! - [`write`]: the apiserver's answer to it, tried or real; what it would refuse is said by the operator's own admission
//! - [`watch`]: until every sidecar holds it

mod target;
mod watch;
mod write;

use std::{
    io::{self, IsTerminal, Write},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use clap::Args;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tollgate_crds::flag::Moment;

use self::{
    target::{Target, Wish},
    watch::Standing,
};
use super::access::Access;
use crate::cli::arguments::Output;

/// Turn a feature on in a namespace
///
/// Shows first what the change would have done over the last 24 hours, and asks; then waits until every sidecar has it.
#[derive(Debug, Args)]
pub(super) struct On {
    #[command(flatten)]
    switch: Switch,
}

/// Turn a feature off in a namespace: its calls are refused within a moment
///
/// Shows first what the change would have refused over the last 24 hours, and asks; then waits until every sidecar has it.
/// A flag is made where there is none.
#[derive(Debug, Args)]
pub(super) struct Off {
    #[command(flatten)]
    switch: Switch,
}

#[derive(Debug, Args)]
struct Switch {
    /// The feature, or the name of one of its flags
    feature: String,

    /// Why; it stands in the audit
    #[arg(long, value_name = "TEXT")]
    reason: String,

    /// For so long, such as 45m or 36h: an override beside the spec, which ends by itself and which GitOps leaves alone
    #[arg(long = "for", value_name = "TIME", conflicts_with = "until", value_parser = duration)]
    lasts: Option<SignedDuration>,

    /// The same, until a time such as 2027-01-31T12:00:00Z or 2027-01-31T12:00[Europe/Berlin]
    #[arg(long, value_name = "TIME")]
    until: Option<Moment>,

    /// The feature's ClusterFeatureFlag, for all namespaces that it selects
    #[arg(long)]
    cluster_wide: bool,

    /// Only look
    #[arg(long)]
    dry_run: bool,

    /// Do not ask
    #[arg(long, short)]
    yes: bool,

    /// How long to wait for the sidecars
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = duration)]
    wait: SignedDuration,
}

// === impl On ===

impl On {
    pub(super) async fn run(self, access: &Access, output: Output) -> Result<()> {
        self.switch.run(true, access, output).await
    }
}

// === impl Off ===

impl Off {
    pub(super) async fn run(self, access: &Access, output: Output) -> Result<()> {
        self.switch.run(false, access, output).await
    }
}

// === impl Switch ===

impl Switch {
    async fn run(self, enabled: bool, access: &Access, output: Output) -> Result<()> {
        let Self { feature, reason, lasts, until, cluster_wide, dry_run, yes, wait } = self;
        if reason.trim().is_empty() {
            bail!("--reason: say in a few words why; whoever looks at the audit will want to know");
        }
        let until = match lasts {
            Some(lasts) => Some(ending(Timestamp::now(), lasts)?),
            None => until.map(|until| to_come(Timestamp::now(), until)).transpose()?,
        };
        let cluster = access.connect().await?;
        let wish = Wish { feature, enabled, reason, until };
        let namespace = (!cluster_wide).then_some(&*cluster.namespace);
        let Some(target) = Target::find(&cluster, namespace, &wish).await? else {
            let Wish { feature, .. } = &wish;
            match output {
                Output::Text => {
                    println!("No flag is there for the feature {feature}: its calls pass as it is.")
                }
                Output::Json => {
                    println!("{}", json!({"feature": feature, "enabled": true, "applied": false}))
                }
            }
            return Ok(());
        };
        if wish.until.is_none() {
            target.ours_to_change(&wish)?;
        }
        let name = target.shown();
        let word = if enabled { "on" } else { "off" };
        let preview = write::write(&cluster, &target, &wish, write::Mode::Try).await?.said;
        if output == Output::Text {
            let ends = wish.until.as_ref().map(|until| format!(" until {until}")).unwrap_or_default();
            println!("{name}: {word}{ends}");
            preview.iter().for_each(|sentence| println!("  {sentence}"));
        }
        if dry_run {
            if output == Output::Json {
                println!(
                    "{}",
                    json!({"flag": name, "enabled": enabled, "applied": false, "preview": preview})
                );
            }
            return Ok(());
        }
        if !yes && !agreed(word)? {
            bail!("nothing was changed");
        }
        let written = write::write(&cluster, &target, &wish, write::Mode::Apply).await?;
        let patience = Duration::try_from(wait).context("--wait cannot be negative")?;
        let standing = watch::until_it_holds(&written.flag, &wish, patience).await?;
        match output {
            Output::Json => println!(
                "{}",
                json!({
                    "flag": name, "enabled": enabled, "applied": true, "preview": preview,
                    "until": wish.until.as_ref().map(ToString::to_string), "in_force": standing.holds,
                    "took_ms": u64::try_from(standing.took.as_millis()).unwrap_or(u64::MAX), "status": standing.status,
                })
            ),
            Output::Text => println!("{}", standing.sentence()),
        }
        let Standing { holds, .. } = standing;
        if !holds {
            bail!(
                "{name} is written, and does not hold everywhere: kubectl tollgate status says what is in the way"
            );
        }
        Ok(())
    }
}

/// Asked of whoever sits there; where nobody does, nobody has agreed.
fn agreed(word: &str) -> Result<bool> {
    if !io::stdin().is_terminal() {
        bail!("nobody is there to ask: say --yes, or --dry-run to look only");
    }
    eprint!("Turn it {word}? [y/N] ");
    io::stderr().flush().context("standard error")?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).context("standard input")?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn duration(text: &str) -> Result<SignedDuration, String> {
    match text.parse::<SignedDuration>() {
        Ok(duration) if duration.is_positive() => Ok(duration),
        Ok(_) | Err(_) => Err("expected a time like 45m, 2h or 36h".to_owned()),
    }
}

/// To the second: it is read by people.
fn ending(now: Timestamp, lasts: SignedDuration) -> Result<Moment> {
    let until = now.checked_add(lasts).context("--for is too long")?;
    let until = Timestamp::from_second(until.as_second()).context("--for is too long")?;
    until.to_string().parse().context("--for")
}

/// What is over holds nothing, and would be written all the same.
fn to_come(now: Timestamp, until: Moment) -> Result<Moment> {
    if until.at() <= now {
        bail!("--until: {until} is over; an override holds until a time that is to come");
    }
    Ok(until)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_override_until_what_is_over_is_refused() {
        let now = "2026-12-01T08:00:00Z".parse().unwrap();
        let until = |text: &str| to_come(now, text.parse().unwrap()).map_err(|error| error.to_string());
        assert!(until("2026-12-01T08:00:00Z").unwrap_err().contains("is over"));
        assert!(
            until("2026-12-01T09:00[Europe/Berlin]").is_err()
                && until("2026-12-01T09:01[Europe/Berlin]").is_ok()
        );
    }

    #[test]
    fn an_override_ends_at_a_whole_second() {
        let now = "2026-12-01T08:00:00.25Z".parse().unwrap();
        assert_eq!(ending(now, duration("36h").unwrap()).unwrap().to_string(), "2026-12-02T20:00:00Z");
    }

    #[test]
    fn a_time_that_is_none_is_refused_with_examples() {
        for wrong in ["0s", "-1h", "soon"] {
            assert!(duration(wrong).unwrap_err().contains("45m"), "{wrong}");
        }
    }
}
