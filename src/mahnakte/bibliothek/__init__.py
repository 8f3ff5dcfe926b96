"""Die eine Tür für Programme: was `import mahnakte` zeigt. Nichts im Haus kennt diesen Raum."""
