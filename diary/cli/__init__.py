"""The terminal's door: one module a command, imported when it is called."""
