"""The parts that screens are made of; they paint themselves from the theme."""
