"""What editors need besides forms: revisions, checks of texts, differences."""
