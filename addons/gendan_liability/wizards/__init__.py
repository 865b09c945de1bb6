from . import decide, decide_line, reason
