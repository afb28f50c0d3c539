"""The screens: each renders one frozen state and emits intents."""
