from odoo.addons.web.controllers.export import ExcelExport


class ReportExport(ExcelExport):
    """A managers' report that is written into a spreadsheet group by group, as its list stands.

    The web client's own headings divide by every row, also by those where nothing is judged
    yet, and know no rate but the mean of rates.
    """

    def from_group_data(self, fields, columns_headers, groups):
        """Put into the headings the mean of what is judged, and no rate that would be wrong."""
        if hasattr(groups._model, "_rates"):
            means = [(index, field["name"]) for index, field in enumerate(fields)
                     if getattr(groups._model._fields.get(field["name"]), "aggregator", "")
                     == "avg"]
            for group in groups.children.values():
                self._correct_heading(group, means)
        return super().from_group_data(fields, columns_headers, groups)

    def _correct_heading(self, group, means):
        """Correct the means of this group and those within it; return its rows."""
        rows = [*group.data, *(row for child in group.children.values()
                               for row in self._correct_heading(child, means))]
        for index, name in means:
            judged = [row[index] for row in rows if row[index] != ""]
            # its parts and wholes are no columns of the sheet: the pivot has the right one
            has_mean = judged and name not in group._model._rates
            group.aggregated_values[name] = (
                round(sum(judged) / len(judged), 1) if has_mean else "")
        return rows
