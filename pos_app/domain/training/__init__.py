"""Training: scenario cards, what they ask for, and how it went; pure."""
