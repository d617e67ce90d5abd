"""Use cases: load, decide, save, audit, return a value. Session, access and now are arguments; nothing here commits."""
