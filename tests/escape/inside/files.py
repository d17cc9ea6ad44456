"""Attempts on files: to read, change, or smuggle out what is not the script's."""

import ctypes
import os
import stat
import sys
import sysconfig
from pathlib import Path


def read_shadow(bait):
    """the password hashes of the machine"""
    return Path("/etc/shadow").read_text()[:20]


def read_other_shoot(bait):
    """the pictures of another customer's shoot"""
    return Path(bait["other_shoot"]).read_text()


def read_store(bait):
    """every artifact in the store"""
    return Path(bait["store"]).read_text()


def read_home(bait):
    """the keys and settings in the home folder of whoever runs the worker"""
    return os.listdir(bait["home"]) or None


def read_worker_environment(bait):
    """every secret of the worker"""
    return Path(f"/proc/{bait['worker']}/environ").read_bytes()[:20]


def list_repository(bait):
    """the source tree around the package, and a .env file that may be there"""
    shown = {"sandbox", "providers", "imaging", Path(sys.prefix).name}
    found = [name for name in os.listdir(bait["repository"]) if name not in shown]
    return found or None


def read_project(bait):
    """settings and keys that lie beside the interpreter, in the project or the environment"""
    packages = Path(sysconfig.get_path("purelib"))
    places = {Path(bait["repository"]), Path(sys.prefix), Path(sys.base_prefix)}
    places |= {packages.parent.parent.parent, Path(sys.executable).parent}
    read = []
    for path in (place / name for place in places for name in (".env", ".git/config", "README.md")):
        try:
            read.append((str(path), path.read_text()[:20]))
        except OSError:
            continue
    for path in (place / name for place in places for name in ("", "tests", ".ssh", "share")):
        try:
            read.append((str(path), os.listdir(path)[:3]))
        except OSError:
            continue
    known = {Path(sys.executable).parent, *_parents_of_what_is_shown(bait)}
    return [found for found in read if Path(found[0]) not in known] or None


def _parents_of_what_is_shown(bait):
    """Folders that in a mount namespace exist empty, but for the way to what is shown."""
    parts = {"bin", "lib", "lib64", "pyvenv.cfg", "sandbox", "providers", "imaging"}
    for place in (bait["repository"], sys.prefix, sys.base_prefix):
        try:
            listed = os.listdir(place)
        except OSError:
            continue
        if not set(listed) - parts - {Path(sys.prefix).name}:
            yield Path(place)


def read_mounts(bait):
    """the host's folders and the shoot's name, from the list of mounts"""
    for name in ("mountinfo", "mounts", "mountstats", "cgroup", "maps"):
        for pid in ("self", "thread-self", "1", str(os.getpid())):
            try:
                text = Path("/proc", pid, name).read_text()
            except OSError:
                continue
            if "sessions" in text or "sandbox" in text:
                return f"{pid}/{name}"
    return None


def leave_by_proc(bait):
    """the host's files, through a process's view of the root"""
    for way in ("/proc/1/root", "/proc/self/root/../..", "/proc/self/cwd/../../.."):
        path = Path(way + bait["other_shoot"])
        if os.access(path, os.R_OK):
            return path.read_text()
    return None


def leave_by_handle(bait):
    """the host's files, by a file handle instead of a name"""
    libc = ctypes.CDLL(None, use_errno=True)
    handle = ctypes.create_string_buffer(b"\x80\0\0\0" + b"\0" * 132)
    mount = ctypes.c_int()
    if libc.name_to_handle_at(-100, b"/usr", handle, ctypes.byref(mount), 0):
        return None
    folder = os.open("/usr", os.O_RDONLY)
    opened = libc.open_by_handle_at(folder, handle, os.O_RDONLY)
    return opened if opened >= 0 else None


def use_inherited_descriptors(bait):
    """whatever file or connection the worker has open"""
    extra = []
    for descriptor in range(3, 1024):
        try:
            os.fstat(descriptor)
        except OSError:
            continue
        extra.append(descriptor)
    return extra or None


def write_outside(bait):
    """a file of its own anywhere on the host, such as a cron job"""
    Path(bait["host_folder"], "planted").write_text("x")
    return "written"


def change_host_file(bait):
    """the content of a file of the worker's"""
    Path(bait["other_shoot"]).write_text("changed")
    return "changed"


def delete_host_file(bait):
    """another shoot, gone"""
    Path(bait["other_shoot"]).unlink()
    return "deleted"


def expose_host_file(bait):
    """a private file made readable for everybody"""
    Path(bait["other_shoot"]).chmod(0o777)
    Path(bait["host_folder"]).chmod(0o777)
    return None  # the host looks at the mode


def change_input(bait):
    """the reference that every later stage is made from"""
    path = Path(bait["input"])
    path.chmod(0o666)
    path.write_text("changed")
    return "changed"


def write_library(bait):
    """code in every later script, through the interpreter's own library"""
    Path(sysconfig.get_path("stdlib"), "planted.py").write_text("x")
    return "written"


def write_packages(bait):
    """code in every later script, through an installed package"""
    Path(sysconfig.get_path("purelib"), "planted.pth").write_text("x")
    return "written"


def write_scripts(bait):
    """code in every later script, through the scripts themselves"""
    Path(bait["package"], "scripts", "planted.py").write_text("x")
    return "written"


def write_bytecode(bait):
    """code in every later script, through cached bytecode"""
    Path(bait["package"], "__pycache__").mkdir(exist_ok=True)
    Path(bait["package"], "__pycache__", "planted.pyc").write_text("x")
    return "written"


def symlink_as_output(bait):
    """a file of the host's, published as the hero picture"""
    os.symlink(bait["other_shoot"], Path(bait["out"], "hero.png"))


def symlinked_folder_as_output(bait):
    """a folder of the host's, published as the frames"""
    os.symlink(bait["host_folder"], Path(bait["out"], "frames"))


def hard_link_as_output(bait):
    """an input or library file under a second name, to be changed after it was checked"""
    os.link(bait["input"], Path(bait["out"], "hero.png"))


def device_as_output(bait):
    """the disk itself, published or opened by whoever publishes"""
    os.mknod(Path(bait["out"], "hero.png"), 0o600 | stat.S_IFBLK, os.makedev(254, 0))


def pipe_as_output(bait):
    """a worker that waits for ever on what it takes for a picture"""
    os.mkfifo(Path(bait["out"], "hero.png"))


def page_as_output(bait):
    """a web page with a script in it, served from the studio's own address"""
    Path(bait["out"], "hero.png").write_text("<script>alert(1)</script>")


def _chunk(kind, body):
    import struct
    import zlib

    size, check = struct.pack(">I", len(body)), struct.pack(">I", zlib.crc32(kind + body))
    return size + kind + body + check


def page_behind_picture(bait):
    """the same, behind the end of a picture that decodes"""
    import struct
    import zlib

    page = b"<html><script>alert(1)</script></html>"
    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 4)), (b"IEND", b""))
    picture = b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)
    Path(bait["out"], "hero.png").write_bytes(picture + page)


def page_behind_photograph(bait):
    """the same, behind the end of a JPEG, a WebP and a film"""
    import subprocess

    from PIL import Image

    page = b"<html><script>alert(1)</script></html>"
    for name in ("hero.jpg", "hero.webp"):
        Image.new("RGB", (8, 8)).save(Path(bait["out"], name))
        with open(Path(bait["out"], name), "ab") as file:
            file.write(page)
    code = (
        "import cv2, numpy, sys; w = cv2.VideoWriter(sys.argv[1], "
        "cv2.VideoWriter.fourcc(*'mp4v'), 24, (64, 48)); "
        "[w.write(numpy.zeros((48, 64, 3), numpy.uint8)) for _ in range(9)]; w.release()"
    )
    subprocess.run([sys.executable, "-c", code, str(Path(bait["out"], "clip.mp4"))], check=True)
    with open(Path(bait["out"], "clip.mp4"), "ab") as file:
        file.write(page)


def bomb_as_output(bait):
    """the memory of whoever decodes the picture"""
    import struct
    import zlib

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 1_000_000)
    picture = _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
    Path(bait["out"], "hero.png").write_bytes(b"\x89PNG\r\n\x1a\n" + picture)


def replace_output_folder(bait):
    """the worker's look at the outputs, led elsewhere"""
    out = Path(bait["out"])
    out.rename(out.with_name("moved"))
    os.symlink(bait["host_folder"], out)
    return "replaced"


def set_poison(bait):
    """code in the next script of the same session, through files that Python loads by itself"""
    code = f"open({bait['out']!r} + '/poisoned', 'w').write('x')"
    home = Path(os.environ["HOME"])
    places = [home, Path("/tmp"), Path("/dev/shm"), Path(bait["out"]), Path.cwd()]
    places += [home / ".local/lib/python3.11/site-packages", Path("/var/tmp")]
    for place in places:
        for name in ("sitecustomize.py", "usercustomize.py", "json.py", "sandbox.py", ".pythonrc"):
            try:
                place.mkdir(parents=True, exist_ok=True)
                (place / name).write_text(code)
            except OSError:
                continue


def find_poison(bait):
    """what an earlier script of the session has left outside of the output folder"""
    home = Path(os.environ["HOME"])
    if Path(bait["out"], "poisoned").exists():
        return "it ran"
    left = [p for p in (home, Path("/tmp"), Path("/dev/shm")) if (p / "sitecustomize.py").exists()]
    return [str(path) for path in left] or None
