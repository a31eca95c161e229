"""What the FinOps Foundation's validator says of a FOCUS 1.2 file on stdin, as JSON: how many of its rules hold, and which do not."""

import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

# What we are: accounts and sub accounts (clusters, namespaces) have names, resources (features) have a type, usage is measured, and there are tags.
WHAT_WE_ARE = [
    "ACCOUNT_NAMING_SUPPORTED",
    "SUB_ACCOUNT_SUPPORTED",
    "RESOURCE_TYPE_ASSIGNMENT_SUPPORTED",
    "USAGE_MEASUREMENT_SUPPORTED",
    "TAGGING_SUPPORTED",
]


def said(text):
    # it looks for files of its own beside where it was started
    home = pathlib.Path(importlib.util.find_spec("focus_validator").origin).parent.parent
    with tempfile.TemporaryDirectory() as folder:
        data, report = pathlib.Path(folder, "focus.csv"), pathlib.Path(folder, "report.xml")
        data.write_bytes(text)
        run = subprocess.run(
            [sys.executable, "-c", "from focus_validator.main import main; main()", "--data-file", data]
            + ["--validate-version", "1.2", "--block-download", "--applicability-criteria", ",".join(WHAT_WE_ARE)]
            + ["--output-type", "unittest", "--output-destination", report],
            cwd=home,
            capture_output=True,
            text=True,
        )
        if not report.exists():
            sys.exit(f"the validator: {run.returncode}\n{run.stdout}\n{run.stderr}")
        return ElementTree.parse(report).getroot()


held, failed = 0, {}
for case in said(sys.stdin.buffer.read()).iter("testcase"):
    rule = case.get("name").split(" :: ")[0]
    faults = [fault.get("message") for fault in case if fault.tag in ("failure", "error")]
    if faults:
        failed[rule] = faults[0]
    elif case.find("skipped") is None:
        held += 1
print(json.dumps({"held": held, "failed": failed}))
