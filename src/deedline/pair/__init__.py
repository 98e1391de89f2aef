"""The Chinese and the English edition of one document, item by item."""
