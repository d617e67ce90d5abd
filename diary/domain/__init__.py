"""Pure values: what things are. No clock, no environment, no web, no database."""
