"""Acts of the room: make a backup, restore one."""
