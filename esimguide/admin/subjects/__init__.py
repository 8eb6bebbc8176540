"""The admin of one kind of record, one file a subject."""
