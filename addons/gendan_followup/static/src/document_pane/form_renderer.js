import { patch } from "@web/core/utils/patch";
import { FormRenderer } from "@web/views/form/form_renderer";

// The customer's document stands beside the order, so the chatter goes below.
patch(FormRenderer.prototype, {
    mailLayout() {
        const layout = super.mailLayout(...arguments);
        const { resModel, data } = this.props.record;
        return layout === "SIDE_CHATTER" && resModel === "sale.order" && data.uses_gendan
            ? "BOTTOM_CHATTER"
            : layout;
    },
});
