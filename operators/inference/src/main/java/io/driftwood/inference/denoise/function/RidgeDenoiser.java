package io.driftwood.inference.denoise.function;

import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.numeric.ColumnProducts;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import java.util.Map;
import java.util.TreeMap;

/**
 * A posterior mean that is linear in {@link RandomFeatures} at each of some noise levels, even on the logarithm from the least to the largest: F = W_l phi. Between two levels it is
 * interpolated on the logarithm of the noise.
 *
 * @see io.driftwood.inference.denoise.learn.RidgeLearner
 */
public final class RidgeDenoiser extends FittedDenoiser {

    public static final String TYPE = "ridge-denoiser";

    private final RandomFeatures features;
    /** W of level l, row by row, at [l*d*p]. */
    private final double[] weights;
    private final int levels;

    public RidgeDenoiser(Preconditioning frame, RandomFeatures features, double[] weights, int levels) {
        super(frame);
        if (features.dimension() != frame.dimension() || weights.length != levels * frame.dimension() * features.count()) {
            throw new IllegalArgumentException("features of " + features.dimension() + " coordinates and " + weights.length + " weights for "
                    + frame.dimension() + " coordinates, " + features.count() + " features and " + levels + " levels");
        }
        this.features = features;
        this.weights = weights;
        this.levels = levels;
    }

    @Override
    int inputs() { return dimension(); }

    @Override
    void apply(double[] inputs, double place, int stride, double[] outputs, Scratch scratch) {
        int mark = scratch.mark();
        int d = dimension();
        int p = features.count();
        double[] phi = scratch.take(p * stride);
        features.evaluate(inputs, stride, phi, scratch);
        double at = Math.min(levels - 1, Math.max(0, 0.5 * (place + 1) * (levels - 1)));
        int level = Math.min((int) at, Math.max(0, levels - 2));
        double above = at - level;
        ColumnProducts.times(weights, level * d * p, d, p, phi, outputs, stride, scratch);
        if (above > 0) {
            double[] other = scratch.take(d * stride);
            ColumnProducts.times(weights, (level + 1) * d * p, d, p, phi, other, stride, scratch);
            LaneMath.get().axpby(above, other, 0, 1 - above, outputs, 0, d * stride);
        }
        scratch.release(mark);
    }

    @Override
    public Learned learned(String name, long version, long eventTime, Map<String, String> labels) {
        Map<String, double[]> arrays = new TreeMap<>();
        frame().write(arrays);
        arrays.put("directions", features.directions());
        arrays.put("phases", features.phases());
        arrays.put("levels", new double[] {levels});
        arrays.put("weights", weights);
        return Learned.of(name, TYPE, version, eventTime, labels, arrays);
    }

    static RidgeDenoiser of(Learned learned) {
        learned.require(TYPE);
        Preconditioning frame = Preconditioning.read(learned);
        int d = frame.dimension();
        double[] phases = learned.array("phases");
        RandomFeatures features = new RandomFeatures(d, learned.array("directions", d * phases.length), phases);
        int levels = learned.count("levels");
        return new RidgeDenoiser(frame, features, learned.array("weights", levels * d * features.count()), levels);
    }
}
