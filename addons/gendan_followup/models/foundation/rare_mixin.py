from itertools import islice

from odoo import api, models

# on the cursor, out of any caller's reach, and gone with the transaction
MEMORY = "gendan_followup.rare"
AT_ONCE = 1000


class RareMixin(models.AbstractModel):
    """Something that few products or locations have, and core looks for at every stock move.

    Kits, reordering rules and push rules are asked for move by move, several times within one
    step, while a factory has hardly any. A transaction sees one snapshot (REPEATABLE READ), so
    what a product or a location has not is asked once and remembered until it ends.
    """

    _name = "gendan.rare.mixin"
    _description = "Rare beside a product or a location"

    @api.model
    def _ids_with(self, owner_ids):
        """Return the ids of those owners that have one, active or not, of any company."""
        raise NotImplementedError

    @api.model
    def _may_have(self, owners):
        """Return those products or locations that may have one: the others have none."""
        memory = self.env.cr.cache.setdefault(MEMORY, {}).setdefault(self._name, {})
        if memory is None:
            return owners
        if any(id_ not in memory for id_ in owners.ids):
            # core asks one by one: the others of the same moves are asked about with it
            unknown = {id_ for id_ in (*owners.ids, *islice(owners._prefetch_ids, AT_ONCE))
                       if id_ and id_ not in memory}
            having = self._ids_with(unknown)
            memory.update((id_, id_ in having) for id_ in unknown)
        # one that is not saved yet has no id to be known by
        return owners.filtered(lambda owner: memory.get(owner.id, True))

    def _forget(self):
        """Ask again: a row came in this transaction."""
        memory = self.env.cr.cache.setdefault(MEMORY, {})
        if memory.get(self._name) is not None:
            memory[self._name] = {}

    def _forget_for_good(self):
        """Remember nothing in this transaction: a row goes, and a savepoint may bring it back."""
        self.env.cr.cache.setdefault(MEMORY, {})[self._name] = None

    @api.model_create_multi
    def create(self, vals_list):
        """A new row makes what was remembered wrong."""
        self._forget()
        return super().create(vals_list)

    def write(self, vals):
        """So does one that changes hands."""
        if vals.keys() & self._rare_by():
            self._forget_for_good()
        return super().write(vals)

    def unlink(self):
        """So does one that goes."""
        self._forget_for_good()
        return super().unlink()

    @api.model
    def _rare_by(self):
        """Return the fields that say whose it is and whether it counts."""
        return {"product_id"}
