"""The admin's site, the sign-in with a second factor, the accounts."""
