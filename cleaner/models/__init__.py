"""Packed statistical tables, their readers and their digests. `tools/` builds them; nothing here is trained at run time."""
