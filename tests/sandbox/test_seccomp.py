"""The filter is a valid program for each machine, and its numbers are the kernel's."""

import ctypes
import errno
import os
import struct
import subprocess
import sys

import pytest

from sandbox import seccomp, syscalls
from sandbox.seccomp import Rules

PLAIN = {
    **syscalls.REFUSED,
    **syscalls.UNKNOWN,
    **syscalls.NO_SHORTCUTS,
    **syscalls.ONLY_FORWARDER,
    **syscalls.METADATA_IGNORED,
    **syscalls.METADATA_REFUSED,
    **syscalls.SIGNALS,
    **syscalls.LOCKS,
}
BY_ARGUMENT = {rule.call: rule.numbers for rule in seccomp.by_argument(Rules())}
TABLES = PLAIN | BY_ARGUMENT
ARCHITECTURES = (("x86_64", 0, 0xC000003E), ("aarch64", 1, 0xC00000B7))
KILL = 0x80000000


def run(program: bytes, number: int, arch: int, *args: int) -> int:
    """What the kernel would answer: the filter, interpreted."""
    data = struct.pack("=IIQ6Q", number, arch, 0, *args, *[0] * (6 - len(args)))
    code = [struct.unpack_from("=HBBI", program, at) for at in range(0, len(program), 8)]
    at = held = 0
    while True:
        operation, true, false, value = code[at]
        at += 1
        match operation:
            case 0x20:
                held = struct.unpack_from("=I", data, value)[0]
            case 0x54:
                held &= value
            case 0x05:
                at += value
            case 0x15:
                at += true if held == value else false
            case 0x25:
                at += true if held > value else false
            case 0x35:
                at += true if held >= value else false
            case 0x06:
                return value


def answer(name: str, *args: int, rules: Rules | None = None) -> int | None:
    """The error for a call on this kind of machine, ``None`` if it is allowed."""
    action = run(seccomp.program(rules or Rules(), "x86_64"), TABLES[name][0], 0xC000003E, *args)
    return None if action == 0x7FFF0000 else action & 0xFFFF


@pytest.mark.parametrize(("machine", "column", "arch"), ARCHITECTURES)
def test_numbers_are_the_kernels(machine: str, column: int, arch: int) -> None:
    """Every number agrees with libseccomp, where that is installed and knows the call."""
    try:
        library = ctypes.CDLL("libseccomp.so.2")
    except OSError:
        pytest.skip("libseccomp is not installed")
    for name, numbers in TABLES.items():
        known = library.seccomp_syscall_resolve_name_arch(ctypes.c_uint32(arch), name.encode())
        assert known in (numbers[column], -1) or (known < 0 and numbers[column] < 0), name


@pytest.mark.parametrize(("machine", "column", "arch"), ARCHITECTURES)
def test_every_refused_call_is_refused(machine: str, column: int, arch: int) -> None:
    """Each entry of the table answers EPERM, on both kinds of machine."""
    program = seccomp.program(Rules(), machine)
    for name, numbers in syscalls.REFUSED.items():
        if numbers[column] != seccomp.ABSENT:
            assert run(program, numbers[column], arch) == 0x50000 | errno.EPERM, name


def test_foreign_calls_kill() -> None:
    """Another architecture's calls, and x32's, end the process."""
    program = seccomp.program(Rules(), "x86_64")

    assert run(program, 20, 0x40000003) == KILL
    assert run(program, 0x40000000 | 39, 0xC000003E) == KILL


def test_future_calls_do_not_exist() -> None:
    """A call that is newer than the table is answered as by an old kernel."""
    assert run(seccomp.program(Rules(), "x86_64"), 470, 0xC000003E) == 0x50000 | errno.ENOSYS


def test_ordinary_calls_are_allowed() -> None:
    """read, write, openat, execve, futex and exit_group pass."""
    program = seccomp.program(Rules(), "x86_64")

    assert all(run(program, n, 0xC000003E) == 0x7FFF0000 for n in (0, 1, 257, 59, 202, 231))


def test_threads_may_be_made_and_namespaces_not() -> None:
    """clone is decided by its flags; clone3, whose flags no filter can see, does not exist."""
    assert answer("clone", 0x3D0F00) is None
    for flag in (
        0x00020000,
        0x02000000,
        0x04000000,
        0x08000000,
        0x10000000,
        0x20000000,
        0x40000000,
    ):
        assert answer("clone", flag | 17) == errno.EPERM
    assert answer("clone3") == errno.ENOSYS


CLIENT, FORWARDER = Rules(internet=True), Rules(internet=True, forwarder=True)
STREAM = 1 | os.O_CLOEXEC | os.O_NONBLOCK
MPTCP, SCTP, SMC = 262, 132, 256


def test_sockets_follow_the_rules() -> None:
    """None, or TCP alone, or TCP and Unix; the flags in the type do not matter."""
    families = {"unix": 1, "inet": 2, "inet6": 10, "netlink": 16, "packet": 17, "vsock": 40}
    families |= {"smc": 43, "tipc": 30, "rds": 21, "alg": 38, "xdp": 44}

    allowed = {
        rules: {
            name for name, f in families.items() if answer("socket", f, STREAM, rules=rules) is None
        }
        for rules in (Rules(), CLIENT, FORWARDER)
    }

    assert allowed == {
        Rules(): set(),
        CLIENT: {"inet", "inet6"},
        FORWARDER: {"unix", "inet", "inet6"},
    }


@pytest.mark.parametrize(
    ("kind", "protocol"),
    [(1, MPTCP), (1, SCTP), (1, SMC), (1, 1), (2, 0), (3, 1), (5, 132), (6, 33), (1 | 0x4000, 0)],
)
def test_no_other_protocol_is_allowed(kind: int, protocol: int) -> None:
    """A stream socket is TCP: MPTCP and its like are outside of Landlock's rule."""
    for rules in (CLIENT, FORWARDER):
        assert answer("socket", 2, kind, protocol, rules=rules) == errno.EACCES
        assert answer("socket", 2, STREAM, 6, rules=rules) is None


def test_data_is_sent_on_connections_alone() -> None:
    """No MSG_FASTOPEN, no address, and no message that could carry a descriptor."""
    for flags in (0, 0x4000, 0x4040, 0x8000):
        assert answer("sendto", 3, 1, 1, flags, 0, 0, rules=CLIENT) is None
    for flags in (0x20000000, 0x20004000, 0x4000000, 1):
        assert answer("sendto", 3, 1, 1, flags, 0, 0, rules=CLIENT) == errno.EPERM
    for address in (0x1000, 1 << 40):
        assert answer("sendto", 3, 1, 1, 0, address, 16, rules=CLIENT) == errno.EPERM
    for name in ("sendmsg", "sendmmsg", "recvmsg", "socketpair"):
        assert answer(name, rules=CLIENT) == errno.EACCES
        assert answer(name, rules=FORWARDER) is None


def test_nobody_serves_but_the_forwarder() -> None:
    """bind, listen and accept are closed, with and without a network."""
    for name in ("bind", "listen", "accept", "accept4"):
        assert answer(name) == answer(name, rules=CLIENT) == errno.EACCES
        assert answer(name, rules=FORWARDER) is None
    assert answer("connect") == errno.EACCES
    assert answer("connect", rules=CLIENT) is None


@pytest.mark.parametrize("name", ["setsockopt", "getsockopt"])
def test_socket_options_are_listed(name: str) -> None:
    """TCP_NODELAY is; protocols on top, fast open, repair and filters are not."""
    assert answer(name, 3, 6, 1, rules=CLIENT) is None
    assert answer(name, 3, 1, 9, rules=CLIENT) is None
    for level, option in ((6, 31), (6, 30), (6, 23), (6, 19), (6, 35), (1, 26), (1, 60), (0, 20)):
        assert answer(name, 3, level, option, rules=CLIENT) == errno.ENOPROTOOPT


@pytest.mark.parametrize(
    ("name", "allowed", "refused"),
    [
        ("prlimit64", (0, 7), (4711, 7)),
        ("setpriority", (0, 0, 5), (0, 4711, 5)),
        ("setpriority", (0, 0, 5), (2, 0, 5)),
        ("sched_setscheduler", (0, 3), (4711, 3)),
        ("sched_setparam", (0,), (4711,)),
        ("sched_setaffinity", (0, 8), (4711, 8)),
        ("sched_setattr", (0,), (4711,)),
    ],
)
def test_no_other_process_is_named(
    name: str, allowed: tuple[int, ...], refused: tuple[int, ...]
) -> None:
    """What a process may do to itself it may not do to another, by whatever number."""
    assert answer(name, *allowed) is None
    assert answer(name, *refused) == errno.EPERM


def test_process_options_are_listed() -> None:
    """A name may be set; being undumpable, filters and death signals may not, but for us."""
    assert answer("prctl", 15) is None
    for option in (1, 4, 22, 35, 36, 62, 0x59616D61):
        assert answer("prctl", option) == errno.EINVAL
    assert "prctl" not in {rule.call for rule in seccomp.by_argument(FORWARDER)}


def test_shared_memory_has_a_file() -> None:
    """Private memory and shared files pass; shared memory of nobody's and huge pages do not."""
    assert answer("mmap", 0, 4096, 3, 0x22) is None
    assert answer("mmap", 0, 4096, 3, 0x20022) is None
    assert answer("mmap", 0, 4096, 3, 0x01) is None
    for flags in (0x21, 0x23, 0x28, 0x40022, 0x40001):
        assert answer("mmap", 0, 4096, 3, flags) == errno.EPERM


def test_device_commands_are_listed() -> None:
    """What files and pipes are asked; no terminal, no file attributes, no owner of signals.

    The upper half of the argument hides nothing.
    """
    assert all(answer("ioctl", 1, command) is None for command in (0x5421, 0x5451, 0x5401, 0x5413))
    for command in (0x5412, 0x5412 | 1 << 40, 0x541C, 0x40086602, 0x40049409, 0x8901, 0x5452):
        assert answer("ioctl", 1, command) == errno.ENOTTY


def test_file_commands_are_listed() -> None:
    """Descriptors are copied and their flags set; no lease, no lock, no watch, no owner."""
    assert all(answer("fcntl", 1, command) is None for command in (0, 1, 2, 3, 4, 1030))
    for command in (5, 6, 7, 8, 10, 15, 37, 1024, 1026, 1031, 1033):
        assert answer("fcntl", 1, command) == errno.EINVAL
    assert answer("flock") == errno.ENOLCK


def test_memory_without_an_owner_does_not_exist() -> None:
    """Memory files are unknown, so that programs fall back; so are pages held by a pipe."""
    assert answer("memfd_create") == answer("memfd_secret") == errno.ENOSYS
    assert answer("vmsplice") == answer("splice") == answer("tee") == errno.EINVAL


def test_asking_is_for_one_call() -> None:
    """The supervisor's filter notifies of connect and lets everything else pass."""
    program = seccomp.asking(syscalls.CONNECT, "x86_64")

    assert run(program, 42, 0xC000003E) == 0x7FC00000
    assert run(program, 41, 0xC000003E) == 0x7FFF0000


def test_landlock_gets_what_it_does_not_watch() -> None:
    """Modes, attributes, and signals where the kernel does not scope them."""
    rules = Rules(own_namespaces=False)

    assert answer("chmod", rules=rules) == 0
    assert answer("utimensat", rules=rules) == errno.EOPNOTSUPP
    assert answer("setxattr", rules=rules) == errno.EOPNOTSUPP
    assert answer("kill", rules=rules) is None
    assert answer("kill", rules=Rules(own_namespaces=False, signals=False)) == errno.EPERM
    assert all(answer(name) is None for name in ("chmod", "kill"))


def test_unknown_machine_is_refused() -> None:
    """There is no filter for a machine without a table, so nothing runs there."""
    with pytest.raises(ValueError, match="no system call table for riscv64"):
        seccomp.program(Rules(), "riscv64")
    assert not seccomp.supported("riscv64")


def test_kernel_accepts_and_applies_the_filter() -> None:
    """A child that confines itself cannot make a socket any more."""
    code = (
        "import ctypes, socket; from sandbox import seccomp; "
        "ctypes.CDLL(None).prctl(38, 1, 0, 0, 0); "
        "seccomp.confine(seccomp.program(seccomp.Rules())); socket.socket()"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.stderr.strip().endswith("PermissionError: [Errno 13] Permission denied")
