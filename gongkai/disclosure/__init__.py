"""ROOM: proactive disclosure (主动公开), its columns and published items."""
