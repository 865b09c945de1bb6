"""Run scripts/demo_stories.py. Runs in `odoo shell`."""

import os
import sys

sys.path.insert(0, os.environ["GENDAN_SCRIPTS"])
import demo_history  # noqa: E402
import demo_stories  # noqa: E402

demo_history.run(env)  # noqa: F821
demo_stories.run(env)  # noqa: F821
env.cr.commit()  # noqa: F821
