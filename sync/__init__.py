"""The door to a hub: kept free until there is one to speak to."""
