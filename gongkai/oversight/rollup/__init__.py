"""汇总: the reports of the agencies below an office added up to its own, with whose number is whose."""
