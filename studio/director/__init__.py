"""The director: words into structure. A brief becomes a direction, feedback becomes decisions."""
