"""Reading the rows behind a one2many field, for all records at once."""


def read_together(records, name):
    """Read a one2many field and its rows in one query, where the field alone takes two.

    :param records: records of which some may be in memory already; those stay as they are
    :param str name: a one2many field without a domain of its own
    """
    field = records._fields[name]
    real = records.browse(id_ for id_ in records._ids if id_)
    if not any(field._cache_missing_ids(real)):
        return
    rows = records.env[field.comodel_name].search_fetch([(field.inverse_name, "in", real.ids)])
    of_record = rows.grouped(field.inverse_name)
    field._insert_cache(real, [of_record[one]._ids if one in of_record else () for one in real])


def read_siblings(records, name, back):
    """Read records together with all that share their parent, in one query.

    :param records: recordset of which each has a parent
    :param str name: the many2one field to the parent
    :param str back: the parent's one2many field of these records, filled in memory as well
    """
    parent = f"{name}.{back}"
    rows = records.search_fetch([(parent, "in", records.ids)]) if records else records
    parents = rows[name]
    if parents:
        of_parent = rows.grouped(name)
        parents._fields[back]._insert_cache(parents, [of_parent[one]._ids for one in parents])
