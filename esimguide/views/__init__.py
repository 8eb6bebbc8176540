"""One file a subject; a view is a function."""
