"""Claude as the director: streaming, with tools whose schemas come from our models."""
