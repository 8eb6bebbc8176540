"""What a reader can do: pure rules over the records, no database and no HTTP."""
