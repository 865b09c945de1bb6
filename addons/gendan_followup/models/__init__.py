from . import foundation, order  # the rooms, in the order of the work
