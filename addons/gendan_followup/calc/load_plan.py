"""Space and weight of goods on a truck or in a container; own computation (D6.2, D8.1).

Core's batch computes sum the whole recordset for each batch, so nothing here builds on
them. Figures are decimals: a carton of 0.0406725 m³ a thousand times is 40.6725 m³.
"""

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

CUBIC = Decimal("0.0001")
KILO = Decimal("0.01")
CONTAINER_NUMBER = re.compile(r"[A-Z]{3}[UJZ][0-9]{7}")
# ISO 6346: A is 10, and 11, 22, 33 are left out
_LETTERS = dict(zip(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ", (n for n in range(10, 39) if n % 11), strict=True))


class Load(NamedTuple):
    """What a quantity takes: whole cartons, m³, gross kg."""

    cartons: int
    volume: Decimal
    weight: Decimal

    def __add__(self, other):
        return Load(*(mine + its for mine, its in zip(self, other, strict=True)))


class Box(NamedTuple):
    """Inner size in mm, door opening in mm, nominal m³ and permitted kg of a container."""

    length: int
    width: int
    height: int
    door_width: int
    door_height: int
    volume: Decimal
    payload: Decimal


NOTHING = Load(0, Decimal(0), Decimal(0))


def exact(number):
    """Return ``number`` as the decimal that a person would write.

    >>> exact(0.1)
    Decimal('0.1')
    """
    return number if isinstance(number, Decimal) else Decimal(str(number or 0))


def carton_count(packs, per_carton):
    """Return how many cartons hold ``packs``; a tail carton is a carton.

    >>> carton_count(2401, 24)
    101
    """
    if not per_carton:
        return 0
    return math.ceil(exact(packs) / exact(per_carton))


def load_of(packs, per_carton, pack_weight, carton_volume):
    """Return the :class:`Load` of ``packs``.

    A tail carton takes the room of a full one and weighs what is in it.

    >>> load_of(5760, 24, 13.672 / 24, 0.0406725)
    Load(cartons=240, volume=Decimal('9.7614'), weight=Decimal('3281.28'))
    """
    cartons = carton_count(packs, per_carton)
    weight = exact(packs) * exact(pack_weight)
    return Load(cartons, (cartons * exact(carton_volume)).quantize(CUBIC, ROUND_HALF_UP),
                weight.quantize(KILO, ROUND_HALF_UP))


def share(part, whole):
    """Return ``part / whole``, 0 when there is no whole.

    >>> round(share(Decimal("69.14"), Decimal("76.2")), 3)
    Decimal('0.907')
    """
    return exact(part) / exact(whole) if whole else Decimal(0)


def is_full(load, volume, payload, volume_share="0.85", payload_share="0.95"):
    """Whether no space is wasted: full by room *or* by weight (D6.2)."""
    return (share(load.volume, volume) >= exact(volume_share)
            or share(load.weight, payload) >= exact(payload_share))


def fits_door(sizes, box):
    """Whether a carton of three ``sizes`` (mm) passes the door in some position.

    Nobody tilts a carton: two of its sides face the door, the third goes in.

    >>> GP20 = Box(5898, 2352, 2385, 2338, 2280, Decimal("33.1"), Decimal(21700))
    >>> fits_door((425, 330, 290), GP20), fits_door((2400, 2300, 2290), GP20)
    (True, False)
    """
    if not all(sizes):
        return True
    door = sorted((box.door_width, box.door_height))
    room = (box.length, box.width, box.height)
    small, middle, large = sorted(sizes)
    return small <= door[0] and middle <= door[1] and large <= max(room)


def layer_count(sizes, box):
    """Return ``(cartons a layer, layers)`` of upright cartons, the better way round.

    An estimate by rows, for the paper beside the container: not a packing plan.

    >>> GP20 = Box(5898, 2352, 2385, 2338, 2280, Decimal("33.1"), Decimal(21700))
    >>> layer_count((425, 330, 290), GP20)
    (91, 8)
    """
    length, width, height = sizes
    if not (length and width and height):
        return 0, 0
    along = (box.length // length) * (box.width // width)
    across = (box.length // width) * (box.width // length)
    return max(along, across), box.height // height


def container_number(text):
    """Return ``text`` as container numbers are written: capitals, no spaces or dashes.

    >>> container_number(" csqu 305438-3 ")
    'CSQU3054383'
    """
    return re.sub(r"[\s\-/]", "", text or "").upper()


def has_container_form(number):
    """Whether ``number`` has the form of ISO 6346: 3 letters, U J or Z, 7 digits."""
    return bool(CONTAINER_NUMBER.fullmatch(number or ""))


def check_digit(number):
    """Return the check digit that ISO 6346 gives the first ten characters.

    >>> check_digit("CSQU305438")
    3
    """
    total = sum((_LETTERS[char] if char in _LETTERS else int(char)) * 2 ** place
                for place, char in enumerate(number[:10]))
    return total % 11 % 10


def is_container_number(number):
    """Whether form and check digit are right.

    >>> is_container_number("CSQU3054383"), is_container_number("CSQU3054384")
    (True, False)
    """
    return has_container_form(number) and check_digit(number) == int(number[10])
