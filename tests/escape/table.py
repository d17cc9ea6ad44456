"""The attempts, and what stops each: the table behind `make escape` and docs/sandbox.md.

What an attempt would win is the docstring of its function under ``inside/``.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

INSIDE = Path(__file__).parent / "inside"


@dataclass(frozen=True)
class Attempt:
    """One program. ``by`` names what stops it with bubblewrap, ``weaker`` what does with Landlock.

    ``limits`` are the verdicts of which one has to fall; ``refused`` are outputs that must not be
    handed out; ``then`` is run after it in the same session, and is what has to be held.
    """

    name: str
    by: str
    weaker: str
    limits: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    then: str | None = None
    network: bool = False
    seconds: float = 30

    @property
    def wins(self) -> str:
        """What it would win, in one line."""
        module, function = self.name.split(".")
        tree = ast.parse((INSIDE / f"{module}.py").read_text())
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name == function:
                return " ".join((ast.get_docstring(node) or "").split())
        raise LookupError(self.name)


_MOUNT = "mount namespace: it is not there"
_FILES = "Landlock: no rule for the path"
_RO = "read-only mount"
_OUT = "outputs are looked at without following links"
_SECCOMP = "seccomp"
_PID = "PID namespace"
_IPC = "seccomp; IPC namespace"
_SCOPE = "Landlock's signal scope (or seccomp)"
_NET = "seccomp: no socket for local scripts; network namespace"
_NO_SOCKET = "seccomp: no socket for local scripts"
_PROXY = "egress proxy: exact host:443"
_CONNECTS = "the supervisor connects, to the proxy alone"
_WATCH = "watchdog on the whole tree"
_COUNT = "RLIMIT_NPROC (for root: a control group)"
_DECODER = "bounded frame decoder"
_BUDGET = "a budget for all that it says"
_MEASURED = "decoded in a sandbox before it leaves"
_NO_PROC = "Landlock: no rule for /proc"
_KILL = "KILL 5 s after TERM"


def _same(names: str, by: str, weaker: str | None = None) -> list[Attempt]:
    return [Attempt(name, by, weaker or by) for name in names.split()]


def _limit(name: str, by: str, *limits: str) -> Attempt:
    return Attempt(f"resources.{name}", by, by, limits=limits)


def _output(name: str, by: str, weaker: str, *refused: str) -> Attempt:
    return Attempt(f"files.{name}", by, weaker, refused=refused or ("hero.png",))


def _proxied(names: str, by: str, weaker: str | None = None) -> list[Attempt]:
    return [Attempt(f"network.{name}", by, weaker or by, network=True) for name in names.split()]


_FILE_ATTEMPTS = (
    *_same("files.read_shadow files.read_other_shoot files.read_store", _MOUNT, _FILES),
    *_same("files.read_home files.list_repository files.leave_by_proc", _MOUNT, _FILES),
    *_same("files.read_project", "only the interpreter's own files", _FILES),
    *_same("files.read_mounts", "no /proc", _NO_PROC),
    Attempt("files.read_worker_environment", f"no /proc; {_PID}", _NO_PROC),
    *_same("files.leave_by_handle", _SECCOMP),
    *_same("files.use_inherited_descriptors", "close-on-exec everywhere", "closed before the exec"),
    *_same("files.write_outside files.change_host_file files.delete_host_file", _MOUNT, _FILES),
    *_same("files.expose_host_file", _MOUNT, "seccomp: chmod does nothing"),
    *_same("files.change_input", _RO, f"{_FILES} to write; a copy at that"),
    *_same("files.write_library files.write_packages", _RO, _FILES),
    *_same("files.write_scripts files.write_bytecode", _RO, _FILES),
    _output("symlink_as_output", _OUT, "Landlock: no links"),
    _output("symlinked_folder_as_output", _OUT, "Landlock: no links", "frames/planted.png"),
    _output("hard_link_as_output", "another mount", "Landlock: no links"),
    _output("device_as_output", "no capabilities", "Landlock: no devices"),
    _output("pipe_as_output", _OUT, "Landlock: no pipes"),
    _output("page_as_output", _MEASURED, _MEASURED),
    _output("page_behind_picture", _MEASURED, _MEASURED),
    _output("page_behind_photograph", _MEASURED, _MEASURED, "hero.jpg", "hero.webp", "clip.mp4"),
    _output("bomb_as_output", _MEASURED, _MEASURED),
    *_same("files.replace_output_folder", "it is a mount point", _FILES),
    Attempt(
        "files.set_poison",
        "a new /tmp each time; python -P -s",
        "a new temporary folder each time; python -P -s",
        then="files.find_poison",
    ),
)

_PROCESS_ATTEMPTS = (
    *_same("processes.signal_worker processes.signal_worker_group", _PID, _SCOPE),
    *_same("processes.trace_worker processes.trace_neighbour", _SECCOMP),
    *_same("processes.read_worker_memory processes.steal_descriptor", f"{_PID}; seccomp", _SECCOMP),
    *_same("processes.starve_worker processes.slow_worker", f"{_PID}; seccomp", _SECCOMP),
    *_same("processes.look_into_worker", f"{_PID}; seccomp", _SECCOMP),
    *_same("processes.hide_from_watchdog", _SECCOMP),
    *_same("processes.see_processes", "no /proc", _NO_PROC),
    Attempt("processes.outlive", f"{_PID} ends with its first process", "supervisor is the reaper"),
    Attempt("processes.ignore_term", _KILL, _KILL, limits=("timeout",), seconds=1),
    *_same("processes.become_root", "no capabilities; no such user", "empty bounding set"),
    *_same("processes.run_setuid_program", "no new privileges; nosuid", "no new privileges"),
    *_same("processes.make_setuid_program", "no new privileges; nosuid", "no new privileges"),
    *_same("processes.keep_capabilities", "all dropped", "empty bounding set"),
    *_same("processes.read_others_secrets", "secrets by the table, not inherited"),
)

_KERNEL_ATTEMPTS = (
    *_same("kernel.mount kernel.mount_by_the_new_calls kernel.unmount", _SECCOMP),
    *_same("kernel.change_root kernel.join_namespace", _SECCOMP),
    *_same("kernel.new_user_namespace kernel.new_namespace_by_clone", _SECCOMP),
    *_same("kernel.load_bpf kernel.use_keyring kernel.use_userfaultfd", _SECCOMP),
    *_same("kernel.use_io_uring kernel.watch_the_machine", _SECCOMP),
    *_same("kernel.call_another_architecture kernel.call_the_future", _SECCOMP),
    *_same("kernel.type_into_terminal", "seccomp; a session of its own"),
    *_same("kernel.crash_the_machine", "no /proc", _FILES),
    *_same("kernel.change_kernel_settings", "no /proc", _FILES),
    *_same("kernel.write_sysfs", "no /sys", _FILES),
    *_same("kernel.open_devices kernel.make_device", "a /dev of its own, nodev", _FILES),
    *_same("kernel.share_memory kernel.attach_memory_by_number", _IPC, _SECCOMP),
    *_same("kernel.other_ipc", _IPC, _SECCOMP),
    *_same("kernel.hold_up_others kernel.mark_files", _SECCOMP),
    *_same("kernel.dump_core", "RLIMIT_CORE 1, hard"),
)

_NETWORK_ATTEMPTS = (
    *_same("network.tcp_to_host network.tcp_to_the_world network.tcp_over_ipv6", _NET, _NO_SOCKET),
    *_same("network.metadata network.udp_to_host network.ask_name_server", _NET, _NO_SOCKET),
    *_same("network.look_up_names network.listen network.listen_unbound", _NET, _NO_SOCKET),
    *_same("network.other_protocols network.pass_descriptors", _SECCOMP),
    *_same("network.raw_socket network.packet_socket network.netlink_socket", _SECCOMP),
    *_same("network.other_families network.path_socket", _SECCOMP),
    *_same("network.abstract_socket", "seccomp; network namespace", "seccomp; Landlock's scope"),
    *_proxied("other_host look_alike_host trailing_dot mixed_case user_information", _PROXY),
    *_proxied("other_port address_literals null_byte smuggled_header plain_requests", _PROXY),
    *_proxied("endless_head", "egress proxy: 8 KiB of request"),
    *_proxied("silent_connections", "egress proxy: 64 connections at once"),
    *_proxied("private_answer", "egress proxy: public addresses only"),
    *_proxied("past_the_proxy", "network namespace", _CONNECTS),
    *_proxied("same_port_elsewhere change_address_meanwhile", "network namespace", _CONNECTS),
    *_proxied("fast_open protocol_on_top", "seccomp; network namespace", _SECCOMP),
    *_proxied("other_protocols_beside_the_proxy listen_beside_the_proxy", _SECCOMP),
    *_proxied("udp_beside_the_proxy unix_beside_the_proxy", _SECCOMP),
    *_proxied("tamper_with_forwarder", "no /proc; not dumpable", _NO_PROC),
)

_RESOURCE_ATTEMPTS = (
    _limit("memory", f"RLIMIT_DATA; {_WATCH}", "held", "limit-memory"),
    _limit("memory_of_many", _WATCH, "limit-memory"),
    _limit("memory_without_owner", f"seccomp; {_WATCH}", "held", "limit-memory"),
    *_same("resources.memory_shared_with_nobody resources.memory_in_pipes", _SECCOMP),
    *_same("resources.memory_of_zeroes", "not there", _FILES),
    _limit("memory_of_tables", "RLIMIT_AS; watchdog on page tables", "held", "limit-memory"),
    _limit("memory_behind_an_ended_thread", "watchdog: unseen ends", "unwatched", "limit-memory"),
    _limit("memory_of_the_unseen", "watchdog: unseen ends", "unwatched", "limit-memory", "held"),
    _limit("unwatched", f"{_WATCH}: unseen ends", "unwatched", "limit-memory", "held"),
    _limit("unwatched_folder", "watchdog: unseen ends", "unwatched", "limit-output"),
    _limit("output_of_holes", "watchdog on lengths", "limit-output"),
    _limit("processes", f"{_COUNT}; {_WATCH}", "limit-processes"),
    _limit("threads", f"{_COUNT}; {_WATCH}", "held", "limit-processes"),
    _limit("disk", "RLIMIT_FSIZE", "held", "limit-file-size", "limit-output"),
    _limit("disk_by_many", "watchdog on the output folder", "limit-output"),
    _limit("disk_unseen", "watchdog on unlinked files", "limit-output", "limit-open-files", "held"),
    _limit("disk_unseen_in_mappings", "watchdog on mapped files", "limit-output"),
    _limit("file_names", "watchdog on the output folder", "limit-output"),
    _limit("deep_folders", "watchdog; deleting moves folders up", "limit-output"),
    Attempt(
        "resources.temporary_files",
        "tmpfs with a size",
        "watchdog; RLIMIT_FSIZE",
        limits=("held", "limit-tmp"),
    ),
    _limit("descriptors", "RLIMIT_NOFILE", "held", "limit-open-files"),
    _limit("processor", "RLIMIT_CPU", "limit-cpu"),
    _limit("processor_of_many", _WATCH, "limit-cpu"),
    *_same("resources.locked_memory resources.real_time", "rlimits; no capabilities"),
    _limit("flood", _DECODER, "protocol"),
    _limit("flood_of_events", f"{_DECODER}; a budget", "protocol", "limit-events"),
    _limit("flood_of_provenance", _BUDGET, "limit-events"),
    _limit("endless_talk", _BUDGET, "limit-events"),
    _limit("endless_line", _DECODER, "protocol"),
    _limit("flood_of_words", "the last 16 KiB are kept", "crashed"),
    _limit("broken_text", _DECODER, "protocol"),
    _limit("half_a_frame", _DECODER, "protocol"),
    _limit("deep_json", "typed events", "protocol"),
    _limit("forged_event", "typed events", "protocol"),
    Attempt("resources.loose_tongue", "redactor", "redactor", limits=("crashed",), network=True),
)

ATTEMPTS: tuple[Attempt, ...] = (
    *_FILE_ATTEMPTS,
    *_PROCESS_ATTEMPTS,
    *_KERNEL_ATTEMPTS,
    *_NETWORK_ATTEMPTS,
    *_RESOURCE_ATTEMPTS,
)
