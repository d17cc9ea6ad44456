"""Attempts on the kernel: system calls and files that lead out of any sandbox."""

import ctypes
import fcntl
import os
import resource
import stat
import struct
import subprocess
import sys
from pathlib import Path

LIBC = ctypes.CDLL(None, use_errno=True)
ARM = os.uname().machine == "aarch64"


def call(number, *args):
    result = LIBC.syscall(ctypes.c_long(number), *args)
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return f"call {number} answered {result}"


def mount(bait):
    """a file system of its own over the host's folders"""
    return call(40 if ARM else 165, b"none", b"/tmp", b"tmpfs", 0, None)


def mount_by_the_new_calls(bait):
    """the same, by fsopen and open_tree"""
    try:
        return call(430, b"tmpfs", 0)
    except OSError:
        return call(428, -100, b"/", 1)


def unmount(bait):
    """the host's files underneath a mount that hides them"""
    return call(39 if ARM else 166, b"/tmp", 2)


def new_user_namespace(bait):
    """root's powers in a namespace, and the kernel's weak spots that those open"""
    return call(97 if ARM else 272, 0x10000000)


def new_namespace_by_clone(bait):
    """the same, by clone and clone3"""
    try:
        return call(220 if ARM else 56, 0x10000000 | 17, 0, 0, 0, 0)
    except OSError:
        arguments = (ctypes.c_uint64 * 8)(0x10000000, 0, 0, 0, 17, 0, 0, 0)
        return call(435, arguments, 64)


def join_namespace(bait):
    """the host's own namespaces"""
    own = os.open("/proc/1/ns/net", os.O_RDONLY)
    return call(268 if ARM else 308, own, 0)


def change_root(bait):
    """a way out of the root folder by a second one"""
    os.chroot("/tmp")
    return "changed"


def load_bpf(bait):
    """a program of its own in the kernel"""
    return call(280 if ARM else 321, 0, ctypes.create_string_buffer(72), 72)


def use_keyring(bait):
    """keys that the kernel keeps for the user"""
    return call(219 if ARM else 250, 0, -3, 1)


def use_userfaultfd(bait):
    """a favourite tool for winning races in the kernel"""
    return call(282 if ARM else 323, 0)


def use_io_uring(bait):
    """file and network calls that no filter sees"""
    return call(425, 4, ctypes.create_string_buffer(120))


def watch_the_machine(bait):
    """timings of other processes, by perf_event_open"""
    attribute = ctypes.create_string_buffer(b"\x01\0\0\0\x70\0\0\0" + b"\0" * 112)
    return call(241 if ARM else 298, attribute, 0, -1, -1, 0)


def call_another_architecture(bait):
    """the same calls under other numbers"""
    code = "import ctypes; print(ctypes.CDLL(None).syscall(ctypes.c_long(0x40000000 | 39)))"
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, check=False)
    return done.stdout if done.returncode == 0 and done.stdout.strip() != b"-1" else None


def call_the_future(bait):
    """a call that is newer than the filter"""
    try:
        call(470)
    except OSError as error:
        return None if error.errno == 38 else "the kernel was asked"
    return "answered"


def type_into_terminal(bait):
    """commands typed into the terminal of whoever started the worker"""
    for way in ("/dev/tty", "/dev/console", "/dev/pts/0", "/proc/self/fd/1"):
        try:
            with open(way, "rb+", buffering=0) as terminal:
                fcntl.ioctl(terminal, 0x5412, b"x")
        except OSError:
            continue
        return way
    return None


def crash_the_machine(bait):
    """the machine itself, by the magic key (asks for its help text only)"""
    Path("/proc/sysrq-trigger").write_text("h")
    return "pressed"


def change_kernel_settings(bait):
    """a program of its own that the kernel starts as root at the next crash"""
    path = Path("/proc/sys/kernel/core_pattern")
    path.write_text(path.read_text())
    return "written"


def write_sysfs(bait):
    """the machine's devices and control groups"""
    for path in ("/sys/kernel/mm/ksm/run", "/sys/fs/cgroup/cgroup.procs", "/sys/power/state"):
        try:
            os.close(os.open(path, os.O_WRONLY))
        except OSError:
            continue
        return path
    return None


def open_devices(bait):
    """the disks, the memory and the hypervisor"""
    names = ("mem", "kmsg", "kvm", "fuse", "vda", "sda", "nvme0n1", "vsock", "vhost-net", "loop0")
    for name in names:
        try:
            os.close(os.open(f"/dev/{name}", os.O_RDONLY))
        except OSError:
            continue
        return name
    return None


def make_device(bait):
    """the disk, by a device file of its own"""
    for folder in ("/tmp", os.environ["TMPDIR"], bait["out"]):
        path = Path(folder, "disk")
        try:
            os.mknod(path, 0o600 | stat.S_IFBLK, os.makedev(254, 0))
            os.close(os.open(path, os.O_RDONLY))
        except OSError:
            continue
        return str(path)
    return None


def share_memory(bait):
    """another program's System V memory"""
    return call(194 if ARM else 29, bait["shared_memory"], 0, 0)


def attach_memory_by_number(bait):
    """another program's System V memory, by its number instead of its key"""
    LIBC.shmat.restype = ctypes.c_void_p
    place = LIBC.shmat(bait["segment"], None, 0)
    if place in (None, ctypes.c_void_p(-1).value):
        return None
    ctypes.memset(place, 0x78, 16)
    return "attached"


def other_ipc(bait):
    """queues and semaphores of the whole machine, and memory that stays when all has ended"""
    numbers = (
        {"shmctl": 195, "msgget": 186, "msgctl": 187, "semget": 190, "semctl": 191, "mq_open": 180}
        if ARM
        else {"shmctl": 31, "msgget": 68, "msgctl": 71, "semget": 64, "semctl": 66, "mq_open": 240}
    )
    arguments = {
        "shmctl": (0, 13, ctypes.create_string_buffer(256)),
        "msgget": (0, 0o1600),
        "msgctl": (0, 12, ctypes.create_string_buffer(256)),
        "semget": (0, 1, 0o1600),
        "semctl": (0, 0, 19, ctypes.create_string_buffer(256)),
        "mq_open": (b"planted", 0o102, 0o600, None),
    }
    for name, number in numbers.items():
        try:
            call(number, *arguments[name])
        except OSError:
            continue
        return name
    return None


def hold_up_others(bait):
    """whoever opens a file of the machine's, held up by a lease, a lock or a watch on it"""
    own = os.open(os.path.join(bait["out"], "own"), os.O_RDWR | os.O_CREAT)
    lent = os.open(sys.executable, os.O_RDONLY)
    whole = b"\0" * 32
    ways = {
        "lease": lambda: fcntl.fcntl(own, fcntl.F_SETLEASE, fcntl.F_WRLCK),
        "lease on a library": lambda: fcntl.fcntl(lent, fcntl.F_SETLEASE, fcntl.F_RDLCK),
        "notice": lambda: fcntl.fcntl(os.open("/usr", os.O_RDONLY), fcntl.F_NOTIFY, 2),
        "lock": lambda: fcntl.flock(lent, fcntl.LOCK_EX | fcntl.LOCK_NB),
        "record lock": lambda: fcntl.fcntl(lent, fcntl.F_SETLK, whole),
        "owner of signals": lambda: fcntl.fcntl(own, fcntl.F_SETOWN, os.getpid()),
        "pipe": lambda: fcntl.fcntl(os.pipe()[0], 1031, 1024 * 1024),
        "inotify": lambda: call(26 if ARM else 294, 0),
    }
    return _first(ways)


def mark_files(bait):
    """a file that nobody can delete, by its attributes"""
    own = os.open(os.path.join(bait["out"], "own"), os.O_RDWR | os.O_CREAT)
    flags = ctypes.create_string_buffer(struct.pack("=I", 0x20) + b"\0" * 24)
    ways = {
        "flags": lambda: fcntl.ioctl(own, 0x40086602, flags),
        "attributes": lambda: fcntl.ioctl(own, 0x401C5820, flags),
        "clone": lambda: fcntl.ioctl(own, 0x40049409, os.open(sys.executable, os.O_RDONLY)),
        "freeze": lambda: fcntl.ioctl(own, 0xC0045877, flags),
        "the new call": lambda: call(469, own, b"", flags, 24, 0x1000),
    }
    return _first(ways)


def _first(ways):
    for name, way in ways.items():
        try:
            way()
        except OSError:
            continue
        return name
    return None


def dump_core(bait):
    """the secrets of a crashed script, in a core file"""
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (2**20, 2**20))
    except ValueError:
        return None
    return "allowed"
