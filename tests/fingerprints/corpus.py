#!/usr/bin/env python3
"""Exchanges of apps that name no feature: `corpus.py FAMILY SEED [CALLS]` prints them as JSON lines, in any order.

Each family is written like apps of other people are: the features of one share nothing with those of another. The id
of an exchange says whose it is (`feature/number`), which nobody who groups them may look at.
"""

import json
import os
import random
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "companies"))

import company
import fresh
import held_out
import shelves
import traps
import tuning

FAMILIES = {**tuning.FAMILIES, **held_out.FAMILIES, **traps.FAMILIES, **fresh.FAMILIES, **shelves.FAMILIES}


def exchange(feature, number, r, made):
    host, method, path, head, body = made
    return {"id": f"{feature}/{number}", "time": f"2026-11-{r.randint(1, 27):02}T{r.randint(0, 23):02}:12:09Z", "host": host, "method": method,
            "path": path, "request": {"headers": head, "body": body}, "response": {"status": 200, "headers": {"content-type": "application/json"}, "body": {}}}


def main():
    family, seed = sys.argv[1], int(sys.argv[2])
    calls = int(sys.argv[3]) if len(sys.argv) > 3 else 40
    if family in company.COMPANIES:
        for made in company.exchanges(family, seed, calls):
            print(json.dumps(made, ensure_ascii=False))
        return
    out = []
    for feature, make in FAMILIES[family].items():
        r = random.Random(f"{seed}/{family}/{feature}")
        state = {}
        for number in range(max(3, int(calls * r.choice([0.2, 0.5, 1, 1, 2])))):
            out.append(json.dumps(exchange(feature, number, r, make(r, state)), ensure_ascii=r.random() < 0.5))
    random.Random(seed).shuffle(out)
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
