"""What the workflow asks for: prepare, direct, hear, produce, archive; and the worker."""
