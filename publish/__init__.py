"""From marts to frozen releases that regional partners can trust.

The way of a release: ``bouw`` (which build) → ``exposure`` (what is published, for whom) →
``purpose`` (may it) → ``rows`` (which rows) → ``disclosure`` (what stays hidden) → ``manifest`` and
``leesmij`` (what it says about itself) → ``storage`` (written beside, renamed) → ``catalogue``.
``verify`` checks the result from the outside, with nothing but the folder.
"""
