import { Component, onWillStart, useEffect, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { PhonePage } from "./phone_page";

/**
 * The first screen of a phone: one tile per kind of work of whoever holds it.
 *
 * Rooms add their tiles to this registry: `{label, icon, roles, action, own?, count?}`, where
 * `action` is the tag of a client action (or a whole action) and `count(orm)` resolves to a
 * number for the tile. What is done on one's own login only (`own`) is not on a shared phone.
 */
export const phoneTiles = registry.category("gendan_phone_tiles");

export class PhoneHome extends Component {
    static template = "gendan_followup.PhoneHome";
    static components = { PhonePage };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.badge = useService("gendan_badge");
        this.holder = useState(this.badge.state);
        this.counts = useState({});
        onWillStart(async () => {
            await this.badge.load();
        });
        useEffect(() => this.count(), () => [this.holder.name]);
    }

    get tiles() {
        return phoneTiles
            .getEntries()
            .map(([key, tile]) => ({ key, ...tile, label: tile.label.toString() }))
            .filter((tile) => !(tile.own && this.holder.device))
            .filter((tile) => tile.roles.some((role) => this.holder.roles.includes(role)));
    }

    /** All that can be counted was counted, and it is nothing. */
    get isQuiet() {
        const counted = this.tiles.filter((tile) => tile.count);
        return counted.length > 0 && counted.every((tile) => this.counts[tile.key] === 0);
    }

    count() {
        for (const tile of this.tiles.filter((tile) => tile.count)) {
            tile.count(this.orm).then(
                (count) => (this.counts[tile.key] = count),
                () => {}
            );
        }
    }

    open(tile) {
        return this.action.doAction(
            typeof tile.action === "string"
                ? { type: "ir.actions.client", tag: tile.action, name: tile.label }
                : tile.action
        );
    }
}

registry.category("actions").add("gendan_phone_home", PhoneHome);
