from . import quality_head
