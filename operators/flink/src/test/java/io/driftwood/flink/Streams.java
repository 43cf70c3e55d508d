package io.driftwood.flink;

import io.driftwood.inference.assimilate.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Streams for tests. */
final class Streams {

    /** The watermark at the end of a bounded input. */
    static final Long END = Long.MAX_VALUE;

    private Streams() {}

    static Observation at(String key, long eventTime, double y, long offset) {
        return new Observation(key, eventTime, new double[] {y}, "topic-0", offset);
    }

    /**
     * Observations of several keys out of order, with equal times, missing and infinite values, none times, late ones, and watermarks
     * in between; ends with the end of the input.
     */
    static List<Object> disorderly(long seed, int observations, int keys) {
        Random random = new Random(seed);
        List<Object> events = new ArrayList<>();
        long watermark = Long.MIN_VALUE;
        for (int n = 0; n < observations; n++) {
            double kind = random.nextDouble();
            double y = kind < 0.08 ? Double.NaN : kind < 0.14 ? Double.POSITIVE_INFINITY : random.nextGaussian();
            long time = kind > 0.97 ? Observation.NO_TIME : 1000 + 10 * n + 10 * (random.nextInt(9) - 4);
            events.add(new Observation("key-" + random.nextInt(keys), time, new double[] {y}, "topic-" + random.nextInt(2), n));
            if (random.nextInt(4) == 0) {
                watermark = Math.max(watermark, 1000 + 10 * n - 10 * random.nextInt(4));
                events.add(watermark);
            }
        }
        events.add(END);
        return events;
    }

    static long observationsIn(List<?> events) { return events.stream().filter(Observation.class::isInstance).count(); }
}
