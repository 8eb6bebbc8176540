"""The desk: what needs an editor, and the pages that lead there."""
