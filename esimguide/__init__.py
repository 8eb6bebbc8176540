"""The Hong Kong eSIM guide: project package and its only app."""
