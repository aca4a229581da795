"""From a site and a request to a change set; one operation a module. Nothing here writes."""
