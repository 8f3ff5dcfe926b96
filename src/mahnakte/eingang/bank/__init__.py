"""Kontoauszüge: Bytes hinein, Buchungen heraus; und welcher Fall mit einer Buchung gemeint ist. Rein."""
