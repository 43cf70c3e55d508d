package io.driftwood.inference.random;

/** What a random number is drawn for. Two draws of one step never share an address because their purposes differ. Append only: the order is part of the saved-state contract. */
public enum Purpose {
    PRIOR, RESAMPLE, NOISE, ACCEPT, MOMENTUM, LENGTH, START, SUMMARY, SIMULATE, ANCESTOR, USER, AUXILIARY, BATCH
}
