import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { phoneTiles } from "./phone_home";

/** A tile for a list of records: what waits in it is its number. */
function listTile(label, icon, roles, model, domain, cards = true) {
    return {
        label,
        icon,
        roles,
        own: true,
        action: {
            type: "ir.actions.act_window",
            // said when it is opened: the words are not there yet while files are read
            get name() {
                return label.toString();
            },
            res_model: model,
            domain,
            // a phone shows the cards where the model has some: an action that is made here
            // has to say so, a stored one says it by itself
            mobile_view_mode: cards ? "kanban" : "list",
            views: (cards ? ["list", "kanban", "form"] : ["list", "form"]).map((kind) => [
                false,
                kind,
            ]),
        },
        count: (orm) => orm.silent.searchCount(model, domain),
    };
}

phoneTiles.add(
    "questions",
    listTile(
        _t("Questions to answer"),
        "fa-question-circle",
        ["raw_keeper", "packaging_keeper"],
        "gendan.eta.enquiry",
        [
            ["state", "in", ["asked", "relayed"]],
            ["addressee_id", "in", [user.userId, false]],
        ],
        false
    ),
    { sequence: 60 }
);

// what production cannot solve, for whoever talks to the customer (D5.6)
phoneTiles.add(
    "deviations_to_settle",
    listTile(
        _t("Deviations to settle with the customer"),
        "fa-random",
        ["salesperson", "showroom", "sales_manager"],
        "gendan.deviation",
        [
            ["state", "=", "relayed"],
            ["relayed_to_id", "=", user.userId],
        ]
    ),
    { sequence: 20 }
);

phoneTiles.add(
    "samples_to_bring",
    listTile(
        _t("Samples to bring"),
        "fa-gift",
        ["merchandiser"],
        "gendan.sample.request",
        [
            ["state", "in", ["requested", "accepted", "ready"]],
            ["merchandiser_id", "=", user.userId],
        ]
    ),
    { sequence: 60 }
);
