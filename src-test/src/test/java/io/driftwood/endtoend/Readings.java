package io.driftwood.endtoend;

import io.driftwood.inference.assimilate.Observation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * One fixed stream: five keys, forty records each, in turn. Event times are out of order by up to twelve seconds; some are equal within a key;
 * a few values are missing, one is infinite, one line is no JSON.
 */
final class Readings {

    static final int KEYS = 5;
    static final int RECORDS = KEYS * 40;
    /** Longer than the disorder of the event times. */
    static final String OUT_OF_ORDERNESS = "15s";
    static final int INFINITE = 61;
    static final int MALFORMED = 118;

    static final long OUT_OF_ORDERNESS_MILLIS = 15_000;

    private static final long BEGIN = 1_700_000_000_000L;
    private static final List<Reading> ALL = all();

    /**
     * One line of the input.
     *
     * @param number from 0, in the order of the lines
     * @param observation as it must be decoded, with the line number as offset; empty when the line cannot be
     */
    record Reading(int number, String json, Optional<Observation> observation) {
        byte[] bytes() { return json.getBytes(StandardCharsets.UTF_8); }
    }

    private Readings() {}

    static List<Reading> list() { return ALL; }

    /** Whether a record has the event time of its key's record before. */
    private static boolean repeatsTime(int n) { return n % 11 == 10; }

    /**
     * Where a record stands in a topic of two partitions: as the lines alternate, but of two records of one key and time the first is in
     * the first partition, so that (partition, offset) breaks the tie as the line number does.
     */
    static int partition(int n) { return repeatsTime(n) ? 1 : repeatsTime(n + KEYS) ? 0 : n % 2; }

    static Path write(Path file) throws IOException { return Files.write(file, ALL.stream().map(Reading::json).toList()); }

    private static List<Reading> all() {
        Random random = new Random(4);
        List<Reading> readings = new ArrayList<>();
        for (int n = 0; n < RECORDS; n++) {
            String key = "sensor-" + n % KEYS;
            int step = repeatsTime(n) ? n - KEYS : n;
            long time = BEGIN + 1000L * step + 1000L * (step * 7 % 9);
            double x = Math.round(2000 * random.nextGaussian()) / 1000.0;
            double y = random.nextDouble() < 1 / (1 + Math.exp(-0.5 - x)) ? 1 : 0;
            readings.add(reading(n, key, time, x, y));
        }
        return List.copyOf(readings);
    }

    private static Reading reading(int n, String key, long time, double x, double y) {
        if (n == MALFORMED) {
            return new Reading(n, "{\"key\":\"" + key + "\",\"t\":" + time + ",\"x\":", Optional.empty());
        }
        double given = n == INFINITE ? Double.POSITIVE_INFINITY : n % 37 == 20 ? Double.NaN : x;
        String spelled = n == INFINITE ? "\"Infinity\"" : Double.isNaN(given) ? "null" : String.valueOf(given);
        String json = "{\"key\":\"" + key + "\",\"t\":" + time + ",\"x\":" + spelled + ",\"y\":" + (int) y + "}";
        return new Reading(n, json, Optional.of(new Observation(key, time, new double[] {y, given}, "readings", n + 1)));
    }
}
