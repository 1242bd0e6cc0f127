"""The desktop window: the portal of this host or another, in a window of its own that trusts exactly its certificate."""
