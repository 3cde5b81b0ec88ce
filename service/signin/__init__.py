"""Who are you: OIDC, server-side sessions, demo accounts."""
