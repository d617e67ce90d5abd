"""The side-effect symptom diary. This package imports nothing, so that ``diary.rules`` loads without Flask."""
