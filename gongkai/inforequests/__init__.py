"""ROOM: requests for information (依申请公开); so far the records, read only."""
