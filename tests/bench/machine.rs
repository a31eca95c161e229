//! What the kernel says of processes: CPU time and memory.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};

/// Hundredths of a second: `/proc` counts CPU time in them on every Linux of today.
pub(crate) type Ticks = u64;

/// A line of `/proc/ID/stat`, as far as it is needed.
struct Stat {
    parent: u32,
    /// Its own CPU time.
    own: Ticks,
    /// That of its children that have ended.
    children: Ticks,
}

/// CPU time of a process and all below it.
pub(crate) fn cpu(root: u32) -> Ticks {
    let all = all();
    family(&all, root).iter().filter_map(|id| all.get(id)).map(|stat| stat.own + stat.children).sum()
}

/// A process and all below it.
pub(crate) fn processes(root: u32) -> Vec<u32> {
    family(&all(), root)
}

/// CPU time of everything that runs, ended children through their parents.
pub(crate) fn cpu_of_all() -> Ticks {
    all().values().map(|stat| stat.own + stat.children).sum()
}

/// CPU time of our own children that have ended.
pub(crate) fn cpu_of_ended_children() -> Ticks {
    read(std::process::id()).map_or(0, |stat| stat.children)
}

/// Resident memory of a process and all below it.
pub(crate) fn rss_kib(root: u32) -> Result<u64> {
    let mut sum = 0;
    for id in family(&all(), root) {
        let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup"))?;
        let line =
            rollup.lines().find_map(|line| line.strip_prefix("Rss:")).context("no Rss in smaps_rollup")?;
        sum += line.trim().trim_end_matches(" kB").parse::<u64>()?;
    }
    Ok(sum)
}

fn all() -> BTreeMap<u32, Stat> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(|id| Some((id, read(id)?)))
        .collect()
}

/// `root` and its descendants.
fn family(all: &BTreeMap<u32, Stat>, root: u32) -> Vec<u32> {
    let mut family = vec![root];
    let mut next = 0;
    while next < family.len() {
        let parent = family[next];
        family.extend(all.iter().filter(|(_, stat)| stat.parent == parent).map(|(id, _)| *id));
        next += 1;
    }
    family
}

fn read(id: u32) -> Option<Stat> {
    let text = fs::read_to_string(Path::new("/proc").join(id.to_string()).join("stat")).ok()?;
    // the name, in parentheses, may hold anything
    let (_, rest) = text.rsplit_once(") ")?;
    let fields: Vec<u64> = rest.split(' ').map(|field| field.parse().unwrap_or(0)).collect();
    Some(Stat {
        parent: u32::try_from(*fields.get(1)?).ok()?,
        own: fields.get(11)? + fields.get(12)?,
        children: fields.get(13)? + fields.get(14)?,
    })
}
