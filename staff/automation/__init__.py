"""Automation under supervision: rules that a manager wrote, read the dry run of, and can stop or undo."""
