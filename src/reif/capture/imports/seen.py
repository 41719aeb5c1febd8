"""Which addresses of a file were met before, and in which row: twelve bytes for each, whatever their length."""

from __future__ import annotations

from array import array

_SMALLEST = 1 << 12


class Seen:
    """A table of hashes with open addressing; two addresses with one hash of 64 bits do not occur."""

    def __init__(self) -> None:
        self._count = 0
        self._keys, self._rows = array("q", bytes(8 * _SMALLEST)), array("I", bytes(4 * _SMALLEST))

    def first(self, address: str, row: int) -> int:
        """The row that had this address first; this one, if none had."""
        if self._count * 3 >= len(self._keys) * 2:
            self._grow()
        return self._put(hash(address) or 1, row)

    def _put(self, key: int, row: int) -> int:
        keys, last = self._keys, len(self._keys) - 1
        spot = key & last
        while found := keys[spot]:
            if found == key:
                return self._rows[spot]
            spot = (spot + 1) & last
        keys[spot], self._rows[spot] = key, row
        self._count += 1
        return row

    def _grow(self) -> None:
        keys, rows = self._keys, self._rows
        size = 2 * len(keys)
        self._count = 0
        self._keys, self._rows = array("q", bytes(8 * size)), array("I", bytes(4 * size))
        for key, row in zip(keys, rows, strict=True):
            if key:
                self._put(key, row)
