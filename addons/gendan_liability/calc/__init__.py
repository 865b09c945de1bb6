"""Pure calculation: nothing in here knows the ORM, so it is tested without a database."""
