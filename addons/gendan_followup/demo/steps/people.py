"""Departments, logins and employees."""

from passlib.context import CryptContext

from odoo.fields import Command

from ..tables.people import DEPARTMENTS, DEVICES, HEADS, MAIL_DOMAIN, PEOPLE, badge, pin
from .company import ZONE

# what those without a login may do, with their badge, on a shared phone
TITLE_ROLES = {"开机工": ("operator",), "司机": ("driver",)}
# Everybody may read these passwords on the screen, so slow hashing would protect nothing and
# cost half a second each; Odoo hashes them anew at the first login.
FAST_HASH = CryptContext(["pbkdf2_sha512"], pbkdf2_sha512__rounds=1)


def build(factory):
    """Make everybody: first the logins, then the employees behind them."""
    factory.make("hr.department", DEPARTMENTS, lambda name: {
        "name": name, "company_id": factory.company.id})
    people = {f"user_{p.code}": (p.login, p.name, p.groups) for p in PEOPLE if p.login}
    devices = {f"user_{d.code}": (d.code, d.name, d.groups) for d in DEVICES}
    shared = set(devices)
    made = factory.make("res.users", people | devices, lambda row: _prepare_user(factory, *row))
    for code, user in made.items():
        user.is_device = code in shared
        user._set_encrypted_password(user.id, FAST_HASH.hash(user.login))
    made = factory.make("hr.employee", {p.code: p for p in PEOPLE},
                        lambda person: _prepare_employee(factory, person))
    if made:
        _name_heads(factory)


def language(env):
    """Return Chinese where it is installed, else what there is."""
    installed = dict(env["res.lang"].get_installed())
    return "zh_CN" if "zh_CN" in installed else "en_US"


def _prepare_user(factory, login, name, roles):
    groups = ["base.group_user", *(f"gendan_followup.group_{role}" for role in roles)]
    return {
        "name": name, "login": login, "email": f"{login}@{MAIL_DOMAIN}",
        "lang": language(factory.builder), "tz": ZONE, "notification_type": "inbox",
        "company_id": factory.company.id,
        "company_ids": [Command.set(factory.company.ids)],
        "group_ids": [Command.set([factory.id(group) for group in groups])],
    }


def _prepare_employee(factory, person):
    return {
        "name": person.name, "company_id": factory.company.id,
        "department_id": factory.id(person.department), "job_title": person.role,
        "barcode": badge(person), "pin": pin(person), "tz": ZONE,
        "resource_calendar_id": factory.id("calendar"),
        "driver_since": person.driver_since or False,
        "user_id": factory.id(f"user_{person.code}") if person.login else False,
        "role_group_ids": [Command.set([
            factory.id(f"gendan_followup.group_{role}")
            for role in (() if person.login else TITLE_ROLES.get(person.role, ()))])],
    }


def _name_heads(factory):
    for department, head in HEADS.items():
        factory.builder["hr.department"].browse(factory.id(department)).manager_id = (
            factory.id(head))
