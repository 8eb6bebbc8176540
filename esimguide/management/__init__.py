"""What the guide adds to Django's command line."""
