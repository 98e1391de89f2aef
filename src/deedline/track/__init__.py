"""Entries and links → threads, standing at a date, assessments, absence, adoption. Refuses to read or to link."""
