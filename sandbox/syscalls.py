"""The system calls that the filter answers itself, as tables: numbers, and rules on arguments.

A call in one of the plain tables is refused whatever its arguments. A call in ``BY_ARGUMENT`` is
allowed in the forms that its rules list and in no other: what a later kernel adds to ``socket``,
``ioctl`` or ``prctl`` is refused until somebody lists it. Numbers are the kernel's
(``arch/x86/entry/syscalls/syscall_64.tbl`` and ``include/uapi/asm-generic/unistd.h``); a test
compares them with libseccomp's.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import dataclass, field

Numbers = tuple[int, int]
"""For x86_64 and for aarch64."""

ABSENT = -1

NEWEST = 469
"""``file_setattr``, Linux 6.17."""

REFUSED: Mapping[str, Numbers] = {
    # other processes' memory and descriptors
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "process_mrelease": (448, 448),
    "kcmp": (312, 272),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "get_robust_list": (274, 100),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "ioprio_set": (251, 30),
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
    "statmount": (457, 457),
    "listmount": (458, 458),
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
    "modify_ldt": (154, ABSENT),
    "uselib": (134, ABSENT),
    "sysfs": (139, ABSENT),
    "lookup_dcookie": (212, 18),
    "nfsservctl": (180, 42),
    "lsm_set_self_attr": (460, 460),
    # watching and marking files that others use
    "fanotify_init": (300, 262),
    "fanotify_mark": (301, 263),
    "inotify_init": (253, ABSENT),
    "inotify_init1": (294, 26),
    "inotify_add_watch": (254, 27),
    "file_setattr": (469, 469),
    # System V and POSIX IPC, whole: a segment is found by its number as well as by its key
    "shmget": (29, 194),
    "shmat": (30, 196),
    "shmdt": (67, 197),
    "shmctl": (31, 195),
    "semget": (64, 190),
    "semop": (65, 193),
    "semtimedop": (220, 192),
    "semctl": (66, 191),
    "msgget": (68, 186),
    "msgsnd": (69, 189),
    "msgrcv": (70, 188),
    "msgctl": (71, 187),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    "mq_timedsend": (242, 182),
    "mq_timedreceive": (243, 183),
    "mq_notify": (244, 184),
    "mq_getsetattr": (245, 185),
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
    "sync": (162, 81),
    "syncfs": (306, 267),
}
"""Answered with EPERM, for every program inside."""

UNKNOWN: Mapping[str, Numbers] = {
    # its flags are behind a pointer; the C library then takes clone, whose flags are seen
    "clone3": (435, 435),
    # memory that counts for no process: only a control group could keep it in bounds
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "io_setup": (206, 0),
    "io_submit": (209, 2),
}
"""Answered with ENOSYS, as by a kernel without them, so that programs fall back."""

NO_SHORTCUTS: Mapping[str, Numbers] = {
    "splice": (275, 76),
    "tee": (276, 77),
    "vmsplice": (278, 75),
    "sendfile": (40, 71),
}
"""Answered with EINVAL, after which every program copies by itself. A pipe holds a reference to
whole pages, up to 2 MiB for each byte in it, that no process's memory shows."""

ONLY_FORWARDER: Mapping[str, Numbers] = {
    "socketpair": (53, 199),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept": (43, 202),
    "accept4": (288, 242),
    "sendmsg": (46, 211),
    "sendmmsg": (307, 269),
    "recvmsg": (47, 212),
    "recvmmsg": (299, 243),
    "seccomp": (317, 277),
}
"""Serving, and passing descriptors in a message, where one in flight keeps a file or memory alive
that nobody can see. The messages' flags (MSG_FASTOPEN) are no concern where there are none."""

METADATA_IGNORED: Mapping[str, Numbers] = {
    "chmod": (90, ABSENT),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
}
"""Changes of mode, which Landlock does not watch: answered 'done', and not done, because every
program that writes a file sets its mode and few could go on without."""

METADATA_REFUSED: Mapping[str, Numbers] = {
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
    "utime": (132, ABSENT),
    "utimes": (235, ABSENT),
    "futimesat": (261, ABSENT),
    "utimensat": (280, 88),
}

SIGNALS: Mapping[str, Numbers] = {
    "kill": (62, 129),
    "tkill": (200, 130),
    "tgkill": (234, 131),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_send_signal": (424, 424),
}

LOCKS: Mapping[str, Numbers] = {"flock": (73, 32)}
"""Answered with ENOLCK: a lock on a file of the machine's holds up whoever else locks it."""


@dataclass(frozen=True)
class Test:
    """One argument, by index: its low 32 bits, of which ``mask`` picks some, are among ``values``.

    The low half is all that the kernel looks at in an ``int``, so the upper half can hide nothing.
    ``high`` looks at the upper half instead: for pointers.
    """

    index: int
    values: tuple[int, ...]
    mask: int = 0xFFFFFFFF
    high: bool = False


Form = tuple[Test, ...]
"""A form of a call that is allowed: all of its tests hold."""


@dataclass(frozen=True)
class Rule:
    """A call that is allowed in any of ``forms``, and otherwise answered with ``answer``."""

    call: str
    numbers: Numbers
    answer: int
    forms: tuple[Form, ...] = field(default=())


def _self(index: int) -> Form:
    """A process id that is 0: the caller itself."""
    return (Test(index, (0,)),)


_NEW_NAMESPACES = 0x7E020080
_FILES, _THREAD = 0x400, 0x10000
_MAP_TYPE, _MAP_PRIVATE, _MAP_ANONYMOUS, _MAP_HUGETLB = 0xF, 2, 0x20, 0x40000
# FIOCLEX, FIONCLEX, FIONBIO, FIONREAD, TCGETS, TCGETS2, TIOCGWINSZ
_IOCTLS = (0x5451, 0x5450, 0x5421, 0x541B, 0x5401, 0x802C542A, 0x5413)
# F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC, F_GETPIPE_SZ
_FCNTLS = (0, 1, 2, 3, 4, 1030, 1032)
# get: death signal, dumpable, keep caps, name, seccomp, bounding set, timer slack, ambient, THP...
# set: name, timer slack, no new privileges, THP disable, names of mappings
_PRCTLS = (2, 3, 7, 15, 16, 21, 23, 29, 30, 38, 39, 41, 42, 52, 0x53564D41)
_CAP_AMBIENT, _CAP_AMBIENT_IS_SET = 47, 1

BY_ARGUMENT: tuple[Rule, ...] = (
    # no namespaces; and no thread with descriptors of its own, which /proc/PID/fd does not show
    Rule(
        "clone",
        (56, 220),
        errno.EPERM,
        (
            (Test(0, (0,), _NEW_NAMESPACES | _THREAD),),
            (Test(0, (0,), _NEW_NAMESPACES), Test(0, (_FILES,), _FILES)),
        ),
    ),
    Rule("personality", (135, 92), errno.EPERM, ((Test(0, (0, 0xFFFFFFFF)),),)),
    Rule("ioctl", (16, 29), errno.ENOTTY, ((Test(1, _IOCTLS),),)),
    Rule("fcntl", (72, 25), errno.EINVAL, ((Test(1, _FCNTLS),),)),
    # A shared mapping without a file outlives what is mapped of it and is in no process's
    # resident memory once it was touched elsewhere; huge pages are not in it at all.
    Rule(
        "mmap",
        (9, 222),
        errno.EPERM,
        (
            (Test(3, (0,), _MAP_ANONYMOUS | _MAP_HUGETLB),),
            (Test(3, (_MAP_PRIVATE,), _MAP_TYPE), Test(3, (0,), _MAP_HUGETLB)),
        ),
    ),
    # calls that name a process: only the caller itself
    Rule("prlimit64", (302, 261), errno.EPERM, (_self(0),)),
    Rule("setpriority", (141, 140), errno.EPERM, ((Test(0, (0,)), Test(1, (0,))),)),
    Rule("sched_setparam", (142, 118), errno.EPERM, (_self(0),)),
    Rule("sched_setscheduler", (144, 119), errno.EPERM, (_self(0),)),
    Rule("sched_setaffinity", (203, 122), errno.EPERM, (_self(0),)),
    Rule("sched_setattr", (314, 274), errno.EPERM, (_self(0),)),
)

PRCTL = Rule(
    "prctl",
    (157, 167),
    errno.EINVAL,
    ((Test(0, _PRCTLS),), (Test(0, (_CAP_AMBIENT,)), Test(1, (_CAP_AMBIENT_IS_SET,)))),
)
"""Without PR_SET_DUMPABLE, by which a program hides from the watchdog."""

SOCKET: Numbers = (41, 198)
CONNECT: Numbers = (42, 203)

_AF_UNIX, _AF_INET, _AF_INET6, _SOCK_STREAM = 1, 2, 10, 1
_ANY_SOCKET_FLAGS = 0xFFFFFFFF & ~0x80800  # SOCK_CLOEXEC, SOCK_NONBLOCK
_TCP = (0, 6)
_STREAM = Test(1, (_SOCK_STREAM,), _ANY_SOCKET_FLAGS)

UNIX_FORM: Form = (Test(0, (_AF_UNIX,)), _STREAM, Test(2, (0,)))
TCP_FORM: Form = (Test(0, (_AF_INET, _AF_INET6)), _STREAM, Test(2, _TCP))
"""TCP and no other protocol of a stream socket: Landlock does not know MPTCP, SMC and SCTP."""

# SO_TYPE, SO_ERROR, SO_KEEPALIVE, SO_LINGER, timeouts (old and new), SO_PROTOCOL, SO_DOMAIN
_SOCKET_OPTIONS = (3, 4, 9, 13, 20, 21, 66, 67, 38, 39)
# TCP_NODELAY, TCP_MAXSEG, TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT, TCP_INFO, TCP_QUICKACK,
# TCP_USER_TIMEOUT; above all not TCP_ULP, TCP_FASTOPEN_CONNECT, TCP_REPAIR
_TCP_OPTIONS = (1, 2, 4, 5, 6, 11, 12, 18)
_OPTIONS: tuple[Form, ...] = (
    (Test(1, (1,)), Test(2, _SOCKET_OPTIONS)),
    (Test(1, (6,)), Test(2, _TCP_OPTIONS)),
)
_SEND_FLAGS = 0xC040  # MSG_DONTWAIT, MSG_NOSIGNAL, MSG_MORE

CLIENT: tuple[Rule, ...] = (
    # no MSG_FASTOPEN, and no address: a connection is made by connect and in no other way
    Rule(
        "sendto",
        (44, 206),
        errno.EPERM,
        (
            (
                Test(3, (0,), 0xFFFFFFFF & ~_SEND_FLAGS),
                Test(4, (0,)),
                Test(4, (0,), high=True),
            ),
        ),
    ),
    Rule("setsockopt", (54, 208), errno.ENOPROTOOPT, _OPTIONS),
    Rule("getsockopt", (55, 209), errno.ENOPROTOOPT, _OPTIONS),
)
