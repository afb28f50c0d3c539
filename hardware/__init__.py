"""The devices of the counter, in UnifiedPOS terms."""
