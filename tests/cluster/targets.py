"""Tells Prometheus of the cluster's pods by a file: Debian's build has no discovery of Kubernetes' own.

Each second, for each port of each container (init containers, too), the labels that `kubernetes_sd_configs` with
`role: pod` would give it.
"""
import json
import os
import re
import ssl
import sys
import time
import urllib.request

ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"
PREFIX = "__meta_kubernetes_"


def pods():
    with open(f"{ACCOUNT}/token") as token:
        request = urllib.request.Request(
            "https://kubernetes.default.svc/api/v1/pods", headers={"Authorization": f"Bearer {token.read()}"}
        )
    trust = ssl.create_default_context(cafile=f"{ACCOUNT}/ca.crt")
    with urllib.request.urlopen(request, context=trust, timeout=5) as answer:
        return json.load(answer)["items"]


def targets(pod):
    metadata, spec, status = pod["metadata"], pod["spec"], pod.get("status", {})
    if "podIP" not in status:
        return
    labels = {
        "namespace": metadata["namespace"],
        "pod_name": metadata["name"],
        "pod_uid": metadata["uid"],
        "pod_ip": status["podIP"],
        "pod_phase": status.get("phase", ""),
        "pod_node_name": spec.get("nodeName", ""),
    }
    for name, value in metadata.get("labels", {}).items():
        labels["pod_label_" + re.sub(r"[^a-zA-Z0-9_]", "_", name)] = value
    containers = [(each, "false") for each in spec["containers"]]
    containers += [(each, "true") for each in spec.get("initContainers", [])]
    for container, is_init in containers:
        for port in container.get("ports", []):
            own = {
                "pod_container_name": container["name"],
                "pod_container_init": is_init,
                "pod_container_port_name": port.get("name", ""),
                "pod_container_port_number": str(port["containerPort"]),
                "pod_container_port_protocol": port.get("protocol", "TCP"),
            }
            yield {
                "targets": [f"{status['podIP']}:{port['containerPort']}"],
                "labels": {PREFIX + name: value for name, value in {**labels, **own}.items()},
            }


def main(path):
    while True:
        try:
            found = [target for pod in pods() for target in targets(pod)]
            with open(f"{path}.new", "w") as file:
                json.dump(found, file)
            os.replace(f"{path}.new", path)
        except OSError as error:
            print(f"the pods are not known just now: {error}", file=sys.stderr, flush=True)
        time.sleep(1)


main(sys.argv[1])
