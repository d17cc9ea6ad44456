"""A classic-BPF program from the tables of :mod:`sandbox.syscalls`: what no media tool needs.

The kernel runs the program for every system call of every process inside. By call it is a list of
refusals, because a list of permissions would have to follow each release of glibc, Python, ffmpeg
and OpenCV; calls newer than ``NEWEST`` answer 'not implemented', so that no future call slips
through unseen. Within the calls that lead to many others (``socket``, ``ioctl``, ``fcntl``,
``prctl``) it is a list of permissions.

The library libseccomp does the same for many more architectures, but is a system package that not
every machine has, and its Python binding is not on PyPI in a form that brings it along.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sandbox import syscalls
from sandbox.syscalls import ABSENT, NEWEST, Form, Numbers, Rule

_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_X32 = 0x40000000

_LOAD, _AND, _RETURN, _JUMP = 0x20, 0x54, 0x06, 0x05
_EQUAL, _GREATER, _AT_LEAST = 0x15, 0x25, 0x35
_ALLOW, _KILL, _ERRNO, _NOTIFY = 0x7FFF0000, 0x80000000, 0x00050000, 0x7FC00000
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16

_PR_SET_SECCOMP, _MODE_FILTER = 22, 2

_Instruction = tuple[int, int, int, int]


@dataclass(frozen=True)
class Rules:
    """What differs between backends and scripts.

    ``internet`` lets TCP sockets be made and connected; no other family, type or protocol.
    ``forwarder`` adds what :mod:`sandbox.forward` needs before it confines the script further:
    Unix sockets, serving, hiding. ``own_namespaces`` says that files and processes are the
    sandbox's own; without it, calls that Landlock does not watch are closed here. ``signals`` lets
    a process signal others: only where something else keeps those signals in.
    """

    internet: bool = False
    forwarder: bool = False
    own_namespaces: bool = True
    signals: bool = True


def supported(machine: str | None = None) -> bool:
    """Whether there is a table for this machine."""
    return (machine or platform.machine()) in _MACHINES


def program(rules: Rules, machine: str | None = None) -> bytes:
    """The filter as an array of ``struct sock_filter``, for bwrap or for ``prctl``.

    Raises ``ValueError`` for a machine without a table.
    """
    column, head = _head(machine)
    code = [*head, *_when(_GREATER, NEWEST, _ERRNO | errno.ENOSYS)]
    for table, answer in _tables(rules):
        for numbers in table.values():
            if numbers[column] != ABSENT:
                code += _when(_EQUAL, numbers[column], _ERRNO | answer)
    for rule in by_argument(rules):
        block = [x for form in rule.forms for x in _form(form)]
        block.append((_RETURN, 0, 0, _ERRNO | rule.answer))
        code += [(_EQUAL, 1, 0, rule.numbers[column]), (_JUMP, 0, 0, len(block)), *block]
    code.append((_RETURN, 0, 0, _ALLOW))
    return _packed(code)


def asking(numbers: Numbers, machine: str | None = None) -> bytes:
    """A filter that has the listener of a supervisor answer one call, and allows all others."""
    column, head = _head(machine)
    return _packed([*head, *_when(_EQUAL, numbers[column], _NOTIFY), (_RETURN, 0, 0, _ALLOW)])


class Program(ctypes.Structure):
    """``struct sock_fprog``; keeps its instructions alive."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))

    @classmethod
    def of(cls, filter_program: bytes) -> Program:
        """The structure around a filter of :func:`program`."""
        return cls(len(filter_program) // 8, filter_program)


def confine(filter_program: bytes) -> None:
    """Add a filter to this process and to all that will come of it; it cannot be taken off.

    Needs 'no new privileges' to be set. Raises ``OSError`` if the kernel does not accept it.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    shape = Program.of(filter_program)
    if libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(shape), 0, 0):
        code = ctypes.get_errno()
        raise OSError(code, f"the seccomp filter is not accepted: {os.strerror(code)}")


def by_argument(rules: Rules) -> Iterator[Rule]:
    """The calls that are decided by their arguments."""
    yield from syscalls.BY_ARGUMENT
    forms: tuple[Form, ...] = (syscalls.TCP_FORM,) if rules.internet else ()
    if rules.forwarder:
        forms += (syscalls.UNIX_FORM,)
    yield Rule("socket", syscalls.SOCKET, errno.EACCES, forms)
    if not rules.forwarder:
        yield syscalls.PRCTL
        yield from syscalls.CLIENT
    if not rules.internet:
        yield Rule("connect", syscalls.CONNECT, errno.EACCES)


def _head(machine: str | None) -> tuple[int, list[_Instruction]]:
    """The table's column for the machine, and what refuses any other machine's calls."""
    name = machine or platform.machine()
    if name not in _MACHINES:
        raise ValueError(f"There is no system call table for {name}; there is for x86_64, aarch64")
    column, architecture = _MACHINES[name]
    return column, [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        *_when(_AT_LEAST, _X32, _KILL),
    ]


def _tables(rules: Rules) -> Iterator[tuple[Mapping[str, Numbers], int]]:
    yield syscalls.REFUSED, errno.EPERM
    yield syscalls.UNKNOWN, errno.ENOSYS
    yield syscalls.NO_SHORTCUTS, errno.EINVAL
    yield syscalls.LOCKS, errno.ENOLCK
    if not rules.forwarder:
        yield syscalls.ONLY_FORWARDER, errno.EACCES
    if not rules.own_namespaces:
        yield syscalls.METADATA_IGNORED, 0
        yield syscalls.METADATA_REFUSED, errno.EOPNOTSUPP
    if not rules.signals:
        yield syscalls.SIGNALS, errno.EPERM


def _form(form: Form) -> list[_Instruction]:
    """Instructions that allow the call if every test holds, and otherwise run on past the end.

    Built from the end, because a failing test jumps over all that is behind it.
    """
    code: list[_Instruction] = [(_RETURN, 0, 0, _ALLOW)]
    for test in reversed(form):
        at = _ARGUMENTS + 8 * test.index + 4 * test.high
        count = len(test.values)
        code = [
            (_LOAD, 0, 0, at),
            *([(_AND, 0, 0, test.mask)] if test.mask != 0xFFFFFFFF else []),
            *((_EQUAL, count - place, 0, value) for place, value in enumerate(test.values)),
            (_JUMP, 0, 0, len(code)),
            *code,
        ]
    return code


def _when(test: int, value: int, answer: int) -> list[_Instruction]:
    return [(test, 0, 1, value), (_RETURN, 0, 0, answer)]


def _packed(code: list[_Instruction]) -> bytes:
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in code)
