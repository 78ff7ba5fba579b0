"""The shop's pages: rendered on the server, usable without a script, made livelier by htmx."""
