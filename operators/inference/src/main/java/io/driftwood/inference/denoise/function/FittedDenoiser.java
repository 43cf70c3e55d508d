package io.driftwood.inference.denoise.function;

import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;

/** A posterior mean that was fitted to data: the frame around a function F, see {@link Preconditioning}. Immutable. */
public abstract sealed class FittedDenoiser implements Denoiser permits RidgeDenoiser, PerceptronDenoiser {

    private final Preconditioning frame;

    FittedDenoiser(Preconditioning frame) { this.frame = frame; }

    public Preconditioning frame() { return frame; }

    @Override
    public int dimension() { return frame.dimension(); }

    @Override
    public double leastNoise() { return frame.least(); }

    @Override
    public double largestNoise() { return frame.largest(); }

    @Override
    public String bias() { return "the mean of x given y is a function fitted to data, and as good as the fit"; }

    @Override
    public void posteriorMean(Particles y, double variance, double[] mean, Scratch scratch) {
        int mark = scratch.mark();
        LaneMath math = LaneMath.get();
        double in = frame.in(variance);
        double[] inputs = scratch.take(inputs() * y.stride);
        double[] outputs = scratch.take(y.length());
        for (int j = 0; j < y.dimension; j++) {
            double centre = frame.mean()[j];
            for (int at = j * y.stride; at < (j + 1) * y.stride; at++) {
                inputs[at] = in * (y.values[at] - centre);
            }
        }
        apply(inputs, frame.place(variance), y.stride, outputs, scratch);
        for (int j = 0; j < y.dimension; j++) {
            java.util.Arrays.fill(mean, j * y.stride, (j + 1) * y.stride, frame.mean()[j]);
        }
        math.axpy(frame.skip(variance) / in, inputs, 0, mean, 0, y.length());
        math.axpy(frame.out(variance), outputs, 0, mean, 0, y.length());
        scratch.release(mark);
    }

    /** Columns that {@link #apply} wants room for. */
    abstract int inputs();

    /**
     * F.
     *
     * @param inputs the first d columns hold c_in (y - m); the others are for what F makes of them, and may be overwritten
     * @param place of the noise scale, in [-1, 1]
     */
    abstract void apply(double[] inputs, double place, int stride, double[] outputs, Scratch scratch);

    /** In the form of a file, a topic or a running job. */
    public abstract Learned learned(String name, long version, long eventTime, java.util.Map<String, String> labels);

    /** Whether {@link #read} knows this type. */
    public static boolean isType(String type) { return type.equals(RidgeDenoiser.TYPE) || type.equals(PerceptronDenoiser.TYPE); }

    /** @throws Learned.UnfitException if it is not a denoiser, or its arrays do not fit together */
    public static FittedDenoiser read(Learned learned) {
        return switch (learned.type()) {
            case RidgeDenoiser.TYPE -> RidgeDenoiser.of(learned);
            case PerceptronDenoiser.TYPE -> PerceptronDenoiser.of(learned);
            default -> throw new Learned.UnfitException(learned, "is of type '" + learned.type() + "', and '" + RidgeDenoiser.TYPE + "' or '" + PerceptronDenoiser.TYPE + "' is needed");
        };
    }
}
