package io.driftwood.inference.learn;

import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.particle.Particles;
import java.util.List;
import java.util.function.Consumer;

/** Learns from a whole table what others use. Immutable; a function of its arguments. */
public interface Training {

    /**
     * @param rows of the table, as columns; all finite
     * @param fields names of the columns
     * @param name what is learned is called
     * @param told how it goes, now and then, a sentence each
     */
    Learned learn(Particles rows, List<String> fields, String name, long seed, Consumer<String> told);

    /** Why these rows are not enough, in words that follow "the data"; empty when they are. */
    default String refusal(Particles rows) { return rows.size < 2 ? "have fewer than two rows" : ""; }
}
