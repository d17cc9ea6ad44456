"""The gateway: HTTP, server-sent events, access, media and the studio's page."""
