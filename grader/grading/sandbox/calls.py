"""What the kernel of the system does not do for a trainee's notebook.

Memory that belongs to no process cannot be counted, a virtual machine can be left by its own kind of network
(AF_VSOCK), and rights can be had in a new user namespace: such calls are refused.
"""

from __future__ import annotations

import errno
import platform
import struct

# Numbers of the system calls on x86_64 and on aarch64 (64-bit ARM).
_ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
_REFUSED = {
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "unshare": (272, 97),
    "setns": (308, 268),
}
_CLONE, _CLONE3, _SOCKET = (56, 220), (435, 435), (41, 198)
_NEW_NAMESPACES = 0x7E020000
_FAMILIES = (1, 2, 10)  # within the machine, IPv4, IPv6: of these it has only its own
_NETLINK, _ROUTE = (
    16,
    0,
)  # the messaging library asks the system for its interfaces; nothing else is asked this way
_X32 = 0x40000000

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _ERROR = 0x7FFF0000, 0x00050000
_NUMBER, _ARCHITECTURE, _FIRST, _THIRD = 0, 4, 16, 32  # offsets in struct seccomp_data


def supported() -> bool:
    """Return whether the numbers of this machine's system calls are known."""
    return platform.machine() in _ARCHITECTURES


def refusals() -> bytes:
    """Return the filter that bubblewrap hands to the system (``--seccomp``)."""
    architecture, column = _ARCHITECTURES[platform.machine()]
    program = [
        _step(_LOAD, _ARCHITECTURE),
        *_unless(_EQUAL, architecture, errno.ENOSYS),
        _step(_LOAD, _NUMBER),
        *_when(_AT_LEAST, _X32, errno.ENOSYS),
    ]
    for numbers in _REFUSED.values():
        program += _when(_EQUAL, numbers[column], errno.EPERM)
    # What clone3 asks for cannot be seen from here; without it the C library falls back to clone.
    program += _when(_EQUAL, _CLONE3[column], errno.ENOSYS)
    program += [_step(_EQUAL, _CLONE[column], no=4), _step(_LOAD, _FIRST)]
    program += [*_when(_ANY_BIT, _NEW_NAMESPACES, errno.EPERM), _step(_RETURN, _ALLOW)]
    program += [_step(_EQUAL, _SOCKET[column], no=len(_FAMILIES) + 5), _step(_LOAD, _FIRST)]
    program += [_step(_EQUAL, family, yes=len(_FAMILIES) + 3 - at) for at, family in enumerate(_FAMILIES)]
    program += [_step(_EQUAL, _NETLINK, no=2), _step(_LOAD, _THIRD), _step(_EQUAL, _ROUTE, yes=1)]
    program += [_step(_RETURN, _ERROR | errno.EAFNOSUPPORT), _step(_RETURN, _ALLOW)]
    return b"".join(program)


def _step(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    """Return one instruction; ``yes`` and ``no`` are how many to skip."""
    return struct.pack("=HBBI", code, yes, no, value)


def _when(test: int, value: int, error: int) -> list[bytes]:
    return [_step(test, value, no=1), _step(_RETURN, _ERROR | error)]


def _unless(test: int, value: int, error: int) -> list[bytes]:
    return [_step(test, value, yes=1), _step(_RETURN, _ERROR | error)]
