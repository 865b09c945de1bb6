from odoo import api, models
from odoo.exceptions import UserError


class StateMixin(models.AbstractModel):
    """A record that goes from state to state by its own steps and by nothing else.

    One table serves the guard and the buttons. State and stamps (who, when) are the
    server's: no user writes them by button, RPC, import or a default in the context. In
    a state that leads nowhere the record is evidence, and nobody changes it, sudo included.

    A model declares:

    * ``_transitions``: ``{state: states it may go to}``, the first one is the start
    * ``_stamps``: names of the fields that only a step writes
    * ``_open_states``: states in which the content may be changed (default: the start)
    * ``_handed_on``: names of fields that the system moves on while the record runs
    """

    _name = "gendan.state.mixin"
    _inherit = ["gendan.reckoned.mixin"]
    _description = "Goes by steps"

    _state_field = "state"
    _transitions = {}
    _stamps = frozenset()
    _open_states = ()
    _handed_on = frozenset()

    def _may_become(self, state):
        """Whether the table lets this record go to ``state`` (for guard and buttons)."""
        self.ensure_one()
        return state in self._transitions.get(self[self._state_field], ())

    def _step(self, state, **stamps):
        """Bring these records to ``state``, with its stamps, in one write.

        Whether the person may do it is the caller's question.

        :raise UserError: when the table does not lead there
        """
        # users have no right to write state and stamps: the steps are the only way
        return self.sudo().write({**stamps, self._state_field: state})

    @api.model
    def _creation_stamps(self):
        """Return what the server notes on a new record (who opened it, when)."""
        return {}

    @api.model_create_multi
    def create(self, vals_list):
        """Start every record at the start, with the server's stamps only.

        :raise UserError: when a state or a stamp was sent along
        """
        start = next(iter(self._transitions))
        for vals in vals_list:
            self._refuse_stamps({name for name in self._stamps if vals.get(name)})
            if vals.get(self._state_field, start) != start:
                raise UserError(self.env._(
                    "%(document)s begins as “%(start)s” and goes on by its steps.",
                    document=self._description, start=self._state_label(start)))
        # given explicitly, so that a default in the context cannot get in
        server = {**dict.fromkeys(self._stamps, False), self._state_field: start}
        return super().create([
            {**server, **vals, **self._creation_stamps()} for vals in vals_list])

    def write(self, vals):
        """Refuse what does not follow the table, and changes of what is closed.

        :raise UserError: naming record, state and what can be done instead
        """
        if not vals:
            return True
        server = self._stamps | {self._state_field}
        self._refuse_stamps(vals.keys() & server)
        state = vals.get(self._state_field)
        content = vals.keys() - server - (self._handed_on if self.env.su else frozenset())
        for record in self:
            if state and not record._may_become(state):
                raise UserError(record._no_way_message(state))
            if record._is_final() or (content and not record._is_open()):
                raise UserError(record._locked_message())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        for record in self:
            if record[record._state_field] != next(iter(self._transitions)):
                raise UserError(record._locked_message())

    def _is_open(self):
        """Whether the content of this record may still be changed."""
        self.ensure_one()
        return self[self._state_field] in (self._open_states or tuple(self._transitions)[:1])

    def _is_final(self):
        """Whether this record is evidence now: nothing leads on from its state."""
        self.ensure_one()
        return not self._transitions.get(self[self._state_field])

    def _refuse_stamps(self, names):
        """Refuse fields of the server, sent by a user.

        :param set names: the fields that were sent
        """
        if self.env.su or not names:
            return
        raise UserError(self.env._(
            "%(document)s: %(fields)s are noted by the server when a step is done; use the "
            "step itself.", document=self[:1].sudo().display_name or self._description,
            fields=", ".join(self._fields[name]._description_string(self.env)
                             for name in sorted(names))))

    def _state_label(self, state):
        selection = self._fields[self._state_field]._description_selection(self.env)
        return dict(selection).get(state, state)

    def _no_way_message(self, state):
        current = self[self._state_field]
        ways = ", ".join(self._state_label(way) for way in self._transitions.get(current, ()))
        return self.env._(
            "%(record)s is “%(current)s” and cannot become “%(state)s”; possible: %(ways)s.",
            record=self.sudo().display_name, current=self._state_label(current),
            state=self._state_label(state), ways=ways or self.env._("nothing, it is closed"))

    def _locked_message(self):
        return self.env._(
            "%(record)s is “%(current)s”: it is kept as it is, neither changed nor deleted. "
            "What is wrong in it is corrected by a later entry.",
            record=self.sudo().display_name, current=self._state_label(self[self._state_field]))
