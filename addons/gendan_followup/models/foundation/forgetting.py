"""Forgetting what every worker remembers, when a setting changes."""


def forget_cached(env):
    """Clear the caches of the registry now, and once more when the change holds.

    Another thread may have read the old value meanwhile.
    """
    env.registry.clear_cache()
    env.cr.postcommit.add(env.registry.clear_cache)
