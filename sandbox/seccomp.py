"""The system calls that no media tool needs, denied: a classic-BPF program built from a table.

The kernel runs the program for every system call of every process inside. It is a list of
refusals, because a list of permissions would have to follow each release of glibc, Python, ffmpeg
and OpenCV; calls newer than ``NEWEST`` answer 'not implemented', so that no future call slips
through unseen. Numbers are the kernel's (``arch/x86/entry/syscalls/syscall_64.tbl`` and
``include/uapi/asm-generic/unistd.h``); a test compares them with libseccomp's.

The library libseccomp does the same for many more architectures, but is a system package that not
every machine has, and its Python binding is not on PyPI in a form that brings it along.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from dataclasses import dataclass

NEWEST = 469
"""``file_setattr``, Linux 6.17."""

ABSENT = -1

# name: (x86_64, aarch64)
REFUSED: dict[str, tuple[int, int]] = {
    # other processes' memory and descriptors
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    # mounts, namespaces, roots
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "open_tree_attr": (467, 467),
    "unshare": (272, 97),
    "setns": (308, 268),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    # wide doors into the kernel
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "fanotify_init": (300, 262),
    "fanotify_mark": (301, 263),
    "modify_ldt": (154, ABSENT),
    "uselib": (134, ABSENT),
    "sysfs": (139, ABSENT),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "memfd_secret": (447, 447),
    "lookup_dcookie": (212, 18),
    "nfsservctl": (180, 42),
    # the machine itself
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "adjtimex": (159, 171),
    "clock_adjtime": (305, 266),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "iopl": (172, ABSENT),
    "ioperm": (173, ABSENT),
    "syslog": (103, 116),
    "vhangup": (153, 58),
}

SYSTEM_V: dict[str, tuple[int, int]] = {
    "shmget": (29, 194),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
}
"""Shared memory and queues of the whole machine, where there is no IPC namespace."""

METADATA_IGNORED: dict[str, tuple[int, int]] = {
    "chmod": (90, ABSENT),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
}
"""Changes of mode, which Landlock does not watch: answered 'done', and not done, because every
program that writes a file sets its mode and few could go on without."""

METADATA_REFUSED: dict[str, tuple[int, int]] = {
    "chown": (92, ABSENT),
    "lchown": (94, ABSENT),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "setxattrat": (463, 463),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "removexattrat": (466, 466),
    "file_setattr": (469, 469),
    "utime": (132, ABSENT),
    "utimes": (235, ABSENT),
    "futimesat": (261, ABSENT),
    "utimensat": (280, 88),
}

SIGNALS: dict[str, tuple[int, int]] = {
    "kill": (62, 129),
    "tkill": (200, 130),
    "tgkill": (234, 131),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_send_signal": (424, 424),
}

CLONE, CLONE3, SOCKET, IOCTL, PERSONALITY = (56, 220), (435, 435), (41, 198), (16, 29), (135, 92)

_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_X32 = 0x40000000
_NEW_NAMESPACES = 0x7E020080
_AF_UNIX, _AF_INET, _AF_INET6, _SOCK_STREAM, _SOCK_TYPES = 1, 2, 10, 1, 0xF
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C

_LOAD, _AND, _RETURN = 0x20, 0x54, 0x06
_EQUAL, _GREATER, _AT_LEAST, _ANY_BIT = 0x15, 0x25, 0x35, 0x45
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCHITECTURE, _FIRST, _SECOND = 0, 4, 16, 24

_PR_SET_SECCOMP, _MODE_FILTER = 22, 2

_Instruction = tuple[int, int, int, int]


@dataclass(frozen=True)
class Rules:
    """What differs between backends and scripts.

    ``internet`` lets TCP sockets be made, ``unix`` Unix sockets as well; neither allows any other
    family or type. ``own_namespaces`` says that files, IPC and processes are the sandbox's own;
    without it, calls that Landlock does not watch are closed here. ``signals`` lets a process
    signal others: only where something else keeps those signals in.
    """

    internet: bool = False
    unix: bool = False
    own_namespaces: bool = True
    signals: bool = True


def supported(machine: str | None = None) -> bool:
    """Whether there is a table for this machine."""
    return (machine or platform.machine()) in _MACHINES


def program(rules: Rules, machine: str | None = None) -> bytes:
    """The filter as an array of ``struct sock_filter``, for bwrap or for ``prctl``.

    Raises ``ValueError`` for a machine without a table.
    """
    name = machine or platform.machine()
    if name not in _MACHINES:
        raise ValueError(f"There is no system call table for {name}; there is for x86_64, aarch64")
    column, architecture = _MACHINES[name]
    code = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        *_when(_AT_LEAST, _X32, _KILL),
        *_when(_GREATER, NEWEST, _ERRNO | errno.ENOSYS),
    ]
    for table, answer in _tables(rules):
        for numbers in table.values():
            if numbers[column] != ABSENT:
                code += _when(_EQUAL, numbers[column], answer)
    for call, block in _by_argument(rules):
        code += [(_EQUAL, 0, len(block), call[column]), *block]
    code.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in code)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def confine(filter_program: bytes) -> None:
    """Add a filter to this process and to all that will come of it; it cannot be taken off.

    Needs 'no new privileges' to be set. Raises ``OSError`` if the kernel does not accept it.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    shape = _Program(len(filter_program) // 8, filter_program)
    if libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(shape), 0, 0):
        code = ctypes.get_errno()
        raise OSError(code, f"the seccomp filter is not accepted: {os.strerror(code)}")


def _tables(rules: Rules) -> list[tuple[dict[str, tuple[int, int]], int]]:
    tables = [(REFUSED, _ERRNO | errno.EPERM), ({"clone3": CLONE3}, _ERRNO | errno.ENOSYS)]
    if not rules.own_namespaces:
        tables += [
            (SYSTEM_V, _ERRNO | errno.EACCES),
            (METADATA_IGNORED, _ERRNO),
            (METADATA_REFUSED, _ERRNO | errno.EOPNOTSUPP),
        ]
    if not rules.signals:
        tables.append((SIGNALS, _ERRNO | errno.EPERM))
    return tables


def _by_argument(rules: Rules) -> list[tuple[tuple[int, int], list[_Instruction]]]:
    """Calls that are decided by an argument; each block answers in every case."""
    return [
        (
            CLONE,
            [(_LOAD, 0, 0, _FIRST), *_when(_ANY_BIT, _NEW_NAMESPACES, _ERRNO | errno.EPERM), _YES],
        ),
        (
            IOCTL,
            [
                (_LOAD, 0, 0, _SECOND),
                *_when(_EQUAL, _TIOCSTI, _ERRNO | errno.EPERM),
                *_when(_EQUAL, _TIOCLINUX, _ERRNO | errno.EPERM),
                _YES,
            ],
        ),
        (
            PERSONALITY,
            [
                (_LOAD, 0, 0, _FIRST),
                *_when(_EQUAL, 0, _ALLOW),
                *_when(_EQUAL, 0xFFFFFFFF, _ALLOW),
                (_RETURN, 0, 0, _ERRNO | errno.EPERM),
            ],
        ),
        (SOCKET, _socket(rules)),
    ]


_YES: _Instruction = (_RETURN, 0, 0, _ALLOW)


def _socket(rules: Rules) -> list[_Instruction]:
    no: _Instruction = (_RETURN, 0, 0, _ERRNO | errno.EACCES)
    code: list[_Instruction] = [(_LOAD, 0, 0, _FIRST)]
    if rules.unix:
        code += _when(_EQUAL, _AF_UNIX, _ALLOW)
    if not rules.internet:
        return [*code, no]
    return [
        *code,
        (_EQUAL, 2, 0, _AF_INET),
        (_EQUAL, 1, 0, _AF_INET6),
        no,
        (_LOAD, 0, 0, _SECOND),
        (_AND, 0, 0, _SOCK_TYPES),
        *_when(_EQUAL, _SOCK_STREAM, _ALLOW),
        no,
    ]


def _when(test: int, value: int, answer: int) -> list[_Instruction]:
    return [(test, 0, 1, value), (_RETURN, 0, 0, answer)]
