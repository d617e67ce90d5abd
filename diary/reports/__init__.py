"""Everything that leaves the house, as pure functions of a patient record. Imports nothing by itself."""
