"""Attempts on processes: to see, signal, trace or outlive them, and to become somebody else."""

import ctypes
import os
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path

LIBC = ctypes.CDLL(None, use_errno=True)
ARM = os.uname().machine == "aarch64"


def call(number, *args):
    result = LIBC.syscall(ctypes.c_long(number), *args)
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result


def signal_worker(bait):
    """the end of the worker, and of every other shoot with it"""
    os.kill(bait["canary"], 0)
    os.kill(bait["canary"], signal.SIGUSR1)
    return "signalled"


def signal_worker_group(bait):
    """the same, by the process group"""
    os.killpg(bait["canary"], signal.SIGUSR1)
    return "signalled"


def trace_worker(bait):
    """the worker's memory, with every secret in it, by ptrace"""
    call(117 if ARM else 101, 16, bait["canary"], 0, 0)
    return "attached"


def trace_neighbour(bait):
    """control over another process of the sandbox, such as the proxy's forwarder"""
    child = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(30)"])
    try:
        call(117 if ARM else 101, 16, child.pid, 0, 0)
    finally:
        child.kill()
    return "attached"


def read_worker_memory(bait):
    """the worker's memory, by process_vm_readv and /proc/PID/mem"""
    buffer = ctypes.create_string_buffer(16)
    local = struct.pack("PN", ctypes.addressof(buffer), 16)
    remote = struct.pack("PN", bait["address"], 16)
    try:
        call(270 if ARM else 310, bait["worker"], local, 1, remote, 1, 0)
    except OSError:
        with open(f"/proc/{bait['worker']}/mem", "rb") as memory:
            memory.seek(bait["address"])
            return memory.read(16)
    return buffer.raw


def steal_descriptor(bait):
    """the worker's open files and connections, by pidfd_getfd"""
    handle = os.pidfd_open(bait["worker"])
    return call(438, handle, 0, 0)


def starve_worker(bait):
    """the end of the worker, by limits on its memory, files and processor time"""
    import resource

    for pid in (bait["canary"], bait["worker"], os.getppid(), 1):
        for limit in (resource.RLIMIT_CORE, resource.RLIMIT_NICE, resource.RLIMIT_STACK):
            try:
                resource.prlimit(pid, limit, resource.prlimit(pid, limit))
            except OSError:
                continue
            return pid, limit
    return None


def slow_worker(bait):
    """the worker's share of the processors and the disk, taken away"""
    pid = bait["canary"]
    ways = {
        "priority": lambda: os.setpriority(os.PRIO_PROCESS, pid, os.getpriority(0, pid)),
        "group": lambda: os.setpriority(os.PRIO_PGRP, pid, os.getpriority(os.PRIO_PGRP, pid)),
        "user": lambda: os.setpriority(os.PRIO_USER, os.getuid(), 0),
        "affinity": lambda: os.sched_setaffinity(pid, os.sched_getaffinity(pid)),
        "policy": lambda: os.sched_setscheduler(pid, os.SCHED_BATCH, os.sched_param(0)),
        "parameters": lambda: os.sched_setparam(pid, os.sched_param(0)),
        "attributes": lambda: call(
            274 if ARM else 314, pid, struct.pack("=IIQiIQQQ", 48, 3, 0, 0, 0, 0, 0, 0), 0
        ),
        "disk": lambda: call(30 if ARM else 251, 1, pid, 2 << 13 | 7),
        "disk of the user": lambda: call(30 if ARM else 251, 3, os.getuid(), 2 << 13 | 7),
    }
    return _first(ways)


def look_into_worker(bait):
    """what the worker has in memory, where, and in common with others"""
    pid, place = bait["canary"], ctypes.create_string_buffer(64)
    ways = {
        "kcmp": lambda: call(272 if ARM else 312, os.getpid(), pid, 1, 0, 0),
        "move_pages": lambda: call(239 if ARM else 279, pid, 0, None, None, place, 0),
        "migrate_pages": lambda: call(238 if ARM else 256, pid, 1, place, place),
        "robust list": lambda: call(100 if ARM else 274, pid, place, place),
        "handle": lambda: os.pidfd_open(pid),
        "core scheduling": lambda: LIBC.prctl(62, 2, pid, 0, 0) == 0 or _no(),
    }
    return _first(ways)


def hide_from_watchdog(bait):
    """limits that nobody can keep, because a program may not be looked at"""
    return "hidden" if LIBC.prctl(4, 0, 0, 0, 0) == 0 else None


def _no():
    raise OSError("no")


def _first(ways):
    for name, way in ways.items():
        try:
            way()
        except OSError:
            continue
        return name
    return None


def see_processes(bait):
    """who else works on this machine, and with which arguments"""
    pids = [name for name in os.listdir("/proc") if name.isdigit()]
    lines = [Path("/proc", pid, "cmdline").read_bytes() for pid in pids]
    strange = [line for line in lines if b"time.sleep(3600)" in line]
    return strange or (len(pids) > 20 and len(pids)) or None


def outlive(bait):
    """a process that goes on after the script, unseen"""
    code = f"import os,time; os.setsid(); {bait['marker']!r}; time.sleep(600)"
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            quiet = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(quiet, stream)
            os.execv(sys.executable, [sys.executable, "-S", "-c", code])
        os._exit(0)
    os.wait()


def ignore_term(bait):
    """a script that cannot be cancelled"""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    code = f"import signal,time; signal.signal(15, signal.SIG_IGN); {bait['marker']!r}"
    subprocess.Popen([sys.executable, "-S", "-c", f"{code}; time.sleep(600)"])
    while True:
        time.sleep(600)


def become_root(bait):
    """root's powers, by setuid"""
    for change in (os.setuid, os.seteuid, os.setgid):
        try:
            change(0)
        except OSError:
            continue
    return capabilities()


def run_setuid_program(bait):
    """root's powers, by a setuid program of the system"""
    for program in ("/usr/bin/su", "/usr/bin/mount", "/usr/bin/passwd", "/usr/bin/sudo"):
        if Path(program).exists():
            probe = f"{program} --version > /dev/null 2>&1; true"
            subprocess.run(["/bin/sh", "-c", probe], check=False, timeout=10)
    flags = int(next(iter(_field("NoNewPrivs", "1"))))
    return None if flags == 1 else "new privileges are allowed"


def make_setuid_program(bait):
    """root's powers, by a setuid program of its own"""
    program = Path(bait["out"], "shell")
    program.write_bytes(Path("/bin/sh").read_bytes())
    program.chmod(0o4755)
    done = subprocess.run([program, "-p", "-c", "id -u"], capture_output=True, check=False)
    return done.stdout or None if os.getuid() != 0 and done.stdout.strip() == b"0" else None


def keep_capabilities(bait):
    """root's powers, left over from the worker"""
    return capabilities()


def capabilities():
    """This process's effective capabilities, ``None`` if it has none."""
    header = struct.pack("Ii", 0x20080522, 0)
    data = ctypes.create_string_buffer(24)
    call(90 if ARM else 125, header, data)
    effective = struct.unpack("6I", data.raw)[::3]
    return hex(effective[0] | effective[1] << 32) if any(effective) else None


def _field(name, missing):
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return [str(LIBC.prctl(39, 0, 0, 0, 0))]
    return [line.split()[1] for line in lines if line.startswith(name)] or [missing]


def read_others_secrets(bait):
    """a key that this script has no need of"""
    names = {"ANTHROPIC_API_KEY", "FAL_KEY", "KLING_ACCESS_KEY", "KLING_SECRET_KEY"}
    here = {name: value for name, value in os.environ.items() if name in names}
    return here or next((v for v in os.environ.values() if bait["secret"] in v), None)
