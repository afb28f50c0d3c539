"""What the doctor looks at in the shop folder; every check only reads."""
