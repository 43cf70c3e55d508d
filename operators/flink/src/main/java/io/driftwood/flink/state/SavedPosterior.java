package io.driftwood.flink.state;

import com.esotericsoftware.kryo.serializers.TaggedFieldSerializer.Tag;

/**
 * The structured part of a saved posterior: everything but the numbers in arrays, of which it holds the lengths.
 *
 * <p>Tags are for ever: a field may be added under a new tag (older bytes leave it at its default) or annotated {@code @Deprecated};
 * a tag is never used again. Public with public fields because Kryo then needs no reflective access.
 */
public final class SavedPosterior {

    /** For a part that the posterior does not have. */
    static final int ABSENT = -1;

    @Tag(1) public int phase;
    @Tag(2) public long keyBits;
    @Tag(3) public long step;
    @Tag(4) public long assimilated;
    @Tag(5) public long rejected;
    @Tag(6) public long clock;
    @Tag(7) public double logEvidence;
    @Tag(8) public double logEvidenceVariance;
    /** Particles in the population, or {@link #ABSENT}. */
    @Tag(9) public int particles = ABSENT;
    @Tag(10) public int dimension;
    /** Particles that have weights, or {@link #ABSENT}. */
    @Tag(11) public int weights = ABSENT;
    /** Null when there is none. */
    @Tag(12) public SavedTuning tuning;
    @Tag(13) public int historyWidth;
    @Tag(14) public int historyCount;
    @Tag(15) public int statistics;
    /** A registered type of the user's, or null. */
    @Tag(16) public Object payload;

    /** The tuning but for its matrix. */
    public static final class SavedTuning {
        @Tag(1) public double stepSize;
        /** Numbers in the matrix. */
        @Tag(2) public int lower;
        @Tag(3) public long adaptations;
    }
}
