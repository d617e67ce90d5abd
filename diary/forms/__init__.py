"""WTForms: what was typed becomes a domain value, or a clear sentence beside the field."""
