"""Der zurückgekommene Antwortbogen: lesen, deuten."""
