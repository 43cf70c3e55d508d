package io.driftwood.inference.sample;

import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one run of a sampler gave.
 *
 * <p>Layout: state t of lane l is draw t*lanes + l; {@code lanes} equal to the number of draws is a population, whose order means nothing.
 *
 * @param particles the draws, in the problem's coordinates
 * @param weights log-weights up to a common constant, and the weights normalised; even for chains
 * @param lanes chains side by side
 * @param evidence of the target, and what it is worth
 * @param bias why the draws' law differs from the target's even after infinitely long, in one sentence; empty otherwise
 * @param facts what people want to know about the run, by name in the order of telling: acceptance, gradients, ...
 */
public record Draws(Particles particles, LogWeights weights, int lanes, Evidence evidence, String bias, Map<String, Double> facts) {

    /** Names of facts that more than one sampler has. */
    public static final String ACCEPTANCE = "acceptance";
    public static final String GRADIENTS = "gradients";
    public static final String TEMPERATURES = "temperatures";
    public static final String NON_FINITE = "rejected-non-finite";

    public Draws {
        facts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /** Draws per lane. */
    public int length() { return particles.size / lanes; }

    /** sum_i W_i x_ij. */
    public double mean(int dimension) {
        return io.driftwood.inference.numeric.LaneMath.get()
                .dot(weights.normalised, 0, particles.values, dimension * particles.stride, particles.size);
    }
}
