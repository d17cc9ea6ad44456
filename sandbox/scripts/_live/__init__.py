"""The parts of the scripts that order and fetch pictures and clips at fal and Kling."""
