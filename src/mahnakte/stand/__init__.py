"""Der Fall, wie er an einem Tag steht: einmal gefiltert, was geschehen ist, und was daraus folgt. Rein."""
