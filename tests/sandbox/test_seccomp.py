"""The filter is a valid program for each machine, and its numbers are the kernel's."""

import ctypes
import errno
import os
import struct
import subprocess
import sys

import pytest

from sandbox import seccomp
from sandbox.seccomp import Rules

TABLES = {
    **seccomp.REFUSED,
    **seccomp.SYSTEM_V,
    **seccomp.METADATA_IGNORED,
    **seccomp.METADATA_REFUSED,
    **seccomp.SIGNALS,
    "clone": seccomp.CLONE,
    "clone3": seccomp.CLONE3,
    "socket": seccomp.SOCKET,
    "ioctl": seccomp.IOCTL,
    "personality": seccomp.PERSONALITY,
}
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
            case 0x15:
                at += true if held == value else false
            case 0x25:
                at += true if held > value else false
            case 0x35:
                at += true if held >= value else false
            case 0x45:
                at += true if held & value else false
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
    for name, numbers in seccomp.REFUSED.items():
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


def test_sockets_follow_the_rules() -> None:
    """None, or TCP alone, or TCP and Unix; the flags in the type do not matter."""
    internet, both = Rules(internet=True), Rules(internet=True, unix=True)
    stream = 1 | os.O_CLOEXEC | os.O_NONBLOCK
    families = {"unix": 1, "inet": 2, "inet6": 10, "netlink": 16, "packet": 17, "vsock": 40}

    allowed = {
        rules: {
            name for name, f in families.items() if answer("socket", f, stream, rules=rules) is None
        }
        for rules in (Rules(), internet, both)
    }

    assert allowed == {Rules(): set(), internet: {"inet", "inet6"}, both: {"unix", "inet", "inet6"}}
    assert answer("socket", 2, 2, rules=both) == errno.EACCES
    assert answer("socket", 2, 3, rules=both) == errno.EACCES


def test_terminal_injection_is_refused() -> None:
    """TIOCSTI and TIOCLINUX are; the upper half of the argument hides nothing."""
    assert answer("ioctl", 1, 0x5412) == errno.EPERM
    assert answer("ioctl", 1, 0x5412 | 1 << 40) == errno.EPERM
    assert answer("ioctl", 1, 0x541C) == errno.EPERM
    assert answer("ioctl", 1, 0x5413) is None


def test_landlock_gets_what_it_does_not_watch() -> None:
    """Modes, attributes, shared memory, and signals where the kernel does not scope them."""
    rules = Rules(own_namespaces=False)

    assert answer("chmod", rules=rules) == 0
    assert answer("utimensat", rules=rules) == errno.EOPNOTSUPP
    assert answer("setxattr", rules=rules) == errno.EOPNOTSUPP
    assert answer("shmget", rules=rules) == errno.EACCES
    assert answer("kill", rules=rules) is None
    assert answer("kill", rules=Rules(own_namespaces=False, signals=False)) == errno.EPERM
    assert all(answer(name) is None for name in ("chmod", "shmget", "kill"))


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
