"""What runs the site: backups, logs, the check of links."""
