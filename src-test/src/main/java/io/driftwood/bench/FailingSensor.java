package io.driftwood.bench;

import java.util.Random;

/**
 * A sensor of a level that wanders, sd sqrt(0.05) a record, read with noise of sd 1, until it fails. Everything follows from the seed, the same on
 * every machine.
 */
public final class FailingSensor {

    /** How sensors fail. */
    public enum Fault {
        /** Not at all. */
        NONE,
        /** The last healthy reading, for ever. */
        STUCK,
        /** 8 too high from one record to the next. */
        JUMP,
        /** 0.3 higher with every record. */
        DRIFT,
        /** Three times the noise. */
        NOISE
    }

    /** Of the level, a record; noise has 1. */
    public static final double LEVEL_VARIANCE = 0.05;

    private static final double START = 20;

    private final Random random;
    private final Fault fault;
    private final int healthy;
    private double level;
    private double stuck;
    private int read;

    /** @param healthy records before it fails */
    public FailingSensor(long seed, Fault fault, int healthy) {
        random = new Random(seed);
        this.fault = fault;
        this.healthy = healthy;
        level = START + random.nextGaussian();
    }

    public double read() {
        level += Math.sqrt(LEVEL_VARIANCE) * random.nextGaussian();
        double noise = random.nextGaussian();
        int failing = ++read - healthy;
        if (failing <= 0) {
            stuck = level + noise;
            return stuck;
        }
        return switch (fault) {
            case NONE -> level + noise;
            case STUCK -> stuck;
            case JUMP -> level + noise + 8;
            case DRIFT -> level + noise + 0.3 * failing;
            case NOISE -> level + 3 * noise;
        };
    }
}
