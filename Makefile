# The verbs of the project. Everything they make lies in .odoo/, which git ignores.
PYTHON ?= python3
PORT ?= 8069
export PORT HOST ARGS ODOO_SRC DEBIAN_MIRROR GENDAN_PG
gendan = @$(PYTHON) -B scripts/gendan.py

.DEFAULT_GOAL := help
.PHONY: help demo test lint lint-code reset clean stop shell i18n test-core check-demo check-deploy bench lock

help: ## list the verbs
	@echo "make VERB [PORT=8070] [ARGS='-k s04'] [ODOO_SRC=/path] [PGHOST=…]"
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /  \1\t/' | expand -t 16

demo: ## start Odoo with the demo factory on http://localhost:8069 (PORT=…)
	$(gendan) demo

test: ## run every test, browser tests included (ARGS='-k s04' runs a part)
	$(gendan) test

lint: ## check code, addons and translations
	$(gendan) lint

lint-code: ## the part of lint that needs no database (pre-commit runs it)
	$(gendan) lint-code

reset: ## make the demo database afresh
	$(gendan) reset

clean: ## remove everything generated
	$(gendan) clean

stop: ## stop the private PostgreSQL if a killed command left it running
	$(gendan) stop

shell: ## open a Python shell on the demo database
	$(gendan) shell

i18n: ## export the terms and merge them into each zh_CN.po
	$(gendan) i18n

check-demo: ## install the addons with Odoo's own demo data
	$(gendan) check-demo

check-deploy: ## check compose file and nginx, and run config/odoo.conf in prefork mode
	$(gendan) check-deploy

test-core: ## compare Odoo's own tests without and with the addons (hours; ARGS='sale purchase')
	$(gendan) test-core

test-odoo: ## run the addons' tests by Odoo's own runner
	$(gendan) test-odoo

screens: ## run the browser tours and keep their pictures in docs/screens
	$(gendan) screens

bench: ## measure what the addons cost (ARGS=… goes to benchmarks/run.py)
	$(gendan) bench

lock: ## write the lock files anew from the .in files
	$(gendan) lock
