//! Ways around the sidecar, tried by apps in pods as `docs/capture.md` lists them: what is counted, is; what is named, is.

use std::process::Command;

use serde_json::{Value, json};
use tollgate_tests::harness::wait;

use crate::tollgate::{Turn, shared};

/// A nameserver of a test's own: it knows where api.openai.com is, and asks the cluster's for everything else.
const NAMESERVER: &str = r"
import socket, struct, sys
v4, v6 = socket.inet_aton(sys.argv[1]), socket.inet_pton(socket.AF_INET6, sys.argv[2])
cluster = next(line.split()[1] for line in open('/etc/resolv.conf') if line.startswith('nameserver'))
here, there = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2))
here.bind(('0.0.0.0', 53))
there.settimeout(2)
while True:
    question, who = here.recvfrom(4096)
    labels, at = [], 12
    while question[at]:
        labels.append(question[at + 1:at + 1 + question[at]].decode().lower())
        at += 1 + question[at]
    kind, = struct.unpack_from('!H', question, at + 1)
    if labels == ['api', 'openai', 'com']:
        found = {1: v4, 28: v6}.get(kind, b'')
        answer = question[:2] + b'\x81\x80' + struct.pack('!4H', 1, bool(found), 0, 0) + question[12:at + 5]
        if found:
            answer += b'\xc0\x0c' + struct.pack('!HHIH', kind, 1, 60, len(found)) + found
    else:
        there.sendto(question, (cluster, 53))
        try:
            answer = there.recv(4096)
        except TimeoutError:
            continue
    here.sendto(answer, who)
";

/// An app that means to go around: to the provider's addresses, and to what a resolver of its own says. Keeps its connections.
const AROUND: &str = r"
import http.client, json, signal, socket, struct, sys, time
v4, v6, nameserver = sys.argv[1:]

literal = http.client.HTTPConnection(v4, 443)
body = json.dumps({'model': 'gpt-4o-mini', 'messages': [{'role': 'user', 'content': 'Say something.'}]})
literal.request('POST', '/v1/chat/completions', body, {'Host': 'api.openai.com', 'Authorization': 'Bearer sk-standin'})
answer = literal.getresponse()
answer.read()
print(answer.status, flush=True)

asking = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
name = b''.join(bytes([len(label)]) + label for label in (b'api', b'openai', b'com', b''))
asking.sendto(struct.pack('!6H', 7, 0x100, 1, 0, 0, 0) + name + struct.pack('!HH', 1, 1), (nameserver, 53))
resolved = socket.create_connection((socket.inet_ntoa(asking.recv(512)[-4:]), 443))

provider = socket.socket(socket.AF_INET6)
while provider.getsockname()[1] != 443:
    try:
        provider.bind((v6, 443))
    except OSError:
        time.sleep(0.1)
provider.listen()
by_v6 = socket.create_connection((v6, 443))
signal.pause()
";

/// TLS whose outer name is no provider's, as with an encrypted hello; and a datagram to the port of QUIC.
const UNSEEN: &str = r"
import signal, socket, ssl
quic = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
quic.connect(('api.openai.com', 443))
try:
    quic.send(b'\xc0' + bytes(1199))
    quic.settimeout(5)
    quic.recv(1)
except OSError as error:
    print(type(error).__name__, flush=True)
outer, connection = ssl.create_default_context(), socket.create_connection(('api.openai.com', 443))
try:
    outer.wrap_socket(connection, server_hostname='openai.providers.svc.cluster.local')
except OSError:
    print('passed on', flush=True)
signal.pause()
";

/// Where the provider is by v6, in a pod that is given this address.
const V6: &str = "fd00:443::1";

/// Where the provider is by v4.
fn provider(tollgate: &Turn) -> String {
    tollgate.ctl(&[
        "--namespace",
        "providers",
        "get",
        "service",
        "openai",
        "--output=jsonpath={.spec.clusterIP}",
    ])
}

fn python(tollgate: &Turn, args: &[&str]) -> Value {
    let args = [&["-c"], args].concat();
    json!([{"name": "app", "image": tollgate.images.app, "args": args}])
}

#[test]
fn by_hosts_an_address_a_resolver_of_its_own_and_v6_are_suspected() {
    let tollgate = shared();
    let v4 = provider(&tollgate);
    let outside = tollgate.plain("escapes-dns");
    let low_port = json!({"sysctls": [{"name": "net.ipv4.ip_unprivileged_port_start", "value": "0"}]});
    let containers = python(&tollgate, &[NAMESERVER, &v4, V6]);
    outside.pod("dns", &json!({"spec": {"securityContext": low_port, "containers": containers}}));
    let nameserver = outside.get("pod/dns", "{.status.podIP}");

    let namespace = tollgate.labelled("escapes-around");
    let dns = json!({"nameservers": [nameserver], "searches": ["svc.cluster.local", "cluster.local"],
        "options": [{"name": "ndots", "value": "5"}]});
    let containers = python(&tollgate, &[AROUND, &v4, V6, &nameserver]);
    namespace.pod("web", &json!({"spec": {"dnsPolicy": "None", "dnsConfig": dns, "containers": containers}}));
    let address = format!("{V6}/128");
    let add = || Command::new("ip").args(["-6", "address", "add", &address, "dev", "lo", "nodad"]).status();
    assert!(tollgate.node.inside_pod("escapes-around", "web", add).unwrap().unwrap().success());

    wait::eventually("three suspicions", || {
        let metrics = namespace.metrics("web");
        match metrics.sum("tollgate_suspected_bypass_connections_total", &[("host", "api.openai.com")]) {
            3 => Ok(()),
            other => Err(other),
        }
    });
    assert_eq!(namespace.logs("web").trim(), "200");
    assert_eq!(namespace.rows("id", 0), Vec::<String>::new(), "nobody meters what goes around");
}

#[test]
fn by_hosts_quic_finds_nobody_and_a_hidden_name_passes_and_is_counted() {
    let tollgate = shared();
    let namespace = tollgate.labelled("escapes-unseen");

    namespace.pod("web", &json!({"spec": {"containers": python(&tollgate, &[UNSEEN])}}));

    wait::eventually("both tries", || {
        let log = namespace.logs("web");
        if log.lines().eq(["ConnectionRefusedError", "passed on"]) { Ok(()) } else { Err(log) }
    });
    let labels = [("host", "other"), ("reason", "UnknownHost")];
    assert_eq!(namespace.metrics("web").sum("tollgate_uncaptured_connections_total", &labels), 1);
}

#[test]
fn a_proxy_of_the_containers_own_is_named() {
    let tollgate = shared();
    let namespace = tollgate.labelled("escapes-proxy");
    let mut manifest = tollgate.manifest(&json!({}));
    manifest["spec"]["containers"][0]["env"] =
        json!([{"name": "HTTPS_PROXY", "value": "http://proxy.example:3128"}]);

    namespace.pod("web", &manifest);

    let said = namespace.event("OwnProxy");
    assert!(said.contains("container app sets HTTPS_PROXY itself"), "{said}");
}
