package io.driftwood.bench;

import io.driftwood.bench.FailingSensor.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The data of examples/sensors: twelve sensors, a reading a minute, of which eight fail after 200. */
public final class SensorFleet {

    private static final int RECORDS = 400;
    private static final int HEALTHY = 200;
    private static final long START = 1_767_225_600;
    private static final Fault[] FAULTS = {Fault.NONE, Fault.STUCK, Fault.NONE, Fault.JUMP, Fault.NONE, Fault.DRIFT, Fault.NONE, Fault.NOISE,
        Fault.STUCK, Fault.JUMP, Fault.DRIFT, Fault.NOISE};

    private SensorFleet() {}

    /** Lines of comma-separated values, the header first. */
    public static List<String> lines() {
        FailingSensor[] sensors = new FailingSensor[FAULTS.length];
        for (int s = 0; s < sensors.length; s++) {
            sensors[s] = new FailingSensor(1 + s, FAULTS[s], HEALTHY);
        }
        List<String> lines = new ArrayList<>(List.of("time,sensor,value"));
        for (int t = 0; t < RECORDS; t++) {
            for (int s = 0; s < sensors.length; s++) {
                lines.add(String.format(Locale.ROOT, "%d,%s,%.3f", START + 60L * t, name(s), sensors[s].read()));
            }
        }
        return lines;
    }

    private static String name(int s) { return FAULTS[s].name().toLowerCase(Locale.ROOT) + "-" + (s + 1); }
}
