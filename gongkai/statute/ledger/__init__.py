"""The ledger of requests (依申请公开工作台账): twelve columns, rows from records, .xlsx, and the public copy."""
