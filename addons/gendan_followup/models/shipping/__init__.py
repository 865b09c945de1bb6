"""D6, D8 and D11: shipping notice, dispatch, loading, drivers."""

from . import (
    production_notice,
    stock_move,
    stock_picking,
    stock_picking_screen,
    stock_quant,
)
