"""Duties of the year (年度工作日历): what there is, what the records tell of it, who is in charge, what is reminded of."""
