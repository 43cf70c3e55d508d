package io.driftwood.jobs.simulate;

import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.denoise.stream.SimulatedMeasurements;
import io.driftwood.inference.random.Randomness;
import java.util.Map;
import java.util.stream.IntStream;

/** For every key an x from its prior, measured again and again. */
final class MeasuredSimulation implements Simulation {

    private final SimulatedMeasurements[] measurements;

    MeasuredSimulation(Settings denoise, long seed, int keys) {
        measurements = IntStream.range(0, keys)
                .mapToObj(k -> new SimulatedMeasurements(denoise, Randomness.of(seed, Simulation.key(k)))).toArray(SimulatedMeasurements[]::new);
    }

    @Override
    public double[] next(int key) { return measurements[key].next(); }

    @Override
    public Map<String, Double> truth(int key) { return measurements[key].truth(); }
}
