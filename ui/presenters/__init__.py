"""Presenters: intents in, one frozen state out; QtCore at most."""
