"""The two logs: what people did (audit) and which addresses were processed for what (LDV)."""
