"""What readers send: their forms, spam, limits, and the mail that follows."""
