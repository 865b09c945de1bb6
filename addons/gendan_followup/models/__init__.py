# the rooms, in the order of the work
from . import foundation, order, materials, production, shipping, desk
