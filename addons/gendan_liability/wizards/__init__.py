from . import decide, decide_line, new, reason
