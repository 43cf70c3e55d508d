package io.driftwood.inference.denoise.stream;

import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.TSampler;

/**
 * What one key of a denoising job measures, with known truth: x and an unknown noise scale from their priors, then measurements through the channel, one
 * unit of time between them. Where the noise is a field of the record its scale is e^(z/2), z standard normal. Nothing is taken back.
 */
public final class SimulatedMeasurements {

    private final Settings denoise;
    private final DenoisingLaw law;
    private final List<String> fields;
    private final Randomness random;
    private final double[] x;
    private final double scale;
    private final double[] walk;
    private long step;

    public SimulatedMeasurements(Settings denoise, Randomness random) {
        this.denoise = denoise;
        this.law = DenoisingPriors.CATALOGUE.build(denoise.struct("prior"));
        this.fields = Denoisings.fields(denoise);
        this.random = random;
        this.walk = denoise.struct("drift").type().equals("random-walk") ? Denoisings.variances(denoise.struct("drift"), law.dimension()) : new double[0];
        this.scale = denoise.has("unknown-noise") ? scale(denoise.struct("unknown-noise")) : 1;
        this.x = new double[law.dimension()];
        Particles drawn = new Particles(1, law.dimension());
        law.prior().draw(new double[law.dimension()], new double[law.dimension()], drawn, random, 0, 0, new Scratch());
        for (int j = 0; j < x.length; j++) {
            double mean = law.worth() > 0 ? law.mixture().orElseThrow().mean(0)[j] : 0;
            x[j] = law.worth() > 0 ? mean + scale * (drawn.get(j, 0) - mean) : drawn.get(j, 0);
        }
    }

    /** s of s^2 ~ InverseGamma(shape, rate). */
    private double scale(Settings unknown) {
        UniformRandomProvider source = random.provider(0, Purpose.AUXILIARY, 0);
        return Math.sqrt(unknown.number("rate") / AhrensDieterMarsagliaTsangGammaSampler.of(source, unknown.number("shape"), 1).sample());
    }

    /** The next record. */
    public double[] next() {
        step++;
        if (step > 1 && walk.length > 0) {
            double[] z = normals(Purpose.NOISE, x.length);
            for (int j = 0; j < x.length; j++) {
                x[j] += Math.sqrt(walk[j]) * z[j];
            }
        }
        double[] values = new double[fields.size()];
        double[] noise = noise(values);
        double[] z = deviations();
        for (int j = 0; j < x.length; j++) {
            values[j] = denoise.struct("channel").type().equals("signs") ? sign(x[j], noise[j], z[j]) : x[j] + scale * noise[j] * z[j];
        }
        return values;
    }

    /** Scales of all coordinates; writes those that are fields of the record, which stand after the coordinates. */
    private double[] noise(double[] values) {
        Object given = denoise.get("noise");
        List<?> all = given instanceof List<?> list ? list : List.of(given);
        double[] z = normals(Purpose.MOMENTUM, all.size());
        double[] noise = new double[x.length];
        for (int i = 0; i < all.size(); i++) {
            double own = all.get(i) instanceof Number number ? number.doubleValue() : StrictMath.exp(0.5 * z[i]);
            if (all.get(i) instanceof String) {
                values[x.length + i] = own;
            }
            if (all.size() == 1) {
                Arrays.fill(noise, own);
            } else {
                noise[i] = own;
            }
        }
        return noise;
    }

    private double[] normals(Purpose purpose, int count) {
        double[] z = new double[count];
        random.normals(step, purpose, 0, z, 0, count);
        return z;
    }

    /** Standard normals, or what the channel has in their place. */
    private double[] deviations() {
        Settings channel = denoise.struct("channel");
        if (channel.type().equals("normal")) {
            return normals(Purpose.SIMULATE, x.length);
        }
        double[] out = new double[x.length];
        UniformRandomProvider source = random.provider(step, Purpose.SIMULATE, 0);
        TSampler t = channel.type().equals("student-t") ? TSampler.of(source, channel.number("degrees-of-freedom")) : null;
        for (int j = 0; j < out.length; j++) {
            out[j] = t == null ? source.nextDouble() : t.sample();
        }
        return out;
    }

    private static double sign(double x, double alpha, double uniform) { return uniform < 1 / (1 + StrictMath.exp(-2 * alpha)) ? x : -x; }

    /** What is true now, by the names that summaries use. */
    public Map<String, Double> truth() {
        Map<String, Double> byName = new LinkedHashMap<>();
        List<String> names = Unknowns.coordinates(x.length);
        for (int j = 0; j < x.length; j++) {
            byName.put(names.get(j), x[j]);
        }
        if (denoise.has("unknown-noise")) {
            byName.put(Unknowns.NOISE_SCALE, scale);
        }
        return byName;
    }
}
