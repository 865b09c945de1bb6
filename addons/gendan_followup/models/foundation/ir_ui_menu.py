from odoo import api, models


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    @api.model
    def load_menus(self, debug):
        """Show a section of the follow-up with one entry as that entry.

        What a role sees of a section differs; a drop-down with a single line would only be
        one click more.

        :param debug: as in core
        :return: the menus, with sections of one entry replaced by it
        """
        menus = super().load_menus(debug)
        root = self.env.ref("gendan_followup.menu_root", raise_if_not_found=False)
        if not root or root.id not in menus:
            return menus
        # core's answer is cached and shared: it is not changed
        menus = dict(menus)
        self._drop_single_sections(menus, root.id)
        return menus

    def _drop_single_sections(self, menus, parent_id):
        children = []
        for child_id in menus[parent_id]["children"]:
            self._drop_single_sections(menus, child_id)
            child = menus[child_id]
            if not child["action_id"] and len(child["children"]) == 1:
                children += child["children"]
                del menus[child_id]
            else:
                children.append(child_id)
        menus[parent_id] = {**menus[parent_id], "children": children}
