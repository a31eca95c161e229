//! How well groups are known again while calls go on coming: exchanges on standard input, whose ids are
//! `feature/number`. Groups are looked for as an operator would; each call is recognised, or not, when it comes.
#![expect(clippy::print_stdout, reason = "its result")]

use std::collections::BTreeMap;

use tollgate_fingerprint::{FingerprintKey, KnownGroups, SketchReader};
use tollgate_meter::exchange::read_request;

fn main() {
    let key = FingerprintKey::new(&[1; 16]);
    let mut known = KnownGroups::default();
    let mut features_of: BTreeMap<_, BTreeMap<String, usize>> = BTreeMap::new();
    let (mut calls, mut recognised) = (0, 0);
    for line in std::io::stdin().lines().map_while(Result::ok) {
        let Ok(request) = read_request(&line) else { continue };
        let headers = request.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
        let mut reader = SketchReader::new(request.endpoint.template, headers);
        reader.feed(&request.body);
        let sketch = reader.sketch(&key);
        let feature = request.id.get().rsplit_once('/').map_or("", |(feature, _)| feature).to_owned();
        calls += 1;
        if let Some(group) = known.recognise(&sketch) {
            recognised += 1;
            *features_of.entry(group.id(&key)).or_default().entry(feature).or_default() += 1;
        } else {
            known.add_unknown(sketch);
            if known.is_worth_studying(false) {
                known.study();
            }
        }
    }
    let rightly: usize = features_of.values().filter_map(|features| features.values().max()).sum();
    println!("{calls} calls, {recognised} recognised, {rightly} rightly, {} groups", known.groups().len());
    for (group, features) in features_of.iter().filter(|(_, features)| features.len() > 1) {
        println!("{group}: {features:?}");
    }
}
