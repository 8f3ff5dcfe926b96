"""Der Antwortbogen: der Weg, auf jedes Schreiben zu antworten, ohne etwas anzuerkennen; und was zurueckkommt."""
