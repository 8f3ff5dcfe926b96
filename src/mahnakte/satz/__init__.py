"""Satz: Vorlage oder Werte -> DOCX, PDF, XLSX als Bytes."""
