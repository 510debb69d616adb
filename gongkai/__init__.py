"""Gongkai (公开): open government information for Chinese public agencies."""

__version__ = "0.1.0"
