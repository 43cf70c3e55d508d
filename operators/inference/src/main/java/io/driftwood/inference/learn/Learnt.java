package io.driftwood.inference.learn;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.learned.Learned;
import java.util.Map;
import java.util.TreeMap;

/** What trainings have in common. */
final class Learnt {

    static final Option LEAST = Option.required("least-noise", Shape.positive(), "the smallest noise scale at which it will be asked, in units of the data");
    static final Option LARGEST = Option.required("largest-noise", Shape.positive(), "the largest noise scale at which it will be asked");

    /** The event time of what is not learned from a stream: it holds always. */
    static final long ALWAYS = Observation.NO_TIME;

    private Learnt() {}

    /** With more facts in words. */
    static Learned with(Learned learned, Map<String, String> labels) {
        Map<String, String> all = new TreeMap<>(learned.labels());
        all.putAll(labels);
        return Learned.of(learned.name(), learned.type(), learned.version(), learned.eventTime(), all, learned.arrays());
    }
}
