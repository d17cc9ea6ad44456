"""The Shoot workflow: order, waiting, retries and takes. Deterministic; knows no I/O."""
