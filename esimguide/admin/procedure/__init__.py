"""The admin of procedures: their form, rows, workflow and revisions."""
