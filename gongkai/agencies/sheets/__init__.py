"""The list of agencies, sections, people and seats as one workbook: written, read, checked."""
