"""Compare or merge an exported template with zh_CN.po. Runs in the environment: it needs polib."""

import pathlib
import sys

import polib

# Odoo writes the moment of the export: a merge without new terms must change nothing.
DATES = ("POT-Creation-Date", "PO-Revision-Date")


def check(fresh, folder, addon, identical):
    """List the terms that are missing, doubtful or still English; return whether there are none."""
    known = _known(folder)
    wrong = [
        (trouble, entry.msgid)
        for entry in fresh
        if (trouble := _trouble(known.get(entry.msgid), entry.msgid, identical))
    ]
    for trouble, term in wrong:
        print(f"addons/{addon}/i18n/zh_CN.po: {trouble}: {term!r}")
    print(f"  {addon}: {len(fresh) - len(wrong)} of {len(fresh)} terms are Chinese")
    return not wrong


def _trouble(entry, term, identical):
    if entry is None:
        return "missing (make i18n)"
    if entry.fuzzy:
        return "fuzzy"
    # oca-checks-po clears a translation that equals its term
    if entry.msgstr in ("", term) and _is_english(term) and term not in identical:
        return "not translated (if on purpose, list it in scripts/identical_terms.txt)"
    return None


def _is_english(term):
    """Tell whether a term has Latin words and no Chinese."""
    return any(char.isascii() and char.isalpha() for char in term) and not any(
        "\u4e00" <= char <= "\u9fff" for char in term
    )


def _known(folder):
    """Return the entries of zh_CN.po by term."""
    path = folder / "zh_CN.po"
    return {e.msgid: e for e in polib.pofile(str(path)) if not e.obsolete} if path.exists() else {}


def merge(fresh, folder, addon, _identical):
    """Write the template, and bring its terms into zh_CN.po with their translations kept."""
    folder.mkdir(exist_ok=True)
    for name in DATES:
        fresh.metadata.pop(name, None)
    _save(fresh, folder / f"{addon}.pot")
    known = _known(folder)
    for entry in fresh:
        if entry.msgid in known:
            entry.msgstr = known[entry.msgid].msgstr
            entry.flags += [flag for flag in known[entry.msgid].flags if flag not in entry.flags]
    fresh.metadata.update(
        {"Language": "zh_CN", "Language-Team": "", "Last-Translator": "",
         "Plural-Forms": "nplurals=1; plural=0;"}
    )  # fmt: skip
    _save(fresh, folder / "zh_CN.po")
    empty = sum(not entry.msgstr for entry in fresh)
    print(f"  {addon}: {len(fresh)} terms, {empty} to translate")
    return True


def _save(catalogue, path):
    catalogue.wrapwidth = 78
    catalogue.save(str(path))


def main(verb, fresh, folder, addon, identical):
    """Run one verb; the exit code tells whether all is well."""
    listed = pathlib.Path(identical)
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.exists() else []
    terms = {line for line in lines if line and not line.startswith("# ")}
    action = {"check": check, "merge": merge}[verb]
    return 0 if action(polib.pofile(fresh), pathlib.Path(folder), addon, terms) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
