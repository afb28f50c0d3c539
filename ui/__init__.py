"""The screen: the only room that speaks Qt."""
