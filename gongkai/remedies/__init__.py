"""ROOM: reconsideration and litigation about open government information (行政复议、行政诉讼)."""
