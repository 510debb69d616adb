"""证据材料卷: all that a case holds, in one PDF with an index and page numbers, and as a .zip with the original files."""
