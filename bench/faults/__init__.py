"""What happens when things go wrong: bin/faults, or one of them: bin/faults kill."""
