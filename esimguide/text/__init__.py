"""Pure text work: Markdown, glosses, typography, normalised letters."""
