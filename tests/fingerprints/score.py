#!/usr/bin/env python3
"""How well lines of `{id, fingerprint}` say whose calls they are: ids are `feature/number`. `-v` says where not."""

import collections
import json
import statistics
import sys

groups = collections.defaultdict(collections.Counter)
features = collections.defaultdict(collections.Counter)
for line in sys.stdin:
    row = json.loads(line)
    feature = row["id"].rsplit("/", 1)[0]
    groups[row["fingerprint"]][feature] += 1
    features[feature][row["fingerprint"]] += 1

calls = sum(sum(group.values()) for group in groups.values())
pure = sum(sum(group.values()) for group in groups.values() if len(group) == 1)
needed = {}
for feature, counter in features.items():
    left, count = 0.9 * sum(counter.values()), 0
    for _, size in counter.most_common():
        if left <= 0:
            break
        left -= size
        count += 1
    needed[feature] = count
print(json.dumps({"calls": calls, "features": len(features), "groups": len(groups), "pure_pct": round(100 * pure / calls, 2),
                  "groups_for_90_pct_median": statistics.median(needed.values()), "groups_for_90_pct_worst": max(needed.values())}))
if "-v" in sys.argv:
    for fingerprint, group in sorted(groups.items(), key=lambda item: -sum(item[1].values())):
        if len(group) > 1:
            print("mixed", fingerprint, dict(group))
    for feature, count in needed.items():
        if count > 2:
            print("split", feature, count, features[feature].most_common(8))
