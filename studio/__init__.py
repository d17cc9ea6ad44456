"""The shared language of the studio: shoots, takes, decisions, events, settings, artifacts."""
