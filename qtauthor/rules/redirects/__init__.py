"""Rules about the site's list of redirects."""
