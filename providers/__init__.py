"""Who renders and who thinks: each provider's models, what they can do, and what they cost.

Plain data, which scripts, workers and the command line read alike. Whoever adds a model adds one
row here.
"""

AS_OF = "2026-11-28"
"""The day on which the tables were last compared with what the providers publish."""
