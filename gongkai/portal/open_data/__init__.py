"""开放数据: what is public, for programs. Read only; nothing but publications."""
