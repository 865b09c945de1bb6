import { _t } from "@web/core/l10n/translation";

/**
 * Words on Odoo's own screens that its Chinese does not have.
 *
 * A word without a translation in its own addon is looked up in those of all addons: said here,
 * it is exported and translated together with ours.
 */
export const CORE_WORDS = [
    _t("Add Star"),
    _t("Are you sure you want to delete the %(nbSelected)s selected records?"),
    _t("Are you sure you want to delete the selected record?"),
    _t("Are you sure you want to update %(count)s records?"),
    _t("Among the %(total)s selected records, %(valid_count)s are valid for this update."),
    _t("Caps Lock is on!"),
    _t("Conversations"),
    _t("Custom range"),
    _t("Deleted document"),
    _t("Discard editing"),
    _t("Earliest Possible Arrival"),
    _t("Filter Messages"),
    _t("Missing required fields"),
    _t("Month to date"),
    _t("My Preferences"),
    _t("No content."),
    _t("Remove Star"),
    _t("Select one or several criteria"),
    _t("Starred messages"),
    _t("Stock To Reserve:"),
    _t("Time to replenish:"),
    _t("Tracked Changes"),
    _t(
        "Try to add some records, or make sure that there is no\n                        active filter in the search bar"
    ),
    _t("Year to date"),
    _t("before"),
    _t("between"),
    _t("expected on"),
    _t("greater or equal to"),
    _t("lower or equal to"),
    _t("lower than"),
];
